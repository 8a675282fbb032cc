import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Empty, Radio, Select, Space, Spin } from 'antd'
import { useState } from 'react'
import {
  exportLedger,
  ledgerStates,
  listLedgerRows,
  listLedgerRuns,
  sendLedgers,
} from '@fengge/domain/registry/ledger-contract'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { call } from '@fengge/web/api/call.ts'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { sendForm } from '@fengge/web/api/send-form.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { ledgerStateWords } from '@fengge/web/words/registry.ts'
import { showTime } from '@fengge/web/words/time.ts'
import { SheetButton } from '../../shell/SheetButton.tsx'
import { has, useMe } from '../../shell/useMe.ts'
import { LedgerRows } from './LedgerRows.tsx'

/** An employer's ledger against the rental ledger: what is surely one person, what a person must judge, and who is in one only. */
export function LedgersTab() {
  const { t } = useWords()
  const me = useMe().data
  const [chosen, setChosen] = useState<string | undefined>()
  const runs = useQuery({ queryKey: ['ledger-runs'], queryFn: async () => (await call(listLedgerRuns, {})).runs })
  const run = runs.data?.find((r) => r.id === chosen) ?? runs.data?.[0]
  return (
    <div className="panel">
      {has(me, 'registry.import') && <Comparing onCompared={setChosen} />}
      {runs.isPending && <Spin />}
      {runs.data?.length === 0 && <Empty description={t('还没有比对过', 'Nothing compared yet')} />}
      {run && <Results run={run} runs={runs.data!} choose={setChosen} />}
    </div>
  )
}

/** Both files, and what is said where names alone cannot be compared. */
function Comparing({ onCompared }: { readonly onCompared: (runId: string) => void }) {
  const { t, fault } = useWords()
  const client = useQueryClient()
  const [files, setFiles] = useState<{ employers?: File | undefined; rentals?: File | undefined }>({})
  const compare = useMutation({
    mutationFn: () =>
      sendForm(sendLedgers, { id: freshId() }, { employers: files.employers!, rentals: files.rentals! }),
    onSuccess: async (r) => {
      onCompared(r.id)
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
    <>
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
    </>
  )
}

type Run = ReplyOf<typeof listLedgerRuns>['runs'][number]

interface ResultsProps {
  readonly run: Run
  readonly runs: readonly Run[]
  readonly choose: (runId: string) => void
}

function Results({ run, runs, choose }: ResultsProps) {
  const { t, w } = useWords()
  const [state, setState] = useState<(typeof ledgerStates)[number]>('doubtful')
  const rows = useQuery({
    queryKey: ['ledger-rows', run.id, state],
    queryFn: () => call(listLedgerRows, { runId: run.id, state }),
  })
  return (
    <>
      <Space wrap style={{ marginBottom: 12 }}>
        <Select
          value={run.id}
          onChange={choose}
          aria-label={t('比对记录', 'Comparison')}
          style={{ minWidth: 280 }}
          options={runs.map((r) => ({ value: r.id, label: `${showTime(r.at)} ${r.employerFile} × ${r.rentalFile}` }))}
        />
        <Radio.Group
          value={state}
          onChange={(e) => setState(e.target.value as typeof state)}
          optionType="button"
          options={ledgerStates.map((s) => ({ value: s, label: `${w(ledgerStateWords, s)} ${run.counts[s] ?? 0}` }))}
        />
        <SheetButton promise={exportLedger} filter={{ runId: run.id, state }} />
      </Space>
      {rows.isPending && <Spin />}
      {rows.data && <LedgerRows state={state} rows={rows.data.rows} />}
    </>
  )
}
