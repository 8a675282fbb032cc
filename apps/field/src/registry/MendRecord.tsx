import { useState } from 'react'
import { dayOf } from '@fengge/domain/kernel/time'
import { faultsIn } from '@fengge/domain/registry/fields'
import type { SentAct } from '@fengge/domain/sync/contract/acts'
import type { KeptAct } from '@fengge/web/offline/outbox.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { sentenceFor } from '@fengge/web/words/problems.ts'
import { usePhone } from '../offline/usePhone.ts'
import { Frame } from '../shell/Frame.tsx'
import { FieldInputs, type FieldFault } from './FieldInputs.tsx'
import { useRegistryWords } from '../words/registry.ts'

interface Details {
  readonly fields?: readonly FieldFault[]
}
export const faultsOf = (kept: Pick<KeptAct, 'details'>): readonly FieldFault[] =>
  (kept.details as Details | null)?.fields ?? []

/** A registration that was refused, open again as it was written, with what is wrong beside each answer. */
export function MendRecord({ requestId }: { requestId: string }) {
  const { outbox, round, holdings, now } = usePhone()
  const { language } = useWords()
  const say = useRegistryWords()
  const kept = outbox.find(requestId)
  const act = kept?.act.name === 'saveRecord' ? kept.act : undefined
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(Object.entries(act?.ask.values ?? {}).map(([code, v]) => [code, v === null ? '' : String(v)])),
  )
  const [faults, setFaults] = useState<readonly FieldFault[]>(kept ? faultsOf(kept) : [])
  if (!kept || !act || kept.state !== 'refused') return <NothingLeft />
  const { kind } = act.ask
  const fields = (holdings.config?.fields ?? []).filter(
    (f) => f.kind === kind && (f.isRequired || f.isAsked || f.code in values),
  )
  const send = (isOther: boolean) => {
    const given = Object.fromEntries(
      Object.entries(values).filter(([code, v]) => v.trim() !== '' || code in act.ask.values),
    )
    const found = faultsIn(kind, given, dayOf(now()))
    setFaults(found)
    if (found.length > 0) return
    const mended = { ...act, ask: { ...act.ask, values: given, ...(isOther ? { isOther } : {}) } } as SentAct
    void outbox
      .resend(requestId, mended)
      .then(() => round())
      .then(() => {
        location.hash = 'more/outbox'
      })
  }
  return (
    <Frame title={say.mendAndSend} back="more/outbox">
      <p className="due" role="alert">
        {sentenceFor(kept.problem, language)}
      </p>
      <form
        onSubmit={(e) => {
          e.preventDefault()
          send(false)
        }}
      >
        <FieldInputs
          fields={fields}
          values={values}
          faults={faults}
          set={(code, value) => setValues({ ...values, [code]: value })}
        />
        <button className="button">{say.mendedSend}</button>
        {kept.problem === 'record.same-number' && (
          <button type="button" className="button plain" onClick={() => send(true)}>
            {say.isAnotherPerson}
          </button>
        )}
      </form>
    </Frame>
  )
}

function NothingLeft() {
  const say = useRegistryWords()
  return (
    <Frame title={say.mendAndSend} back="more/outbox">
      <p className="card soft">{say.isSettled}</p>
    </Frame>
  )
}
