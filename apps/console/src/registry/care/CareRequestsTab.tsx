import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Space, Table, Tag } from 'antd'
import { decideCare, exportCareDue, listCareRequests } from '@fengge/domain/registry/care/contract'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { carePurposeWords, careRequestWords } from '@fengge/web/words/registry.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { SheetButton } from '../../shell/SheetButton.tsx'
import { AskForm } from '../../shell/AskForm.tsx'

/** The visits that a keeper's people are due, as a workbook that names nobody in full and gives no reason. */
export function CareDueButton() {
  const { t } = useWords()
  return <SheetButton promise={exportCareDue} filter={{}} label={t('导出到期走访清单', 'Export visits due')} />
}

type CareRequest = ReplyOf<typeof listCareRequests>['requests'][number]

function About({ request: { personName, gridName } }: { request: CareRequest }) {
  const { t } = useWords()
  return personName === '' ? t('已不在您的辖区', 'no longer in your area') : `${personName} ${gridName ?? ''}`
}

/** Requests to read what is sealed of key populations: somebody else than who asks agrees, and is not told why they are cared for. */
export function CareRequestsTab() {
  const { t, w, fault } = useWords()
  const client = useQueryClient()
  const list = useQuery({ queryKey: ['care-requests'], queryFn: () => call(listCareRequests, {}) })
  const agree = useMutation({
    mutationFn: (id: string) => call(decideCare, { requestId: freshId(), id, isAgreed: true }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['care-requests'] }),
  })
  return (
    <div className="panel">
      {agree.error ? <Alert type="error" role="alert" title={fault(agree.error)} /> : null}
      <p className="soft">{t(`待您审批 ${list.data?.waiting ?? 0} 件`, `${list.data?.waiting ?? 0} wait for you`)}</p>
      <Table
        rowKey="id"
        size="small"
        loading={list.isPending}
        dataSource={list.data?.requests ?? []}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        scroll={{ x: 800 }}
        locale={{ emptyText: t('没有查看申请', 'No requests') }}
        columns={[
          { title: t('对象', 'About'), render: (_, q) => <About request={q} /> },
          { title: t('用途', 'Purpose'), render: (_, q) => w(carePurposeWords, q.purpose) },
          { title: t('事由', 'Reason'), dataIndex: 'note' },
          { title: t('申请', 'Asked by'), render: (_, q) => `${q.askedBy} ${showTime(q.askedAt)}` },
          {
            title: t('状态', 'State'),
            render: (_, q) => (
              <>
                <Tag>{w(careRequestWords, q.state)}</Tag>
                {q.openUntil !== null && t(`可看至 ${showTime(q.openUntil)}`, `until ${showTime(q.openUntil)}`)}{' '}
                {q.reason}
              </>
            ),
          },
          {
            title: '',
            render: (_, q) =>
              q.canDecide && (
                <Space>
                  <Button size="small" type="primary" loading={agree.isPending} onClick={() => agree.mutate(q.id)}>
                    {t('同意', 'Agree')}
                  </Button>
                  <AskForm
                    label={t('不同意', 'Refuse')}
                    isSmall
                    changes={['care-requests']}
                    questions={[{ name: 'reason', label: t('理由', 'Reason'), kind: 'line', most: 200 }]}
                    send={(v: { reason: string }) =>
                      call(decideCare, { requestId: freshId(), id: q.id, isAgreed: false, ...v })
                    }
                  />
                </Space>
              ),
          },
        ]}
      />
    </div>
  )
}
