import { useQuery } from '@tanstack/react-query'
import { Alert, Button, InputNumber, Space, Table, Tag } from 'antd'
import { useState } from 'react'
import { getRota } from '@fengge/domain/visits/contract/desk'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'

/** Which rules cannot be met with the people there are, and how much is short; nobody is ranked. */
export function RotaTab() {
  const { t, fault } = useWords()
  const [hours, setHours] = useState(20)
  const [asked, setAsked] = useState(20)
  const rota = useQuery({ queryKey: ['rota', asked], queryFn: () => call(getRota, { hoursPerWeek: asked }) })
  const ruleName = (id: string) => {
    const r = rota.data?.rules.find((x) => x.id === id)
    return r ? t(r.name, r.nameEn) : ''
  }
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
          '按规则、对象数量和每次分钟测算（含路上时间）。缺口说明人手或周期需要调整，不是对人的评价。',
          'From rules, numbers and minutes, the way included. A gap means people or rhythms have to change; it judges nobody.',
        )}
      </p>
      <Table
        rowKey="id"
        size="small"
        loading={rota.isPending}
        dataSource={rota.data?.grids ?? []}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        scroll={{ x: 900 }}
        columns={[
          { title: t('网格', 'Grid'), render: (_, g) => `${g.villageName} ${g.name}` },
          { title: t('网格员', 'Workers'), dataIndex: 'workers' },
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
            render: (_, g) => {
              const short = g.lines.filter((l) => l.shortMinutes > 0)
              return short.length === 0 ? (
                <Tag color="green">{t('都能完成', 'All can')}</Tag>
              ) : (
                short.map((l) => (
                  <Tag key={l.ruleId} color={l.state === 'unmet' ? 'red' : 'orange'}>
                    {ruleName(l.ruleId)}{' '}
                    {t(`缺 ${(l.shortMinutes / 60).toFixed(1)} 小时`, `short of ${(l.shortMinutes / 60).toFixed(1)} h`)}
                  </Tag>
                ))
              )
            },
          },
        ]}
      />
    </div>
  )
}
