import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { countQueues } from '@fengge/domain/events/contract/desk'
import { signIn, signOut, whoAmI, type Me } from '@fengge/domain/identity/contract'
import { call, Refused } from '@fengge/web/api/call.ts'
import { setLanguage, useWords } from '@fengge/web/words/language.ts'
import { EventSheet } from '../events/EventSheet.tsx'
import { MyEvents } from '../events/MyEvents.tsx'
import { ReportForm } from '../events/ReportForm.tsx'
import { GridPages } from '../registry/GridPages.tsx'

type Tab = 'todo' | 'report' | 'grid' | 'mine' | 'me'
const tabs: Tab[] = ['todo', 'report', 'grid', 'mine', 'me']
/** The place in the address after `#`, so that the phone's back key works. */
const readHash = () => { const [tab = 'todo', id] = location.hash.slice(1).split('/'); return { tab: (tabs as string[]).includes(tab) ? tab as Tab : 'todo', id } }

export function FieldShell() {
  const { t } = useWords()
  const me = useQuery({ queryKey: ['me'], queryFn: () => call(whoAmI, {}), retry: false, staleTime: 60_000 })
  const [at, setAt] = useState(readHash)
  useEffect(() => { const move = () => setAt(readHash()); window.addEventListener('hashchange', move); return () => window.removeEventListener('hashchange', move) }, [])
  useEffect(() => { document.body.classList.toggle('large', localStorage.getItem('fengge.large') === 'yes') }, [])
  useEffect(() => { document.title = t('枫格网格员', 'Fengge field') }, [t])
  if (me.isPending) return <main><p role="status">{t('正在打开…', 'Opening …')}</p></main>
  if (!me.data) return <SignIn error={me.error instanceof Refused && me.error.problem.status === 401 ? null : me.error} />
  return (
    <>
      {at.tab === 'grid' ? <GridPages at={at.id} /> : at.id ? <EventSheet id={at.id} back={() => { location.hash = at.tab }} /> : at.tab === 'report' ? <ReportForm me={me.data} /> : at.tab === 'me' ? <MePage me={me.data} /> : <MyEvents tab={at.tab} />}
      <Tabs tab={at.tab} reads={me.data.duties.includes('registry.read')} />
    </>
  )
}

function Tabs({ tab, reads }: { tab: Tab; reads: boolean }) {
  const { t } = useWords()
  const counts = useQuery({ queryKey: ['queues'], queryFn: () => call(countQueues, {}), refetchInterval: 60_000 })
  const c = counts.data?.counts
  const todo = c ? c['to-verify'] + c['to-check'] + c['to-handle'] : 0
  const names: Record<Tab, string> = { todo: t('待办', 'To do'), report: t('上报', 'Report'), grid: t('网格', 'Grid'), mine: t('我的', 'Mine'), me: t('设置', 'Settings') }
  return <nav className="tabs" aria-label={t('主菜单', 'Main menu')}>{tabs.filter((k) => k !== 'grid' || reads).map((k) => <button key={k} aria-current={k === tab ? 'page' : undefined} onClick={() => { location.hash = k }}>{names[k]}{k === 'todo' && todo > 0 && <span className="count">{todo}</span>}</button>)}</nav>
}

function SignIn({ error }: { error: unknown }) {
  const { t, fault, language } = useWords()
  const client = useQueryClient()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const enter = useMutation({ mutationFn: () => call(signIn, { login, password, device: 'field' }), onSuccess: (me) => client.setQueryData(['me'], me) })
  const shown = enter.error ?? error
  return (
    <main>
      <h1>{t('枫格网格员', 'Fengge field')}</h1>
      <form onSubmit={(e) => { e.preventDefault(); enter.mutate() }}>
        {shown ? <p className="error" role="alert">{fault(shown)}</p> : null}
        <label htmlFor="login">{t('账号', 'Login')}</label><input id="login" value={login} onChange={(e) => setLogin(e.target.value)} autoComplete="username" autoCapitalize="none" required />
        <label htmlFor="password">{t('密码', 'Password')}</label><input id="password" type="password" value={password} onChange={(e) => setPassword(e.target.value)} autoComplete="current-password" required />
        <button className="button" disabled={enter.isPending}>{t('登录', 'Sign in')}</button>
      </form>
      <button className="small" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>{language === 'zh' ? 'English' : '中文'}</button>
    </main>
  )
}

function MePage({ me }: { me: Me }) {
  const { t, language } = useWords()
  const [isLarge, setLarge] = useState(localStorage.getItem('fengge.large') === 'yes')
  const toggle = () => {
    localStorage.setItem('fengge.large', isLarge ? 'no' : 'yes')
    document.body.classList.toggle('large', !isLarge)
    setLarge(!isLarge)
  }
  return (
    <>
      <header className="top"><h1>{me.name}</h1></header>
      <main>
        {me.postings.map((p) => <p className="card" key={p.id}>{t(p.roleName, p.roleNameEn)} · {p.departmentName ?? p.placeName}</p>)}
        <button className="button plain" onClick={toggle} aria-pressed={isLarge}>{isLarge ? t('恢复标准字号', 'Standard text') : t('大字显示', 'Large text')}</button>
        <button className="button plain" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>{language === 'zh' ? 'English' : '中文'}</button>
        <button className="button warn" onClick={() => void call(signOut, {}).catch(() => undefined).then(() => { location.hash = ''; location.reload() })}>{t('退出登录', 'Sign out')}</button>
      </main>
    </>
  )
}
