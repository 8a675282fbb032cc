/**
 * The one place that makes tasks. Each names a matter, and the matter is in force on the day the task is made: there
 * is no other insert into visits.task, and the house test looks for one. Source: requirements.md A3, V1.
 */
import type { Selector, SubjectKind } from '@fengge/domain/visits/terms'
import type { Ctx, Asking } from '../kernel/context.ts'
import { sql, type RawBuilder, rowsWritten } from '../kernel/db/sql.ts'
import { freshId } from '../kernel/fresh-id.ts'
import { matterInForce } from '../matters/door.ts'
import { placeTree } from '../places/door.ts'

export interface TaskDraft {
  readonly origin: 'rule' | 'campaign' | 'order' | 'service' | 'meeting' | 'recheck'
  readonly originId: string
  readonly originName: string
  readonly formCode: string
  readonly title: string
  readonly note?: string
  readonly minutes: number
  readonly priority: number
  readonly windowFrom?: number | null
  readonly windowTo?: number | null
  readonly accountId?: string | null
}
/** Rows of subject_kind, subject_id, grid_id, village_id, town_id, earliest_on, due_on, cautions. */
export type Subjects = RawBuilder<unknown>

export async function makeTasks(ctx: Ctx, matterId: string, draft: TaskDraft, subjects: Subjects): Promise<number> {
  await matterInForce(ctx, matterId)
  // Ids are made here, so that they keep the order of time: a group of random ends under one moment.
  const rows = await rowsWritten(
    ctx.tx,
    sql`
      insert into visits.task (
          county_code, id, matter_id, origin, origin_id, origin_name, subject_kind, subject_id, grid_id, village_id,
          town_id, account_id, form_code, title, note, earliest_on, due_on, window_from, window_to, minutes, priority,
          cautions, made_at
        )
      select
        ${ctx.caller.countyCode}, gen_random_uuid(), ${matterId}, ${draft.origin}, ${draft.originId},
        ${draft.originName}, s.subject_kind, s.subject_id, s.grid_id, s.village_id, s.town_id,
        ${draft.accountId ?? null}::uuid, ${draft.formCode}, ${draft.title}, ${draft.note ?? ''},
        least(s.earliest_on, s.due_on), s.due_on, ${draft.windowFrom ?? null}::smallint,
        ${draft.windowTo ?? null}::smallint, ${draft.minutes}, ${draft.priority}, s.cautions, ${new Date(ctx.now)}
      from (${subjects}) s
      on conflict do nothing
      returning 1
    `,
  )
  if (rows.length > 0)
    ctx.tell('task.made', { matter: matterId, origin: draft.origin, tasks: rows.length }, draft.originId)
  return rows.length
}

/** One subject at a known place. */
export function oneSubject(
  ctx: Asking,
  subject: { kind: SubjectKind; id: string | null; gridId: string | null },
  earliestOn: string,
  dueOn: string,
): Subjects {
  const tree = placeTree()
  const up = (tier: 'village' | 'town') =>
    subject.gridId === null ? null : (tree.ancestor(subject.gridId, tier)?.id ?? null)
  return sql`
    select
      ${subject.kind}::text as subject_kind, ${subject.id ?? freshId(ctx.now)}::uuid as subject_id,
      ${subject.gridId}::uuid as grid_id, ${up('village')}::uuid as village_id, ${up('town')}::uuid as town_id,
      ${earliestOn}::date as earliest_on, ${dueOn}::date as due_on, '{}'::text[] as cautions
  `
}

/** Whom a selector finds in the registry of a county, within a place: id, kind, grid line, last visit with a form, period, cautions. */
export function subjectsOf(
  county: string,
  selector: Selector,
  formCode: string,
  today: string,
  place: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const last = sql`
    (
      select l.on_day
      from visits.last l
      where l.county_code = r.county_code and l.subject_id = r.id and l.form_code = ${formCode}
    )
  `
  const from = (table: string, kind: SubjectKind, where: RawBuilder<unknown>) =>
    sql`
      select
        r.id as subject_id, ${kind}::text as subject_kind, r.grid_id, r.village_id, r.town_id, ${last} as last_on,
        null::int as own_period, '{}'::text[] as cautions
      from ${sql.table(`registry.${table}`)} r
      where r.county_code = ${county} and r.state = 'live' and r.grid_id is not null and ${place} and ${where}
    `
  switch (selector) {
    case 'house-rental':
      return from('house', 'house', sql`r.sort = 'rental'`)
    case 'house-group':
      return from('house', 'house', sql`r.sort = 'group'`)
    case 'unit-shop':
      return from('unit', 'unit', sql`r.sort = 'shop' and coalesce(r.body ->> 'status', 'open') = 'open'`)
    case 'facility':
      return from('facility', 'facility', sql`true`)
    case 'left-behind':
      return from('person', 'person', sql`r.sort = 'left-behind'`)
    case 'elder-alone':
      return from(
        'person',
        'person',
        sql`
          r.born <= ${today}::date - interval '70 years'
          and exists (
            select 1
            from registry.link l
            where l.county_code = r.county_code
              and l.person_id = r.id
              and l.to_on is null
              and l.role <> 'owner'
              and not exists (
                select 1
                from registry.link o
                where o.county_code = l.county_code
                  and o.house_id = l.house_id
                  and o.person_id <> r.id
                  and o.to_on is null
                  and o.role <> 'owner'
              )
          )
        `,
      )
    // The reason of a care visit stays in the overlay: the task says that one is due and what to mind.
    case 'care':
      return sql`
        select
          r.id as subject_id, 'person'::text as subject_kind, r.grid_id, r.village_id, r.town_id,
          max(coalesce(o.visited_at::date, o.started_on)) as last_on, min(o.visit_days) as own_period,
          array_agg(distinct c) filter (where c is not null) as cautions
        from registry.overlay o
          join registry.person r on r.county_code = o.county_code
          and r.id = o.person_id
          left join unnest(o.cautions) c on true
        where o.county_code = ${county}
          and o.ended_on is null
          and r.state = 'live'
          and r.grid_id is not null
          and ${place}
        group by r.county_code, r.id
      `
    case 'grid':
      return sql`
        select
          r.id as subject_id, 'grid'::text as subject_kind, r.id as grid_id, v.id as village_id, v.parent_id as town_id,
          (
            select l.on_day
            from visits.last l
            where l.county_code = ${county} and l.subject_id = r.id and l.form_code = ${formCode}
          ) as last_on,
          null::int as own_period, '{}'::text[] as cautions
        from places.place r join places.place v on v.id = r.parent_id
        where r.county_code = ${county} and r.level = 'grid' and r.valid_to is null and v.level = 'village'
      `
  }
}

/** A place as a condition over records `r`. */
export function insidePlace(placeId: string | null): RawBuilder<unknown> {
  if (placeId === null) return sql`true`
  const node = placeTree().get(placeId)
  switch (node?.tier) {
    case 'county':
      return sql`true`
    case 'town':
      return sql`r.town_id = ${placeId}`
    case 'village':
      return sql`r.village_id = ${placeId}`
    default:
      return sql`r.grid_id = any(${placeTree().below(placeId, 'grid')}::uuid[])`
  }
}
