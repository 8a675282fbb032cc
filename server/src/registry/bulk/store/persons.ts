/** Who may be meant by the rows of a page, found by each of the facts that rows are joined by; and the links of homes. */
import type { LinkRole } from '@fengge/domain/registry/terms'
import type { Asker } from '../../../kernel/context.ts'
import { insertInto } from '../../../kernel/db/sink.ts'
import { rowsOf, run, sql, type RawBuilder } from '../../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../../kernel/db/tx.ts'
import { selectPersons, type PersonRow } from '../../store/records.ts'
import { within } from '../../store/within.ts'

/** What the rows of a page name people by. Numbers and phones are digests; a birth day or a room goes with a name. */
export interface Wanted {
  readonly numbers: readonly string[]
  readonly phones: readonly string[]
  /** Whoever is asked for by a phone is called so. */
  readonly names?: readonly string[]
  readonly born: readonly { readonly day: string; readonly name: string }[]
  readonly homes: readonly { readonly houseId: string; readonly name: string }[]
  /** Names of rows that say nothing else. */
  readonly bare: readonly string[]
}

/**
 * So many people of one name and one more thing in common are looked at, of however many there are: among more nobody can
 * tell, and a file of namesakes would take the square of its rows.
 */
export const mostAlike = 50
/** Of whom nothing but the name is known each row of a file means another: as many as a page has rows. */
export const mostNameless = 1000

/** Everybody who may be one of the wanted, once each, in a fixed order. */
export async function listCandidates(reading: Reading, asker: Asker, wanted: Wanted): Promise<PersonRow[]> {
  const { countyCode } = asker.caller
  const facts = [
    wanted.numbers.length > 0 && sql`r.id_index = any(${wanted.numbers}::text[])`,
    wanted.phones.length > 0 && phonedBy(countyCode, wanted),
    wanted.born.length > 0 && bornOn(countyCode, wanted.born),
    wanted.homes.length > 0 && livesIn(countyCode, wanted.homes),
    wanted.bare.length > 0 && knownByNameAlone(asker, wanted.bare),
  ].filter((fact) => fact !== false)
  const found = new Map<string, PersonRow>()
  for (const fact of facts) {
    const rows = await rowsOf(
      reading,
      selectPersons(sql`where r.county_code = ${countyCode} and r.state = 'live' and ${fact}`),
    )
    for (const row of rows) found.set(row.id, row)
  }
  return [...found.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** Persons `r` of whom each of what is asked for finds so many, and no more, by itself. */
const amongFirst = (
  asked: RawBuilder<unknown>,
  found: RawBuilder<unknown>,
  most = mostAlike,
): RawBuilder<unknown> => sql`
  r.id = any (array(
    select n.id
    from (${asked}) w
      cross join lateral (${found} limit ${most}) n
  ))
`

function phonedBy(county: string, { phones, names }: Wanted): RawBuilder<unknown> {
  const called = names === undefined ? sql`true` : sql`p.name = any(${names}::text[])`
  return amongFirst(
    sql`select distinct phone from unnest(${phones}::text[]) x (phone)`,
    sql`
      select p.id
      from registry.person p
      where p.county_code = ${county} and p.phone_index = w.phone and p.state = 'live' and ${called}
    `,
  )
}

/** Whom a birth day finds: nobody with a number, of whom many share one. */
function bornOn(county: string, born: Wanted['born']): RawBuilder<unknown> {
  return amongFirst(
    sql`
      select distinct day, name
      from unnest(${born.map((b) => b.day)}::date[], ${born.map((b) => b.name)}::text[]) x (day, name)
    `,
    sql`
      select p.id
      from registry.person p
      where p.county_code = ${county}
        and p.born = w.day
        and p.name = w.name
        and p.id_index is null
        and p.state = 'live'
    `,
  )
}

function livesIn(county: string, homes: Wanted['homes']): RawBuilder<unknown> {
  return amongFirst(
    sql`
      select distinct house_id, name
      from unnest(${homes.map((h) => h.houseId)}::uuid[], ${homes.map((h) => h.name)}::text[]) x (house_id, name)
    `,
    sql`
      select p.id
      from registry.link l
        join registry.person p on p.county_code = l.county_code and p.id = l.person_id
      where l.county_code = ${county}
        and l.house_id = w.house_id
        and l.to_on is null
        and p.name = w.name
        and p.state = 'live'
    `,
  )
}

/**
 * Who of some names lives in which of some houses, and is registered beyond the reach of whoever imports: of whom he may
 * not see a file tells no more than of nobody.
 */
export async function listGuests(
  reading: Reading,
  asker: Asker,
  homes: Wanted['homes'],
): Promise<{ readonly houseId: string; readonly name: string }[]> {
  if (homes.length === 0) return []
  return rowsOf(
    reading,
    sql`
      select l.house_id as "houseId", r.name
      from registry.link l
        join registry.person r on r.county_code = l.county_code
        and r.id = l.person_id
      where l.county_code = ${asker.caller.countyCode}
        and l.house_id = any(${homes.map((h) => h.houseId)}::uuid[])
        and l.to_on is null
        and r.state = 'live'
        and r.name = any(${homes.map((h) => h.name)}::text[])
        and (${within(asker, 'registry.import')}) is not true
        and r.id <> all(${[...(asker.caller.unseen ?? [])]}::uuid[])
    `,
  )
}

function knownByNameAlone(asker: Asker, names: readonly string[]): RawBuilder<unknown> {
  return amongFirst(
    sql`select distinct name from unnest(${names}::text[]) x (name)`,
    sql`
      select r.id
      from registry.person r
      where r.county_code = ${asker.caller.countyCode}
        and r.name = w.name
        and r.id_index is null
        and r.phone_index is null
        and r.born is null
        and r.state = 'live'
        and ${within(asker, 'registry.import')}
    `,
    mostNameless,
  )
}

export type LinkRow = Pick<Row<'registry.link'>, 'person_id' | 'house_id' | 'is_lead'> & { readonly role: LinkRole }

/** Homes in force of some people. */
export async function listHomes(reading: Reading, county: string, personIds: readonly string[]): Promise<LinkRow[]> {
  if (personIds.length === 0) return []
  return rowsOf<LinkRow>(
    reading,
    sql`
      select person_id, house_id, role, is_lead
      from registry.link
      where county_code = ${county} and person_id = any(${personIds}::uuid[]) and to_on is null
    `,
  )
}

export type FreshLink = LinkRow &
  Pick<Row<'registry.link'>, 'county_code' | 'id' | 'from_on' | 'basis'> & { readonly batch_id: string }
const linkSink = insertInto(
  'registry.link',
  {
    county_code: 'text',
    id: 'uuid',
    person_id: 'uuid',
    house_id: 'uuid',
    role: 'text',
    from_on: 'date',
    basis: 'text',
    is_lead: 'boolean',
    batch_id: 'uuid',
  },
  {},
  'on conflict (county_code, id) do nothing',
)

export async function addLinks(tx: Tx, links: readonly FreshLink[]): Promise<void> {
  if (links.length > 0) await run(tx, linkSink.into(links))
}
