import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { dayNumberAt, dayOf } from '@fengge/domain/kernel/time'
import { quietDays } from '@fengge/domain/registry/quiet'
import type { Held } from '@fengge/domain/sync/rows'
import type { KeptAct } from '@fengge/web/offline/outbox.ts'
import { actStateWords } from '@fengge/web/words/field.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { ItemLine } from '../day/ItemLine.tsx'
import { undoTime } from '../offline/acts.ts'
import { useDoing } from '../offline/useAsk.ts'
import { useActs, useField, usePhone, useSource } from '../offline/usePhone.ts'
import { ErrorNote, Frame } from '../shell/Frame.tsx'
import { Icon } from '../shell/Icon.tsx'
import { UndoLine } from '../shell/UndoLine.tsx'
import { useRegistryWords } from '../words/registry.ts'
import { Fresh, freshnessOf } from './Fresh.tsx'
import { HouseUse } from './HouseUse.tsx'
import { JustLeft, pendingPeople } from './Leaving.tsx'
import { Newcomer } from './Newcomer.tsx'
import { PersonCard } from './PersonCard.tsx'
import { whereToMend } from './questions.ts'
import './house.css'

/** A household for what happens at its door: nothing new, moved in, moved out, one thing changed, empty, a call. */
export function HouseSheet({ id }: { id: string }) {
  const { holdings } = usePhone()
  const say = useRegistryWords()
  useField()
  const house = holdings.table('house').get(id)
  const [adding, setAdding] = useState(false)
  const [told, setTold] = useState('')
  if (!house)
    return (
      <Frame title={say.household} back="grid">
        <p className="card soft">{holdings.isWhole ? say.notHere : say.fetching}</p>
      </Frame>
    )
  if (adding)
    return (
      <Newcomer
        house={house}
        close={(note = '') => {
          setAdding(false)
          if (note !== '') setTold(note)
        }}
      />
    )
  return <Household house={house} told={told} tell={setTold} add={() => setAdding(true)} />
}

interface Props {
  readonly house: Held['house']
  readonly told: string
  readonly tell: (told: string) => void
  readonly add: () => void
}
function Household({ house, told, tell, add }: Props) {
  const { holdings, outbox } = usePhone()
  const { w } = useWords()
  const say = useRegistryWords()
  const living = holdings.linksOf(house.id).map((l) => ({ link: l, person: holdings.table('person').get(l.personId) }))
  const pending = outbox.list().filter((k) => k.act.subject === house.id && k.state !== 'done')
  const ahead = pendingPeople(pending)
  return (
    <Frame title={holdings.addressOf(house)} back={house.buildingId ? `grid/b.${house.buildingId}` : 'grid'}>
      <HowFresh house={house} pending={pending} />
      {pending.map((k) => (
        <UndoLine key={k.act.requestId} kept={k} href={whereToMend(k)} />
      ))}
      <Tasks houseId={house.id} />
      <HouseUse house={house} use={ahead.use ?? house.use} living={living} />
      <h2>
        {say.living(living.length)}
        {ahead.coming.length > 0 && <span className="soft">{say.comingCount(ahead.coming.length)}</span>}
      </h2>
      {living.map(({ link, person }) =>
        person ? (
          <PersonCard key={link.id} house={house} link={link} person={person} pending={pending} />
        ) : (
          <p className="card soft" key={link.id}>
            {say.oneElsewhere}
          </p>
        ),
      )}
      {ahead.coming.map((p) => (
        <p className="card" key={p.id}>
          <strong>{p.name}</strong> <span className={`tag tag-${p.state}`}>{w(actStateWords, p.state)}</span>
        </p>
      ))}
      <JustLeft houseId={house.id} />
      <button className="button quiet" onClick={add}>
        <Icon of={UserPlus} />
        {say.movedIn}
      </button>
      <a className="link" href={`#more/service.${house.id}`}>
        {say.takeService}
      </a>
      {told !== '' && (
        <p className="ok" role="status">
          {told}
        </p>
      )}
      <Confirm house={house} living={living.flatMap((l) => l.person ?? [])} tell={tell} />
    </Frame>
  )
}

