import { useQuery } from '@tanstack/react-query'
import { Alert, Button, InputNumber, Space, Table, Tag } from 'antd'
import { useState } from 'react'
import { getRota } from '@fengge/domain/visits/contract/desk'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'

/** Which rules cannot be met with the people there are, and how much is short; nobody is ranked. */
export function RotaTab() {
  const { t, fault } = useWords()
  const [hours, setHours] = useState(20)
  const [asked, setAsked] = useState(20)
  const rota = useQuery({ queryKey: ['rota', asked], queryFn: () => call(getRota, { hoursPerWeek: asked }) })
  return (
    <div className="panel">
      <Space wrap style={{ marginBottom: 12 }}>
        <label htmlFor="hours">{t('每名网格员每周可用于走访的小时', 'Hours a week for visits, each worker')}</label>
        <InputNumber id="hours" min={1} max={60} value={hours} onChange={(v) => setHours(v ?? 20)} />
        <Button onClick={() => setAsked(hours)} loading={rota.isFetching}>
          {t('测算', 'Reckon')}
        </Button>
      </Space>
      {rota.error ? <Alert type="error" role="alert" title={fault(rota.error)} /> : null}
      <p className="soft">
        {t(
          '按规则和已派任务的数量、分钟测算（含路上时间）。缺口说明人手或周期需要调整，不是对人的评价。',
          'From rules and orders, numbers and minutes, the way included. A gap means people or rhythms have to change; it judges nobody.',
        )}
      </p>
      {rota.data && (
        <p role="status">
          {t(
            `共 ${rota.data.people} 名网格员（一人管几个网格只计一次），每周可用 ${(rota.data.capacity / 60).toFixed(1)} 小时，需要 ${(rota.data.asked / 60).toFixed(1)} 小时。`,
            `${rota.data.people} workers, each counted once; ${(rota.data.capacity / 60).toFixed(1)} hours a week there are, ${(rota.data.asked / 60).toFixed(1)} are asked.`,
          )}
        </p>
      )}
      <Grids rota={rota.data} isLoading={rota.isPending} />
    </div>
  )
}

type Rota = ReplyOf<typeof getRota>

function Grids({ rota, isLoading }: { rota: Rota | undefined; isLoading: boolean }) {
  const { t } = useWords()
  const ruleName = (id: string) => {
    const r = rota?.rules.find((x) => x.id === id)
    return r ? t(r.name, r.nameEn) : ''
  }
  return (
    <Table
      rowKey="id"
      size="small"
      loading={isLoading}
      dataSource={rota?.grids ?? []}
      pagination={{ pageSize: 20, hideOnSinglePage: true }}
      scroll={{ x: 900 }}
      columns={[
        { title: t('网格', 'Grid'), render: (_, g) => `${g.villageName} ${g.name}` },
        {
          title: t('网格员', 'Workers'),
          render: (_, g) =>
            g.shared > 0
              ? t(`${g.workers}（${g.shared} 人兼管其他网格）`, `${g.workers} (${g.shared} serve others too)`)
              : g.workers,
        },
        {
          title: t('已派任务', 'Ordered'),
          render: (_, g) =>
            g.ordered.tasks === 0
              ? '—'
              : t(
                  `${g.ordered.tasks} 件，每周 ${(g.ordered.perWeek / 60).toFixed(1)} 小时`,
                  `${g.ordered.tasks}, ${(g.ordered.perWeek / 60).toFixed(1)} h a week`,
                ),
        },
        {
          title: t('每周需要', 'Asked a week'),
          render: (_, g) => t(`${(g.asked / 60).toFixed(1)} 小时`, `${(g.asked / 60).toFixed(1)} h`),
        },
        {
          title: t('每周可用', 'There is'),
          render: (_, g) => t(`${(g.capacity / 60).toFixed(1)} 小时`, `${(g.capacity / 60).toFixed(1)} h`),
        },
        {
          title: t('完不成的规则', 'Rules that cannot be met'),
          render: (_, g) => <Short grid={g} ruleName={ruleName} />,
        },
      ]}
    />
  )
}

interface ShortProps {
  readonly grid: Rota['grids'][number]
  readonly ruleName: (id: string) => string
}

function Short({ grid: g, ruleName }: ShortProps) {
  const { t } = useWords()
  const short = g.lines.filter((l) => l.shortMinutes > 0)
  return short.length === 0 && g.ordered.shortMinutes === 0 ? (
    <Tag color="green">{t('都能完成', 'All can')}</Tag>
  ) : (
    [
      g.ordered.shortMinutes > 0 && (
        <Tag key="ordered" color="orange">
          {t('派下的任务', 'What was ordered')}{' '}
          {t(
            `缺 ${(g.ordered.shortMinutes / 60).toFixed(1)} 小时`,
            `short of ${(g.ordered.shortMinutes / 60).toFixed(1)} h`,
          )}
        </Tag>
      ),
      ...short.map((l) => (
        <Tag key={l.ruleId} color={l.state === 'unmet' ? 'red' : 'orange'}>
          {ruleName(l.ruleId)}{' '}
          {t(`缺 ${(l.shortMinutes / 60).toFixed(1)} 小时`, `short of ${(l.shortMinutes / 60).toFixed(1)} h`)}
        </Tag>
      )),
    ]
  )
}
