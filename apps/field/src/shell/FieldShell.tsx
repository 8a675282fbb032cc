import { lazy, Suspense, useEffect, useState } from 'react'
import { TodayPage } from '../day/TodayPage.tsx'
import { useField, usePhone } from '../offline/usePhone.ts'
import { useShellWords } from '../words/shell.ts'
import { PageGuard } from './PageGuard.tsx'
import { Tabs } from './Tabs.tsx'
import { isElder, settleVersion, showVersion } from './version.ts'

const Gate = lazy(async () => ({ default: (await import('./Gates.tsx')).Gate }))
const EventSheet = lazy(async () => ({ default: (await import('../events/EventSheet.tsx')).EventSheet }))
const MyEvents = lazy(async () => ({ default: (await import('../events/MyEvents.tsx')).MyEvents }))
const ReportForm = lazy(async () => ({ default: (await import('../events/ReportForm.tsx')).ReportForm }))
const GridPages = lazy(async () => ({ default: (await import('../registry/GridPages.tsx')).GridPages }))
const VisitPage = lazy(async () => ({ default: (await import('../day/VisitPage.tsx')).VisitPage }))
const MorePages = lazy(async () => ({ default: (await import('../more/MorePages.tsx')).MorePages }))
const ElderPages = lazy(async () => ({ default: (await import('../elder/ElderPages.tsx')).ElderPages }))

/** The place in the address after `#`, so that the phone's back key works. */
const readHash = () => {
  const [tab = 'today', id] = location.hash.slice(1).split('/')
  return { tab: tab === '' ? 'today' : tab, id }
}

export function FieldShell() {
  const say = useShellWords()
  const field = useField()
  const { holdings } = usePhone()
  const [at, setAt] = useState(readHash)
  useEffect(() => {
    const move = () => {
      setAt(readHash())
      window.scrollTo(0, 0)
    }
    window.addEventListener('hashchange', move)
    return () => window.removeEventListener('hashchange', move)
  }, [])
  const isOpen = field.gate === 'open'
  // Before the pages ask which version is shown.
  if (isOpen) settleVersion(holdings.postings().map((p) => p.roleCode))
  useEffect(showVersion, [isOpen])
  useEffect(() => {
    document.title = say.program
  }, [say])
  if (isOpen) return <Pages {...at} />
  if (field.gate === 'opening') return <Opening />
  return (
    <PageGuard told={<NotOpened />}>
      <Suspense fallback={<Opening />}>
        <Gate />
      </Suspense>
    </PageGuard>
  )
}

function Pages({ tab, id }: { readonly tab: string; readonly id: string | undefined }) {
  const isForElders = isElder()
  const hasTabs = !isForElders && !isAlone(tab, id)
  return (
    <div className={hasTabs ? 'with-tabs' : 'alone'}>
      <PageGuard key={tab} told={<NotOpened />}>
        <Suspense fallback={<Opening />}>
          {isForElders && tab !== 'more' ? <ElderPages at={tab} id={id} /> : <Page tab={tab} id={id} />}
        </Suspense>
      </PageGuard>
      {hasTabs && <Tabs tab={tab} />}
    </div>
  )
}

/** A page with one thing to do, whose button lies where the tabs are. */
const isAlone = (tab: string, id: string | undefined): boolean =>
  tab === 'report' ||
  tab === 'visit' ||
  (tab === 'grid' && id?.startsWith('h.') === true) ||
  ((tab === 'todo' || tab === 'mine') && id !== undefined)

function Opening() {
  const say = useShellWords()
  return (
    <main>
      <p role="status">{say.opening}</p>
    </main>
  )
}

function NotOpened() {
  const say = useShellWords()
  return (
    <main>
      <p className="notice" role="alert">
        {say.notOpened}
      </p>
      <button className="button" onClick={() => location.reload()}>
        {say.openAgain}
      </button>
    </main>
  )
}

function Page({ tab, id }: { tab: string; id: string | undefined }) {
  switch (tab) {
    case 'visit':
      return <VisitPage id={id ?? ''} />
    case 'grid':
      return <GridPages at={id} />
    case 'report':
      return <ReportForm key={id ?? ''} from={id} />
    case 'mine':
      return id ? <EventSheet id={id} back="mine" /> : <MyEvents />
    case 'todo':
      return id ? <EventSheet id={id} back="today" /> : <TodayPage />
    case 'more':
      return <MorePages at={id ?? ''} />
    default:
      return <TodayPage />
  }
}
