import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Empty, Space, Spin, Tag } from 'antd'
import { useState } from 'react'
import { keepApart, listDoubles, mergePersons } from '@fengge/domain/registry/doubles-contract'
import type { RecordView, Value } from '@fengge/domain/registry/terms'
import { call, Refused } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { likelyWords } from '@fengge/web/words/registry.ts'
import { has, useMe } from '../shell/useMe.ts'
import { AskMerge, MergeRequests } from './MergeRequests.tsx'
import { RevealDialog, showValue } from './RecordCard.tsx'
import { fieldsOf, useFields, type Field } from './useRegistry.ts'

/** Probable duplicates side by side, with the reasons; a person decides, and a merge can be taken apart again. */
export function DoublesTab() {
  const merges = has(useMe().data, 'registry.merge')
  return (
    <>
      <MergeRequests />
      {merges && <Pairs />}
    </>
  )
}

function Pairs() {
  const { t } = useWords()
  const pairs = useQuery({ queryKey: ['doubles'], queryFn: () => call(listDoubles, {}) })
  if (pairs.isPending) return <Spin />
  if (pairs.data?.pairs.length === 0) return <Empty description={t('没有疑似重复', 'No probable duplicates')} />
  return (
    <>
      {pairs.data?.pairs.map((p) => (
        <Pair key={p.a.id + p.b.id} a={p.a} b={p.b} reasons={p.reasons} />
      ))}
    </>
  )
}

function Pair({ a, b, reasons }: { a: RecordView; b: RecordView; reasons: readonly string[] }) {
  const { t, w, fault } = useWords()
  const client = useQueryClient()
  const { message } = App.useApp()
  const fields = fieldsOf(useFields().data, 'person').filter(
    (f) => a.values[f.code] !== undefined || b.values[f.code] !== undefined,
  )
  const [take, setTake] = useState<readonly string[]>([])
  const done = async (words: string) => {
    void message.success(words)
    await client.invalidateQueries()
  }
  const merge = useMutation({
    mutationFn: () =>
      call(mergePersons, {
        requestId: freshId(),
        keepId: a.id,
        keepVersion: a.version,
        dropId: b.id,
        dropVersion: b.version,
        take: [...take],
        reason: reasons.map((r) => w(likelyWords, r)).join('、'),
      }),
    onSuccess: ({ plan }) => {
      if (plan)
        void message.info(
          plan.isCarried
            ? t(
                `另一份登记写明 ${plan.onDay} 搬走，已随合并保留`,
                `The other was to move away on ${plan.onDay}: that stands`,
              )
            : t(
                `两份登记都写明搬走日期，以保留的为准（另一份为 ${plan.onDay}）`,
                `Both were to move away; the kept record’s day stands (the other’s was ${plan.onDay})`,
              ),
          8,
        )
      return done(t('已合并，可在历史中拆开', 'Merged; the history can take it apart'))
    },
  })
  const apart = useMutation({
    mutationFn: () =>
      call(keepApart, {
        requestId: freshId(),
        aId: a.id,
        bId: b.id,
        reason: t('经核对不是同一人', 'Checked: two people'),
      }),
    onSuccess: () => done(t('不再提示', 'Not offered again')),
  })
  return (
    <section className="panel" style={{ marginBottom: 12 }} aria-label={`${a.name} / ${b.name}`}>
      <p style={{ marginTop: 0 }}>
        {reasons.map((r) => (
          <Tag color="blue" key={r}>
            {w(likelyWords, r)}
          </Tag>
        ))}
      </p>
      {(merge.error ?? apart.error) ? (
        <Alert type="error" role="alert" title={fault(merge.error ?? apart.error)} />
      ) : null}
      <table className="pair">
        <thead>
          <tr>
            <th />
            <th>
              {t('保留这条', 'Kept')} · {a.gridName}
            </th>
            <th>
              {t('并入', 'Merged into it')} · {b.gridName}
            </th>
          </tr>
        </thead>
        <tbody>
          {fields.map((f) => {
            const differs = a.values[f.code] !== b.values[f.code]
            const takes = take.includes(f.code)
            const canTake = differs && a.values[f.code] !== undefined && b.values[f.code] !== undefined
            return (
              <tr key={f.code} className={differs ? 'differs' : ''}>
                <th scope="row">{t(f.name, f.nameEn)}</th>
                <td className={takes ? 'left-out' : ''}>
                  <Shown record={a} field={f} />
                </td>
                <td className={canTake && !takes ? 'left-out' : ''}>
                  <Shown record={b} field={f} />{' '}
                  {canTake && (
                    <Button
                      size="small"
                      onClick={() => setTake(takes ? take.filter((x) => x !== f.code) : [...take, f.code])}
                    >
                      {takes ? t('仍用左边', 'Use the left') : t('用这个', 'Use this')}
                    </Button>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <Space wrap style={{ marginTop: 12 }}>
        <Button type="primary" loading={merge.isPending} onClick={() => merge.mutate()}>
          {t('是同一人，合并', 'One person: merge')}
        </Button>
        {merge.error instanceof Refused && merge.error.problem.problem === 'merge.two-numbers' && (
          <AskMerge a={a} b={b} take={take} />
        )}
        <Button loading={apart.isPending} onClick={() => apart.mutate()}>
          {t('不是同一人', 'Two people')}
        </Button>
      </Space>
    </section>
  )
}

/** A value of one of two, in the clear where it must be compared: each look with its reason, and kept. */
function Shown({ record, field }: { record: RecordView; field: Field }) {
  const { t } = useWords()
  const [asks, setAsks] = useState(false)
  const [shown, setShown] = useState<Value>()
  return (
    <>
      {showValue(field, shown ?? record.values[field.code], t)}{' '}
      {record.canReveal.includes(field.code) && shown === undefined && (
        <Button size="small" onClick={() => setAsks(true)}>
          {t('查看', 'Show')}
        </Button>
      )}
      <RevealDialog
        field={asks ? field : null}
        id={record.id}
        close={() => setAsks(false)}
        done={(_, value) => {
          setShown(value)
          setAsks(false)
        }}
      />
    </>
  )
}
