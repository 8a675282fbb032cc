/**
 * What visits hold of a person moves to the record he was merged into and is remembered (visits.carried), so that a
 * parting gives back exactly that; what was done meanwhile stays with the record it was done for.
 */
import type { Home, PersonsJoined } from '@fengge/domain/registry/facts'
import { run, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Tx } from '../../kernel/db/tx.ts'

/** Why a task was dropped that was open for both. */
const twinReason = 'person-merged'

export async function carryTasks(tx: Tx, county: string, j: PersonsJoined): Promise<void> {
  await run(
    tx,
    sql`
      with was as (
        select
          t.id, t.state = 'open' and t.grid_id is not distinct from ${j.dropAt.gridId}::uuid as is_home,
          t.state = 'open'
          and exists (
            select 1
            from visits.task k
            where k.county_code = t.county_code
              and k.origin_id = t.origin_id
              and k.subject_id = ${j.keepId}
              and k.state = 'open'
          ) as is_twin
        from visits.task t
        where t.county_code = ${county} and t.subject_kind = 'person' and t.subject_id = ${j.dropId}
      ),
      kept as (
        insert into visits.carried (county_code, merge_id, holder, key, is_home, is_twin)
        select ${county}, ${j.mergeId}, 'task', id::text, is_home, is_twin
        from was
      )
      update visits.task t
      set
        subject_id = ${j.keepId}, state = case when was.is_twin then 'dropped' else t.state end,
        drop_reason = case when was.is_twin then ${twinReason} else t.drop_reason end,
        grid_id = case when was.is_home then ${j.keepAt.gridId}::uuid else t.grid_id end,
        village_id = case when was.is_home then ${j.keepAt.villageId}::uuid else t.village_id end,
        town_id = case when was.is_home then ${j.keepAt.townId}::uuid else t.town_id end,
        version = t.version + 1, wrote_in = pg_current_xact_id()
      from was
      where t.county_code = ${county} and t.id = was.id
    `,
  )
}

export async function returnTasks(tx: Tx, county: string, j: PersonsJoined): Promise<void> {
  await run(
    tx,
    sql`
      with back as (
        delete from visits.carried
        where county_code = ${county} and merge_id = ${j.mergeId} and holder = 'task'
        returning key::uuid as id, is_home, is_twin
      ),
      now as (
        select
          t.id, a.is_again, back.is_home and (t.state = 'open' or a.is_again) as is_back
        from back
          join visits.task t on t.county_code = ${county}
          and t.id = back.id
          cross join lateral (
            select back.is_twin and t.state = 'dropped' and t.drop_reason = ${twinReason} as is_again
          ) a
      )
      update visits.task t
      set
        subject_id = ${j.dropId}, state = case when now.is_again then 'open' else t.state end,
        drop_reason = case when now.is_again then '' else t.drop_reason end,
        grid_id = case when now.is_back then ${j.dropAt.gridId}::uuid else t.grid_id end,
        village_id = case when now.is_back then ${j.dropAt.villageId}::uuid else t.village_id end,
        town_id = case when now.is_back then ${j.dropAt.townId}::uuid else t.town_id end,
        version = t.version + 1, wrote_in = pg_current_xact_id()
      from now
      where t.county_code = ${county} and t.id = now.id
    `,
  )
}

/** Hazards go where the person is to be found; visits and services keep the place where they were made and asked for. */
const others = [
  { holder: 'visit', column: 'subject_id', isHis: sql`t.subject_kind = 'person'`, hasHome: false },
  { holder: 'hazard', column: 'subject_id', isHis: sql`t.subject_kind = 'person'`, hasHome: true },
  { holder: 'service', column: 'person_id', isHis: sql`true`, hasHome: false },
] as const
type Other = (typeof others)[number]

/** Phones hold services, and are told by their version and the transaction that wrote them. */
const stampOf = ({ holder }: Other): RawBuilder<unknown> =>
  holder === 'service' ? sql`, version = t.version + 1, wrote_in = pg_current_xact_id()` : sql``

