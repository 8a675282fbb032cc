import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, Button, Checkbox, Empty, Form, Input, Modal, Space, Spin, Tag } from 'antd'
import { useState } from 'react'
import { decideLink, listLinkRequests, type LinkRequest } from '@fengge/domain/registry/link-contract'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { linkRequestWords, linkRoleWords } from '@fengge/web/words/registry.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { AskPlan } from './LinkDialog.tsx'
import { More, usePaged } from '../shell/Paged.tsx'

/** People who are said to have moved to another place: the desk of their own decides; whoever asked sees what came of it. */
export function LinkRequestsTab() {
  const { t } = useWords()
  const list = usePaged(['link-requests'], (after) => call(listLinkRequests, after))
  const [asked, setAsked] = useState<{ request: LinkRequest; isAgreed: boolean } | null>(null)
  if (list.isPending) return <Spin />
  const requests = list.data?.pages.flatMap((p) => p.requests) ?? []
  const waiting = list.data?.pages[0]?.waiting ?? 0
  if (requests.length === 0) return <Empty description={t('没有入住核实请求', 'No requests')} />
  return (
    <>
      <p className="soft">{t(`待处理 ${waiting} 件，先到先办`, `${waiting} wait, the oldest first`)}</p>
      {requests.map((q) => (
        <RequestCard key={q.id} request={q} decide={(isAgreed) => setAsked({ request: q, isAgreed })} />
      ))}
      <More list={list} shown={requests.length} total={undefined} />
      {asked && <DecideDialog {...asked} close={() => setAsked(null)} />}
    </>
  )
}

const stateColours: Record<LinkRequest['state'], string> = {
  open: 'orange',
  agreed: 'green',
  refused: 'red',
  lapsed: 'default',
}

function RequestCard({ request: q, decide }: { request: LinkRequest; decide: (isAgreed: boolean) => void }) {
  const { t, w } = useWords()
  const name = q.person?.name ?? (q.askedName === '' ? t('一人', 'Somebody') : q.askedName)
  return (
    <section className="panel" style={{ marginBottom: 12 }}>
      <Space wrap>
        <strong>
          {q.person ? (
            <Link to="/registry/record/$id" params={{ id: q.person.id }}>
              {name}
            </Link>
          ) : (
            name
          )}
        </strong>
        <Tag color={stateColours[q.state]}>{w(linkRequestWords, q.state)}</Tag>
        {q.person && <span className="soft">{t(`登记在${q.person.gridName ?? '—'}`, `of ${q.person.gridName}`)}</span>}
      </Space>
      <dl className="facts" style={{ margin: '8px 0' }}>
        <dt>{t('入住', 'Home')}</dt>
        <dd>
          {q.gridName} {q.address}
        </dd>
        <dt>{t('与房屋关系', 'Part')}</dt>
        <dd>
          {w(linkRoleWords, q.role)}，{q.fromOn} {t('起', 'on')}（{q.basis}）
        </dd>
        <dt>{t('提出', 'Asked by')}</dt>
        <dd>
          {q.askedBy} {showTime(q.askedAt)}
        </dd>
        {q.reason !== '' && (
          <>
            <dt>{t('答复', 'Answer')}</dt>
            <dd>{q.reason}</dd>
          </>
        )}
      </dl>
      {q.canDecide && (
        <Space wrap>
          <Button type="primary" onClick={() => decide(true)}>
            {t('同意', 'Agree')}
          </Button>
          <Button onClick={() => decide(false)}>{t('不同意', 'Refuse')}</Button>
        </Space>
      )}
    </section>
  )
}

interface DialogProps {
  request: LinkRequest
  isAgreed: boolean
  readonly close: () => void
}
function DecideDialog({ request, isAgreed, close }: DialogProps) {
  const { t, fault } = useWords()
  const client = useQueryClient()
  const decide = useMutation({
    mutationFn: (v: { isLead?: boolean; reason?: string; plan?: 'off' | 'stays' }) =>
      call(decideLink, { requestId: freshId(), id: request.id, isAgreed, isLead: false, reason: '', ...v }),
    onSuccess: async () => {
      close()
      await client.invalidateQueries()
    },
  })
  const name = request.person?.name ?? ''
  const isLeadOpen = request.person?.hasLead === false && request.role !== 'owner'
  return (
    <Modal
      open
      onCancel={close}
      footer={null}
      title={isAgreed ? t(`同意${name}入住`, `Agree for ${name}`) : t(`不同意${name}入住`, `Refuse for ${name}`)}
    >
      {decide.error ? <Alert type="error" role="alert" title={fault(decide.error)} /> : null}
      <AskPlan error={decide.error} say={(plan) => decide.mutate({ ...decide.variables, plan })} />
      <Form layout="vertical" onFinish={(v) => decide.mutate(v)}>
        {isAgreed ? (
          <>
            <p className="soft">
              {!isLeadOpen
                ? t(
                    '同意后对方能看到其姓名等一般信息，看不到电话和证件号码；仍由本网格负责。',
                    'They will see the name and general facts, no phone and no number; your grid goes on answering.',
                  )
                : t(
                    '此人在本地已无居所，同意后转由对方网格负责。',
                    'No home of yours is left: the other grid answers from then on.',
                  )}
            </p>
            {request.person?.hasLead && request.role !== 'owner' && (
              <Form.Item name="isLead" valuePropName="checked">
                <Checkbox>{t('已迁往该处，转由对方网格负责', 'Moved there: the other grid answers')}</Checkbox>
              </Form.Item>
            )}
          </>
        ) : (
          <Form.Item name="reason" label={t('理由', 'Reason')} rules={[{ required: true, max: 200 }]}>
            <Input />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" loading={decide.isPending}>
          {isAgreed ? t('同意', 'Agree') : t('不同意', 'Refuse')}
        </Button>
      </Form>
    </Modal>
  )
}