function HowFresh({ house, pending }: { readonly house: Held['house']; readonly pending: readonly KeptAct[] }) {
  const { now } = usePhone()
  const say = useRegistryWords()
  const day = dayNumberAt(now())
  const isAhead = pending.some((k) => k.act.name === 'confirmRecords' && k.state === 'waiting')
  const how = isAhead ? 'fresh' : freshnessOf(house, day)
  const isQuiet = house.askedDay !== null && day - house.askedDay < quietDays
  const words = { never: say.never, due: say.due, soon: say.fresh, fresh: isAhead ? say.freshWaits : say.fresh }
  return (
    <p className="fresh-line">
      <Fresh how={how}>{words[how]}</Fresh>
      {isQuiet && <span className="soft">{say.quiet}</span>}
    </p>
  )
}

/** What is to be done at this door anyway. */
function Tasks({ houseId }: { readonly houseId: string }) {
  const { holdings, now } = usePhone()
  const tasks = [...holdings.table('task').values()].filter(
    (x) => x.houseId === houseId && x.earliestOn <= dayOf(now()),
  )
  if (tasks.length === 0) return null
  return (
    <div className="card yours">
      {tasks.map((v) => (
        <ItemLine
          key={v.id}
          item={{
            id: v.id,
            kind: 'task',
            title: v.title,
            who: v.name ?? '',
            address: '',
            href: `#visit/${v.id}`,
            dueOn: 0,
            matter: '',
            cautions: v.cautions,
            note: v.note,
          }}
        />
      ))}
    </div>
  )
}

interface ConfirmProps {
  readonly house: Held['house']
  readonly living: readonly Held['person'][]
  readonly tell: (told: string) => void
}
/** Nothing new: the answer most doors give, at the thumb. */
function Confirm({ house, living, tell }: ConfirmProps) {
  const { holdings, now } = usePhone()
  const { doAct } = useActs()
  const source = useSource()
  const say = useRegistryWords()
  const doing = useDoing()
  const [reason, setReason] = useState<string | null>(null)
  const isQuiet = house.askedDay !== null && dayNumberAt(now()) - house.askedDay < quietDays
  const confirm = (isAsked: boolean, why: string) =>
    doing.run(async () => {
      const how = await doAct({
        name: 'confirmRecords',
        label: say.confirmLabel(holdings.addressOf(house)),
        subject: house.id,
        undoFor: undoTime,
        ask: {
          houseId: house.id,
          ids: [house.id, ...living.flatMap((p) => (p.gridId === house.gridId ? [p.id] : []))],
          isAsked,
          reason: why,
          source,
        },
      })
      setReason(null)
      tell(how.state === 'waiting' ? say.kept : say.confirmed)
    })
  return (
    <div className="foot">
      <ErrorNote error={doing.error} />
      {reason === null ? (
        <div className="foot-two">
          <button className="button" disabled={doing.isBusy} onClick={() => confirm(!isQuiet, '')}>
            {isQuiet ? say.stillTrue : say.nothingNew}
          </button>
          {isQuiet && (
            <button className="link" onClick={() => setReason('')}>
              {say.askAgain}
            </button>
          )}
        </div>
      ) : (
        <form
          onSubmit={(e) => {
            e.preventDefault()
            confirm(true, reason)
          }}
        >
          <p role="alert">{say.askedLately}</p>
          <label htmlFor="why">{say.whyAgain}</label>
          <input id="why" required value={reason} onChange={(e) => setReason(e.target.value)} />
          <div className="row">
            <button type="button" className="button quiet" onClick={() => setReason(null)}>
              {say.cancel}
            </button>
            <button className="button">{say.confirm}</button>
          </div>
        </form>
      )}
    </div>
  )
}
