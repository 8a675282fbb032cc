import { useState } from 'react'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { witnesses, type SaidLeaving, type Witness } from '@fengge/domain/registry/leaving/terms'
import type { Held } from '@fengge/domain/sync/rows'
import type { KeptAct } from '@fengge/web/offline/outbox.ts'
import { actStateWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { sentenceFor } from '@fengge/web/words/problems.ts'
import { leavingWords, witnessWords } from '@fengge/web/words/registry.ts'
import { useDoing } from '../offline/useAsk.ts'
import { useActs, usePhone } from '../offline/usePhone.ts'
import { DoorForm } from '../shell/DoorForm.tsx'
import { ErrorNote } from '../shell/Frame.tsx'
import { AskedBack, headOf } from './AskedBack.tsx'
import { answered, questionOfKept, type Answer } from './questions.ts'
import { useRegistryWords } from '../words/registry.ts'

/** `here`: out of this house alone; he stays in the register, and is looked for. */
export type How = SaidLeaving | 'here'
const hows: readonly How[] = ['moved', 'here', 'died', 'wrong']

interface Props {
  readonly person: Held['person']
  readonly linkId: string
  readonly houseId: string
}

/** 搬走了, and behind it 不住这里了, 去世了, 登记错了: said at the door, with or without signal. */
export function Leaving({
  how,
  set,
  ...props
}: Props & { readonly how: How | null; readonly set: (how: How | null) => void }) {
  if (how === null) return null
  return <LeaveForm {...props} how={how} close={() => set(null)} />
}

/** How somebody may be said to have gone, by whom. */
export function useHows(): { readonly hows: readonly How[]; readonly wordOf: (how: How) => string } {
  const { holdings } = usePhone()
  const wordOf = useHowWords()
  const isDesk = holdings.me?.duties.includes('registry.correct') ?? false
  // That somebody never was is the desk's to say.
  return { hows: hows.filter((h) => h !== 'wrong' || isDesk), wordOf }
}

function useHowWords(): (how: How) => string {
  const { w } = useWords()
  const say = useRegistryWords()
  return (how) => (how === 'here' ? say.outOfHouse : w(leavingWords, how))
}

function LeaveForm({ person, linkId, houseId, how, close }: Props & { readonly how: How; readonly close: () => void }) {
  const say = useRegistryWords()
  const wordOf = useHowWords()
  const { now, makeId } = usePhone()
  const { doAct } = useActs()
  const doing = useDoing()
  const today = dayOf(now())
  const [onDay, setOnDay] = useState(today)
  const [toWhere, setToWhere] = useState('')
  const [seenBy, setSeenBy] = useState<Witness>('family')
  const [isOffered, setOffered] = useState(false)
  const isMove = how === 'moved' || (how === 'here' && isOffered)
  const send = () =>
    doing.run(async () => {
      const act = { label: `${person.name} ${wordOf(how)}`, subject: houseId }
      const reason = say.goneReason
      const gone = { id: makeId(), personId: person.id, onDay, toWhere, seenBy }
      if (how === 'here' && isOffered) {
        const mover = { id: makeId(), personId: person.id, toWhere, onDay }
        const label = say.offeredLabel(person.name)
        await doAct({ ...act, label, name: 'offerMover', ask: mover })
      }
      // Who has not moved yet goes on living here; his home ends when he is found there.
      if (how === 'here' && onDay > today) return close()
      if (how === 'here') await doAct({ ...act, name: 'endLink', ask: { id: linkId, houseId, toOn: onDay, reason } })
      else await doAct({ ...act, name: 'leavePerson', ask: { ...gone, kind: how } })
      close()
    })
  return (
    <DoorForm {...{ doing, send, close }} word={say.writeDown} lead={<WhichLeaving name={person.name} how={how} />}>
      <label htmlFor={`${linkId}-day`}>{say.whatDay}</label>
      <input
        id={`${linkId}-day`}
        type="date"
        max={isMove ? addDays(today, 90) : today}
        required
        value={onDay}
        onChange={(e) => setOnDay(e.target.value)}
      />
      {how === 'here' && <Offering isOn={isOffered} set={setOffered} />}
      {isMove && <WhereTo id={`${linkId}-to`} isOffered={isOffered} toWhere={toWhere} set={setToWhere} />}
      {how !== 'here' && <WhoSaid seenBy={seenBy} set={setSeenBy} />}
    </DoorForm>
  )
}

/** What is said of whom; of moving away, that it means out of the county. */
function WhichLeaving({ name, how }: { readonly name: string; readonly how: How }) {
  const say = useRegistryWords()
  const wordOf = useHowWords()
  return (
    <>
      <p>{say.whichLeaving(name, wordOf(how))}</p>
      {how === 'moved' && <p className="soft">{say.movedMeans}</p>}
    </>
  )
}

interface Where {
  readonly id: string
  readonly isOffered: boolean
  readonly toWhere: string
  readonly set: (toWhere: string) => void
}
function WhereTo({ id, isOffered, toWhere, set }: Where) {
  const say = useRegistryWords()
  return (
    <>
      <label htmlFor={id}>{isOffered ? say.whereToNeeded : say.whereToOptional}</label>
      <input
        id={id}
        maxLength={120}
        required={isOffered}
        minLength={isOffered ? 2 : 0}
        value={toWhere}
        onChange={(e) => set(e.target.value)}
        autoComplete="off"
      />
    </>
  )
}

function Offering({ isOn, set }: { readonly isOn: boolean; readonly set: (isOn: boolean) => void }) {
  const say = useRegistryWords()
  return (
    <>
      <button type="button" className="small" aria-pressed={isOn} onClick={() => set(!isOn)}>
        {say.askGridThere}
      </button>
      {isOn && <p className="soft">{say.offerWithCare}</p>}
    </>
  )
}

function WhoSaid({ seenBy, set }: { readonly seenBy: Witness; readonly set: (who: Witness) => void }) {
  const { w } = useWords()
  const say = useRegistryWords()
  return (
    <fieldset>
      <legend>{say.witness}</legend>
      <div className="chips">
        {witnesses.map((v) => (
          <button type="button" key={v} className="small" aria-pressed={seenBy === v} onClick={() => set(v)}>
            {w(witnessWords, v)}
          </button>
        ))}
      </div>
    </fieldset>
  )
}

/** Who was said to have left this house on this phone, with the way back for a slip. */
export function JustLeft({ houseId }: { houseId: string }) {
  const { outbox } = usePhone()
  const acts = outbox.list().filter((k) => k.act.subject === houseId && (k.state === 'waiting' || k.state === 'done'))
  const undone = new Set(acts.flatMap(({ act }) => (act.name === 'undoLeaving' ? [act.ask.id] : [])))
  const gone = acts.filter(({ act }) => act.name === 'leavePerson' && !undone.has(act.ask.id))
  return gone.map((kept) => <OneLeft key={kept.act.requestId} kept={kept} />)
}

function OneLeft({ kept }: { kept: KeptAct }) {
  const { outbox, holdings, round } = usePhone()
  const { doAct } = useActs()
  const { w, language } = useWords()
  const say = useRegistryWords()
  const doing = useDoing()
  const { act } = kept
  if (act.name !== 'leavePerson') return null
  const undo = () =>
    doing.run(async () => {
      // What has not gone out is simply not said.
      if (kept.state === 'waiting') return outbox.drop(act.requestId)
      const ask = { id: act.ask.id, personId: act.ask.personId, reason: say.saidWrongly }
      const label = say.takenBack(kept.label)
      await doAct({ name: 'undoLeaving', label, subject: act.subject ?? '', ask })
    })
  const refused = outbox
    .list()
    .find((k) => k.act.name === 'undoLeaving' && k.act.ask.id === act.ask.id && k.state === 'refused')
  const question = refused && questionOfKept(refused)
  const give = (answer: Answer) =>
    doing.run(async () => {
      if (!refused) return
      await outbox.resend(refused.act.requestId, answered(refused.act, answer))
      await round()
    })
  // Of who has left the phone holds nothing but what was said.
  const those = { name: kept.label.split(' ')[0] ?? '', head: headOf(holdings, act.subject ?? '') }
  return (
    <div className="card soft">
      {kept.label} · {w(actStateWords, kept.state)}{' '}
      {question ? (
        <AskedBack {...{ question, those, give }} isBusy={doing.isBusy} />
      ) : (
        <>
          {refused && <p className="error">{sentenceFor(refused.problem, language)}</p>}
          <button className="small" disabled={doing.isBusy} onClick={undo}>
            {say.takeBack}
          </button>
          <ErrorNote error={doing.error} />
        </>
      )}
    </div>
  )
}

/** People written down here who are not in the books yet, and those who are said to have gone. */
export function pendingPeople(acts: readonly KeptAct[]): {
  readonly coming: readonly { readonly id: string; readonly name: string; readonly state: KeptAct['state'] }[]
  readonly leaving: ReadonlySet<string>
  readonly ended: ReadonlySet<string>
  readonly use: string | undefined
} {
  const open = acts.filter((k) => k.state !== 'done' && k.state !== 'kept')
  const coming = open.flatMap(({ act, state }) =>
    act.name === 'saveRecord' && act.ask.kind === 'person' && act.ask.version === 0
      ? [{ id: act.ask.id, name: String(act.ask.values['name'] ?? ''), state }]
      : [],
  )
  const waiting = open.filter((k) => k.state === 'waiting').map((k) => k.act)
  return {
    coming,
    leaving: new Set(waiting.flatMap((a) => (a.name === 'leavePerson' ? [a.ask.personId] : []))),
    ended: new Set(waiting.flatMap((a) => (a.name === 'endLink' ? [a.ask.id] : []))),
    use: waiting.flatMap((a) =>
      a.name === 'saveRecord' && a.ask.kind === 'house' && typeof a.ask.values['use'] === 'string'
        ? [a.ask.values['use']]
        : [],
    )[0],
  }
}

/** People of a name who were written down here and are not in the books yet, each with the house he was said to live in. */
export const comingNamed = (acts: readonly KeptAct[], text: string) =>
  [...Map.groupBy(acts, (k) => k.act.subject ?? '')].flatMap(([houseId, of]) =>
    pendingPeople(of).coming.flatMap((p) => (p.name.includes(text) ? [{ ...p, houseId }] : [])),
  )
