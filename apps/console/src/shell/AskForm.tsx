import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, DatePicker, Form, Input, InputNumber, Modal, Select } from 'antd'
import dayjs from 'dayjs'
import { useState, type ReactNode } from 'react'
import { listMatters } from '@fengge/domain/matters/contract'
import { listChildren } from '@fengge/domain/places/contract'
import { call } from '@fengge/web/api/call.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { MomentPicker } from './Days.tsx'
import { useMe } from './useMe.ts'

export interface Question {
  readonly name: string
  readonly label: string
  readonly kind: 'line' | 'text' | 'day' | 'moment' | 'number' | 'choice' | 'many'
  readonly options?: readonly { value: string; label: string }[]
  readonly isOptional?: boolean
  readonly least?: number
  readonly most?: number
}

/** A button that opens a short form; what is sent and what it changes is its caller's. The names of the questions are the fields of `V`. */
export function AskForm<V extends object = Record<string, string>>({
  label,
  title,
  questions,
  initial,
  send,
  changes,
  isDanger = false,
  isSmall = false,
  note,
}: {
  label: string
  title?: string
  questions: readonly Question[]
  initial?: object
  readonly send: (values: V) => Promise<unknown>
  changes: readonly string[]
  isDanger?: boolean
  isSmall?: boolean
  note?: ReactNode
}) {
  const { t, fault } = useWords()
  const [isOpen, setOpen] = useState(false)
  const client = useQueryClient()
  const [form] = Form.useForm()
  const doing = useMutation({
    mutationFn: async (values: V) => send(values),
    onSuccess: async () => {
      setOpen(false)
      form.resetFields()
      for (const key of changes) await client.invalidateQueries({ queryKey: [key] })
    },
  })
  const finish = (values: Record<string, unknown>) =>
    doing.mutate(
      Object.fromEntries(
        Object.entries(values).map(([k, v]) => [k, dayjs.isDayjs(v) ? v.format('YYYY-MM-DD') : v]),
      ) as V,
    )
  return (
    <>
      <Button
        {...(isSmall ? { size: 'small' } : {})}
        danger={isDanger}
        type={isSmall || isDanger ? 'default' : 'primary'}
        onClick={() => {
          doing.reset()
          setOpen(true)
        }}
      >
        {label}
      </Button>
      <Modal
        open={isOpen}
        title={title ?? label}
        onCancel={() => setOpen(false)}
        onOk={() => form.submit()}
        confirmLoading={doing.isPending}
        okText={t('确定', 'OK')}
        cancelText={t('取消', 'Cancel')}
        destroyOnHidden
      >
        {note}
        {doing.error ? (
          <Alert type="error" role="alert" title={fault(doing.error)} style={{ marginBottom: 12 }} />
        ) : null}
        <Form
          form={form}
          layout="vertical"
          onFinish={finish}
          initialValues={withDays(questions, initial ?? {})}
          preserve={false}
        >
          {questions.map((q) => (
            <Form.Item
              key={q.name}
              name={q.name}
              label={q.label}
              rules={[{ required: !q.isOptional, message: t('请填写', 'Please fill in') }]}
            >
              {inputFor(q)}
            </Form.Item>
          ))}
        </Form>
      </Modal>
    </>
  )
}

/** Days as the picker takes them. */
const withDays = (questions: readonly Question[], initial: object): object =>
  Object.fromEntries(
    Object.entries(initial).map(([name, value]) => {
      const isDay = typeof value === 'string' && questions.some((q) => q.name === name && q.kind === 'day')
      return [name, isDay ? dayjs(value) : value]
    }),
  )

function inputFor(q: Question): ReactNode {
  switch (q.kind) {
    case 'text':
      return <Input.TextArea rows={4} maxLength={q.most ?? 400} />
    case 'day':
      return <DatePicker style={{ width: '100%' }} />
    case 'moment':
      return <MomentPicker clock="09:00" />
    case 'number':
      return <InputNumber min={q.least ?? 1} max={q.most ?? 480} style={{ width: '100%' }} />
    case 'choice':
      return <Select options={[...(q.options ?? [])]} showSearch={{ optionFilterProp: 'label' }} />
    case 'many':
      return <Select mode="multiple" options={[...(q.options ?? [])]} showSearch={{ optionFilterProp: 'label' }} />
    default:
      return <Input maxLength={q.most ?? 60} />
  }
}

/** Matters in force, to choose from: whatever is asked of the grid names one. */
export function useMatterOptions() {
  const { t } = useWords()
  const matters = useQuery({
    queryKey: ['matters-in-force'],
    queryFn: () => call(listMatters, { onlyInForce: 'yes' }),
    staleTime: 60_000,
  })
  return (matters.data?.matters ?? []).map((m) => ({ value: m.id, label: `${m.code} ${t(m.name, m.nameEn)}` }))
}

/** The grids of a place, over the villages between; a county's office names a village first. */
async function gridsBelow(parentId: string, depth: number): Promise<{ value: string; label: string }[]> {
  const { places } = await call(listChildren, { parentId })
  const found = places.filter((p) => p.tier === 'grid').map((p) => ({ value: p.id, label: p.name }))
  if (depth === 0) return found
  const below = await Promise.all(
    places
      .filter((p) => p.tier === 'village')
      .slice(0, 60)
      .map((p) => gridsBelow(p.id, 0)),
  )
  return [...found, ...below.flat()]
}

/** The caller's own place and the grids in it. */
export function useOwnGrids() {
  const me = useMe().data
  const posting = me?.postings.find((p) => p.departmentId === null)
  const grids = useQuery({
    queryKey: ['own-grids', posting?.placeId],
    queryFn: () => gridsBelow(posting!.placeId, 1),
    enabled: posting !== undefined,
    staleTime: 300_000,
  })
  return { placeId: posting?.placeId, placeName: posting?.placeName ?? '', grids: grids.data ?? [] }
}
