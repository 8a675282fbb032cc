import { lazy, Suspense, useEffect, useState } from 'react'
import { useWords } from '@fengge/web/words/language.ts'
import { TodayPage } from '../day/TodayPage.tsx'
import { useField, usePhone } from '../offline/usePhone.ts'
import { PageGuard } from './PageGuard.tsx'
import { isElder } from './version.ts'
import { Elsewhere, Locked, SignIn, ToBeWiped, Wiped } from './Gates.tsx'

const EventSheet = lazy(async () => ({ default: (await import('../events/EventSheet.tsx')).EventSheet }))
const MyEvents = lazy(async () => ({ default: (await import('../events/MyEvents.tsx')).MyEvents }))
const ReportForm = lazy(async () => ({ default: (await import('../events/ReportForm.tsx')).ReportForm }))
const GridPages = lazy(async () => ({ default: (await import('../registry/GridPages.tsx')).GridPages }))
const VisitPage = lazy(async () => ({ default: (await import('../day/VisitPage.tsx')).VisitPage }))
const MorePages = lazy(async () => ({ default: (await import('../more/MorePages.tsx')).MorePages }))
const ElderPages = lazy(async () => ({ default: (await import('../elder/ElderPages.tsx')).ElderPages }))

const tabs = ['today', 'report', 'grid', 'mine', 'more'] as const
type Tab = (typeof tabs)[number]
/** The place in the address after `#`, so that the phone's back key works. */
const readHash = () => {
  const [tab = 'today', id] = location.hash.slice(1).split('/')
  return { tab: tab === '' ? 'today' : tab, id }
}

export function FieldShell() {
  const { t } = useWords()
  const field = useField()
  const [at, setAt] = useState(readHash)
  useEffect(() => {
    const move = () => {
      setAt(readHash())
      window.scrollTo(0, 0)
    }
    window.addEventListener('hashchange', move)
    return () => window.removeEventListener('hashchange', move)
  }, [])
  useEffect(() => {
    document.body.classList.toggle('elder', isElder())
    document.documentElement.style.setProperty(
      '--size',
      localStorage.getItem('fengge.size') ?? (isElder() ? '24px' : '18px'),
    )
  }, [])
  useEffect(() => {
    document.title = t('枫格网格员', 'Fengge field')
  }, [t])
  switch (field.gate) {
    case 'opening':
      return (
        <main>
          <p role="status">{t('正在打开…', 'Opening …')}</p>
        </main>
      )
    case 'signed-out':
      return <SignIn problem={field.problem} />
    case 'locked':
      return <Locked />
    case 'elsewhere':
      return <Elsewhere />
    case 'to-be-wiped':
      return <ToBeWiped />
    case 'wiped':
      return <Wiped />
    default:
      break
  }
  if (isElder() && at.tab !== 'more')
    return (
      <>
        <Mark />
        <PageGuard key={at.tab} told={<NotOpened />}>
          <Suspense fallback={<main />}>
            <ElderPages at={at.tab} id={at.id} />
          </Suspense>
        </PageGuard>
      </>
    )
  return (
    <>
      <Mark />
      <PageGuard key={at.tab} told={<NotOpened />}>
        <Suspense
          fallback={
            <main>
              <p role="status">{t('正在打开…', 'Opening …')}</p>
            </main>
          }
        >
          <Page tab={at.tab} id={at.id} />
        </Suspense>
      </PageGuard>
      {isElder() ? <WayHome /> : <Tabs tab={at.tab} />}
    </>
  )
}

function NotOpened() {
  const { t } = useWords()
  return (
    <main>
      <p className="notice" role="alert">
        {t(
          '这一页没有打开。已存下的内容都在；有信号时再打开一次。',
          'This page did not open. All that was kept is there; open it again with a signal.',
        )}
      </p>
      <button className="button" onClick={() => location.reload()}>
        {t('重新打开', 'Open it again')}
      </button>
    </main>
  )
}

/** In the elder version the six pictures are the menu; from any other page it is one step back to them. */
function WayHome() {
  const { t } = useWords()
  return (
    <nav className="tabs" aria-label={t('主菜单', 'Main menu')}>
      <a className="button" href="#">
        {t('回首页', 'Home')}
      </a>
    </nav>
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
      return id ? (
        <EventSheet
          id={id}
          back={() => {
            location.hash = 'mine'
          }}
        />
      ) : (
        <MyEvents />
      )
    case 'todo':
      return id ? (
        <EventSheet
          id={id}
          back={() => {
            location.hash = 'today'
          }}
        />
      ) : (
        <TodayPage />
      )
    case 'more':
      return <MorePages at={id ?? ''} />
    default:
      return <TodayPage />
  }
}

/** One small line: what waits, whether there is a line, a newer version. Nothing when all is well. */
function Mark() {
  const { outbox, round } = usePhone()
  const { t } = useWords()
  const { isOnline, fault, hasUpdate, isSyncing } = useField()
  const waiting = outbox.list().filter((k) => k.state === 'waiting').length
  const trouble = outbox.list().filter((k) => k.state === 'refused' || k.state === 'held').length
  const update = async () => {
    ;(await navigator.serviceWorker.getRegistration('/field/'))?.waiting?.postMessage('update')
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload())
  }
  if (isOnline && fault === '' && waiting === 0 && trouble === 0 && !hasUpdate) return null
  return (
    <div className={`mark${trouble > 0 ? ' mark-bad' : ''}`} role="status">
      {!isOnline && <span>{t('没有信号', 'No signal')}</span>}
      {waiting > 0 && <a href="#more/outbox">{t(`${waiting} 条等待送出`, `${waiting} waiting`)}</a>}
      {trouble > 0 && <a href="#more/outbox">{t(`${trouble} 条未通过，请处理`, `${trouble} refused: look`)}</a>}
      {fault === 'signed-out' && <a href="#more/sign-in">{t('登录已失效，点此登录', 'Signed out: sign in')}</a>}
      {fault !== '' && fault !== 'signed-out' && isOnline && <span>{t('同步遇到问题', 'Trouble with syncing')}</span>}
      {waiting > 0 && isOnline && !isSyncing && (
        <button className="small" onClick={() => void round()}>
          {t('现在送', 'Send now')}
        </button>
      )}
      {hasUpdate && (
        <button className="small" onClick={() => void update()}>
          {t('有新版本，点此更新', 'New version: update')}
        </button>
      )}
    </div>
  )
}

function Tabs({ tab }: { tab: string }) {
  const { holdings, vault } = usePhone()
  const { t } = useWords()
  const reads = holdings.me?.duties.includes('registry.read') ?? false
  const names: Record<Tab, string> = {
    today: t('今日', 'Today'),
    report: t('上报', 'Report'),
    grid: t('网格', 'Grid'),
    mine: t('我的', 'Mine'),
    more: t('更多', 'More'),
  }
  const shown = tab === 'visit' || tab === 'todo' || tab === '' ? 'today' : tab
  return (
    <nav className="tabs" aria-label={t('主菜单', 'Main menu')}>
      {tabs
        .filter((k) => k !== 'grid' || reads)
        .map((k) => (
          <button
            key={k}
            aria-current={k === shown ? 'page' : undefined}
            onClick={() => {
              location.hash = k
            }}
          >
            {names[k]}
            {k === 'more' && vault.state === 'none' && <span className="dot" />}
          </button>
        ))}
    </nav>
  )
}
