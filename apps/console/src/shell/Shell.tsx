import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useLocation, useNavigate, useRouterState } from '@tanstack/react-router'
import { Alert, Badge, Button, Spin, Watermark } from 'antd'
import { Suspense, useEffect } from 'react'
import { listNotices } from '@fengge/domain/events/contract/desk'
import { signOut, type Me } from '@fengge/domain/identity/contract'
import { call, Refused } from '@fengge/web/api/call.ts'
import { setLanguage, useWords, type Words } from '@fengge/web/words/language.ts'
import { saidOfPhones } from '@fengge/web/words/phones.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { NoticeDrawer } from './NoticeDrawer.tsx'
import { SecurityPage } from './SecurityPage.tsx'
import { useIsOnline } from './reaching.ts'
import { SignedOut } from './SignedOut.tsx'
import { SignIn } from './SignIn.tsx'
import { has, useMe } from './useMe.ts'
import { useNow } from './useNow.ts'

function pagesFor(me: Me, { t }: Words): { key: string; label: string }[] {
  return [
    { key: '/', label: t('工作台', 'Work lists'), on: has(me, 'event.read') },
    { key: '/dispatch', label: t('派遣', 'Dispatch'), on: has(me, 'event.dispatch') },
    { key: '/report', label: t('登记事件', 'Report'), on: has(me, 'event.report') },
    {
      key: '/registry',
      label: t('实有登记', 'Registry'),
      on: has(me, 'registry.read', 'registry.count', 'registry.approve', 'field.edit'),
    },
    { key: '/trace', label: t('查找人员', 'Find a person'), on: has(me, 'registry.trace') },
    {
      key: '/work',
      label: t('走访与任务', 'Visits and tasks'),
      on: has(me, 'visit.read', 'matter.edit', 'badge.issue', 'sync.watch'),
    },
    { key: '/sync', label: t('同步情况', 'Phones'), on: has(me, 'sync.watch') },
    { key: '/places', label: t('区域与网格', 'Areas and grids'), on: has(me, 'place.read') },
    { key: '/sensors', label: t('感知设备', 'Devices'), on: has(me, 'sensor.read', 'sensor.manage', 'catalogue.edit') },
    { key: '/catalogue', label: t('事项目录', 'Catalogue'), on: has(me, 'event.read', 'catalogue.edit') },
    { key: '/calendar', label: t('工作日历', 'Calendar'), on: has(me, 'event.read', 'calendar.edit') },
    { key: '/labels', label: t('称谓', 'Names'), on: has(me, 'catalogue.edit') },
    {
      key: '/accounts',
      label: t('账号与任职', 'Accounts'),
      on: has(me, 'account.manage', 'posting.manage', 'audit.read'),
    },
    { key: '/departments', label: t('部门', 'Departments'), on: has(me, 'department.manage') },
    { key: '/audit', label: t('审计日志', 'Journal'), on: has(me, 'audit.read') },
  ].filter((p) => p.on)
}

/** Not everybody works with events: whoever does not begins on the first page that is his. */
function useFirstPage(me: Me | undefined, words: Words): { readonly isElsewhere: boolean } {
  const { pathname } = useLocation()
  const navigate = useNavigate()
  const first = me && pagesFor(me, words)[0]?.key
  // The page that is shown stays the old one until the new one is loaded.
  const shown = useRouterState({ select: (s) => s.resolvedLocation?.pathname })
  const isElsewhere = first !== undefined && first !== '/' && (pathname === '/' || shown === '/')
  useEffect(() => {
    if (isElsewhere && pathname === '/') void navigate({ to: first, replace: true })
  }, [isElsewhere, pathname, first, navigate])
  return { isElsewhere }
}

