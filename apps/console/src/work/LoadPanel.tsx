import { useQuery } from '@tanstack/react-query'
import { Alert, Form, Input, Table, Tag } from 'antd'
import { weighOrder } from '@fengge/domain/visits/contract/desk'
import type { ReplyOf, SentOf } from '@fengge/domain/kernel/endpoint'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'

export type Weighing = SentOf<typeof weighOrder>
type Worker = ReplyOf<typeof weighOrder>['workers'][number]

/** What an order would add to each worker, before it is given; where it is too much, why it has to be all the same (A4). */
export function LoadPanel({ weighing }: { weighing: Weighing | null }) {
  const { t, fault } = useWords()
  const weighed = useQuery({
    queryKey: ['weighed', weighing],
    queryFn: () => call(weighOrder, weighing!),
    enabled: weighing !== null,
  })
  if (weighing === null)
    return (
      <p className="soft">
        {t('填好网格、分钟和期限后，这里显示每人负担。', 'Grids, minutes and dates first: then the load of each.')}
      </p>
    )
  if (weighed.error) return <Alert type="error" role="alert" title={fault(weighed.error)} />
  if (!weighed.data) return <p className="soft">{t('正在测算…', 'Reckoning …')}</p>
  const { tasks, perWeek, heavy, unmanned, workers } = weighed.data
  return (
    <section aria-label={t('负担测算', 'Load')} style={{ marginBottom: 16 }}>
      <p className="soft">
        {t(
          `共 ${tasks} 件，每周增加 ${hours(perWeek)} 小时（含路上时间）。`,
          `${tasks} tasks, ${hours(perWeek)} hours a week more, the way included.`,
        )}
        {unmanned > 0 && t(`其中 ${unmanned} 个网格没有网格员。`, ` ${unmanned} of the grids have nobody.`)}
      </p>
      <Workers workers={workers} />
      {heavy > 0 && <HeavyWord heavy={heavy} />}
    </section>
  )
}

function Workers({ workers }: { workers: readonly Worker[] }) {
  const { t } = useWords()
  return (
    <Table<Worker>
      rowKey={(w) => `${w.name} ${w.after} ${w.before}`}
      size="small"
      dataSource={[...workers]}
      pagination={{ pageSize: 6, hideOnSinglePage: true, showSizeChanger: false }}
      columns={[
        {
          title: t('网格员', 'Worker'),
          render: (_, w) =>
            w.grids > 1 ? t(`${w.name}（${w.grids} 个网格）`, `${w.name} (${w.grids} grids)`) : w.name,
        },
        { title: t('现在（小时/周）', 'Now (h a week)'), render: (_, w) => hours(w.before), align: 'right' },
        { title: t('下达后', 'Then'), render: (_, w) => hours(w.after), align: 'right' },
        {
          title: t('可用', 'There is'),
          render: (_, w) => (
            <>
              {hours(w.capacity)} {w.isHeavy && <Tag color="red">{t('超负荷', 'too much')}</Tag>}
            </>
          ),
          align: 'right',
        },
      ]}
    />
  )
}

function HeavyWord({ heavy }: { heavy: number }) {
  const { t } = useWords()
  return (
    <>
      <Alert
        type="warning"
        style={{ margin: '12px 0' }}
        title={t(
          `下达后 ${heavy} 人超过每周可用时间。请减少、延后，或写明理由。`,
          `${heavy} would have more to do than hours. Less, later, or a reason.`,
        )}
      />
      <Form.Item
        name="heavyWord"
        label={t('超负荷仍须下达的理由（留痕）', 'Why it has to be all the same (kept)')}
        rules={[{ required: true, min: 2, message: t('请写明理由', 'Say why') }]}
      >
        <Input maxLength={200} />
      </Form.Item>
    </>
  )
}

const hours = (minutes: number) => (minutes / 60).toFixed(1)
