/** The elder version: six pictures, one question a page, read aloud on demand, hold to talk. domain.md A13, requirement U1. */
import { State } from '@fengge/web/ui/State/State.tsx'
import { useField, usePhone } from '../offline/usePhone.ts'
import { Sizes } from '../more/Settings.tsx'
import { HouseSheet } from '../registry/HouseSheet.tsx'
import { useElderWords } from '../words/elder.ts'
import { ElderHome } from './ElderHome.tsx'
import { HomesList } from './HomesList.tsx'
import { Moving } from './Moving.tsx'
import { OneVisit } from './OneVisit.tsx'
import { Say } from './Say.tsx'
import { Step } from './Step.tsx'
import { Urgent } from './Urgent.tsx'
import { useVisits } from './use-visits.ts'
import './elder.css'

export function ElderPages({ at, id }: { at: string; id: string | undefined }) {
  useField()
  switch (at) {
    case 'say':
      return <Say key={id} kind={id ?? 'other'} />
    case 'report':
      return <Say kind="other" />
    case 'urgent':
      return <Urgent />
    case 'moving':
      return <Moving />
    case 'letters':
      return <Letters />
    case 'visits':
      return <Visits />
    case 'visit':
      return <OneVisit id={id ?? ''} />
    case 'homes':
      return <Homes />
    case 'grid':
      return id?.startsWith('h.') ? <HouseSheet id={id.slice(2)} /> : <Homes />
    case 'mine':
      return <Mine />
    default:
      return <ElderHome />
  }
}

function Visits() {
  const say = useElderWords()
  const items = useVisits()
  return (
    <Step title={say.visitsTitle}>
      {items.length === 0 && (
        <p className="card">
          {say.nobody}
          <br />
          <span className="soft">{say.nobodyHint}</span>
        </p>
      )}
      {items.map((i) => (
        <a className="answer" key={i.id} href={i.href}>
          <span>
            <strong>{i.who === '' ? i.title : i.who}</strong>
            <br />
            <span className="soft">{i.address}</span>
          </span>
        </a>
      ))}
    </Step>
  )
}

function Homes() {
  const { holdings } = usePhone()
  const say = useElderWords()
  return (
    <Step title={say.homesTitle(holdings.table('house').size)}>
      <HomesList hrefOf={(id) => `#grid/h.${id}`} />
    </Step>
  )
}

function Letters() {
  const say = useElderWords()
  return (
    <Step
      title={say.lettersTitle}
      foot={
        <a className="button" href="#">
          {say.ok}
        </a>
      }
    >
      <Sizes />
      <p className="card">{say.lettersTry}</p>
    </Step>
  )
}

function Mine() {
  const { holdings, outbox } = usePhone()
  const say = useElderWords()
  const events = [...holdings.table('event').values()]
    .filter((e) => e.isMine)
    .toSorted((a, b) => (a.reportedAt < b.reportedAt ? 1 : -1))
  const unsent = outbox.list().filter((k) => k.act.name === 'reportEvent' && k.state !== 'done')
  return (
    <Step title={say.mineTitle}>
      {unsent.map((k) => (
        <p className="card" key={k.act.requestId}>
          <strong>{k.label}</strong>
          <br />
          {say.waits}
        </p>
      ))}
      {events.length + unsent.length === 0 && <p className="card">{say.nothingYet}</p>}
      {events.map((e) => (
        <p className="card" key={e.id}>
          <strong>{e.title}</strong>
          <br />
          <State status={e.status} />
          {e.answer && (
            <>
              <br />
              {e.answer}
            </>
          )}
        </p>
      ))}
    </Step>
  )
}