export function Shell() {
  const words = useWords()
  const { t } = words
  const me = useMe()
  const location = useLocation()
  const { isElsewhere } = useFirstPage(me.data, words)
  const page = me.data && pagesFor(me.data, words).find((p) => p.key === location.pathname)
  useEffect(() => {
    document.title = `${page?.label ?? t('枫格', 'Fengge')} · ${t('枫格', 'Fengge')}`
  }, [page?.label, t])
  if (me.isPending) return <Spin fullscreen />
  if (!me.data)
    return <SignIn error={me.error instanceof Refused && me.error.problem.status === 401 ? null : me.error} />
  const isBlocked = me.data.mustChangePassword || (me.data.needsSecondFactor && !me.data.hasSecondFactor)
  return (
    <div className="shell">
      <Head me={me.data} isBlocked={isBlocked} />
      <main className="shell-main">
        <OfflineNote />
        <SignedOut accountId={me.data.accountId} />
        {me.data.phonesEnded && <Alert banner type="warning" title={t(...saidOfPhones(me.data.phonesEnded))} />}
        <Suspense fallback={<Spin />}>
          {isBlocked ? <SecurityPage /> : <Page me={me.data} isShown={!isElsewhere} />}
        </Suspense>
      </main>
    </div>
  )
}

function Head({ me, isBlocked }: { readonly me: Me; readonly isBlocked: boolean }) {
  const words = useWords()
  const { t, language } = words
  const location = useLocation()
  const client = useQueryClient()
  const leave = async () => {
    await call(signOut, {}).catch(() => undefined)
    client.clear()
    window.location.assign('/console/')
  }
  return (
    <header className="shell-head">
      <h1>{t('枫格', 'Fengge')}</h1>
      <nav style={{ flex: 1, minWidth: 0 }} aria-label={t('主菜单', 'Main menu')}>
        <ul className="nav">
          {(isBlocked ? [] : pagesFor(me, words)).map((p) => (
            <li key={p.key}>
              <Link to={p.key} aria-current={p.key === location.pathname ? 'page' : undefined}>
                {p.label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {!isBlocked && <Bell me={me} />}
      <Button
        type="text"
        onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
        lang={language === 'zh' ? 'en' : 'zh-CN'}
      >
        {language === 'zh' ? 'English' : '中文'}
      </Button>
      <Link to="/security">{me.name}</Link>
      <Button onClick={() => void leave()}>{t('退出', 'Sign out')}</Button>
    </header>
  )
}

/** Without a line nothing is lost, and everybody is told. */
function OfflineNote() {
  const { t } = useWords()
  if (useIsOnline()) return null
  const text = t('网络已断开：可以继续填写，恢复后再提交。', 'No connection: go on typing and send it when it is back.')
  return <Alert banner type="warning" title={text} />
}

function Page({ me, isShown }: { me: Me; readonly isShown: boolean }) {
  const { pathname } = useLocation()
  if (!isShown) return null
  return (
    <Marked name={isAboutPeople(pathname) ? me.name : null}>
      <Outlet />
    </Marked>
  )
}

const isAboutPeople = (path: string) => /^\/(registry|trace|work|sync)/.test(path)

/** Where a name is given, the page is marked; it stays the same page when the mark comes or goes. Pages with facts about people carry the name of who looks and when, so that a photo of the screen tells where it came from. */
function Marked({ name, children }: { readonly name: string | null; readonly children: React.ReactNode }) {
  const now = useNow()
  return (
    <Watermark
      content={name === null ? '' : [name, showTime(new Date(now).toISOString())]}
      font={{ color: 'rgba(0,0,0,0.06)', fontSize: 15 }}
      gap={[120, 110]}
    >
      {children}
    </Watermark>
  )
}

/** What of events asks for something, for who works with them; and what else one is told. */
function Bell({ me }: { readonly me: Me }) {
  const isForEvents = has(me, 'event.read')
  const notices = useQuery({
    queryKey: ['notices'],
    queryFn: () => call(listNotices, {}),
    refetchInterval: 30_000,
    enabled: isForEvents,
  })
  const messages = [...(me.messages ?? []), ...(me.told ?? [])]
  if (!isForEvents && messages.length === 0) return null
  return (
    <Badge count={(notices.data?.unread ?? 0) + messages.length} size="small">
      <NoticeDrawer notices={notices.data?.notices ?? []} me={me} />
    </Badge>
  )
}
