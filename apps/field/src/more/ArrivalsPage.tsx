import { useState } from 'react'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Arrival } from '@fengge/domain/registry/arriving/terms'
import { homeRoles } from '@fengge/domain/registry/terms'
import { freshId } from '@fengge/web/api/fresh-id.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { linkRoleWords } from '@fengge/web/words/registry.ts'
import { useDoing } from '../offline/useAsk.ts'
import { useActs, useField, usePhone } from '../offline/usePhone.ts'
import { DoorForm } from '../shell/DoorForm.tsx'
import { questionOfKept, whereToMend } from '../registry/questions.ts'
import { ErrorNote, Frame } from '../shell/Frame.tsx'
import { useArrivals } from './use-arrivals.ts'
import { useMoreWords } from '../words/more.ts'

export function ArrivalsPage() {
  const say = useMoreWords()
  useField()
  const { outbox } = usePhone()
  const { arrivals, error, isKnown } = useArrivals()
  const asked = outbox.list().filter((k) => k.act.name === 'takeArrival' && questionOfKept(k) !== undefined)
  return (
    <Frame title={say.arrivals} back="more">
      <ErrorNote error={error} />
      {isKnown && arrivals.length + asked.length === 0 && <p className="card soft">{say.nobodySaidHaveMoved}</p>}
      {asked.map((k) => (
        <a className="card row-link" key={k.act.requestId} href={whereToMend(k)}>
          {k.label}：{say.sayWhoHeadsHouse}
        </a>
      ))}
      {arrivals.map((a) => (
        <ArrivalCard key={a.id} arrival={a} />
      ))}
      {arrivals.length > 0 && <p className="soft">{say.nameWhereAreTold}</p>}
    </Frame>
  )
}

function ArrivalCard({ arrival: a }: { arrival: Arrival }) {
  const say = useMoreWords()
  const [how, setHow] = useState<'take' | 'miss' | null>(null)
  return (
    <div className="card">
      <strong>{a.name}</strong>
      <div>{a.toWhere}</div>
      <div className="soft">{say.since(a.onDay)}</div>
      {a.dueOn && <div className="soft">{say.foundBefore(a.dueOn)}</div>}
      {how === null && (
        <div className="chips">
          <button className="small" onClick={() => setHow('take')}>
            {say.livesHere}
          </button>
          <button className="small" onClick={() => setHow('miss')}>
            {say.notHere2}
          </button>
        </div>
      )}
      {how === 'take' && <Take arrival={a} close={() => setHow(null)} />}
      {how === 'miss' && <Miss arrival={a} close={() => setHow(null)} />}
    </div>
  )
}

interface FormProps {
  readonly arrival: Arrival
  readonly close: () => void
}

function Take({ arrival: a, close }: FormProps) {
  const { now } = usePhone()
  const { doAct } = useActs()
  const { w } = useWords()
  const say = useMoreWords()
  const doing = useDoing()
  const [text, setText] = useState(a.address)
  const [houseId, setHouseId] = useState('')
  const [role, setRole] = useState<(typeof homeRoles)[number]>('tenant')
  const send = () =>
    doing.run(async () => {
      const ask = { id: a.id, linkId: freshId(), houseId, role, fromOn: dayOf(now()) }
      const label = say.moved(a.name)
      await doAct({ name: 'takeArrival', label, subject: houseId, ask })
      close()
    })
  return (
    <DoorForm {...{ doing, send, close }} word={say.register} isReady={houseId !== ''}>
      <label htmlFor={`${a.id}-house`}>{say.whichHouseWriteOtherwise}</label>
      <input id={`${a.id}-house`} value={text} onChange={(e) => setText(e.target.value)} autoComplete="off" />
      <Houses text={text} houseId={houseId} choose={setHouseId} />
      <fieldset>
        <legend>{say.part}</legend>
        <div className="chips">
          {homeRoles.map((r) => (
            <button type="button" key={r} className="small" aria-pressed={role === r} onClick={() => setRole(r)}>
              {w(linkRoleWords, r)}
            </button>
          ))}
        </div>
      </fieldset>
    </DoorForm>
  )
}

interface HousesProps {
  readonly text: string
  readonly houseId: string
  readonly choose: (houseId: string) => void
}
/** Those of this phone that the words may mean. */
function Houses({ text, houseId, choose }: HousesProps) {
  const { holdings } = usePhone()
  const say = useMoreWords()
  const houses = holdings
    .search(text)
    .flatMap((r) => (r.kind === 'house' ? (holdings.table('house').get(r.id) ?? []) : []))
    .slice(0, 8)
  return (
    <>
      <div className="chips">
        {houses.map((h) => (
          <button
            type="button"
            key={h.id}
            className="small"
            aria-pressed={houseId === h.id}
            onClick={() => choose(h.id)}
          >
            {holdings.addressOf(h)}
          </button>
        ))}
      </div>
      {houses.length === 0 && <p className="soft">{say.noSuchHouseThis}</p>}
    </>
  )
}

function Miss({ arrival: a, close }: FormProps) {
  const { doAct } = useActs()
  const say = useMoreWords()
  const doing = useDoing()
  const [note, setNote] = useState('')
  const send = () =>
    doing.run(async () => {
      const label = say.notHere(a.name)
      await doAct({ name: 'missArrival', label, subject: a.id, ask: { id: a.id, note: note.trim() } })
      close()
    })
  return (
    <DoorForm {...{ doing, send, close }} word={say.handBackDesk}>
      <label htmlFor={`${a.id}-note`}>{say.whatYouFound}</label>
      <input
        id={`${a.id}-note`}
        maxLength={120}
        value={note}
        onChange={(e) => setNote(e.target.value)}
        autoComplete="off"
      />
    </DoorForm>
  )
}
