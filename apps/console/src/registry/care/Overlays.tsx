import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, DatePicker, Form, Input, InputNumber, Modal, Select, Space, Tag } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { dayOf } from '@fengge/domain/kernel/time'
import {
  careFields,
  careKinds,
  cautions,
  type CareField,
  type CareValue,
} from '@fengge/domain/registry/care/key-populations'
import { readOverlays, saveOverlay } from '@fengge/domain/registry/care/contract'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { cautionWords, overlayWords } from '@fengge/web/words/registry.ts'
import { CareSealed } from './CareSealed.tsx'
import { CareTeam } from './CareTeam.tsx'
import { CareVisits } from './CareVisits.tsx'

export type Overlay = Awaited<ReturnType<typeof call<typeof readOverlays>>>['overlays'][number]
interface Values {
  kind: Overlay['kind']
  facts?: string
  fields?: Record<string, CareValue | Dayjs | undefined>
  visitDays: number
  cautions: Overlay['cautions']
  startedOn: Dayjs
  endedOn: Dayjs | null
}

/** The strictest layer, for its keeper alone; everybody else learns that a visit is due and what to mind. */
export function Overlays({ personId }: { personId: string }) {
  const { t, w } = useWords()
  const [edited, setEdited] = useState<Partial<Overlay> | null>(null)
  const list = useQuery({ queryKey: ['overlays', personId], queryFn: () => call(readOverlays, { personId }) })
  const nextWords = (dueAt: string) => {
    const day = dayOf(Date.parse(dueAt))
    return t(`下次 ${day} 前`, `next by ${day}`)
  }
  return (
    <>
      <section className="panel" style={{ marginTop: 12 }}>
        <h3 style={{ marginTop: 0 }}>{t('特殊人群登记', 'Key population')}</h3>
        {list.data?.overlays.map((o) => (
          <div key={o.id} style={{ marginBottom: 16 }}>
            <Space wrap>
              <Tag color="red">{w(overlayWords, o.kind)}</Tag>
              {t(`每 ${o.visitDays} 天走访`, `visited every ${o.visitDays} days`)}
              {o.dueAt !== null && <span className="soft">{nextWords(o.dueAt)}</span>}
              {o.cautions.map((x) => (
                <Tag key={x}>{w(cautionWords, x)}</Tag>
              ))}
              <span className="soft">
                {o.startedOn} — {o.endedOn ?? t('今', 'now')}
              </span>
              <Button size="small" onClick={() => setEdited(o)}>
                {t('修改', 'Change')}
              </Button>
            </Space>
            <CareSealed overlay={o} personId={personId} />
            <CareTeam overlay={o} />
          </div>
        ))}
        <Button onClick={() => setEdited({})}>
          {list.data?.overlays.length === 0 ? t('登记', 'Add') : t('再登记一类', 'Add another reason')}
        </Button>
        {edited !== null && <OverlayForm personId={personId} edited={edited} close={() => setEdited(null)} />}
      </section>
      <CareVisits personId={personId} />
    </>
  )
}

interface FormProps {
  readonly personId: string
  readonly edited: Partial<Overlay>
  readonly close: () => void
}

