/** What two records of one person hold, moved from one to the other and back. */
import type { Held, HeldLink } from '@fengge/domain/registry/merging'
import { rowOf, rowsOf, rowsWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

/** What the dropped record holds, and what of the kept one it may meet; locked in the order of ids. */
export async function lockHeld(tx: Tx, county: string, keepId: string, dropId: string): Promise<Held> {
  const links = await rowsWritten<Pick<Row<'registry.link'>, 'id' | 'person_id' | 'is_lead'>>(
    tx,
    sql`
      select id, person_id, is_lead
      from registry.link
      where county_code = ${county} and person_id in (${keepId}, ${dropId})
      order by id
      for update
    `,
  )
  const overlays = await rowsWritten<Pick<Row<'registry.overlay'>, 'id'>>(
    tx,
    sql`
      select id
      from registry.overlay
      where county_code = ${county} and person_id = ${dropId}
      order by id
      for update
    `,
  )
  return {
    links: links.filter((l) => l.person_id === dropId).map((l) => ({ id: l.id, isLead: l.is_lead })),
    keepHasLead: links.some((l) => l.person_id === keepId && l.is_lead),
    overlays: overlays.map((o) => o.id),
    others: await listOthers(tx, county, dropId),
    keptOthers: await listOthers(tx, county, keepId),
  }
}

/** Persons whom somebody found to be others than this one. */
async function listOthers(tx: Reading, county: string, personId: string): Promise<string[]> {
  const rows = await rowsOf<{ other: string }>(
    tx,
    sql`
      select case when a_id = ${personId} then b_id else a_id end as other
      from registry.apart
      where county_code = ${county} and (a_id = ${personId} or b_id = ${personId})
      order by 1
    `,
  )
  return rows.map((r) => r.other)
}

export async function moveLinks(tx: Tx, county: string, personId: string, links: readonly HeldLink[]): Promise<void> {
  await run(
    tx,
    sql`
      update registry.link l
      set person_id = ${personId}, is_lead = m.is_lead
      from unnest(${links.map((l) => l.id)}::uuid[], ${links.map((l) => l.isLead)}::boolean[]) m (id, is_lead)
      where l.county_code = ${county} and l.id = m.id
    `,
  )
}

export async function moveOverlays(tx: Tx, county: string, personId: string, ids: readonly string[]): Promise<void> {
  await run(
    tx,
    sql`
      update registry.overlay
      set person_id = ${personId}
      where county_code = ${county} and id = any(${ids}::uuid[])
    `,
  )
}

/** What was found of the one, that others are not he, is said of the other too. */
export async function copyApart(tx: Tx, county: string, pair: Pair, others: readonly string[]): Promise<void> {
  await run(
    tx,
    sql`
      insert into registry.apart (county_code, a_id, b_id, reason, account_id, at)
      select
        a.county_code, least(${pair.toId}::uuid, o.id), greatest(${pair.toId}::uuid, o.id), a.reason, a.account_id, a.at
      from unnest(${others}::uuid[]) o (id)
        join registry.apart a on a.county_code = ${county}
        and a.a_id = least(${pair.fromId}::uuid, o.id)
        and a.b_id = greatest(${pair.fromId}::uuid, o.id)
      on conflict do nothing
    `,
  )
}
interface Pair {
  readonly fromId: string
  readonly toId: string
}

export async function dropApart(tx: Tx, county: string, personId: string, others: readonly string[]): Promise<void> {
  await run(
    tx,
    sql`
      delete from registry.apart
      using unnest(${others}::uuid[]) o (id)
      where county_code = ${county}
        and a_id = least(${personId}::uuid, o.id)
        and b_id = greatest(${personId}::uuid, o.id)
    `,
  )
}

export async function saveApart(
  tx: Tx,
  apart: Pick<Row<'registry.apart'>, 'county_code' | 'a_id' | 'b_id' | 'reason' | 'account_id' | 'at'>,
): Promise<void> {
  await run(
    tx,
    sql`
      insert into registry.apart (county_code, a_id, b_id, reason, account_id, at)
      values (${apart.county_code}, ${apart.a_id}, ${apart.b_id}, ${apart.reason}, ${apart.account_id}, ${apart.at})
      on conflict do nothing
    `,
  )
}

/** A person's record became another's, or is its own again. */
export async function saveMergedInto(
  tx: Tx,
  person: { county: string; id: string; into: string | null; now: number },
): Promise<void> {
  await run(
    tx,
    sql`
      update registry.person
      set
        state = ${person.into === null ? 'live' : 'merged'}, merged_into = ${person.into}, version = version + 1,
        changed_at = ${new Date(person.now)}
      where county_code = ${person.county} and id = ${person.id}
    `,
  )
}

/** Whether two records have had a number each, and one of them was changed or cleared since. */
export async function hadTwoNumbers(tx: Tx, county: string, ids: readonly [string, string]): Promise<boolean> {
  const row = await rowOf<{ had: number; changed: number }>(
    tx,
    sql`
      select
        (count(*) filter (where p.id_index is not null or x.is_changed))::int as had,
        (count(*) filter (where x.is_changed))::int as changed
      from registry.person p
        cross join lateral (
          select exists (
            select 1
            from registry.change c
            where c.county_code = p.county_code
              and c.record_id = p.id
              and c.fields -> 'idNo' ->> 'from' is not null
          ) as is_changed
        ) x
      where p.county_code = ${county} and p.id = any(${[...ids]}::uuid[])
    `,
  )
  return row?.had === 2 && row.changed > 0
}
