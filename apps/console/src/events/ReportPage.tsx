import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Dayjs } from 'dayjs'
import { Checkbox, Form, Input, InputNumber, Radio, Result } from 'antd'
import { useState, type KeyboardEvent } from 'react'
import { reportEvent } from '@fengge/domain/events/contract/desk'
import { isTypedForAnother } from '@fengge/domain/events/forms/caller'
import type { EventSource } from '@fengge/domain/events/terms'
import type { ReplyOf, SentOf } from '@fengge/domain/kernel/endpoint'
import { takeService } from '@fengge/domain/visits/contract/worker'
import { call, Refused } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { Button, buttonClass } from '@fengge/web/ui/Button/Button.tsx'
import { Notice } from '@fengge/web/ui/Notice/Notice.tsx'
import { Panel } from '@fengge/web/ui/Panel/Panel.tsx'
import { useWords } from '@fengge/web/words/language.ts'
import { sourceWords, urgencyWords } from '@fengge/web/words/terms.ts'
import { PlaceSelect } from '../places/PlaceSelect.tsx'
import { isAdmitted, useMe } from '../shell/useMe.ts'
import { useReportWords } from './report/words/report.ts'
import { CallerCard, type CallerValues } from './report/CallerCard.tsx'
import { CategorySelect } from './report/CategorySelect.tsx'
import { EvidencePicker } from './acts/EvidencePicker.tsx'
import { ReportHints } from './report/ReportHints.tsx'
import './events.css'
import './report/report.css'

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
  const say = useReportWords()
  const me = useMe()
  const [evidenceIds, setEvidence] = useState<string[]>([])
  const [id, setId] = useState(freshId)
  const [form] = Form.useForm<Values>()
  const roles = me.data?.postings.map((p) => p.roleCode) ?? []
  const sources = sourcesOf[roles.find((r) => sourcesOf[r]) ?? ''] ?? usual
  const source = Form.useWatch('source', form) ?? sources[0]!
  const send = useMutation({ mutationFn: (v: Values) => call(reportEvent, askOf(v, id, evidenceIds)) })
  const sendByKey = (pressed: KeyboardEvent) => {
    if (pressed.key === 'Enter' && (pressed.ctrlKey || pressed.metaKey)) form.submit()
  }
  const again = () => {
    send.reset()
    setId(freshId())
    setEvidence([])
    form.resetFields()
  }
  if (send.data) return <Registered reply={send.data} source={source} again={again} />
  return (
    <Form
      form={form}
      layout="vertical"
      className="report"
      initialValues={{ urgency: 0, source: sources[0] }}
      onFinish={(v: Values) => send.mutate(v)}
      onKeyDown={sendByKey}
    >
      <header>
        <h1>{say.title}</h1>
        <p className="ev-note">{say.lead}</p>
      </header>
      <div className="report-form">
        <Refusal error={send.error} />
        <Sources sources={sources} source={source} />
        {isTypedForAnother(source) && <CallerCard source={source} />}
        <What />
        <Where />
        <Weight evidenceIds={evidenceIds} setEvidence={setEvidence} />
      </div>
      <aside className="report-side" aria-label={say.hints}>
        <ReportHints onCategory={(code) => form.setFieldValue('categoryCode', code)} />
        <Button kind="solid" size="main" type="submit" disabled={send.isPending} shortcut="Ctrl Enter">
          {say.send}
        </Button>
      </aside>
    </Form>
  )
}

interface Done {
  readonly reply: ReplyOf<typeof reportEvent>
  readonly source: EventSource
  readonly again: () => void
}

function Registered({ reply, source, again }: Done) {
  const say = useReportWords()
  const { id, no, followCode } = reply
  return (
    <Result
      status="success"
      title={say.done}
      subTitle={isTypedForAnother(source) ? say.codeToLook(no, followCode) : say.codeOwn(no, followCode)}
      extra={[
        <Link key="open" className={buttonClass('solid')} to="/events/$id" params={{ id }}>
          {say.openIt}
        </Link>,
        <Button key="again" onClick={again}>
          {say.another}
        </Button>,
      ]}
    />
  )
}

/** What speaks against it; of what only needs a word to the caller, the way on. */
function Refusal({ error }: { readonly error: Error | null }) {
  const { t, fault } = useWords()
  const say = useReportWords()
  if (error === null) return null
  const notice =
    error instanceof Refused && error.problem.problem === 'category.stop-notice' ? error.problem.details : undefined
  if (notice === undefined) return <Notice kind="refused" title={fault(error)} />
  return (
    <>
      <Notice kind="warn" title={t(String(notice['notice']), String(notice['noticeEn']))} />
      <Form.Item name="stopNoticeRead" valuePropName="checked">
        <Checkbox>{say.noticeTold}</Checkbox>
      </Form.Item>
    </>
  )
}

function Sources({ sources, source }: { readonly sources: readonly EventSource[]; readonly source: EventSource }) {
  const { w } = useWords()
  const say = useReportWords()
  return (
    <>
      <Form.Item name="source" label={say.source} hidden={sources.length < 2}>
        <Radio.Group
          optionType="button"
          options={sources.map((each) => ({ value: each, label: w(sourceWords, each) }))}
        />
      </Form.Item>
      <ServiceHint source={source} />
    </>
  )
}

function What() {
  const say = useReportWords()
  return (
    <Panel title={say.what}>
      <Form.Item name="title" label={say.eventTitle} rules={[{ required: true, max: 50 }]}>
        <Input showCount maxLength={50} />
      </Form.Item>
      <Form.Item name="content" label={say.content} rules={[{ required: true, max: 800 }]}>
        <Input.TextArea rows={4} showCount maxLength={800} />
      </Form.Item>
      <Form.Item name="categoryCode" label={say.category} rules={[{ required: true }]}>
        <CategorySelect />
      </Form.Item>
    </Panel>
  )
}

function Where() {
  const say = useReportWords()
  return (
    <Panel title={say.where}>
      <div className="report-pair">
        <Form.Item name="gridId" label={say.area}>
          <PlaceSelect />
        </Form.Item>
        <Form.Item name="placeText" label={say.placeText}>
          <Input maxLength={200} />
        </Form.Item>
      </div>
    </Panel>
  )
}

interface WeightProps {
  readonly evidenceIds: string[]
  readonly setEvidence: (ids: string[]) => void
}

function Weight({ evidenceIds, setEvidence }: WeightProps) {
  const { w } = useWords()
  const say = useReportWords()
  return (
    <Panel title={say.weight}>
      <div className="report-pair">
        <Form.Item name="urgency" label={say.urgency}>
          <Radio.Group optionType="button" options={[0, 1, 2].map((u) => ({ value: u, label: w(urgencyWords, u) }))} />
        </Form.Item>
        <Form.Item name="people" label={say.people}>
          <InputNumber min={0} max={100000} />
        </Form.Item>
      </div>
      <Form.Item label={say.files}>
        <EvidencePicker phase="before" ids={evidenceIds} onChange={setEvidence} />
      </Form.Item>
    </Panel>
  )
}

/** One window takes both: what is to be handled here, what is to be done for somebody among the services. */
function ServiceHint({ source }: { readonly source: EventSource }) {
  const say = useReportWords()
  const me = useMe().data
  if (source !== 'window' || !isAdmitted(me, takeService.duty)) return null
  return (
    <p className="ev-note">
      {say.servicesBefore}
      <Link to="/work" search={{ tab: 'services' }}>
        {say.services}
      </Link>
      {say.servicesAfter}
    </p>
  )
}
