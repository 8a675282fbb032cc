/** Tasks, hazards and services that follow what they are about, in whole sets. */
import { rowsOf, run, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'
import { inCare } from './subjects.ts'

const aboutSubjects = ['task', 'hazard'] as const
const subjectKinds = ['person', 'house', 'unit', 'facility'] as const

/** Phones are told of a task or service by its version and by the transaction that wrote it. */
const freshly = sql`version = t.version + 1, wrote_in = pg_current_xact_id()`
const stampOf = (table: (typeof aboutSubjects)[number]): RawBuilder<unknown> =>
  table === 'task' ? sql`, ${freshly}` : sql``

/** Open tasks of a county whose person, house, firm or facility is there no more. */
export async function dropTasksOfGone(tx: Tx, county: string): Promise<void> {
  for (const kind of subjectKinds)
    await run(
      tx,
      sql`
        update visits.task t
        set state = 'dropped', drop_reason = 'subject-gone', ${freshly}
        from ${sql.table(`registry.public_${kind}`)} r
        where t.county_code = ${county}
          and t.state = 'open'
          and t.subject_kind = ${kind}
          and r.county_code = t.county_code
          and r.id = t.subject_id
          and r.state <> 'live'
      `,
    )
}

/** Open tasks and hazards go where what they are about stands. @param which of them, by `t` and by its record `r` */
async function follow(
  tx: Tx,
  county: string,
  kind: (typeof subjectKinds)[number],
  which: RawBuilder<unknown>,
): Promise<void> {
  for (const table of aboutSubjects)
    await run(
      tx,
      sql`
        update ${sql.table(`visits.${table}`)} t
        set grid_id = r.grid_id, village_id = r.village_id, town_id = r.town_id ${stampOf(table)}
        from ${sql.table(`registry.public_${kind}`)} r
        where t.county_code = ${county}
          and t.state = 'open'
          and t.subject_kind = ${kind}
          and r.county_code = t.county_code
          and r.id = t.subject_id
          and r.grid_id is distinct from t.grid_id
          and ${which}
      `,
    )
}

/** Open tasks and hazards of some grids go where their person, house, firm or facility went. */
export async function followRecords(
  tx: Tx,
  county: string,
  { grids, villages }: { readonly grids: readonly string[]; readonly villages: readonly string[] },
): Promise<void> {
  for (const kind of subjectKinds) {
    if (grids.length > 0) await follow(tx, county, kind, sql`t.grid_id = any(${grids}::uuid[])`)
    // What lay in no grid came into one with its house.
    await follow(tx, county, kind, sql`t.grid_id is null and t.village_id = any(${villages}::uuid[])`)
  }
}

/** Open tasks and hazards of some records go where those lie. */
export async function followRecordsOf(tx: Tx, county: string, ids: readonly string[]): Promise<void> {
  for (const kind of subjectKinds) await follow(tx, county, kind, sql`t.subject_id = any(${ids}::uuid[])`)
}

/** What was left behind by who moved before his tasks followed him. */
export const followMoved = (tx: Tx, county: string): Promise<void> =>
  follow(tx, county, 'person', sql`r.state = 'live'`)

/** Open tasks, hazards and services of a person go where he went. */
export async function followPerson(tx: Tx, county: string, personId: string): Promise<void> {
  await follow(tx, county, 'person', sql`t.subject_id = ${personId}`)
  await run(
    tx,
    sql`
      update visits.service t
      set grid_id = r.grid_id, village_id = r.village_id, town_id = r.town_id, ${freshly}
      from registry.public_person r
      where t.county_code = ${county}
        and t.person_id = ${personId}
        and t.state not in ('told', 'withdrawn')
        and r.county_code = t.county_code
        and r.id = t.person_id
        -- A house in no grid has nobody who could go on with it: whoever took it does.
        and r.grid_id <> t.grid_id
    `,
  )
}

/** Open visits to a person tell what to mind as it is now. @param personId null for everybody in care or with something to mind */
export async function followCautions(
  tx: Tx,
  county: string,
  { personId, today }: { readonly personId: string | null; readonly today: string },
): Promise<void> {
  await run(
    tx,
    sql`
      update visits.task t
      set cautions = n.cautions, ${freshly}
      from (
        select
          p.id,
          array(
            select distinct c
            from registry.public_care o
              cross join unnest(o.cautions) c
            where o.county_code = ${county} and o.person_id = p.id and ${inCare(today)}
            order by c
          ) as cautions
        from (${peopleToMind(county, personId)}) p
      ) n
      where t.county_code = ${county}
        and t.subject_id = n.id
        and t.subject_kind = 'person'
        and t.state = 'open'
        and not (t.cautions @> n.cautions and n.cautions @> t.cautions)
    `,
  )
}

const peopleToMind = (county: string, personId: string | null): RawBuilder<unknown> =>
  personId !== null
    ? sql`select ${personId}::uuid as id`
    : sql`
        select distinct t.subject_id as id
        from visits.task t
        where t.county_code = ${county}
          and t.state = 'open'
          and t.subject_kind = 'person'
          and t.cautions <> '{}'
      `

/** Visits that were made because somebody is in care, once he is no more. */
export async function dropTasksOfEndedCare(tx: Tx, county: string, today: string): Promise<void> {
  await run(
    tx,
    sql`
      update visits.task t
      set state = 'dropped', drop_reason = 'care-over', ${freshly}
      from visits.rule r
      where t.county_code = ${county}
        and t.state = 'open'
        and t.origin = 'rule'
        and t.subject_kind = 'person'
        and r.county_code = t.county_code
        and r.id = t.origin_id
        and r.selector = 'care'
        and not exists (
          select 1
          from registry.public_care o
          where o.county_code = t.county_code and o.person_id = t.subject_id and ${inCare(today)}
        )
    `,
  )
}

/** What was asked for somebody goes with him. */
export async function followPeople(tx: Tx, county: string, grids: readonly string[]): Promise<void> {
  await run(
    tx,
    sql`
      update visits.service t
      set grid_id = r.grid_id, village_id = r.village_id, town_id = r.town_id, ${freshly}
      from registry.public_person r
      where t.county_code = ${county}
        and t.grid_id = any(${grids}::uuid[])
        and t.state not in ('told', 'withdrawn')
        and r.county_code = t.county_code
        and r.id = t.person_id
        and r.grid_id <> t.grid_id
    `,
  )
}

/** What is open of an ended grid, and follows no record: about the grid itself, or about nobody whose home is known. */
const followsNothing: RawBuilder<unknown> = sql`
  t.state = 'open'
  and not exists (
    select 1
    from (
      ${sql.join(
        subjectKinds.map(
          (kind) => sql`
            select ${kind}::text as kind, r.county_code, r.id from ${sql.table(`registry.public_${kind}`)} r
          `,
        ),
        sql` union all `,
      )}
    ) r
    where r.county_code = t.county_code and r.kind = t.subject_kind and r.id = t.subject_id
  )
`

/** How many tasks and hazards of some grids follow nothing. */
export async function countLeft(
  tx: Reading,
  county: string,
  grids: readonly string[],
): Promise<{ thing: 'task' | 'hazard'; grid_id: string; n: number }[]> {
  return rowsOf<{ thing: 'task' | 'hazard'; grid_id: string; n: number }>(
    tx,
    sql`
      ${sql.join(
        aboutSubjects.map(
          (table) => sql`
            select ${table}::text as thing, t.grid_id, count(*)::int as n
            from ${sql.table(`visits.${table}`)} t
            where t.county_code = ${county} and t.grid_id = any(${grids}::uuid[]) and ${followsNothing}
            group by 2
          `,
        ),
        sql` union all `,
      )}
    `,
  )
}

/** Services under way of some grids, with the grid of whom they are for. */
export function listServicesIn(
  tx: Reading,
  county: string,
  grids: readonly string[],
): Promise<{ id: string; no: string; grid_id: string; person_id: string | null }[]> {
  return rowsOf<Pick<Row<'visits.service'>, 'id' | 'no' | 'grid_id' | 'person_id'>>(
    tx,
    sql`
      select id, no, grid_id, person_id
      from visits.service
      where county_code = ${county}
        and grid_id = any(${grids}::uuid[])
        and state not in ('told', 'withdrawn')
      order by no
    `,
  )
}

/** Where something goes: a grid, or the village of one that ended. */
export interface Home {
  readonly gridId: string | null
  readonly villageId: string | null
  readonly townId: string | null
}

/** What follows nothing goes where the grid's rest goes; a task about a grid that is closed is dropped. */
export async function followGrid(tx: Tx, county: string, gridId: string, home: Home): Promise<void> {
  for (const table of aboutSubjects)
    await run(
      tx,
      sql`
        update ${sql.table(`visits.${table}`)} t
        set grid_id = ${home.gridId}, village_id = ${home.villageId}, town_id = ${home.townId} ${stampOf(table)}
        where t.county_code = ${county} and t.grid_id = ${gridId} and t.state = 'open'
      `,
    )
  if (home.gridId === null)
    await run(
      tx,
      sql`
        update visits.task t
        set state = 'dropped', drop_reason = 'subject-gone', ${freshly}
        where t.county_code = ${county}
          and t.state = 'open'
          and t.subject_kind = 'grid'
          and t.subject_id = ${gridId}
      `,
    )
}

/** Whoever is registered nowhere keeps his service in a grid. */
export async function moveService(
  tx: Tx,
  county: string,
  id: string,
  home: Home & { readonly gridId: string },
): Promise<void> {
  await run(
    tx,
    sql`
      update visits.service t
      set grid_id = ${home.gridId}, village_id = ${home.villageId}, town_id = ${home.townId}, ${freshly}
      where t.county_code = ${county} and t.id = ${id}
    `,
  )
}

/** Rules of a grid that ended are of all that follow it, or of its village. */
export async function followPlaces(
  tx: Tx,
  county: string,
  endedId: string,
  placeIds: readonly string[],
): Promise<void> {
  const [first, ...others] = placeIds
  for (const placeId of others)
    await run(
      tx,
      sql`
        insert into visits.rule (
            county_code, id, matter_id, name, name_en, selector, form_code, period_days, minutes, window_from,
            window_to, months, place_id, priority, is_on
          )
        select
          county_code, gen_random_uuid(), matter_id, name, name_en, selector, form_code, period_days,
          minutes, window_from, window_to, months, ${placeId}, priority, is_on
        from visits.rule
        where county_code = ${county} and place_id = ${endedId}
      `,
    )
  await run(
    tx,
    sql`
      update visits.rule
      set place_id = ${first}, version = version + 1
      where county_code = ${county} and place_id = ${endedId}
    `,
  )
}
