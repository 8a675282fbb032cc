import { useQuery } from '@tanstack/react-query'
import { addDays, dayOf, showInstant } from '@fengge/domain/kernel/time'
import { listCampaigns } from '@fengge/domain/visits/contract/desk'
import { listMeetings } from '@fengge/domain/worklog/contract'
import { call } from '@fengge/web/api/call.ts'
import { Anchor } from '@fengge/web/ui/Anchor.tsx'
import { Empty } from '@fengge/web/ui/Empty/Empty.tsx'
import { Panel } from '@fengge/web/ui/Panel/Panel.tsx'
import { useSayings, type Like } from '@fengge/web/words/sayings.ts'
import { useNow } from '../shell/useNow.ts'
import { homeSayings } from '../words/home.ts'
import type { homeZh } from '../words/home.zh.ts'

interface Item {
  readonly key: string
  readonly on: string
  /** Hours and minutes; whole days have none. */
  readonly clock: string
  readonly title: string
  readonly note: string
  readonly href: string
}

/** As many days ahead as it looks. */
const ahead = 7
const most = 6

/** Meetings that are called and campaigns that end, today and in the week to come. */
export function Agenda() {
  const words = useSayings(homeSayings)
  const today = dayOf(useNow())
  const meetings = useQuery({ queryKey: ['meetings'], queryFn: () => call(listMeetings, {}) })
  const campaigns = useQuery({ queryKey: ['campaigns'], queryFn: () => call(listCampaigns, {}) })
  const items = [
    ...(meetings.data?.meetings ?? [])
      .filter(({ state }) => state === 'called')
      .map((m): Item => {
        const [on, clock] = showInstant(Date.parse(m.at)).split(' ') as [string, string]
        return { key: m.id, on, clock, title: m.title, note: m.where, href: '/work?tab=meetings' }
      }),
    ...(campaigns.data?.campaigns ?? [])
      .filter(({ isOpen }) => isOpen)
      .map((c): Item => {
        const note = words.doneOf(c.done, c.total)
        return {
          key: c.id,
          on: c.toOn,
          clock: '',
          title: words.campaignEnds(c.name),
          note,
          href: '/work?tab=campaigns',
        }
      }),
  ]
    .filter(({ on }) => on >= today && on <= addDays(today, ahead))
    .toSorted((a, b) => `${a.on}${a.clock}`.localeCompare(`${b.on}${b.clock}`))
    .slice(0, most)
  return (
    <Panel title={words.agenda} note={words.agendaWhy} action={<Anchor href="/work">{words.allWork}</Anchor>} isFlush>
      {items.length === 0 ? (
        <Empty drawing="done" title={words.nothingOn}>
          {words.nothingOnWhy}
        </Empty>
      ) : (
        <ul className="agenda">
          {items.map((item) => (
            <li key={item.key}>
              <time dateTime={item.on}>{whenOf(item, today, words)}</time>
              <span>
                <Anchor href={item.href}>{item.title}</Anchor>
                <small>{item.note}</small>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

function whenOf({ on, clock }: Item, today: string, words: Like<typeof homeZh>): string {
  if (on === today) return clock === '' ? words.today : clock
  return on === addDays(today, 1) ? words.tomorrow(clock) : `${on.slice(5)} ${clock}`.trim()
}
