import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Form, Input, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { saveRecord } from '@fengge/domain/registry/contract'
import { isAskedOf } from '@fengge/domain/registry/documents/asked-of'
import type { RecordKind, RecordView, Value, Values } from '@fengge/domain/registry/terms'
import { call, Refused } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { faultWords, likelyNotes } from '@fengge/web/words/registry.ts'
import { Likely } from './Likely.tsx'
import { showValue } from './RecordCard.tsx'
import { fieldsOf, useFields, type Field } from './useRegistry.ts'

interface Props {
  kind: RecordKind
  record?: RecordView | undefined
  parentId?: string | null
  placeId?: string | undefined
  isOpen: boolean
  readonly close: () => void
  onSaved?: (id: string) => void
  /** Where the form stands at a house: asks the community of somebody who is registered elsewhere. */
  onElsewhere?: (values: Values) => void
}
type Typed = Record<string, Value | undefined>
interface Details {
  /** Estates of a like name. */
  near?: { id: string; name: string }[]
  /** Whoever has the number already. */
  likely?: { id: string; name: string; gridName: string | null }[]
  isElsewhere?: boolean
  fields?: { field: string; fault: string }[]
  clashes?: { field: string; theirs: Value; yours: Value }[]
  version?: number
}

/** A form made from the fields in force. What is known is shown; only what was changed is sent. */
export function RecordForm({ kind, record, parentId = null, placeId, isOpen, close, onSaved, onElsewhere }: Props) {
  const { t, w } = useWords()
  const client = useQueryClient()
  const { message } = App.useApp()
  const fields = fieldsOf(useFields().data, kind)
  const [id] = useState(freshId)
  const [typed, setTyped] = useState<Record<string, Value>>({})
  const start = Object.fromEntries(
    fields.map((f) => [f.code, record && !record.masked.includes(f.code) ? record.values[f.code] : undefined]),
  )
  const personKind = typed['kind'] ?? start['kind']
  const isShown = (code: string) =>
    kind !== 'person' || record?.values[code] !== undefined || isAskedOf(personKind, code)
  const chooseOf =
    <T,>(then: (chosen: T) => void) =>
    (chosen: T) => {
      close()
      then(chosen)
    }
  const save = useMutation({
    mutationFn: ({ typed: v, isOther }: { typed: Typed; isOther: boolean }) => {
      const values = Object.fromEntries(
        Object.entries(v)
          .filter(
            ([code, x]) => (x ?? null) !== (start[code] ?? null) && !(x === undefined && record?.masked.includes(code)),
          )
          .map(([code, x]) => [code, x ?? null]),
      )
      return call(saveRecord, {
        requestId: freshId(),
        id: record?.id ?? id,
        kind,
        version: record?.version ?? 0,
        parentId,
        placeId,
        values,
        isOther,
      })
    },
    onSuccess: async (r) => {
      for (const x of r.warnings) void message.warning(`${label(fields, x.field, t)}：${w(faultWords, x.warning)}`, 8)
      close()
      await client.invalidateQueries()
      onSaved?.(r.id)
    },
  })
  return (
    <Modal
      open={isOpen}
      onCancel={close}
      footer={null}
      destroyOnHidden
      title={record ? t('补充或修改', 'Add or change') : t('新登记', 'New record')}
      width={560}
    >
      <SaveTrouble
        failure={save.error}
        fields={fields}
        registerAll={() => save.variables && save.mutate({ typed: save.variables.typed, isOther: true })}
      />
      <Form
        layout="vertical"
        initialValues={start}
        onFinish={(v: Typed) => save.mutate({ typed: v, isOther: false })}
        onValuesChange={(_, all) => setTyped(all as Record<string, Value>)}
      >
        {kind === 'person' && !record && (
          <Likely
            values={typed}
            choose={onSaved && chooseOf(onSaved)}
            askElsewhere={onElsewhere && chooseOf(onElsewhere)}
          />
        )}
        {fields
          .filter((f) => isShown(f.code))
          .map((f) => (
            <FieldInput
              key={f.code}
              field={f}
              note={record?.masked.includes(f.code) ? showValue(f, record.values[f.code], t) : ''}
              t={t}
            />
          ))}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('保存', 'Save')}
        </Button>
      </Form>
    </Modal>
  )
}

