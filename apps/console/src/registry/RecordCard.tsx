import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Modal, Select, Tag } from 'antd'
import { useState } from 'react'
import { revealField } from '@fengge/domain/registry/contract'
import { onFile } from '@fengge/domain/registry/fields'
import type { RecordView, Value } from '@fengge/domain/registry/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { recordKindWords, registrySourceWords, revealPurposeWords } from '@fengge/web/words/registry.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { fieldsOf, useFields, type Field } from './useRegistry.ts'

export function showValue(
  field: Field | undefined,
  value: Value | undefined,
  t: (zh: string, en: string) => string,
): string {
  if (value === undefined || value === null) return '—'
  if (value === onFile) return t('已登记', 'On file')
  if (typeof value === 'boolean') return value ? t('是', 'Yes') : t('否', 'No')
  const choice = field?.choices.find(([code]) => code === value)
  return choice ? t(choice[1], choice[2]) : String(value)
}

/** What is known of one record, where from and since when; a masked value is shown in full one at a time, with a reason. */
export function RecordCard({ record, children }: { record: RecordView; children?: React.ReactNode }) {
  const { t, w } = useWords()
  const fields = fieldsOf(useFields().data, record.kind)
  const [asked, setAsked] = useState<Field | null>(null)
  const [shown, setShown] = useState<Record<string, Value>>({})
  const origin = (code: string) => record.origin[code] ?? record.origin['*']
  return (
    <section className="panel" style={{ marginBottom: 12 }}>
      <h3 style={{ marginTop: 0 }}>
        {record.kind === 'house' ? (
          t('房屋情况', 'The house')
        ) : (
          <>
            {record.name} <Tag>{w(recordKindWords, record.kind)}</Tag>
          </>
        )}
        {record.state !== 'live' && (
          <Tag color="red">{record.state === 'merged' ? t('已合并', 'Merged') : t('已注销', 'Gone')}</Tag>
        )}
        {record.isDue ? <Tag color="orange">{t('待核实', 'To be verified')}</Tag> : null}
      </h3>
      <dl className="facts">
        {fields
          .filter((f) => record.values[f.code] !== undefined)
          .map((f) => (
            <div key={f.code} style={{ display: 'contents' }}>
              <dt>{t(f.name, f.nameEn)}</dt>
              <dd>
                {showValue(f, shown[f.code] ?? record.values[f.code], t)}{' '}
                {record.canReveal.includes(f.code) && shown[f.code] === undefined && (
                  <Button size="small" onClick={() => setAsked(f)}>
                    {t('查看', 'Show')}
                  </Button>
                )}{' '}
                <span className="soft">
                  {origin(f.code) &&
                    `${w(registrySourceWords, origin(f.code)!.source)} · ${showTime(origin(f.code)!.at)}`}
                </span>
              </dd>
            </div>
          ))}
        {record.gaps.length > 0 && (
          <>
            <dt>{t('还缺', 'Missing')}</dt>
            <dd>
              {record.gaps.map((g) => {
                const f = fields.find((x) => x.code === g)
                return <Tag key={g}>{f ? t(f.name, f.nameEn) : g}</Tag>
              })}
            </dd>
          </>
        )}
        <dt>{t('核实', 'Verified')}</dt>
        <dd>
          {record.confirmedAt ? showTime(record.confirmedAt) : t('从未', 'Never')}
          {record.dueAt && (
            <span className="soft">
              {' '}
              · {t('下次', 'next')} {showTime(record.dueAt).slice(0, 10)}
            </span>
          )}
        </dd>
        <dt>{t('网格', 'Grid')}</dt>
        <dd>{record.gridName ?? '—'}</dd>
      </dl>
      {children}
      <RevealDialog
        field={asked}
        id={record.id}
        close={() => setAsked(null)}
        done={(code, value) => {
          setShown((s) => ({ ...s, [code]: value }))
          setAsked(null)
        }}
      />
    </section>
  )
}

/** One value in the clear, for a purpose and a reason. */
export function RevealDialog({
  field,
  id,
  close,
  done,
}: {
  field: Pick<Field, 'code' | 'name' | 'nameEn'> | null
  id: string
  readonly close: () => void
  readonly done: (code: string, value: Value) => void
}) {
  const { t, w, fault } = useWords()
  const reveal = useMutation({
    mutationFn: (v: { purpose: 'contact'; note: string }) =>
      call(revealField, { requestId: freshId(), id, field: field!.code, ...v }),
    onSuccess: ({ value }) => done(field!.code, value),
  })
  return (
    <Modal
      open={field !== null}
      onCancel={close}
      footer={null}
      destroyOnHidden
      title={t('查看完整信息', 'Show in full')}
    >
      {field && (
        <p>
          <strong>{t(field.name, field.nameEn)}</strong>
        </p>
      )}
      <p className="soft">
        {t(
          '每次查看都会留痕，本人可以知道哪个单位因何查看。',
          'Each look is kept; the person may learn which office looked and why.',
        )}
      </p>
      {reveal.error ? <Alert type="error" role="alert" title={fault(reveal.error)} /> : null}
      <Form layout="vertical" initialValues={{ purpose: 'contact' }} onFinish={(v) => reveal.mutate(v)}>
        <Form.Item name="purpose" label={t('目的', 'Purpose')}>
          <Select
            options={Object.keys(revealPurposeWords).map((p) => ({ value: p, label: w(revealPurposeWords, p) }))}
          />
        </Form.Item>
        <Form.Item name="note" label={t('事由', 'Reason')} rules={[{ required: true, max: 200 }]}>
          <Input />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={reveal.isPending}>
          {t('查看', 'Show')}
        </Button>
      </Form>
    </Modal>
  )
}
