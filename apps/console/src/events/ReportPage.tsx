import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Dayjs } from 'dayjs'
import { Alert, Button, Checkbox, Form, Input, InputNumber, Radio, Result, Select } from 'antd'
import { useState } from 'react'
import { reportEvent } from '@fengge/domain/events/contract/desk'
import { isTypedForAnother } from '@fengge/domain/events/forms/caller'
import type { EventSource } from '@fengge/domain/events/terms'
import type { SentOf } from '@fengge/domain/kernel/endpoint'
import { takeService } from '@fengge/domain/visits/contract/worker'
import { call, Refused } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { sourceWords, urgencyWords } from '@fengge/web/words/terms.ts'
import { PlaceSelect } from '../places/PlaceSelect.tsx'
import { isAdmitted, useMe } from '../shell/useMe.ts'
import { CallerCard, type CallerValues } from './report/CallerCard.tsx'
import { CategorySelect } from './report/CategorySelect.tsx'
import { EvidencePicker } from './acts/EvidencePicker.tsx'
import { ReportHints } from './report/ReportHints.tsx'

interface Values {
  title: string
  content: string
  categoryCode: string
  placeText?: string
  gridId?: string
  urgency: 0 | 1 | 2
  people?: number
  stopNoticeRead?: boolean
  source: EventSource
  caller?: CallerValues
  ticketNo?: string
  externalDueAt?: Dayjs | null
  isSecret?: boolean
}
/** As what a post reports; the first is chosen at the beginning. */
const sourcesOf: Readonly<Record<string, readonly EventSource[]>> = {
  'hotline-operator': ['hotline', 'window'],
  'village-officer': ['window', 'inspection'],
  dispatcher: ['inspection', 'window'],
  'duty-chief': ['inspection', 'window'],
  handler: ['department'],
  'department-head': ['department'],
  leader: ['leader'],
  'grid-worker': ['grid-worker'],
}
const usual: readonly EventSource[] = ['inspection']

/** What the hotline gave the call, where it gave something. */
const callOf = ({ ticketNo, externalDueAt }: Values) => ({
  ...(ticketNo?.trim() ? { ticketNo } : {}),
  ...(externalDueAt ? { externalDueAt: externalDueAt.toISOString() } : {}),
})

/** What the form holds, as it is sent: of a caller only where there is one, and nothing of one who is anonymous. */
function askOf(v: Values, id: string, evidenceIds: string[]): SentOf<typeof reportEvent> {
  const { name = '', phone = '', isAnonymous = false, isAnswerWanted = true } = v.caller ?? {}
  const caller = isAnonymous ? { isAnonymous, isAnswerWanted } : { name, phone, isAnswerWanted }
  const typed = isTypedForAnother(v.source) ? { caller, isSecret: v.isSecret ?? false, ...callOf(v) } : {}
  return {
    requestId: id,
    id,
    title: v.title,
    content: v.content,
    categoryCode: v.categoryCode,
    urgency: v.urgency,
    people: v.people ?? 0,
    placeText: v.placeText ?? '',
    gridId: v.gridId ?? null,
    evidenceIds,
    stopNoticeRead: v.stopNoticeRead ?? false,
    source: v.source,
    ...typed,
  }
}

