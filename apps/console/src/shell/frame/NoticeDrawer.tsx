import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Drawer } from 'antd'
import type { ReactNode } from 'react'
import { listNotices, readNotices } from '@fengge/domain/events/contract/desk'
import { readMessages, type Me } from '@fengge/domain/identity/contract'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { Button } from '@fengge/web/ui/Button/Button.tsx'
import { Empty } from '@fengge/web/ui/Empty/Empty.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { saidOfMessage, saidOfTold } from '@fengge/web/words/messages.ts'
import { useSayings } from '@fengge/web/words/sayings.ts'
import { noticeWords } from '@fengge/web/words/terms.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { shellSayings } from '../../words/shell.ts'
import { has } from '../useMe.ts'

interface Told {
  readonly notices: ReplyOf<typeof listNotices>['notices']
  readonly me: Me
  readonly isOpen: boolean
  readonly close: () => void
}

/** What asks for something, the newest first; what was read stays in sight. */
export function NoticeDrawer({ notices, me, isOpen, close }: Told) {
  const words = useSayings(shellSayings)
  const client = useQueryClient()
  const toRead = [...(me.messages ?? []), ...(me.told ?? [])].map((m) => m.id)
  const read = useMutation({
    mutationFn: async () => {
      const ids = notices.filter((n) => !n.isRead).map((n) => n.id)
      if (ids.length > 0) await call(readNotices, { requestId: freshId(), ids })
      if (toRead.length > 0) await call(readMessages, { requestId: freshId(), ids: toRead })
    },
    onSuccess: () => Promise.all([['notices'], ['me']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
  const isNothingNew = toRead.length === 0 && notices.every((n) => n.isRead)
  return (
    <Drawer
      open={isOpen}
      onClose={close}
      title={words.notices}
      closable={{ 'aria-label': words.close }}
      extra={
        <Button size="small" onClick={() => read.mutate()} disabled={isNothingNew}>
          {words.markAllRead}
        </Button>
      }
    >
      {notices.length + toRead.length === 0 ? (
        <Empty drawing="done" title={words.noNotices}>
          {words.noNoticesWhy}
        </Empty>
      ) : (
        <Rows notices={notices} me={me} close={close} />
      )}
    </Drawer>
  )
}

type RowsProps = Omit<Told, 'isOpen'>

/** What waits that is no event first: changes of the net that failed, people who are said to have moved here. */
function Rows({ notices, me, close }: RowsProps) {
  const { t, w } = useWords()
  return (
    <ul className="notices">
      {(me.messages ?? []).map((m) => (
        <Row key={m.id} at={m.at}>
          <Link to="/places" onClick={close}>
            {t(...saidOfMessage(m, has(me, 'net.edit')))}
          </Link>
        </Row>
      ))}
      {(me.told ?? []).map((m) => (
        <Row key={m.id} at={m.at}>
          <Link to="/registry" search={{ tab: 'arrivals' }} onClick={close}>
            {t(...saidOfTold(m))}
          </Link>
        </Row>
      ))}
      {notices.map((n) => (
        <Row key={n.id} at={n.at} isRead={n.isRead}>
          <Link to="/events/$id" params={{ id: n.eventId }} onClick={close}>
            {w(noticeWords, n.kind)}：{n.title}
          </Link>
        </Row>
      ))}
    </ul>
  )
}

interface RowProps {
  readonly at: string
  readonly isRead?: boolean
  readonly children: ReactNode
}

const Row = ({ at, isRead = false, children }: RowProps) => (
  <li className={isRead ? 'notice-read' : 'notice-new'}>
    {children}
    <time dateTime={at}>{showTime(at)}</time>
  </li>
)
