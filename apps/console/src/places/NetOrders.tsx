import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Popconfirm, Progress, Table, Tag } from 'antd'
import { listNetOrders, withdrawOrder } from '@fengge/domain/places/net-contract'
import { netSteps, type NetOrder } from '@fengge/domain/places/terms'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { whyNotDone } from '@fengge/web/words/messages.ts'
import { netChangeWords, netStepWords, orderStateWords } from '@fengge/web/words/terms.ts'
import { Moved } from './Foreseen.tsx'

const isOpen = ({ state }: NetOrder) => state === 'waiting' || state === 'running'

/** Changes of the net that were ordered, how far each is, and what it moved. */
export function NetOrders() {
  const { t, w, language } = useWords()
  const orders = useQuery({
    queryKey: ['net-orders'],
    queryFn: async () => (await call(listNetOrders, {})).orders,
    refetchInterval: ({ state }) => ((state.data ?? []).some(isOpen) ? 1500 : false),
  })
  if (!orders.data || orders.data.length === 0) return null
  return (
    <section className="panel" style={{ marginTop: 12 }} aria-label={t('预定的网格调整', 'Ordered changes')}>
      <h3 style={{ marginTop: 0 }}>{t('预定与后台执行的网格调整', 'Ordered changes of the net')}</h3>
      <Table
        size="small"
        rowKey="id"
        pagination={{ pageSize: 5, hideOnSinglePage: true }}
        dataSource={orders.data}
        expandable={{
          rowExpandable: (o) => o.state === 'done',
          expandedRowRender: (o) => <Moved moved={o.moved} places={o.places} />,
        }}
        columns={[
          {
            title: t('调整', 'Change'),
            render: (_, o) => `${w(netChangeWords, o.kind)} ${o.names.join(t('、', ', '))}`,
          },
          { title: t('生效日期', 'From'), dataIndex: 'on' },
          { title: t('理由', 'Reason'), dataIndex: 'reason' },
          { title: t('经办人', 'By'), dataIndex: 'byName' },
          {
            title: t('状态', 'State'),
            render: (_, o) => (
              <>
                <Tag>{w(orderStateWords, o.state)}</Tag>
                {o.step !== null && <StepOf step={o.step} />}
                {o.problem !== null && <span className="soft">{whyNotDone(o.problem, language)}</span>}
              </>
            ),
          },
          { title: '', render: (_, o) => o.state === 'waiting' && <Withdraw id={o.id} /> },
        ]}
      />
    </section>
  )
}

function StepOf({ step }: { step: NonNullable<NetOrder['step']> }) {
  const { t, w } = useWords()
  const at = netSteps.indexOf(step)
  return (
    <span>
      {w(netStepWords, step)}
      <Progress
        aria-label={t('进度', 'Progress')}
        percent={Math.round((at / netSteps.length) * 100)}
        size="small"
        status="active"
      />
    </span>
  )
}

function Withdraw({ id }: { id: string }) {
  const { t, fault } = useWords()
  const client = useQueryClient()
  const withdraw = useMutation({
    mutationFn: () => call(withdrawOrder, { requestId: freshId(), id }),
    onSettled: () => client.invalidateQueries({ queryKey: ['net-orders'] }),
  })
  return (
    <>
      {withdraw.error && <Alert type="error" role="alert" title={fault(withdraw.error)} />}
      <Popconfirm title={t('撤回这次调整？', 'Withdraw this change?')} onConfirm={() => withdraw.mutate()}>
        <Button size="small" loading={withdraw.isPending}>
          {t('撤回', 'Withdraw')}
        </Button>
      </Popconfirm>
    </>
  )
}
