import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Space, Table, Tag, type TableColumnsType } from 'antd'
import { decideLedger, type LedgerRow } from '@fengge/domain/registry/ledger-contract'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords, type Words } from '@fengge/web/words/language.ts'
import { agreementWords } from '@fengge/web/words/registry.ts'
import { has, useMe } from '../../shell/useMe.ts'
import { OrderButton } from '../../work/OrderDialog.tsx'
import { showValue } from '../RecordCard.tsx'

type State = LedgerRow['state']
type Side = 'employer' | 'rental'
const fields = ['name', 'idNo', 'phone', 'born', 'address'] as const
const isAlone = (state: State) => state === 'employer-only' || state === 'rental-only'

/** Results of a comparison, a line each: both sides, how each field agrees, and what is to be done. */
export function LedgerRows({ state, rows }: { readonly state: State; readonly rows: readonly LedgerRow[] }) {
  const words = useWords()
  const { t, fault } = words
  const me = useMe().data
  const client = useQueryClient()
  const decide = useMutation({
    mutationFn: (of: { readonly id: string; readonly isSame: boolean }) =>
      call(decideLedger, { requestId: freshId(), ...of }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['ledger-rows'] }),
  })
  const act = {
    title: '',
    width: 210,
    render: (_: unknown, row: LedgerRow) =>
      isAlone(state) ? (
        has(me, 'task.order') && <OrderButton label={t('交办核实', 'Order a look')} start={orderFor(row, words)} />
      ) : (
        <Decision row={row} isPending={decide.isPending} decide={(isSame) => decide.mutate({ id: row.id, isSame })} />
      ),
  }
  return (
    <>
      {decide.error ? <Alert type="error" role="alert" title={fault(decide.error)} /> : null}
      <Table<LedgerRow>
        rowKey="id"
        size="small"
        dataSource={[...rows]}
        pagination={false}
        scroll={{ x: 900 }}
        locale={{ emptyText: t('没有', 'None') }}
        columns={[...columnsFor(state, words), act]}
      />
    </>
  )
}

interface Deciding {
  readonly row: LedgerRow
  readonly isPending: boolean
  readonly decide: (isSame: boolean) => void
}

/** What a person said; asked as the main thing only where the comparison itself is in doubt. */
function Decision({ row, isPending, decide }: Deciding) {
  const { t } = useWords()
  if (row.decision !== null)
    return (
      <Tag color={row.decision === 'same' ? 'green' : 'red'}>
        {row.decision === 'same' ? t('已认定同一人', 'Decided: one person') : t('已认定不是', 'Decided: two')}
      </Tag>
    )
  if (row.employer === null || row.rental === null) return null
  return (
    <Space>
      <Button
        size="small"
        {...(row.state === 'doubtful' ? { type: 'primary' } : {})}
        loading={isPending}
        onClick={() => decide(true)}
      >
        {t('是同一人', 'One person')}
      </Button>
      <Button size="small" loading={isPending} onClick={() => decide(false)}>
        {t('不是同一人', 'Two people')}
      </Button>
    </Space>
  )
}

/** The task that finds out about somebody who stands in one ledger alone. */
function orderFor({ employer, rental }: LedgerRow, { t }: Words) {
  const at = rental?.address || employer?.address || ''
  return {
    title: rental
      ? t('核实只在租房台账的租客', 'Look for a tenant of the rental ledger alone')
      : t('核实只在用工台账的员工', 'Look for a worker of the employer’s ledger alone'),
    note: t(
      `${rental?.name ?? employer?.name ?? ''}${at === '' ? '' : `，${at}`}`,
      `${rental?.name ?? employer?.name ?? ''}, ${at}`,
    ),
  }
}

function columnsFor(state: State, { t, w }: Words): TableColumnsType<LedgerRow> {
  const side = (of: Side, title: string) => ({
    title,
    render: (_: unknown, row: LedgerRow) => {
      const facts = row[of]
      if (facts === null) return null
      const shown = fields
        .filter((f) => facts[f] !== '')
        .map((f) => <span key={f}>{showValue(undefined, facts[f], t)}</span>)
      return (
        <Space size={[8, 0]} wrap>
          <span className="soft">{t(`第 ${facts.row} 行`, `row ${facts.row}`)}</span>
          {shown}
        </Space>
      )
    },
  })
  const names = [t('姓名', 'Name'), t('证件', 'Number'), t('电话', 'Phone'), t('出生', 'Birth'), t('地址', 'Address')]
  const compared = {
    title: t('逐项对比', 'Agreement'),
    render: (_: unknown, row: LedgerRow) =>
      row.agreement.flatMap((grade, i) => {
        const code = `${fields[i]}-${grade}`
        if (grade === 0) return []
        const isSame = agreementWords[code]?.[0].startsWith('相同')
        return [
          <Tag key={code} {...(isSame ? {} : { color: 'orange' })}>
            {`${names[i]} ${w(agreementWords, code)}`}
          </Tag>,
        ]
      }),
  }
  const both = [
    ...(state === 'rental-only' || state === 'many-rooms'
      ? []
      : [side('employer', t('用工台账', 'Employer’s ledger'))]),
    ...(state === 'employer-only' ? [] : [side('rental', t('租房台账', 'Rental ledger'))]),
  ]
  return [
    ...(state === 'many-rooms'
      ? [{ title: t('同一人', 'Person'), width: 90, render: (_: unknown, row: LedgerRow) => row.cluster }]
      : []),
    ...(isAlone(state)
      ? []
      : [
          {
            title: t('把握', 'Likely'),
            width: 90,
            render: (_: unknown, row: LedgerRow) => `${(row.probability * 100).toFixed(1)} %`,
          },
        ]),
    ...both,
    ...(state === 'linked' || state === 'doubtful' ? [compared] : []),
    { title: t('网格', 'Grid'), dataIndex: 'gridName', width: 150 },
  ]
}
