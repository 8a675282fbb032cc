/** Tasks, hazards and services that follow what they are about, in whole sets. */
import type { NetChange } from '@fengge/domain/places/facts'
import { run, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Tx } from '../../kernel/db/tx.ts'

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
export async function followRecords(tx: Tx, county: string, grids: readonly string[]): Promise<void> {
  for (const kind of subjectKinds) await follow(tx, county, kind, sql`t.grid_id = any(${grids}::uuid[])`)
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
        and r.grid_id is distinct from t.grid_id
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

/** What is about a grid itself, or about nobody whose home is known, goes to the heir. */
export async function followHeir(tx: Tx, county: string, change: NetChange, heir: string): Promise<void> {
  const home = change.homeOf(heir)
  for (const table of aboutSubjects)
    await run(
      tx,
      sql`
        update ${sql.table(`visits.${table}`)} t
        set grid_id = ${heir}, village_id = ${home.villageId}, town_id = ${home.townId} ${stampOf(table)}
        where t.county_code = ${county}
          and t.grid_id = any(${change.from}::uuid[])
          and t.state = 'open'
          and t.subject_kind = 'grid'
          and t.grid_id <> ${heir}
          and not (t.grid_id = any(${change.to}::uuid[]))
      `,
    )
  await run(
    tx,
    sql`
      update visits.service t
      set grid_id = ${heir}, ${freshly}
      where t.county_code = ${county}
        and t.grid_id = any(${change.from}::uuid[])
        and not (t.grid_id = any(${change.to}::uuid[]))
        and t.state not in ('told', 'withdrawn')
    `,
  )
}
