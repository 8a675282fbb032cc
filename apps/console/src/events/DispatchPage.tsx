import { Alert, Empty, Input, Spin } from 'antd'
import { useState } from 'react'
import type { EventRow } from '@fengge/domain/events/contract/views'
import { showCount } from '@fengge/web/words/count.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { More } from '../shell/Paged.tsx'
import { EventDetail } from './EventDetail.tsx'
import { EventTags } from './EventTags.tsx'
import { useEvent, useEventCount, useEventList, type Filter } from './useEvents.ts'

/** The dispatcher's split screen: the whole queue left, the pressing first, the case right; the next one opens when this one is sent. */
export function DispatchPage() {
  const { t, fault } = useWords()
  const [text, setText] = useState('')
  const queue: Filter = { queue: 'to-dispatch', text }
  const list = useEventList({ ...queue, order: 'pressing', size: '50' })
  const count = useEventCount(queue).data
  const rows = list.data?.pages.flatMap((p) => p.events) ?? []
  const [chosen, setChosen] = useState<string | null>(null)
  const current = rows.find((r) => r.id === chosen) ?? rows[0]
  const shown = count === undefined ? '' : showCount(count.total, count.isMore)
  return (
    <div className="split">
      <section className="panel" style={{ padding: 0 }} aria-label={t('待派遣', 'To dispatch')}>
        <h2 style={{ padding: '12px 14px 6px', margin: 0, fontSize: 16 }}>
          {t(`待派遣 ${shown}`, `To dispatch ${shown}`)}
        </h2>
        <p className="soft" style={{ margin: 0, padding: '0 14px 8px' }}>
          {t('先急后缓，按剩余时限排列', 'The urgent first, then by time left')}
        </p>
        <div style={{ padding: '0 14px 10px' }}>
          <Input.Search
            allowClear
            onSearch={setText}
            placeholder={t('标题、内容、地点、编号', 'Title, text, place, number')}
            aria-label={t('在待派遣中搜索', 'Search the queue')}
          />
        </div>
        {list.error && <Alert type="error" title={fault(list.error)} role="alert" />}
        {list.isPending && <Spin style={{ margin: 24 }} />}
        {list.isSuccess && rows.length === 0 && (
          <Empty style={{ padding: 24 }} description={t('没有待派遣的事件', 'Nothing to dispatch')} />
        )}
        {rows.length > 0 && <QueueRows rows={rows} currentId={current?.id} choose={setChosen} />}
        <div style={{ padding: '0 14px 12px' }}>
          <More list={list} shown={rows.length} total={count?.total} />
        </div>
      </section>
      <div>
        <Case id={current?.id} />
      </div>
    </div>
  )
}

function Case({ id }: { id: string | undefined }) {
  const { fault } = useWords()
  const event = useEvent(id)
  if (event.error) return <Alert type="error" title={fault(event.error)} role="alert" />
  return event.data && <EventDetail key={event.data.id} event={event.data} />
}

interface RowsProps {
  readonly rows: readonly EventRow[]
  readonly currentId: string | undefined
  readonly choose: (id: string) => void
}

function QueueRows({ rows, currentId, choose }: RowsProps) {
  return (
    <ul className="queue">
      {rows.map((r) => (
        <li key={r.id}>
          <button aria-current={r.id === currentId} onClick={() => choose(r.id)}>
            <strong>{r.title}</strong>
            <div className="soft">
              {r.villageName ?? r.townName} · {r.no}
            </div>
            <EventTags event={r} />
          </button>
        </li>
      ))}
    </ul>
  )
}
