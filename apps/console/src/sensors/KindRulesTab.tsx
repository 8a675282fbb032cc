import { useQuery } from '@tanstack/react-query'
import { Table } from 'antd'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { listSensorKinds, saveSensorKind } from '@fengge/domain/sensors/contract'
import { joinScopes, type JoinScope } from '@fengge/domain/sensors/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { joinScopeWords, sensorKindWords } from '@fengge/web/words/sensors.ts'
import { urgencyWords } from '@fengge/web/words/terms.ts'
import { useCatalogue } from '../events/useEvents.ts'
import { AskForm } from '../shell/AskForm.tsx'

type Rule = ReplyOf<typeof listSensorKinds>['kinds'][number]

/** What alarms of a kind are: a matter of the catalogue, how urgent, and what is joined. Dated, with the decision behind it. */
export function KindRulesTab() {
  const { t, w } = useWords()
  const list = useQuery({ queryKey: ['sensor-kinds'], queryFn: () => call(listSensorKinds, {}) })
  const catalogue = useCatalogue()
  const named = (code: string) => {
    const category = catalogue.data?.find((c) => c.code === code)
    return category ? `${code} ${t(category.name, category.nameEn)}` : code
  }
  return (
    <div className="panel">
      <Table<Rule>
        rowKey="kind"
        size="small"
        loading={list.isPending}
        dataSource={list.data?.kinds ?? []}
        pagination={false}
        scroll={{ x: 900 }}
        columns={[
          { title: t('类型', 'Kind'), render: (_, r) => w(sensorKindWords, r.kind) },
          { title: t('事项', 'Matter'), render: (_, r) => named(r.categoryCode) },
          { title: t('紧急程度', 'Urgency'), render: (_, r) => w(urgencyWords, r.urgency) },
          {
            title: t('并为一件', 'Joined'),
            render: (_, r) =>
              t(
                `${w(joinScopeWords, r.scope)}，${r.joinMinutes} 分钟内`,
                `${w(joinScopeWords, r.scope)}, within ${r.joinMinutes} min`,
              ),
          },
          { title: t('多久算失联（分钟）', 'Silent after (min)'), dataIndex: 'silentMinutes', align: 'right' },
          { title: t('依据', 'Basis'), dataIndex: 'basis' },
          {
            title: t('自', 'Since'),
            render: (_, r) => (
              <>
                {r.fromOn ?? t('初始', 'the start')}
                {r.next && (
                  <div className="soft">
                    {t(
                      `${r.next.fromOn} 起：${named(r.next.categoryCode)}`,
                      `from ${r.next.fromOn}: ${named(r.next.categoryCode)}`,
                    )}
                  </div>
                )}
              </>
            ),
          },
          { title: '', render: (_, r) => list.data?.mayEdit && <Change rule={r} /> },
        ]}
      />
    </div>
  )
}

interface Values {
  readonly fromOn: string
  readonly categoryCode: string
  readonly urgency: '0' | '1' | '2'
  readonly scope: JoinScope
  readonly joinMinutes: number
  readonly silentMinutes: number
  readonly basis: string
}

function Change({ rule }: { readonly rule: Rule }) {
  const { t, w } = useWords()
  const catalogue = useCatalogue()
  const matters = (catalogue.data ?? []).map((c) => ({ value: c.code, label: `${c.code} ${t(c.name, c.nameEn)}` }))
  return (
    <AskForm<Values>
      label={t('修订', 'Revise')}
      title={t(`修订：${w(sensorKindWords, rule.kind)}`, `Revise: ${w(sensorKindWords, rule.kind)}`)}
      isSmall
      changes={['sensor-kinds']}
      initial={{ ...rule, urgency: String(rule.urgency), fromOn: undefined, basis: '' }}
      questions={[
        { name: 'fromOn', label: t('自哪天起', 'From'), kind: 'day' },
        { name: 'categoryCode', label: t('事项', 'Matter'), kind: 'choice', options: matters },
        {
          name: 'urgency',
          label: t('紧急程度', 'Urgency'),
          kind: 'choice',
          options: ([0, 1, 2] as const).map((u) => ({ value: String(u), label: w(urgencyWords, u) })),
        },
        {
          name: 'scope',
          label: t('哪些并为一件', 'What is joined'),
          kind: 'choice',
          options: joinScopes.map((s) => ({ value: s, label: w(joinScopeWords, s) })),
        },
        { name: 'joinMinutes', label: t('多少分钟内并为一件', 'Joined within minutes'), kind: 'number', most: 1440 },
        {
          name: 'silentMinutes',
          label: t('多少分钟没有通信算失联', 'Silent after minutes'),
          kind: 'number',
          least: 10,
          most: 20_160,
        },
        { name: 'basis', label: t('依据', 'Basis'), kind: 'line', most: 200 },
      ]}
      send={(v) =>
        call(saveSensorKind, {
          requestId: freshId(),
          kind: rule.kind,
          ...v,
          urgency: Number(v.urgency) as 0 | 1 | 2,
        })
      }
    />
  )
}
