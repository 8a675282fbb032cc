import { useQuery } from '@tanstack/react-query'
import { listEvents } from '@fengge/domain/events/contract/desk'
import type { EventRow } from '@fengge/domain/events/contract/views'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { queueWords, statusWords, urgencyWords } from '@fengge/web/words/terms.ts'
import { lightColours, lightFor, showLeft, showTime } from '@fengge/web/words/time.ts'

const shown = { todo: ['to-check', 'to-verify', 'to-handle'], mine: ['mine'] } as const

/** What came back for checking, what is to be looked at, and what one has reported. */
export function MyEvents({ tab }: { tab: 'todo' | 'mine' }) {
  const { t } = useWords()
  return <><header className="top"><h1>{tab === 'todo' ? t('待办', 'To do') : t('我上报的', 'What I reported')}</h1></header><main>{shown[tab].map((q) => <Section key={q} queue={q} tab={tab} />)}</main></>
}

function Section({ queue, tab }: { queue: 'to-check' | 'to-verify' | 'to-handle' | 'mine'; tab: string }) {
  const { t, w, fault } = useWords()
  const list = useQuery({ queryKey: ['events', queue], queryFn: () => call(listEvents, { queue, size: 50 }) })
  const rows = list.data?.events ?? []
  if (queue !== 'to-check' && queue !== 'mine' && rows.length === 0 && !list.error) return null
  return (
    <section aria-label={w(queueWords, queue)}>
      {queue !== 'mine' && <h2>{w(queueWords, queue)}</h2>}
      {list.error ? <p className="error" role="alert">{fault(list.error)}</p> : list.isPending ? <p role="status">{t('正在读取…', 'Loading …')}</p> : rows.length === 0 ? <p className="card soft">{queue === 'mine' ? t('还没有上报过事件。', 'Nothing reported yet.') : t('没有待核查的事件。', 'Nothing to check.')}</p> : rows.map((e) => <Row key={e.id} event={e} tab={tab} />)}
    </section>
  )
}

function Row({ event, tab }: { event: EventRow; tab: string }) {
  const { w, language } = useWords()
  const now = Date.now()
  return (
    <a className="card" href={`#${tab}/${event.id}`}>
      <strong>{event.title}</strong>
      <div>{w(statusWords, event.status)}{event.urgency > 0 && <strong style={{ color: '#b42318' }}> · {w(urgencyWords, event.urgency)}</strong>}{event.dueAt && <strong style={{ color: lightColours[lightFor(event.stageStartedAt, event.dueAt, now)] }}> · {showLeft(event.dueAt, now, language)}</strong>}</div>
      <div className="soft">{event.gridName ?? event.villageName} · {showTime(event.reportedAt)}</div>
    </a>
  )
}
