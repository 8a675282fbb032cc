/** What the books hold of a day's acts, ids left out, so that a day and its twin read the same. */
import type { ActName } from '@fengge/domain/sync/terms'
import { rowsOf, sql } from '../src/kernel/db/sql.ts'
import { county, type World } from './world.ts'
import type { Deed } from './faults-day.ts'

/** What the books hold of a day's acts, ids left out, so that a day and its twin read the same. */
/** Whose day: its deeds, its house and its tasks. */
interface Day {
  readonly deeds: readonly Deed[]
  readonly house: string
  readonly tasks: readonly string[]
}
export async function booksOf(world: World, day: Day): Promise<Record<string, string>> {
  const of = (name: ActName) => day.deeds.flatMap((d) => (d.name === name && 'id' in d.ask ? [d.ask.id] : []))
  const books = { ...workIn(day, of), ...peopleIn(day, of), journal: journalOf(day, of) }
  const texts = Object.entries(books).map(async ([name, statement]) => {
    const rows = await rowsOf<object>(world.engine.database.read, statement)
    const lines = rows.map((r) => JSON.stringify(r))
    return [name, lines.toSorted().join(' ')] as const
  })
  return Object.fromEntries(await Promise.all(texts))
}

type Of = (name: ActName) => string[]
const workIn = ({ tasks }: Day, of: Of) => ({
  events: sql<object>`
        select
          title, status, (select count(*) from events.flow f where f.event_id = e.id) as flow,
          (select count(*) from events.reporter r where r.event_id = e.id) as reporters
        from events.event e
        where county_code = ${county} and id = any(${of('reportEvent')}::uuid[])
      `,
  visits: sql<object>`
        select form_code, outcome
        from visits.visit
        where county_code = ${county} and id = any(${of('recordVisit')}::uuid[])
      `,
  tasks: sql<object>`select state, version from visits.task where county_code = ${county} and id = any(${tasks}::uuid[])`,
  services: sql<object>`
        select state, version, jsonb_array_length(steps) as steps
        from visits.service
        where county_code = ${county} and id = any(${of('takeService')}::uuid[])
      `,
})
const peopleIn = ({ house }: Day, of: Of) => ({
  persons: sql<object>`
        select name, version, state
        from registry.person
        where county_code = ${county} and id = any(${of('saveRecord')}::uuid[])
      `,
  links: sql<object>`select role from registry.link where county_code = ${county} and house_id = ${house}`,
  house: sql<object>`
        select
          version,
          (select count(*) from registry.change c where c.county_code = h.county_code and c.record_id = h.id) as changes
        from registry.house h
        where county_code = ${county} and id = ${house}
      `,
})
const journalOf = ({ house }: Day, of: Of) => sql<object>`
        select fact, count(*) as n
        from audit.journal
        where county_code = ${county}
          and subject = any(${[house, ...of('reportEvent'), ...of('saveRecord'), ...of('takeService')]}::text[])
          and kind = 'fact'
        group by fact
      `
