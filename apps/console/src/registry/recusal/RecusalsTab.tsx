import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Space, Table, Tag } from 'antd'
import { decideRecusal, listRecusals, type Recusal } from '@fengge/domain/registry/recusal/contract'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { recusalStateWords } from '@fengge/web/words/registry.ts'
import { showTime } from '@fengge/web/words/time.ts'

/** Who is kept from whom: what waits is decided by a second person. Who is kept away is not told. */
export function RecusalsTab() {
  const { t, w, fault } = useWords()
  const list = useQuery({ queryKey: ['recusals'], queryFn: async () => (await call(listRecusals, {})).recusals })
  return (
    <div className="panel">
      <p className="soft">
        {t(
          '回避：所列账号查不到、看不到此人及其住户，手机上也没有；系统不告知对方。在人员页申请，由上级另一人审批，到期自动解除。',
          'Whoever is named neither finds nor sees this person and the household, on no phone either, and is not told. It is asked for on the page of the person, agreed to by somebody above, and ends by itself.',
        )}
      </p>
      {list.error ? <Alert type="error" role="alert" title={fault(list.error)} /> : null}
      <Table<Recusal>
        rowKey="id"
        size="small"
        loading={list.isPending}
        dataSource={list.data ?? []}
        pagination={false}
        scroll={{ x: 800 }}
        locale={{ emptyText: t('没有回避登记', 'Nobody is kept from anybody') }}
        columns={[
          { title: t('人员', 'Person'), dataIndex: 'personName' },
          { title: t('网格', 'Grid'), dataIndex: 'gridName' },
          { title: t('回避账号', 'Who is kept away'), dataIndex: 'accountName' },
          { title: t('理由', 'Reason'), dataIndex: 'reason' },
          { title: t('截止', 'Until'), dataIndex: 'untilOn' },
          {
            title: t('状态', 'State'),
            render: (_, r) => (
              <Tag color={r.state === 'asked' ? 'orange' : 'default'}>
                {r.state === 'agreed' && r.isOver ? t('已到期', 'Over') : w(recusalStateWords, r.state)}
              </Tag>
            ),
          },
          { title: t('申请', 'Asked'), render: (_, r) => `${r.askedBy} ${showTime(r.askedAt)}` },
          { title: t('审批', 'Decided by'), dataIndex: 'decidedBy' },
          { title: '', render: (_, r) => r.canDecide && <Decide id={r.id} /> },
        ]}
      />
    </div>
  )
}

function Decide({ id }: { id: string }) {
  const { t, fault } = useWords()
  const client = useQueryClient()
  const decide = useMutation({
    mutationFn: (isAgreed: boolean) => call(decideRecusal, { requestId: freshId(), id, isAgreed }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['recusals'] }),
  })
  return (
    <Space wrap>
      {decide.error ? <Alert type="error" role="alert" title={fault(decide.error)} /> : null}
      <Button size="small" type="primary" loading={decide.isPending} onClick={() => decide.mutate(true)}>
        {t('同意', 'Agree')}
      </Button>
      <Button size="small" loading={decide.isPending} onClick={() => decide.mutate(false)}>
        {t('不同意', 'Refuse')}
      </Button>
    </Space>
  )
}