/** What is left empty by a change stays as it is: nobody need see it to change something else. */
function OverlayForm({ personId, edited, close }: FormProps) {
  const { t, w, fault } = useWords()
  const client = useQueryClient()
  const [form] = Form.useForm<Values>()
  const kind = Form.useWatch('kind', form)
  const save = useMutation({
    mutationFn: (v: Values) =>
      call(saveOverlay, { requestId: freshId(), id: edited.id ?? freshId(), personId, ...saidIn(v) }),
    onSuccess: async () => {
      close()
      await client.invalidateQueries({ queryKey: ['overlays', personId] })
    },
  })
  const isKept = edited.id !== undefined && edited.state !== 'open'
  return (
    <Modal open onCancel={close} footer={null} destroyOnHidden title={t('特殊人群登记', 'Key population')}>
      {save.error ? <Alert type="error" role="alert" title={fault(save.error)} /> : null}
      {isKept && (
        <p className="soft">
          {t('已登记的内容不显示；留空的项保持不变。', 'What is on file does not show; what is left empty stays.')}
        </p>
      )}
      <Form form={form} layout="vertical" initialValues={shownOf(edited)} onFinish={(v: Values) => save.mutate(v)}>
        <Form.Item name="kind" label={t('类别', 'Kind')} rules={[{ required: true }]}>
          <Select
            disabled={edited.id !== undefined}
            options={careKinds.map((k) => ({ value: k, label: w(overlayWords, k) }))}
          />
        </Form.Item>
        <Form.Item name="visitDays" label={t('走访周期（天）', 'Visit every … days')}>
          <InputNumber min={1} max={365} />
        </Form.Item>
        <Form.Item name="cautions" label={t('上门注意', 'Cautions')}>
          <Select mode="multiple" options={cautions.map((k) => ({ value: k, label: w(cautionWords, k) }))} />
        </Form.Item>
        {(kind === undefined ? [] : careFields[kind]).map((field) => (
          <Form.Item key={field.code} name={['fields', field.code]} label={t(field.name, field.nameEn)}>
            <CareInput field={field} />
          </Form.Item>
        ))}
        <Form.Item name="facts" label={t('其他情况', 'Other facts')} rules={[{ max: 1000 }]}>
          <Input.TextArea rows={3} />
        </Form.Item>
        <Form.Item name="startedOn" label={t('列入日期', 'From')} rules={[{ required: true }]}>
          <DatePicker allowClear={false} />
        </Form.Item>
        <Form.Item name="endedOn" label={t('解除日期', 'Until')}>
          <DatePicker />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('保存', 'Save')}
        </Button>
      </Form>
    </Modal>
  )
}

interface InputProps {
  readonly field: CareField
  readonly id?: string
  readonly value?: never
  readonly onChange?: (value: unknown) => void
}

/** One field of a kind; the form hands it its value. */
function CareInput({ field, ...own }: InputProps) {
  const { t } = useWords()
  if (field.type === 'day') return <DatePicker {...own} />
  if (field.type === 'text') return <Input maxLength={500} {...own} />
  const options: { value: string | boolean; label: string }[] =
    field.type === 'flag'
      ? [
          { value: true, label: t('是', 'Yes') },
          { value: false, label: t('否', 'No') },
        ]
      : (field.choices ?? []).map(([value, zh, en]) => ({ value, label: t(zh, en) }))
  return <Select allowClear options={options} {...own} />
}

/** What the form begins with. */
const shownOf = (edited: Partial<Overlay>) => ({
  visitDays: 30,
  cautions: [],
  ...edited,
  fields: edited.kind === undefined ? {} : shownValues(careFields[edited.kind], edited.values ?? {}),
  startedOn: dayjs(edited.startedOn),
  endedOn: edited.endedOn ? dayjs(edited.endedOn) : null,
})

/** What was filled in, as it is sent. */
const saidIn = (v: Values) => ({
  kind: v.kind,
  ...(v.facts === undefined || v.facts === '' ? {} : { facts: v.facts }),
  values: valuesOf(v.fields ?? {}),
  visitDays: v.visitDays,
  cautions: v.cautions ?? [],
  startedOn: v.startedOn.format('YYYY-MM-DD'),
  endedOn: v.endedOn?.format('YYYY-MM-DD') ?? null,
})

const shownValues = (fields: readonly CareField[], values: Overlay['values']) =>
  Object.fromEntries(
    fields.map(({ code, type }) => {
      const value = values[code]
      return [code, type === 'day' && typeof value === 'string' ? dayjs(value) : value]
    }),
  )

const valuesOf = (fields: NonNullable<Values['fields']>): Overlay['values'] =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([code, value]) => {
      if (value === undefined || value === null || value === '') return []
      return [[code, dayjs.isDayjs(value) ? value.format('YYYY-MM-DD') : value]]
    }),
  )
