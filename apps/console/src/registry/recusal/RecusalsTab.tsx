import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Space, Table, Tag } from 'antd'
import {
  askLift,
  decideLift,
  decideRecusal,
  listRecusals,
  type Recusal,
} from '@fengge/domain/registry/recusal/contract'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { recusalStateWords } from '@fengge/web/words/registry.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { AskForm } from '../../shell/AskForm.tsx'
import { More, usePaged } from '../../shell/Paged.tsx'

/** Who is kept from whom: what waits is decided by a second person. Who is kept away is not told. */
export function RecusalsTab() {
  const { t, fault } = useWords()
  const list = usePaged(['recusals'], (after) => call(listRecusals, after))
  const rows = list.data?.pages.flatMap((p) => p.recusals) ?? []
  const first = list.data?.pages[0]
  return (
    <div className="panel">
      <p className="soft">
        {t(
          '回避：所列账号查不到、看不到此人及其住户和他们反映的事件，手机上也没有；系统不告知对方。在人员页申请，由上级另一人审批，到期自动解除；提前解除也须一人申请、上级另一人同意。',
          'Whoever is named neither finds nor sees this person, the household and what they told of, on no phone either, and is not told. It is asked for on the page of the person, agreed to by somebody above, and ends by itself; to lift it early takes two persons too.',
        )}
      </p>
      {list.error ? <Alert type="error" role="alert" title={fault(list.error)} /> : null}
      {first && (
        <p className="soft">
          {t(
            `待审批 ${first.waiting} 件，先提出的在前；共 ${first.total} 件`,
            `${first.waiting} wait, the oldest first; ${first.total} in all`,
          )}
        </p>
      )}
      <Table<Recusal>
        rowKey="id"
        size="small"
        loading={list.isPending}
        dataSource={rows}
        pagination={false}
        scroll={{ x: 900 }}
        locale={{ emptyText: t('没有回避登记', 'Nobody is kept from anybody') }}
        columns={[
          { title: t('人员', 'Person'), dataIndex: 'personName' },
          { title: t('网格', 'Grid'), dataIndex: 'gridName' },
          { title: t('回避账号', 'Who is kept away'), dataIndex: 'accountName' },
          { title: t('理由', 'Reason'), dataIndex: 'reason' },
          { title: t('截止', 'Until'), dataIndex: 'untilOn' },
          { title: t('状态', 'State'), render: (_, r) => <State recusal={r} /> },
          { title: t('申请', 'Asked'), render: (_, r) => `${r.askedBy} ${showTime(r.askedAt)}` },
          { title: t('审批', 'Decided by'), dataIndex: 'decidedBy' },
          { title: t('提前解除', 'Lifting'), render: (_, r) => <Lift recusal={r} /> },
          { title: '', render: (_, r) => <Doing recusal={r} /> },
        ]}
      />
      <More list={list} shown={rows.length} total={first?.total} />
    </div>
  )
}

function State({ recusal: r }: { recusal: Recusal }) {
  const { t, w } = useWords()
  if (r.state === 'agreed' && r.isOver) return <Tag>{t('已到期', 'Over')}</Tag>
  return (
    <Space size={0} wrap>
      <Tag color={r.state === 'asked' ? 'orange' : 'default'}>{w(recusalStateWords, r.state)}</Tag>
      {r.state === 'agreed' && r.lift ? <Tag color="orange">{t('申请解除', 'Lifting asked')}</Tag> : null}
    </Space>
  )
}

/** Who asked that it end before its day and why, and who agreed. */
function Lift({ recusal: { lift } }: { recusal: Recusal }) {
  const { t } = useWords()
  if (!lift) return null
  return (
    <>
      {lift.askedBy} {showTime(lift.askedAt)}
      <br />
      {lift.reason}
      {lift.decidedBy === '' ? null : (
        <>
          <br />
          {t(`${lift.decidedBy}同意解除`, `Agreed to by ${lift.decidedBy}`)}
        </>
      )}
    </>
  )
}

function Doing({ recusal: r }: { recusal: Recusal }) {
  const { t } = useWords()
  if (r.canDecide)
    return <Decide decide={(isAgreed) => call(decideRecusal, { requestId: freshId(), id: r.id, isAgreed })} />
  if (r.canDecideLift)
    return (
      <Decide
        agree={t('同意解除', 'Lift it')}
        decide={(isAgreed) => call(decideLift, { requestId: freshId(), id: r.id, isAgreed })}
      />
    )
  if (!r.canAskLift) return null
  return (
    <AskForm<{ reason: string }>
      label={t('申请解除', 'Ask to lift')}
      title={t('申请提前解除回避', 'Ask to lift it before its day')}
      isSmall
      changes={['recusals']}
      note={t(
        '由上级另一人同意后解除；此前回避继续有效。先与当事人核实是否安全。',
        'It holds until somebody above agrees. First make sure with the person that it is safe.',
      )}
      questions={[{ name: 'reason', label: t('理由', 'Reason'), kind: 'text', most: 200 }]}
      send={({ reason }) => call(askLift, { requestId: freshId(), id: r.id, reason })}
    />
  )
}

function Decide({ agree, decide }: { agree?: string; decide: (isAgreed: boolean) => Promise<unknown> }) {
  const { t, fault } = useWords()
  const client = useQueryClient()
  const deciding = useMutation({
    mutationFn: decide,
    onSuccess: () => client.invalidateQueries({ queryKey: ['recusals'] }),
  })
  return (
    <Space wrap>
      {deciding.error ? <Alert type="error" role="alert" title={fault(deciding.error)} /> : null}
      <Button size="small" type="primary" loading={deciding.isPending} onClick={() => deciding.mutate(true)}>
        {agree ?? t('同意', 'Agree')}
      </Button>
      <Button size="small" loading={deciding.isPending} onClick={() => deciding.mutate(false)}>
        {t('不同意', 'Refuse')}
      </Button>
    </Space>
  )
}
