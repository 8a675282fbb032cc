import {
  ALargeSmall,
  HeartPlus,
  House,
  LightbulbOff,
  MessagesSquare,
  Mic,
  Phone,
  Siren,
  TriangleAlert,
  Truck,
  type LucideIcon,
} from 'lucide-react'
import { minuteOfDay } from '@fengge/domain/kernel/time'
import { canHear, SpeakInto } from '../day/SpeakInto.tsx'
import { usePhone } from '../offline/usePhone.ts'
import { Icon } from '../shell/Icon.tsx'
import { Strips } from '../shell/SyncMark.tsx'
import { useElderWords } from '../words/elder.ts'
import { useVisits } from './use-visits.ts'

type Door = readonly [at: string, drawing: LucideIcon, look: string, name: string, more: string]

/** Six pictures, and above them the one for what cannot wait; then talk, the worker, the letters. */
export function ElderHome() {
  const { holdings, now, outbox } = usePhone()
  const say = useElderWords()
  const due = useVisits().length
  const unsent = outbox.waiting().length
  const homes = holdings.table('house').size
  const doors: readonly Door[] = [
    ['visits', House, '', say.safe, due > 0 ? say.toSee(due) : ''],
    ['say/danger', TriangleAlert, 'tight', say.danger, ''],
    ['say/quarrel', MessagesSquare, '', say.quarrel, ''],
    ['say/broken', LightbulbOff, 'half', say.broken, ''],
    ['say/help', HeartPlus, 'over', say.help, ''],
    ['moving', Truck, '', say.moving, ''],
  ]
  return (
    <>
      <Strips />
      <main className="elder-page elder-home">
        <h1>{say.hello(holdings.me?.name ?? '', Math.floor(minuteOfDay(now()) / 60))}</h1>
        <p className="soft" role="status">
          {[homes > 0 ? say.homesCount(homes) : '', unsent > 0 ? say.someUnsent(unsent) : say.allSent]
            .filter((part) => part !== '')
            .join(' · ')}
        </p>
        <a className="urgent" href="#urgent">
          <Icon of={Siren} size="1.5em" />
          {say.urgent}
        </a>
        <nav className="six" aria-label={say.menu}>
          {doors.map(([to, drawing, look, name, more]) => (
            <a key={to} href={`#${to}`} className={look}>
              <Icon of={drawing} size="44px" />
              <span>{name}</span>
              {more !== '' && <span className="soft">{more}</span>}
            </a>
          ))}
        </nav>
        <Talk />
        <div className="elder-two">
          <Ring />
          <a className="button quiet" href="#letters">
            <Icon of={ALargeSmall} />
            {say.letters}
          </a>
        </div>
        <Others />
      </main>
    </>
  )
}

function Others() {
  const { vault } = usePhone()
  const say = useElderWords()
  const others: readonly (readonly [at: string, name: string])[] = [
    ['homes', say.homes],
    ['mine', say.mine],
    ['more/badge', say.badge],
    ...(vault.state === 'none' ? [['more/pin', say.pin] as const] : []),
    ['more/settings', say.settings],
  ]
  return (
    <nav className="list" aria-label={say.more}>
      {others.map(([at, name]) => (
        <a key={at} href={`#${at}`}>
          {name}
        </a>
      ))}
    </nav>
  )
}

/** What is said while it is held stands written on the page that follows. */
function Talk() {
  const { drafts } = usePhone()
  const say = useElderWords()
  if (!canHear())
    return (
      <a className="button" href="#say/other">
        <Icon of={Mic} />
        {say.write}
      </a>
    )
  return (
    <SpeakInto
      className="button"
      onText={(text) => {
        const before = drafts.get('say/other')
        drafts.keep('say/other', `${typeof before === 'string' ? before : ''}${text}`)
      }}
      onEnd={() => {
        location.hash = 'say/other'
      }}
    />
  )
}

/** The office of her grid, by the name of its worker. */
export function Ring({ isSolid = false }: { readonly isSolid?: boolean }) {
  const { holdings } = usePhone()
  const say = useElderWords()
  const office = holdings.config?.offices?.find((o) => o.phone !== '')
  if (!office) return null
  return (
    <a className={isSolid ? 'button' : 'button plain'} href={`tel:${office.phone}`}>
      <Icon of={Phone} />
      {office.people[0] ? say.ringTo(office.people[0]) : say.ringOffice}
    </a>
  )
}
