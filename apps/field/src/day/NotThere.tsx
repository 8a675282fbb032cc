import { useState } from 'react'
import { dayOf } from '@fengge/domain/kernel/time'
import { closingsFor } from '@fengge/domain/registry/closing/closing'
import type { ClosingKind } from '@fengge/domain/registry/closing/terms'
import type { RecordKind } from '@fengge/domain/registry/terms'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { closingWords } from '@fengge/web/words/registry.ts'
import type { Outcome } from '../offline/acts.ts'
import { useDoing } from '../offline/useAsk.ts'
import { useActs, usePhone } from '../offline/usePhone.ts'
import { ErrorNote } from '../shell/Frame.tsx'
import { useDayWords } from '../words/day.ts'
import type { Visited } from './useVisit.ts'

const registered: readonly string[] = ['unit', 'facility']
const isRegistered = (kind: string): kind is RecordKind => registered.includes(kind)
const duties = new Set(['registry.write'] as const)

interface Props {
  readonly task: Visited
  readonly done: (how: Outcome) => void
}

/** Somebody stands before a shop that is shut, or where a thing was: what anybody sees is said here, the rest is the desk's. */
export function NotThere({ task, done }: Props) {
  const say = useDayWords()
  const [isOpen, setOpen] = useState(false)
  if (!isRegistered(task.subjectKind)) return null
  if (isOpen) return <HowGone task={task} kind={task.subjectKind} done={done} close={() => setOpen(false)} />
  return (
    <button type="button" className="button quiet" onClick={() => setOpen(true)}>
      {say.notThere}
    </button>
  )
}

function HowGone({ task, kind, done, close }: Props & { readonly kind: RecordKind; readonly close: () => void }) {
  const { now } = usePhone()
  const { doAct } = useActs()
  const { w } = useWords()
  const say = useDayWords()
  const doing = useDoing()
  const [id] = useState(() => freshId())
  const closeAs = (how: ClosingKind) =>
    doing.run(async () => {
      const ask = { id, recordId: task.subjectId, kind: how, onDay: dayOf(now()), reason: say.seenOnVisit }
      done(
        await doAct({
          name: 'closeRecord',
          label: say.goneLabel(task.name ?? task.title, w(closingWords, how)),
          subject: task.id,
          ask,
        }),
      )
    })
  return (
    <div className="notice" role="group" aria-label={say.notThere}>
      <p>{say.howGone}</p>
      {closingsFor(kind, 'live', duties).map((how) => (
        <button key={how} type="button" className="button plain" disabled={doing.isBusy} onClick={() => closeAs(how)}>
          {w(closingWords, how)}
        </button>
      ))}
      <button type="button" className="button quiet" disabled={doing.isBusy} onClick={close}>
        {say.stillThere}
      </button>
      <ErrorNote error={doing.error} />
    </div>
  )
}
