import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, DatePicker, Form, Input, InputNumber, Modal, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import { useState } from 'react'
import { judgeFit } from '@fengge/domain/matters/fit'
import type { Matter } from '@fengge/domain/matters/terms'
import { saveCampaign } from '@fengge/domain/visits/contract/desk'
import { listForms } from '@fengge/domain/visits/contract/rules'
import { kindOfForm, suits, type Form as VisitForm } from '@fengge/domain/visits/forms'
import { selectors, type Selector } from '@fengge/domain/visits/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { selectorWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { LoadPanel, type Weighing } from './LoadPanel.tsx'
import { useMattersInForce } from './OrderDialog.tsx'

interface Values {
  readonly name: string
  readonly matterId: string
  readonly selector: Selector
  readonly formCode: string
  readonly days: readonly [Dayjs, Dayjs]
  readonly minutes: number
  readonly note?: string
  readonly heavyWord?: string
}
interface Place {
  readonly placeId: string
  readonly placeName: string
}

/** A campaign over chosen households or places, of what its matter states, with the load of each shown before. */
export function CampaignButton(place: Place) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('开展专项行动', 'Start a campaign')}
      </Button>
      {isOpen && <CampaignDialog {...place} onClose={() => setOpen(false)} />}
    </>
  )
}

function CampaignDialog({ placeId, placeName, onClose }: Place & { readonly onClose: () => void }) {
  const { t, fault } = useWords()
  const client = useQueryClient()
  const [form] = Form.useForm<Values>()
  const send = useMutation({
    mutationFn: ({ days, ...v }: Values) =>
      call(saveCampaign, {
        requestId: freshId(),
        id: freshId(),
        placeId,
        ...v,
        note: v.note ?? '',
        fromOn: days[0].format('YYYY-MM-DD'),
        toOn: days[1].format('YYYY-MM-DD'),
      }),
    onSuccess: async () => {
      onClose()
      for (const key of ['campaigns', 'tasks', 'rota', 'weighed']) await client.invalidateQueries({ queryKey: [key] })
    },
  })
  const needed = [{ required: true, message: t('请填写', 'Please fill in') }]
  return (
    <Modal
      open
      width={640}
      title={t('开展专项行动', 'Start a campaign')}
      onCancel={onClose}
      onOk={() => form.submit()}
      confirmLoading={send.isPending}
      okText={t('确定', 'OK')}
      cancelText={t('取消', 'Cancel')}
      destroyOnHidden
    >
      <p className="soft">{t(`范围：${placeName}`, `In: ${placeName}`)}</p>
      {send.error ? <Alert type="error" role="alert" title={fault(send.error)} style={{ marginBottom: 12 }} /> : null}
      <Form form={form} layout="vertical" onFinish={(v: Values) => send.mutate(v)} initialValues={{ minutes: 15 }}>
        <Form.Item name="name" label={t('名称', 'Name')} rules={needed}>
          <Input maxLength={60} />
        </Form.Item>
        <WhomFields />
        <Form.Item name="days" label={t('起止（含首尾两日）', 'From and to, both days included')} rules={needed}>
          <DatePicker.RangePicker style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="note" label={t('说明', 'Note')}>
          <Input.TextArea rows={2} maxLength={400} />
        </Form.Item>
        <CampaignLoad placeId={placeId} />
      </Form>
    </Modal>
  )
}

/** Forms by which a matter may be worked on those whom a campaign is for. */
const fitting = (matter: Matter | undefined, forms: readonly VisitForm[], selector: Selector): VisitForm[] =>
  forms.filter(
    (f) =>
      suits(f, selector) &&
      matter !== undefined &&
      judgeFit(matter, { taskKind: kindOfForm(f), object: selector, minutes: 1 }) === undefined,
  )

/** The matter, and of what it states whom the campaign is for, by which form, and how long each takes. */
function WhomFields() {
  const { t, w } = useWords()
  const form = Form.useFormInstance<Values>()
  const matters = useMattersInForce()
  const all = useQuery({ queryKey: ['forms'], queryFn: () => call(listForms, {}) })
  const forms = (all.data?.forms ?? []).filter((f) => f.isOn && !f.isCore)
  const chosen = Form.useWatch('matterId', form) as string | undefined
  const selector = Form.useWatch('selector', form) as Selector | undefined
  const matter = matters.find((m) => m.id === chosen)
  const whom = selectors.filter((s) => s !== 'care' && fitting(matter, forms, s).length > 0)
  const needed = [{ required: true, message: t('请填写', 'Please fill in') }]
  return (
    <>
      <Form.Item name="matterId" label={t('事项', 'Matter')} rules={needed}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          onChange={() => form.resetFields(['selector', 'formCode'])}
          options={matters.map((m) => ({ value: m.id, label: `${m.code} ${t(m.name, m.nameEn)}` }))}
        />
      </Form.Item>
      <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr 1fr', gap: 12 }}>
        <Form.Item
          name="selector"
          label={t('对象', 'For whom')}
          rules={needed}
          extra={matter && whom.length === 0 ? t('该事项不能开展专项走访', 'No campaign fits this matter') : undefined}
        >
          <Select
            onChange={() => form.resetFields(['formCode'])}
            options={whom.map((s) => ({ value: s, label: w(selectorWords, s) }))}
          />
        </Form.Item>
        <Form.Item name="formCode" label={t('表单', 'Form')} rules={needed}>
          <Select
            options={(selector ? fitting(matter, forms, selector) : []).map((f) => ({
              value: f.code,
              label: t(f.name, f.nameEn),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="minutes"
          label={t('每户预计分钟', 'Minutes each')}
          rules={needed}
          extra={matter ? t(`最多 ${matter.minutes} 分钟`, `${matter.minutes} at most`) : undefined}
        >
          <InputNumber min={1} max={matter?.minutes ?? 480} style={{ width: '100%' }} />
        </Form.Item>
      </div>
    </>
  )
}

function CampaignLoad({ placeId }: { placeId: string }) {
  const form = Form.useFormInstance<Values>()
  const selector = Form.useWatch('selector', form) as Selector | undefined
  const minutes = Form.useWatch('minutes', form) as number | undefined
  const days = Form.useWatch('days', form) as readonly [Dayjs, Dayjs] | undefined
  const [fromOn, toOn] = (days ?? []).map((d) => d.format('YYYY-MM-DD'))
  const weighing: Weighing | null =
    selector && minutes && fromOn && toOn ? { placeId, selector, minutes, fromOn, toOn } : null
  return <LoadPanel weighing={weighing} />
}
