import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, DatePicker, Form, Input, InputNumber, Modal, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState, type ReactNode } from 'react'
import { listMatters } from '@fengge/domain/matters/contract'
import type { Matter, MatterObject, TaskKind } from '@fengge/domain/matters/terms'
import { orderTask } from '@fengge/domain/visits/contract/desk'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { matterObjectWords, taskKindWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { useOwnGrids } from '../shell/AskForm.tsx'
import { LoadPanel, type Weighing } from './LoadPanel.tsx'

/** Matters in force with what each states. */
export function useMattersInForce(): readonly Matter[] {
  const matters = useQuery({
    queryKey: ['matters-in-force'],
    queryFn: () => call(listMatters, { onlyInForce: 'yes' }),
    staleTime: 60_000,
  })
  return matters.data?.matters ?? []
}

interface Values {
  readonly matterId: string
  readonly taskKind: TaskKind
  readonly object: MatterObject
  readonly gridIds: string[]
  readonly title: string
  readonly note?: string
  readonly dueOn: Dayjs
  readonly minutes: number
  readonly heavyWord?: string
}

/** An order: of what its matter states, with the load of each shown before it is given. */
export function OrderButton({ label, start }: { readonly label?: string; readonly start?: Start }) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button {...(label === undefined ? { type: 'primary' } : { size: 'small' })} onClick={() => setOpen(true)}>
        {label ?? t('交办任务', 'Order a task')}
      </Button>
      {isOpen && <OrderDialog start={start} onClose={() => setOpen(false)} />}
    </>
  )
}

/** What an order begins with, where something is behind it. */
type Start = Pick<Values, 'title' | 'note'>

function OrderDialog({ start, onClose }: { readonly start: Start | undefined; readonly onClose: () => void }) {
  const { t, fault } = useWords()
  const client = useQueryClient()
  const [form] = Form.useForm<Values>()
  const send = useMutation({
    mutationFn: ({ dueOn, ...v }: Values) =>
      call(orderTask, {
        requestId: freshId(),
        id: freshId(),
        windowFrom: null,
        windowTo: null,
        ...v,
        note: v.note ?? '',
        dueOn: dueOn.format('YYYY-MM-DD'),
      }),
    onSuccess: async () => {
      onClose()
      for (const key of ['tasks', 'rota', 'weighed']) await client.invalidateQueries({ queryKey: [key] })
    },
  })
  return (
    <Modal
      open
      width={640}
      title={t('交办任务', 'Order a task')}
      onCancel={onClose}
      onOk={() => form.submit()}
      confirmLoading={send.isPending}
      okText={t('确定', 'OK')}
      cancelText={t('取消', 'Cancel')}
      destroyOnHidden
    >
      <p className="soft">
        {t(
          '只能交办清单内、在有效期的事项，并在其写明的种类、对象和分钟之内；其他的请先申请准入。',
          'Only matters in force, and of them what each states; others have to be admitted first.',
        )}
      </p>
      {send.error ? <Alert type="error" role="alert" title={fault(send.error)} style={{ marginBottom: 12 }} /> : null}
      <Form
        form={form}
        layout="vertical"
        onFinish={(v: Values) => send.mutate(v)}
        initialValues={{ minutes: 30, ...start }}
      >
        <OrderFields />
        <OrderLoad />
      </Form>
    </Modal>
  )
}

/** What is asked, of which grids, by when. */
function OrderFields(): ReactNode {
  const { t } = useWords()
  const { grids } = useOwnGrids()
  const needed = [{ required: true, message: t('请填写', 'Please fill in') }]
  return (
    <>
      <MatterFields />
      <Form.Item name="gridIds" label={t('网格', 'Grids')} rules={needed}>
        <Select mode="multiple" options={grids} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item name="title" label={t('任务', 'Task')} rules={needed}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="note" label={t('要求', 'What is asked')}>
        <Input.TextArea rows={3} maxLength={400} />
      </Form.Item>
      <Form.Item name="dueOn" label={t('期限（当日结束前）', 'By the end of')} rules={needed}>
        <DatePicker style={{ width: '100%' }} />
      </Form.Item>
    </>
  )
}

/** The matter, and of what it states the kind, the object and the minutes. */
function MatterFields(): ReactNode {
  const { t, w } = useWords()
  const form = Form.useFormInstance<Values>()
  const matters = useMattersInForce()
  const matterId = Form.useWatch('matterId', form) as string | undefined
  const matter = matters.find((m) => m.id === matterId)
  const needed = [{ required: true, message: t('请填写', 'Please fill in') }]
  const choose = (id: string) => {
    const chosen = matters.find((m) => m.id === id)
    if (!chosen) return
    const [taskKind, object] = [chosen.taskKinds[0], chosen.objects[0]]
    form.setFieldsValue({
      minutes: Math.min(chosen.minutes, 30),
      ...(taskKind === undefined ? {} : { taskKind }),
      ...(object === undefined ? {} : { object }),
    })
  }
  return (
    <>
      <Form.Item name="matterId" label={t('事项', 'Matter')} rules={needed}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          onChange={choose}
          options={matters.map((m) => ({ value: m.id, label: `${m.code} ${t(m.name, m.nameEn)}` }))}
        />
      </Form.Item>
      <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr 1fr', gap: 12 }}>
        <Form.Item name="taskKind" label={t('种类', 'Kind of work')} rules={needed}>
          <Select options={(matter?.taskKinds ?? []).map((k) => ({ value: k, label: w(taskKindWords, k) }))} />
        </Form.Item>
        <Form.Item name="object" label={t('对象', 'About')} rules={needed}>
          <Select options={(matter?.objects ?? []).map((o) => ({ value: o, label: w(matterObjectWords, o) }))} />
        </Form.Item>
        <Form.Item
          name="minutes"
          label={t('预计分钟', 'Minutes')}
          rules={needed}
          extra={matter ? t(`最多 ${matter.minutes} 分钟`, `${matter.minutes} at most`) : undefined}
        >
          <InputNumber min={1} max={matter?.minutes ?? 480} style={{ width: '100%' }} />
        </Form.Item>
      </div>
    </>
  )
}

function OrderLoad() {
  const form = Form.useFormInstance<Values>()
  const gridIds = (Form.useWatch('gridIds', form) ?? []) as string[]
  const minutes = Form.useWatch('minutes', form) as number | undefined
  const dueOn = Form.useWatch('dueOn', form) as Dayjs | undefined
  const weighing: Weighing | null =
    gridIds.length > 0 && minutes && dueOn ? { gridIds, minutes, toOn: dueOn.format('YYYY-MM-DD') } : null
  return <LoadPanel weighing={weighing} />
}