const homeOf = (other: Other, isHome: RawBuilder<unknown>, at: Home): RawBuilder<unknown> =>
  other.hasHome
    ? sql`
      , grid_id = case when ${isHome} then ${at.gridId}::uuid else t.grid_id end,
      village_id = case when ${isHome} then ${at.villageId}::uuid else t.village_id end,
      town_id = case when ${isHome} then ${at.townId}::uuid else t.town_id end
    `
    : sql``

export async function carryOthers(tx: Tx, county: string, j: PersonsJoined): Promise<void> {
  for (const other of others) {
    const isHome = other.hasHome
      ? sql`t.state = 'open' and t.grid_id is not distinct from ${j.dropAt.gridId}::uuid`
      : sql`false`
    const table = sql.table(`visits.${other.holder}`)
    await run(
      tx,
      sql`
        with was as (
          select t.id, ${isHome} as is_home
          from ${table} t
          where t.county_code = ${county} and ${other.isHis} and ${sql.ref(`t.${other.column}`)} = ${j.dropId}
        ),
        kept as (
          insert into visits.carried (county_code, merge_id, holder, key, is_home)
          select ${county}, ${j.mergeId}, ${other.holder}, id::text, is_home
          from was
        )
        update ${table} t
        set ${sql.ref(other.column)} = ${j.keepId} ${homeOf(other, sql`was.is_home`, j.keepAt)} ${stampOf(other)}
        from was
        where t.county_code = ${county} and t.id = was.id
      `,
    )
  }
}

export async function returnOthers(tx: Tx, county: string, j: PersonsJoined): Promise<void> {
  for (const other of others)
    await run(
      tx,
      sql`
        with back as (
          delete from visits.carried
          where county_code = ${county} and merge_id = ${j.mergeId} and holder = ${other.holder}
          returning key::uuid as id, is_home
        )
        update ${sql.table(`visits.${other.holder}`)} t
        set
          ${sql.ref(other.column)} = ${j.dropId}
          ${homeOf(other, sql`back.is_home and t.state = 'open'`, j.dropAt)} ${stampOf(other)}
        from back
        where t.county_code = ${county} and t.id = back.id
      `,
    )
}

/** Rhythms of the one person count from the later visit; the other's own days stay where they are. */
export async function carryLast(tx: Tx, county: string, j: PersonsJoined): Promise<void> {
  await run(
    tx,
    sql`
      with both_ as (
        select d.form_code, k.on_day as was_on, greatest(d.on_day, k.on_day) as to_on
        from visits.last d
          left join visits.last k on k.county_code = d.county_code
          and k.subject_id = ${j.keepId}
          and k.form_code = d.form_code
        where d.county_code = ${county} and d.subject_id = ${j.dropId}
      ),
      kept as (
        insert into visits.carried (county_code, merge_id, holder, key, was_on, to_on)
        select ${county}, ${j.mergeId}, 'last', form_code, was_on, to_on
        from both_
      )
      insert into visits.last (county_code, subject_id, form_code, on_day)
      select ${county}, ${j.keepId}, form_code, to_on
      from both_
      on conflict (county_code, subject_id, form_code) do update
      set on_day = excluded.on_day
    `,
  )
}

/** Where nobody came meanwhile, the kept record's last visit is its own again. */
export async function returnLast(tx: Tx, county: string, j: PersonsJoined): Promise<void> {
  const isUntouched = sql`
    l.county_code = ${county}
    and l.subject_id = ${j.keepId}
    and c.county_code = l.county_code
    and c.merge_id = ${j.mergeId}
    and c.holder = 'last'
    and c.key = l.form_code
    and c.to_on = l.on_day
  `
  await run(tx, sql`delete from visits.last l using visits.carried c where ${isUntouched} and c.was_on is null`)
  await run(tx, sql`update visits.last l set on_day = c.was_on from visits.carried c where ${isUntouched}`)
  await run(
    tx,
    sql`delete from visits.carried where county_code = ${county} and merge_id = ${j.mergeId} and holder = 'last'`,
  )
}
