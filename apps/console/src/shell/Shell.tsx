import { Outlet, useLocation, useMatches, useNavigate, useRouterState } from '@tanstack/react-router'
import { Watermark } from 'antd'
import { CloudOff } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef, type ReactNode } from 'react'
import type { Me } from '@fengge/domain/identity/contract'
import { Refused } from '@fengge/web/api/call.ts'
import { AnchorContext } from '@fengge/web/ui/Anchor.tsx'
import { Empty } from '@fengge/web/ui/Empty/Empty.tsx'
import { Notice } from '@fengge/web/ui/Notice/Notice.tsx'
import { Waiting } from '@fengge/web/ui/Waiting/Waiting.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { saidOfPhones } from '@fengge/web/words/phones.ts'
import { useSayings } from '@fengge/web/words/sayings.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { shellSayings } from '../words/shell.ts'
import { pageAt, pagesFor } from './frame/pages.ts'
import { Rail } from './frame/Rail.tsx'
import { loadPart, useIsOnline } from './reaching.ts'
import { drawAnchor } from './frame/RouterAnchor.tsx'
import { SignedOut } from './SignedOut.tsx'
import { SignIn } from './SignIn.tsx'
import { TopBar } from './frame/TopBar.tsx'
import { useMe } from './useMe.ts'
import { useNow } from './useNow.ts'

const SecurityPage = lazy(() => loadPart(async () => ({ default: (await import('./SecurityPage.tsx')).SecurityPage })))

/** Not everybody works with events: whoever does not begins on the first page that is his. */
function useFirstPage(me: Me | undefined): { readonly isElsewhere: boolean } {
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const first = me && pagesFor(me)[0]?.path
  // The page that is shown stays the old one until the new one is loaded.
  const shown = useRouterState({ select: (s) => s.resolvedLocation?.pathname })
  const isElsewhere = first !== undefined && first !== '/' && (pathname === '/' || shown === '/')
  useEffect(() => {
    if (isElsewhere && pathname === '/') void navigate({ to: first, replace: true })
  }, [isElsewhere, pathname, first, navigate])
  return { isElsewhere }
}

/** The window is called by its page. */
function useTitle(me: Me | undefined): void {
  const words = useSayings(shellSayings)
  const { pathname } = useLocation()
  const page = me && pageAt(pagesFor(me), pathname)
  const title = page === undefined ? words.product : words[page.name]
  useEffect(() => {
    document.title = `${title} · ${words.product}`
  }, [title, words.product])
}

export function Shell() {
  const words = useSayings(shellSayings)
  const me = useMe()
  const { isElsewhere } = useFirstPage(me.data)
  useTitle(me.data)
  if (me.isPending) return <Waiting label={words.loading} slow={words.slow} />
  if (!me.data)
    return <SignIn error={me.error instanceof Refused && me.error.problem.status === 401 ? null : me.error} />
  const isBlocked = me.data.mustChangePassword || (me.data.needsSecondFactor && !me.data.hasSecondFactor)
  return (
    <AnchorContext value={drawAnchor}>
      <div className={isBlocked ? 'shell shell-bare' : 'shell'}>
        <a href="#work" className="to-work">
          {words.toWork}
        </a>
        {!isBlocked && <Rail me={me.data} />}
        <TopBar me={me.data} isBlocked={isBlocked} />
        <Work me={me.data}>
          <Suspense fallback={<Waiting label={words.loading} slow={words.slow} />}>
            {isBlocked ? <Blocked /> : <Page me={me.data} isShown={!isElsewhere} />}
          </Suspense>
        </Work>
      </div>
    </AnchorContext>
  )
}

/** Whoever has to see to his password or his second factor sees nothing else. */
const Blocked = () => (
  <div className="shell-page">
    <SecurityPage />
  </div>
)

/** What fills the window. It scrolls, the page does not; a route whose columns scroll by themselves says that it fills. */
function Work({ me, children }: { readonly me: Me; readonly children: ReactNode }) {
  const { pathname } = useLocation()
  const isFilling = useMatches({ select: (matches) => matches.some((match) => match.staticData.fills === true) })
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    box.current?.scrollTo(0, 0)
  }, [pathname])
  return (
    <main ref={box} id="work" tabIndex={-1} className={isFilling ? 'shell-main shell-fills' : 'shell-main'}>
      <Strips me={me} />
      {children}
    </main>
  )
}

/** What everybody must know at once: without a line nothing is lost; a desk ended what he had open on phones. */
function Strips({ me }: { readonly me: Me }) {
  const words = useSayings(shellSayings)
  const { t } = useWords()
  const isOnline = useIsOnline()
  return (
    <>
      {!isOnline && (
        <Notice isStrip kind="warn" title={words.offline} icon={<CloudOff size={18} strokeWidth={1.75} />}>
          {words.offlineWhy}
        </Notice>
      )}
      <SignedOut accountId={me.accountId} />
      {me.phonesEnded && <Notice isStrip kind="warn" title={t(...saidOfPhones(me.phonesEnded))} />}
    </>
  )
}

function Page({ me, isShown }: { readonly me: Me; readonly isShown: boolean }) {
  const words = useSayings(shellSayings)
  const { pathname } = useLocation()
  if (!isShown) return null
  if (pathname === '/' && pagesFor(me).length === 0)
    return (
      <Empty drawing="locked" title={words.noPages}>
        {words.noPagesWhy}
      </Empty>
    )
  return (
    <Marked name={isAboutPeople(pathname) ? me.name : null}>
      <Outlet />
    </Marked>
  )
}

const isAboutPeople = (path: string) => /^\/(registry|trace|work|sync)/.test(path)

/** Where a name is given, the page is marked; it stays the same page when the mark comes or goes. Pages with facts about people carry the name of who looks and when, so that a photo of the screen tells where it came from. */
function Marked({ name, children }: { readonly name: string | null; readonly children: ReactNode }) {
  const now = useNow()
  return (
    <Watermark
      className="shell-page"
      content={name === null ? '' : [name, showTime(new Date(now).toISOString())]}
      font={{ color: 'rgba(0,0,0,0.05)', fontSize: 15 }}
      gap={[120, 110]}
    >
      {children}
    </Watermark>
  )
}