/** Registers what came to a desk: by telephone, at the window, from a department, from above, seen on a round. */
export function ReportPage() {
  const { t, w, fault } = useWords()
  const me = useMe()
  const [evidenceIds, setEvidence] = useState<string[]>([])
  const [id, setId] = useState(freshId)
  const [form] = Form.useForm<Values>()
  const roles = me.data?.postings.map((p) => p.roleCode) ?? []
  const sources = sourcesOf[roles.find((r) => sourcesOf[r]) ?? ''] ?? usual
  const source = Form.useWatch('source', form) ?? sources[0]!
  const send = useMutation({ mutationFn: (v: Values) => call(reportEvent, askOf(v, id, evidenceIds)) })
  const notice =
    send.error instanceof Refused && send.error.problem.problem === 'category.stop-notice'
      ? send.error.problem.details
      : undefined
  if (send.data)
    return (
      <Result
        status="success"
        title={t('已登记', 'Registered')}
        subTitle={`${send.data.no} · ${isTypedForAnother(source) ? t('查询码（只能查进度，请交给诉求人）', 'Code (to look only; give it to whoever told)') : t('查询码', 'Code')} ${send.data.followCode}`}
        extra={[
          <Link key="a" to="/events/$id" params={{ id: send.data.id }}>
            {t('打开事件', 'Open it')}
          </Link>,
          <Button
            key="b"
            onClick={() => {
              send.reset()
              setId(freshId())
              setEvidence([])
              form.resetFields()
            }}
          >
            {t('再登记一件', 'Another')}
          </Button>,
        ]}
      />
    )
  return (
    <div className="panel" style={{ maxWidth: 720 }}>
      <h2 style={{ marginTop: 0 }}>{t('登记事件', 'Report an event')}</h2>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ urgency: 0, source: sources[0] }}
        onFinish={(v: Values) => send.mutate(v)}
      >
        {send.error ? (
          <Alert
            type={notice ? 'warning' : 'error'}
            title={notice ? t(String(notice['notice']), String(notice['noticeEn'])) : fault(send.error)}
            role="alert"
            style={{ marginBottom: 12 }}
          />
        ) : null}
        {notice && (
          <Form.Item name="stopNoticeRead" valuePropName="checked">
            <Checkbox>{t('已告知诉求人，仍需登记', 'The caller was told; register anyway')}</Checkbox>
          </Form.Item>
        )}
        <Form.Item name="source" label={t('来源', 'Source')} hidden={sources.length < 2}>
          <Radio.Group options={sources.map((each) => ({ value: each, label: w(sourceWords, each) }))} />
        </Form.Item>
        <ServiceHint source={source} />
        {isTypedForAnother(source) && <CallerCard source={source} />}
        <Form.Item name="title" label={t('标题', 'Title')} rules={[{ required: true, max: 50 }]}>
          <Input showCount maxLength={50} />
        </Form.Item>
        <Form.Item name="content" label={t('内容', 'Content')} rules={[{ required: true, max: 800 }]}>
          <Input.TextArea rows={4} showCount maxLength={800} />
        </Form.Item>
        <ReportHints onCategory={(code) => form.setFieldValue('categoryCode', code)} />
        <Form.Item name="categoryCode" label={t('类别', 'Category')} rules={[{ required: true }]}>
          <CategorySelect />
        </Form.Item>
        <Form.Item name="gridId" label={t('区域或网格', 'Area or grid')}>
          <PlaceSelect />
        </Form.Item>
        <Form.Item name="placeText" label={t('具体地点', 'Where exactly')}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="urgency" label={t('紧急程度', 'Urgency')}>
          <Select options={[0, 1, 2].map((u) => ({ value: u, label: w(urgencyWords, u) }))} />
        </Form.Item>
        <Form.Item name="people" label={t('涉及人数', 'People concerned')}>
          <InputNumber min={0} max={100000} />
        </Form.Item>
        <Form.Item label={t('附件', 'Files')}>
          <EvidencePicker phase="before" ids={evidenceIds} onChange={setEvidence} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          {t('提交', 'Send')}
        </Button>
      </Form>
    </div>
  )
}

/** One window takes both: what is to be handled here, what is to be done for somebody among the services. */
function ServiceHint({ source }: { readonly source: EventSource }) {
  const { t } = useWords()
  const me = useMe().data
  if (source !== 'window' || !isAdmitted(me, takeService.duty)) return null
  return (
    <p className="soft">
      {t('居民托办的事（办证、领取等）在', 'What somebody wants done for him goes to ')}
      <Link to="/work" search={{ tab: 'services' }}>
        {t('代办', 'Services')}
      </Link>
      {t('里登记。', '.')}
    </p>
  )
}