interface Trouble {
  readonly failure: Error | null
  readonly fields: readonly Field[]
  /** Registers an estate though others are called nearly so, a person though another has the number. */
  readonly registerAll: () => void
}

/** What stands against saving, field by field. */
function SaveTrouble({ failure, fields, registerAll }: Trouble) {
  const { t, w, fault } = useWords()
  if (failure === null) return null
  const problem = failure instanceof Refused ? failure.problem : undefined
  const { fields: faults, clashes, near, likely, isElsewhere } = (problem?.details ?? {}) as Details
  const told = (code: string, value: Value) =>
    showValue(
      fields.find((f) => f.code === code),
      value,
      t,
    )
  return (
    <Alert
      type="error"
      role="alert"
      title={fault(failure)}
      description={
        <>
          {faults?.map((f) => (
            <div key={f.field}>
              {label(fields, f.field, t)}：{w(faultWords, f.fault)}
            </div>
          ))}
          {near && <div>{near.map((e) => e.name).join('、')}</div>}
          {likely?.map((l) => (
            <div key={l.id}>
              <a href={`/console/registry/record/${l.id}`} target="_blank" rel="noreferrer">
                {l.name}
              </a>{' '}
              · {l.gridName}
            </div>
          ))}
          {isElsewhere && <div>{w(likelyNotes, 'elsewhere')}</div>}
          {problem?.problem === 'record.same-number' && (
            <Button size="small" onClick={registerAll}>
              {t('号码核对无误，不是同一人，仍然登记', 'The digits are right and it is another: register')}
            </Button>
          )}
          {problem?.problem === 'estate.close' && (
            <Button size="small" onClick={registerAll}>
              {t('是另一个小区，照样登记', 'It is another one: register it')}
            </Button>
          )}
          {clashes?.map((x) => (
            <div key={x.field}>
              {label(fields, x.field, t)}：{t('他人已改为', 'now')} “{told(x.field, x.theirs)}”，
              {t('您填的是', 'yours')} “{told(x.field, x.yours)}”
            </div>
          ))}
        </>
      }
    />
  )
}

const label = (fields: readonly Field[], code: string, t: (zh: string, en: string) => string) => {
  const f = fields.find((x) => x.code === code)
  return f ? t(f.name, f.nameEn) : code
}

function FieldInput({ field, note, t }: { field: Field; note: string; t: (zh: string, en: string) => string }) {
  const hint =
    note === ''
      ? t(`用途：${field.purpose}`, `For: ${field.purposeEn || field.purpose}`)
      : t(`${note}，不改可留空`, `${note}; leave open to keep it`)
  return (
    <Form.Item
      name={field.code}
      label={t(field.name, field.nameEn)}
      extra={hint}
      rules={field.isRequired && note === '' ? [{ required: true }] : []}
    >
      <ValueInput field={field} t={t} />
    </Form.Item>
  )
}

/** Form.Item hands the value and its change to the input it holds: `rest` passes them on. */
function ValueInput({ field, t, ...rest }: { field: Field; t: (zh: string, en: string) => string }) {
  switch (field.type) {
    case 'choice':
      return (
        <Select {...rest} allowClear options={field.choices.map(([value, zh, en]) => ({ value, label: t(zh, en) }))} />
      )
    case 'flag':
      return (
        <Select
          {...rest}
          allowClear
          options={[
            { value: true, label: t('是', 'Yes') },
            { value: false, label: t('否', 'No') },
          ]}
        />
      )
    case 'int':
    case 'number':
      return <InputNumber {...rest} style={{ width: '100%' }} />
    case 'text':
      return <Input.TextArea {...rest} rows={2} />
    default:
      return <Input {...rest} placeholder={field.type === 'day' ? '1990-01-31' : ''} autoComplete="off" />
  }
}
