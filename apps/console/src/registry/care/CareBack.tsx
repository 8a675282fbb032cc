import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Alert, Button, Space, Table } from 'antd'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { resumeCare, type listCare } from '@fengge/domain/registry/care/contract'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { showTime } from '@fengge/web/words/time.ts'

interface BackProps {
  readonly back: ReplyOf<typeof listCare>['back']
  readonly total: number
}

/** Whose care ended because he left, and who is here again: the keeper says whether it goes on. */
export function CareBack({ back, total }: BackProps) {
  const { t, fault } = useWords()
  const client = useQueryClient()
  const decide = useMutation({
    mutationFn: (v: { id: string; isTaken: boolean }) => call(resumeCare, { requestId: freshId(), ...v }),
    onSuccess: async () => {
      for (const key of ['care', 'overlays']) await client.invalidateQueries({ queryKey: [key] })
    },
  })
  return (
    <section style={{ marginBottom: 16 }}>
      <h3>{t(`返回人员，待决定是否继续照护（${total}）`, `Back again: does their care go on? (${total})`)}</h3>
      {decide.error ? <Alert type="error" role="alert" title={fault(decide.error)} /> : null}
      <Table
        rowKey="id"
        size="small"
        dataSource={[...back]}
        pagination={false}
        scroll={{ x: 700 }}
        columns={[
          {
            title: t('姓名', 'Name'),
            render: (_, b) => (
              <Link to="/registry/record/$id" params={{ id: b.personId }}>
                {b.name}
              </Link>
            ),
          },
          { title: t('网格', 'Grid'), dataIndex: 'gridName' },
          { title: t('因离开终止', 'Ended by leaving'), dataIndex: 'endedOn' },
          { title: t('返回登记', 'Back since'), render: (_, b) => showTime(b.backAt).slice(0, 10) },
          {
            title: '',
            render: (_, b) => (
              <Space>
                <Button
                  size="small"
                  type="primary"
                  disabled={decide.isPending}
                  onClick={() => decide.mutate({ id: b.id, isTaken: true })}
                >
                  {t('继续照护', 'Go on')}
                </Button>
                <Button
                  size="small"
                  disabled={decide.isPending}
                  onClick={() => decide.mutate({ id: b.id, isTaken: false })}
                >
                  {t('不再照护', 'Let it rest')}
                </Button>
              </Space>
            ),
          },
        ]}
      />
    </section>
  )
}
