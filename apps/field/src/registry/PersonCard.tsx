import { useState } from 'react'
import type { Held } from '@fengge/domain/sync/rows'
import type { KeptAct } from '@fengge/web/offline/outbox.ts'
import { useWords } from '@fengge/web/words/language.ts'
import { linkRoleWords } from '@fengge/web/words/registry.ts'
import { useDoing } from '../offline/useAsk.ts'
import { useActs, usePhone, useSource } from '../offline/usePhone.ts'
import { ErrorNote } from '../shell/Frame.tsx'
import { useRegistryWords } from '../words/registry.ts'
import { CallPerson } from './CallPerson.tsx'
import { ChangeOne } from './ChangeOne.tsx'
import { nameOfField, showChoice } from './known.ts'
import { Leaving, pendingPeople, useHows, type How } from './Leaving.tsx'
import { MakeHead } from './MakeHead.tsx'
import './house.css'

interface Props {
  readonly house: Held['house']
  readonly link: Held['link']
  readonly person: Held['person']
  /** Acts of this house that are not in the books yet. */
  readonly pending: readonly KeptAct[]
}

/** Somebody who lives here: what is known, what is missing, and what may have happened. */
export function PersonCard({ house, link, person, pending }: Props) {
  const { w } = useWords()
  const say = useRegistryWords()
  const ahead = pendingPeople(pending)
  const isGone = ahead.leaving.has(person.id) || ahead.ended.has(link.id)
  return (
    <div className={isGone ? 'card person is-gone' : 'card person'}>
      <div className="person-head">
        <span className="grow">
          <strong>{person.name}</strong> {w(linkRoleWords, link.role)}
        </span>
        <CallPerson person={person} />
      </div>
      <Known person={person} />
      {isGone ? (
        <span className="tag tag-waiting">{say.saidGone}</span>
      ) : (
        <>
          <Gaps person={person} houseId={house.id} />
          <WhatHappened {...{ house, link, person, pending }} />
        </>
      )}
    </div>
  )
}

function Known({ person }: { readonly person: Held['person'] }) {
  const { holdings } = usePhone()
  const { language } = useWords()
  const fields = (holdings.config?.fields ?? []).filter(
    (f) => f.kind === 'person' && person.values[f.code] !== undefined,
  )
  return (
    <div className="soft">
      {fields.map((f) => `${nameOfField(f, language)} ${showChoice(f, person.values[f.code]!, language)}`).join(' · ')}
    </div>
  )
}

/** He left, one thing of him changed, he heads the household now: a form opens in its place. */
function WhatHappened({ house, link, person, pending }: Props) {
  const say = useRegistryWords()
  const { hows, wordOf } = useHows()
  const [how, setHow] = useState<How | null>(null)
  const [isChanging, setChanging] = useState(false)
  const [isMore, setMore] = useState(false)
  const [moved, ...rest] = hows
  if (isChanging) return <ChangeOne person={person} houseId={house.id} close={() => setChanging(false)} />
  if (how !== null) return <Leaving person={person} linkId={link.id} houseId={house.id} how={how} set={setHow} />
  const isOurs = person.gridId === house.gridId
  if (!isOurs && link.role !== 'member') return null
  return (
    <div className="chips">
      {isOurs && (
        <button type="button" className="small" onClick={() => setChanging(true)}>
          {say.changeOne}
        </button>
      )}
      {isOurs && moved && (
        <button type="button" className="small" onClick={() => setHow(moved)}>
          {wordOf(moved)}
        </button>
      )}
      {!isMore && (
        <button type="button" className="small" aria-expanded={false} onClick={() => setMore(true)}>
          {say.others}
        </button>
      )}
      {isMore &&
        isOurs &&
        rest.map((h) => (
          <button key={h} type="button" className="small" onClick={() => setHow(h)}>
            {wordOf(h)}
          </button>
        ))}
      {isMore && <MakeHead name={person.name} link={link} pending={pending} />}
    </div>
  )
}

/** What is asked for and not known: only the gap is asked. */
function Gaps({ person, houseId }: { readonly person: Held['person']; readonly houseId: string }) {
  const { holdings } = usePhone()
  const { doAct } = useActs()
  const source = useSource()
  const { language } = useWords()
  const say = useRegistryWords()
  const [typed, setTyped] = useState<Record<string, string>>({})
  const doing = useDoing()
  const gaps = (holdings.config?.fields ?? []).filter((f) => f.kind === 'person' && person.gaps.includes(f.code))
  const given = Object.entries(typed).filter(([, v]) => v.trim() !== '')
  if (gaps.length === 0) return null
  const save = () =>
    doing.run(async () => {
      await doAct({
        name: 'saveRecord',
        label: say.completeLabel(person.name),
        subject: houseId,
        ask: { id: person.id, kind: 'person', version: person.version, values: Object.fromEntries(given), source },
      })
      setTyped({})
    })
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault()
        save()
      }}
    >
      <ErrorNote error={doing.error} />
      {gaps.map((f) => (
        <div key={f.code}>
          <label htmlFor={`${person.id}-${f.code}`}>{say.missing(nameOfField(f, language))}</label>
          <input
            id={`${person.id}-${f.code}`}
            value={typed[f.code] ?? ''}
            onChange={(e) => setTyped({ ...typed, [f.code]: e.target.value })}
            autoComplete="off"
            inputMode={f.type === 'phone' ? 'tel' : 'text'}
          />
        </div>
      ))}
      {given.length > 0 && (
        <button className="button plain" disabled={doing.isBusy}>
          {say.complete}
        </button>
      )}
    </form>
  )
}
