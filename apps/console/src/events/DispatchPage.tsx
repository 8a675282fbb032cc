import { Alert, Empty, Spin } from 'antd'
import { useState } from 'react'
import { useWords } from '@fengge/web/words/language.ts'
import { EventDetail } from './EventDetail.tsx'
import { EventTags } from './EventTags.tsx'
import { useEvent, useEventList } from './useEvents.ts'

/** The dispatcher's split screen: the queue left, the case right; the next one opens when this one is sent. */
export function DispatchPage() {
  const { t, fault } = useWords()
  const list = useEventList({ queue: 'to-dispatch', order: 'oldest', size: '50' })
  const rows = list.data?.pages.flatMap((p) => p.events) ?? []
  const [chosen, setChosen] = useState<string | null>(null)
  const current = rows.find((r) => r.id === chosen) ?? rows[0]
  const event = useEvent(current?.id)
  return (
    <div className="split">
      <section className="panel" style={{ padding: 0 }} aria-label={t('待派遣', 'To dispatch')}>
        <h2 style={{ padding: '12px 14px', margin: 0, fontSize: 16 }}>
          {t(`待派遣 ${rows.length}`, `To dispatch ${rows.length}`)}
        </h2>
        {list.isPending && <Spin style={{ margin: 24 }} />}
        {!list.isPending && rows.length === 0 && (
          <Empty style={{ padding: 24 }} description={t('没有待派遣的事件', 'Nothing to dispatch')} />
        )}
        {rows.length > 0 && (
          <ul className="queue">
            {rows.map((r) => (
              <li key={r.id}>
                <button aria-current={r.id === current?.id} onClick={() => setChosen(r.id)}>
                  <strong>{r.title}</strong>
                  <div className="soft">
                    {r.villageName ?? r.townName} · {r.no}
                  </div>
                  <EventTags event={r} />
                </button>
              </li>
            ))}
          </ul>
        )}
      </section>
      <div>
        {event.error && <Alert type="error" title={fault(event.error)} role="alert" />}
        {!event.error && event.data && <EventDetail key={event.data.id} event={event.data} />}
      </div>
    </div>
  )
}
