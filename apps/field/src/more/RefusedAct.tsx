import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { Value } from '@fengge/domain/registry/terms'
import type { Holdings } from '@fengge/web/offline/holdings.ts'
import { uponVersion, type KeptAct, type Outbox } from '@fengge/web/offline/outbox.ts'
import { actWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { sentenceFor } from '@fengge/web/words/problems.ts'
import { faultWords, sortWords } from '@fengge/web/words/registry.ts'
import { usePhone } from '../offline/usePhone.ts'
import { showChoice } from '../registry/known.ts'
import { faultsOf } from '../registry/MendRecord.tsx'
import { questionOfKept } from '../registry/questions.ts'
import { Icon } from '../shell/Icon.tsx'
import { useMoreWords } from '../words/more.ts'
import { formOf, type FormPlace } from './form-of.ts'

/** An act that did not go through: why, and its own form again, or a way to give it up. */
export function RefusedAct({ kept }: { readonly kept: KeptAct }) {
  const { outbox } = usePhone()
  const { w, language } = useWords()
  const say = useMoreWords()
  const [isDropping, setDropping] = useState(false)
  const { requestId, name } = kept.act
  return (
    <div className="card refused">
      <Icon of={TriangleAlert} />
      <div className="grow">
        <strong>{kept.label || w(actWords, name)}</strong>
        <div className={`why tag-${kept.state}`}>
          {kept.state === 'refused' ? say.notTaken(sentenceFor(kept.problem, language, detailsOf(kept))) : say.heldBack}
        </div>
        <WhatStands kept={kept} />
        {isDropping ? (
          <>
            <p>{say.sureToDrop}</p>
            <div className="chips">
              <button className="small warn" onClick={() => void outbox.drop(requestId)}>
                {say.drop}
              </button>
              <button className="small" onClick={() => setDropping(false)}>
                {say.keep}
              </button>
            </div>
          </>
        ) : (
          <Ways kept={kept} giveUp={() => setDropping(true)} />
        )}
      </div>
    </div>
  )
}

/** What may be done about an act that did not go through. */
function Ways({ kept, giveUp }: { readonly kept: KeptAct; readonly giveUp: () => void }) {
  const { outbox, round } = usePhone()
  const say = useMoreWords()
  const { requestId } = kept.act
  const isRefused = kept.state === 'refused'
  const hasClash = isRefused && clashesOf(kept).length > 0
  const form = isRefused ? formOf(kept) : undefined
  const words: Record<FormPlace['what'], string> = {
    question: say.chooseAndSend,
    report: say.mendReport,
    form: say.mendRecord,
    event: say.openEvent,
  }
  return (
    <div className="chips">
      {form && (
        <a className="small go" href={form.href}>
          {words[form.what]}
        </a>
      )}
      {isRefused && !questionOfKept(kept) && (
        <button className="small" onClick={() => void mend(outbox, kept).then(() => round())}>
          {hasClash ? say.useMine : say.again}
        </button>
      )}
      {hasClash ? (
        <button className="small" onClick={() => void outbox.drop(requestId)}>
          {say.useTheirs}
        </button>
      ) : (
        <button className="small" onClick={giveUp}>
          {say.drop}
        </button>
      )}
    </div>
  )
}

/** What stands against an act, field by field. */
function WhatStands({ kept }: { readonly kept: KeptAct }) {
  const { holdings } = usePhone()
  const { w, language } = useWords()
  const say = useMoreWords()
  const said = (code: string, value: unknown) => {
    const f = holdings.config?.fields.find((x) => x.code === code)
    if (f?.choices.some(([c]) => c === value)) return showChoice(f, value, language)
    return typeof value === 'string' && value in sortWords ? w(sortWords, value) : textOf(value)
  }
  const nameOf = (code: string) => fieldName(holdings, code, language)
  return (
    <>
      {kept.state === 'refused' &&
        faultsOf(kept).map((f) => (
          <p className="due" key={f.field}>
            {nameOf(f.field)}：{w(faultWords, f.fault)}
          </p>
        ))}
      {clashesOf(kept).map((c) => (
        <p key={c.field}>
          {nameOf(c.field)}：{say.clash(said(c.field, c.theirs), said(c.field, c.yours))}
        </p>
      ))}
    </>
  )
}

const detailsOf = ({ details }: KeptAct): Readonly<Record<string, unknown>> | undefined =>
  typeof details === 'object' && details !== null ? (details as Readonly<Record<string, unknown>>) : undefined

const textOf = (value: unknown) => (typeof value === 'object' || value === undefined ? '' : String(value as Value))

interface Clash {
  readonly field: string
  readonly theirs: Value
  readonly yours: Value
}
/** Both values where two phones wrote the same field: who knows the household decides. */
const clashesOf = (kept: KeptAct): readonly Clash[] => (kept.details as { clashes?: Clash[] } | null)?.clashes ?? []
const fieldName = (holdings: Holdings, code: string, language: 'zh' | 'en') => {
  const f = holdings.config?.fields.find((x) => x.code === code)
  if (!f) return code
  return language === 'zh' ? f.name : f.nameEn
}

/** An act on an event that was changed meanwhile is sent again upon what the phone holds now; its holder has seen it in the list. */
async function mend(outbox: Outbox, kept: KeptAct): Promise<void> {
  const version = (kept.details as { version?: number } | null)?.version
  const isStale = kept.problem === 'event.stale' || kept.problem === 'record.stale'
  await outbox.resend(kept.act.requestId, isStale && version !== undefined ? uponVersion(kept.act, version) : undefined)
}
