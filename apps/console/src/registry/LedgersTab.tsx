import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Empty, Radio, Select, Space, Spin, Tag } from 'antd'
import { useState } from 'react'
import {
  decideLedger,
  ledgerStates,
  listLedgerRows,
  listLedgerRuns,
  sendLedgers,
  type LedgerRow,
} from '@fengge/domain/registry/ledger-contract'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { sendForm } from '@fengge/web/api/send-form.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { agreementWords, ledgerStateWords } from '@fengge/web/words/registry.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { has, useMe } from '../shell/useMe.ts'
import { showValue } from './RecordCard.tsx'

/** An employer's ledger against the rental ledger: what is surely one person, what a person must judge, and who is in one only. */
export function LedgersTab() {
  const { t, w, fault } = useWords()
  const me = useMe().data
  const client = useQueryClient()
  const [files, setFiles] = useState<{ employers?: File | undefined; rentals?: File | undefined }>({})
  const [state, setState] = useState<(typeof ledgerStates)[number]>('doubtful')
  const [chosen, setChosen] = useState<string | undefined>()
  const runs = useQuery({ queryKey: ['ledger-runs'], queryFn: async () => (await call(listLedgerRuns, {})).runs })
  const run = runs.data?.find((r) => r.id === chosen) ?? runs.data?.[0]
  const rows = useQuery({
    queryKey: ['ledger-rows', run?.id, state],
    queryFn: () => call(listLedgerRows, { runId: run!.id, state }),
    enabled: run !== undefined,
  })
  const compare = useMutation({
    mutationFn: () =>
      sendForm(sendLedgers, { id: freshId() }, { employers: files.employers!, rentals: files.rentals! }),
    onSuccess: async (r) => {
      setChosen(r.id)
      await client.invalidateQueries({ queryKey: ['ledger-runs'] })
    },
  })
  const pick = (key: 'employers' | 'rentals', label: string) => (
    <label>
      {label}{' '}
      <input
        type="file"
        accept=".csv,.tsv,.txt,.xlsx"
        onChange={(e) => setFiles((f) => ({ ...f, [key]: e.target.files?.[0] }))}
      />
    </label>
  )
  return (
    <div className="panel">
      {has(me, 'registry.import') && (
        <Space wrap style={{ marginBottom: 12 }}>
          {pick('employers', t('用工台账', 'Employer’s ledger'))}
          {pick('rentals', t('租房台账', 'Rental ledger'))}
          <Button
            type="primary"
            disabled={!files.employers || !files.rentals}
            loading={compare.isPending}
            onClick={() => compare.mutate()}
          >
            {t('开始比对', 'Compare')}
          </Button>
        </Space>
      )}
      {compare.error ? <Alert type="error" role="alert" title={fault(compare.error)} /> : null}
      {compare.data && compare.data.namesOnly.length > 0 && (
        <Alert
          type="warning"
          role="status"
          title={t(
            `${compare.data.namesOnly.map((side) => (side === 'employers' ? '用工台账' : '租房台账')).join('、')}只有姓名，没有证件号码、电话、出生日期或地址：同名的人很多，只凭姓名不能认定是同一人，所以没有比对出结果。请补充其中一项再比对。`,
            'A ledger holds names alone: many people share a name, so nobody is linked by it. Please add numbers, phones, birth days or addresses.',
          )}
        />
      )}
      {runs.isPending && <Spin />}
      {runs.data?.length === 0 && <Empty description={t('还没有比对过', 'Nothing compared yet')} />}
      {run && (
        <>
          <Space wrap style={{ marginBottom: 12 }}>
            <Select
              value={run.id}
              onChange={setChosen}
              aria-label={t('比对记录', 'Comparison')}
              style={{ minWidth: 280 }}
              options={runs.data!.map((r) => ({
                value: r.id,
                label: `${showTime(r.at)} ${r.employerFile} × ${r.rentalFile}`,
              }))}
            />
            <Radio.Group
              value={state}
              onChange={(e) => setState(e.target.value as typeof state)}
              optionType="button"
              options={ledgerStates.map((s) => ({
                value: s,
                label: `${w(ledgerStateWords, s)} ${run.counts[s] ?? 0}`,
              }))}
            />
          </Space>
          {rows.isPending && <Spin />}
          {rows.data?.rows.length === 0 && <Empty description={t('没有', 'None')} />}
          {rows.data?.rows.map((r) => (
            <PairCard key={r.id} row={r} />
          ))}
        </>
      )}
    </div>
  )
}

const fields = ['name', 'idNo', 'phone', 'born', 'address'] as const

function PairCard({ row }: { row: LedgerRow }) {
  const { t, w, fault } = useWords()
  const client = useQueryClient()
  const decide = useMutation({
    mutationFn: (isSame: boolean) => call(decideLedger, { requestId: freshId(), id: row.id, isSame }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['ledger-rows'] }),
  })
  const names = {
    name: t('姓名', 'Name'),
    idNo: t('证件号码', 'Number'),
    phone: t('电话', 'Phone'),
    born: t('出生日期', 'Birth day'),
    address: t('地址', 'Address'),
  }
  return (
    <section className="panel" style={{ marginBottom: 12 }}>
      <Space wrap>
        {row.state !== 'employer-only' && row.state !== 'rental-only' && (
          <Tag color="blue">
            {t('把握', 'Likely')} {(row.probability * 100).toFixed(1)} %
          </Tag>
        )}
        {row.cluster !== null && <Tag>{t(`第 ${row.cluster} 人`, `Person ${row.cluster}`)}</Tag>}
        <span className="soft">{row.gridName}</span>
        {row.decision && (
          <Tag color={row.decision === 'same' ? 'green' : 'red'}>
            {row.decision === 'same' ? t('已认定同一人', 'Decided: one person') : t('已认定不是', 'Decided: two')}
          </Tag>
        )}
      </Space>
      {decide.error ? <Alert type="error" role="alert" title={fault(decide.error)} /> : null}
      <table className="pair">
        <thead>
          <tr>
            <th />
            {row.employer && <th>{t(`用工台账第 ${row.employer.row} 行`, `Employer’s row ${row.employer.row}`)}</th>}
            {row.rental && <th>{t(`租房台账第 ${row.rental.row} 行`, `Rental row ${row.rental.row}`)}</th>}
            {row.agreement.length > 0 && <th>{t('对比', 'Agreement')}</th>}
          </tr>
        </thead>
        <tbody>
          {fields.map((f, i) => (
            <tr key={f}>
              <th scope="row">{names[f]}</th>
              {row.employer && <td>{showValue(undefined, row.employer[f] || null, t)}</td>}
              {row.rental && <td>{showValue(undefined, row.rental[f] || null, t)}</td>}
              {row.agreement.length > 0 && <td>{w(agreementWords, `${f}-${row.agreement[i]}`)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {row.employer && row.rental && row.decision === null && (
        <Space style={{ marginTop: 8 }}>
          <Button type="primary" loading={decide.isPending} onClick={() => decide.mutate(true)}>
            {t('是同一人', 'One person')}
          </Button>
          <Button loading={decide.isPending} onClick={() => decide.mutate(false)}>
            {t('不是同一人', 'Two people')}
          </Button>
        </Space>
      )}
    </section>
  )
}
