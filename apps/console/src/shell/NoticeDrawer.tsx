import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Drawer, Empty } from 'antd'
import { useState } from 'react'
import { listNotices, readNotices } from '@fengge/domain/events/contract/desk'
import { readMessages, type Me } from '@fengge/domain/identity/contract'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { saidOfMessage, saidOfTold } from '@fengge/web/words/messages.ts'
import { noticeWords } from '@fengge/web/words/terms.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { has } from './useMe.ts'

interface Told {
  readonly notices: ReplyOf<typeof listNotices>['notices']
  readonly me: Me
}

export function NoticeDrawer({ notices, me }: Told) {
  const messages = me.messages ?? []
  const told = me.told ?? []
  const toRead = [...messages, ...told].map((m) => m.id)
  const { t, w } = useWords()
  const [open, setOpen] = useState(false)
  const client = useQueryClient()
  const read = useMutation({
    mutationFn: async () => {
      const ids = notices.filter((n) => !n.isRead).map((n) => n.id)
      if (ids.length > 0) await call(readNotices, { requestId: freshId(), ids })
      if (toRead.length > 0) await call(readMessages, { requestId: freshId(), ids: toRead })
    },
    onSuccess: () => Promise.all([['notices'], ['me']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
  return (
    <>
      <Button type="text" onClick={() => setOpen(true)}>
        {t('提醒', 'Notices')}
      </Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={t('提醒', 'Notices')}
        extra={
          <Button onClick={() => read.mutate()} disabled={toRead.length === 0 && notices.every((n) => n.isRead)}>
            {t('全部已读', 'Mark all read')}
          </Button>
        }
      >
        {notices.length + toRead.length === 0 ? (
          <Empty description={t('没有提醒', 'No notices')} />
        ) : (
          <ul className="queue">
            {messages.map((m) => (
              <li key={m.id} style={{ padding: '10px 0', borderBottom: '1px solid #e3e7ee', fontWeight: 600 }}>
                <Link to="/places" onClick={() => setOpen(false)}>
                  {t(...saidOfMessage(m, has(me, 'net.edit')))}
                </Link>
                <div className="soft">{showTime(m.at)}</div>
              </li>
            ))}
            <ToldRows told={told} close={() => setOpen(false)} />
            {notices.map((n) => (
              <li
                key={n.id}
                style={{ padding: '10px 0', borderBottom: '1px solid #e3e7ee', fontWeight: n.isRead ? 400 : 600 }}
              >
                <Link to="/events/$id" params={{ id: n.eventId }} onClick={() => setOpen(false)}>
                  {w(noticeWords, n.kind)}：{n.title}
                </Link>
                <div className="soft">{showTime(n.at)}</div>
              </li>
            ))}
          </ul>
        )}
      </Drawer>
    </>
  )
}

/** What waits that is no event: people who are said to have moved here. */
function ToldRows({ told, close }: { readonly told: NonNullable<Me['told']>; readonly close: () => void }) {
  const { t } = useWords()
  return told.map((m) => (
    <li key={m.id} style={{ padding: '10px 0', borderBottom: '1px solid #e3e7ee', fontWeight: 600 }}>
      <Link to="/registry" search={{ tab: 'arrivals' }} onClick={close}>
        {t(...saidOfTold(m))}
      </Link>
      <div className="soft">{showTime(m.at)}</div>
    </li>
  ))
}
