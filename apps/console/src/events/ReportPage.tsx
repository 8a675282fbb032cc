import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, Button, Checkbox, Form, Input, InputNumber, Result, Select, TreeSelect } from 'antd'
import { useState } from 'react'
import { reportEvent } from '@fengge/domain/events/contract/desk'
import type { EventSource } from '@fengge/domain/events/terms'
import { call, Refused } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { urgencyWords } from '@fengge/web/words/terms.ts'
import { usePlaceTree } from '../places/usePlaces.ts'
import { useMe } from '../shell/useMe.ts'
import { EvidencePicker } from './EvidencePicker.tsx'
import { useCatalogue } from './useEvents.ts'

interface Values {
  title: string
  content: string
  categoryCode: string
  placeText?: string
  gridId?: string
  urgency: 0 | 1 | 2
  people?: number
  stopNoticeRead?: boolean
}
const sourceOf: Record<string, EventSource> = {
  'hotline-operator': 'hotline',
  handler: 'department',
  'department-head': 'department',
  leader: 'leader',
  'grid-worker': 'grid-worker',
}

/** Registers what came to a desk: by telephone, from a department, from above, seen on a round. */
export function ReportPage() {
  const { t, w, fault } = useWords()
  const me = useMe()
  const catalogue = useCatalogue()
  const tree = usePlaceTree()
  const [evidenceIds, setEvidence] = useState<string[]>([])
  const [id, setId] = useState(freshId)
  const role = me.data?.postings.map((p) => p.roleCode).find((r) => sourceOf[r])
  const send = useMutation({
    mutationFn: (v: Values) =>
      call(reportEvent, {
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
        source: role ? sourceOf[role]! : 'inspection',
      }),
  })
  const notice =
    send.error instanceof Refused && send.error.problem.problem === 'category.stop-notice'
      ? send.error.problem.details
      : undefined
  if (send.data)
    return (
      <Result
        status="success"
        title={t('已登记', 'Registered')}
        subTitle={`${send.data.no} · ${t('查询码', 'Code')} ${send.data.followCode}`}
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
      <Form layout="vertical" initialValues={{ urgency: 0 }} onFinish={(v: Values) => send.mutate(v)}>
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
        <Form.Item name="title" label={t('标题', 'Title')} rules={[{ required: true, max: 50 }]}>
          <Input showCount maxLength={50} />
        </Form.Item>
        <Form.Item name="content" label={t('内容', 'Content')} rules={[{ required: true, max: 800 }]}>
          <Input.TextArea rows={4} showCount maxLength={800} />
        </Form.Item>
        <Form.Item name="categoryCode" label={t('类别', 'Category')} rules={[{ required: true }]}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={(catalogue.data ?? []).map((c) => ({ value: c.code, label: `${c.code} ${t(c.name, c.nameEn)}` }))}
          />
        </Form.Item>
        <Form.Item name="gridId" label={t('区域或网格', 'Area or grid')}>
          <TreeSelect allowClear treeData={tree.data} loadData={tree.load} treeDataSimpleMode />
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
