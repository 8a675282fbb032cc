import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Bell as BellIcon, LogOut, ShieldCheck } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { listNotices } from '@fengge/domain/events/contract/desk'
import { signOut, type Me } from '@fengge/domain/identity/contract'
import { call } from '@fengge/web/api/call.ts'
import { setLanguage, useWords } from '@fengge/web/words/language.ts'
import { useSayings } from '@fengge/web/words/sayings.ts'
import { shellSayings } from '../../words/shell.ts'
import { Flyout } from './Flyout.tsx'
import { loadPart } from '../reaching.ts'
import { has } from '../useMe.ts'
import { Tools } from './Tools.tsx'

const NoticeDrawer = lazy(() => loadPart(async () => ({ default: (await import('./NoticeDrawer.tsx')).NoticeDrawer })))

type Post = Me['postings'][number]

interface Props {
  readonly me: Me
  /** He has to see to his password or his second factor first. */
  readonly isBlocked: boolean
}

/** Where one is, what one looks for, who asks for one, and oneself. */
export function TopBar({ me, isBlocked }: Props) {
  return (
    <header className="bar">
      <Place post={me.postings[0]} />
      {isBlocked ? (
        <div className="bar-end">
          <OtherLanguage />
          <Oneself me={me} />
        </div>
      ) : (
        <Tools me={me}>
          <Bell me={me} />
          <OtherLanguage />
          <Oneself me={me} />
        </Tools>
      )}
    </header>
  )
}

function OtherLanguage() {
  const words = useSayings(shellSayings)
  const { language } = useWords()
  return (
    <button
      type="button"
      className="bar-button"
      lang={words.otherLanguageTag}
      onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
    >
      {words.otherLanguage}
    </button>
  )
}

function Place({ post }: { readonly post: Post | undefined }) {
  const words = useSayings(shellSayings)
  if (post === undefined) return <span className="bar-place">{words.product}</span>
  return (
    <span className="bar-place">
      <strong>{post.placeName}</strong>
      {post.officeName !== post.placeName && <span>{post.officeName}</span>}
    </span>
  )
}

/** What of events asks for something, for who works with them; and what else one is told. */
function Bell({ me }: { readonly me: Me }) {
  const words = useSayings(shellSayings)
  // Not loaded before it is opened.
  const [isOpen, setOpen] = useState<boolean | null>(null)
  const isForEvents = has(me, 'event.read')
  const notices = useQuery({
    queryKey: ['notices'],
    queryFn: () => call(listNotices, {}),
    refetchInterval: 30_000,
    enabled: isForEvents,
  })
  const messages = [...(me.messages ?? []), ...(me.told ?? [])]
  if (!isForEvents && messages.length === 0) return null
  const unread = (notices.data?.unread ?? 0) + messages.length
  return (
    <>
      <button
        type="button"
        className="bar-button bar-icon"
        aria-label={unread > 0 ? words.noticesCounted(unread) : words.notices}
        onClick={() => setOpen(true)}
      >
        <BellIcon aria-hidden size={20} strokeWidth={1.75} />
        {unread > 0 && <span className="rail-count">{unread > 99 ? '99+' : unread}</span>}
      </button>
      {isOpen !== null && (
        <Suspense>
          <NoticeDrawer notices={notices.data?.notices ?? []} me={me} isOpen={isOpen} close={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

/** Who is signed in: his posts, his security page, the way out. */
function Oneself({ me }: { readonly me: Me }) {
  const words = useSayings(shellSayings)
  const { language } = useWords()
  const client = useQueryClient()
  const roleOf = (post: Post) => (language === 'zh' ? post.roleName : post.roleNameEn)
  const leave = async () => {
    await call(signOut, {}).catch(() => undefined)
    client.clear()
    window.location.assign('/console/')
  }
  const [first] = me.postings
  return (
    <Flyout
      className="bar-button bar-self"
      panelClass="flyout-panel self-menu"
      face={
        <>
          <span className="bar-face" aria-hidden>
            {me.name.slice(0, 1)}
          </span>
          <span>{me.name}</span>
          {first && <span className="bar-role">{roleOf(first)}</span>}
          <span className="unseen">{words.oneself}</span>
        </>
      }
    >
      {(close) => (
        <>
          {me.postings.length > 0 && (
            <ul className="self-posts" aria-label={words.posts}>
              {me.postings.map((post) => (
                <li key={post.id}>
                  <strong>{roleOf(post)}</strong>
                  <span>{post.officeName}</span>
                </li>
              ))}
            </ul>
          )}
          <Link to="/security" className="self-item" onClick={close}>
            <ShieldCheck aria-hidden size={18} strokeWidth={1.75} />
            {words.security}
          </Link>
          <button type="button" className="self-item" onClick={() => void leave()}>
            <LogOut aria-hidden size={18} strokeWidth={1.75} />
            {words.signOut}
          </button>
        </>
      )}
    </Flyout>
  )
}
