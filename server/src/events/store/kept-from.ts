/** Which events an account may not see: those told by whom it is kept from, and what was split off them. */
import { rowsOf, rowsWritten, run, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

/** Whose events: by the keyed digests of numbers, and by handles that are known. */
interface Theirs {
  readonly county: string
  readonly numbers: readonly string[]
  readonly ids?: readonly string[]
}

/** The ids of what was told from some numbers, before it was joined to others too, and of the parts of it and of some more. */
export const toldBy = ({ county, numbers, ids = [] }: Theirs): RawBuilder<{ id: string }> => sql<{ id: string }>`
  with recursive told as (
    select t.id
    from events.reporter r
      cross join lateral (values (r.event_id), (r.origin_event_id)) t (id)
    where r.county_code = ${county} and r.phone_index = any(${numbers}::text[]) and t.id is not null
    union
    select x.id from unnest(${ids}::uuid[]) x (id)
    union
    select c.id
    from told t
      join events.event c on c.county_code = ${county} and c.parent_id = t.id
  )
  select told.id from told
`

/** Events that were told from some numbers or are known by their handles, with all that was split off them. */
export async function eventsToldBy(reading: Reading, theirs: Theirs): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(reading, toldBy(theirs))
  return rows.map((r) => r.id)
}

export interface Pair {
  readonly county: string
  readonly eventId: string
  readonly accountId: string
}

/** From now on it is these pairs and no other; of what changed phones are told. @returns how many changed */
export async function keepPairs(tx: Tx, pairs: readonly Pair[]): Promise<number> {
  const given = sql`
    unnest(
      ${pairs.map((p) => p.county)}::text[], ${pairs.map((p) => p.eventId)}::uuid[], ${pairs.map((p) => p.accountId)}::uuid[]
    ) p (county_code, event_id, account_id)
  `
  const gone = await rowsWritten<Pick<Row<'events.kept_from'>, 'event_id'>>(
    tx,
    sql`
      delete from events.kept_from k
      where not exists (select 1 from ${given} where p.event_id = k.event_id and p.account_id = k.account_id)
      returning k.event_id
    `,
  )
  const come = await rowsWritten<Pick<Row<'events.kept_from'>, 'event_id'>>(
    tx,
    sql`
      insert into events.kept_from (county_code, event_id, account_id)
      select p.county_code, p.event_id, p.account_id from ${given}
      on conflict do nothing
      returning event_id
    `,
  )
  const ids = [...gone, ...come].map((r) => r.event_id)
  if (ids.length > 0)
    await run(
      tx,
      sql`update events.event set wrote_in = pg_current_xact_id() where id = any(${ids}::uuid[]) and is_open`,
    )
  return ids.length
}

/** Open events that wait for a desk of which everybody who sends on is kept from them on a day. */
export const listDesksKept = (
  reading: Reading,
  today: string,
): Promise<{ readonly county: string; readonly id: string }[]> => {
  const atDesk = (who: RawBuilder<unknown>) => sql`
    exists (
      select 1
      from identity.public_duty h
      where h.duty = 'event.dispatch'
        and h.place_id = e.desk_place_id
        and h.from_on <= ${today}::date
        and (h.to_on is null or h.to_on >= ${today}::date)
        and ${who}
    )
  `
  const isKept = sql`
    exists (select 1 from events.kept_from k where k.event_id = e.id and k.account_id = h.account_id)
  `
  return rowsOf<{ county: string; id: string }>(
    reading,
    sql`
      select e.county_code as county, e.id
      from events.event e
      where e.id in (select x.event_id from events.kept_from x)
        and e.is_open
        and e.level < 3
        and e.status in ('reported', 'verifying', 'registered', 'reopened')
        and ${atDesk(isKept)}
        and not ${atDesk(sql`not ${isKept}`)}
      limit 500
    `,
  )
}
