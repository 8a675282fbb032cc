/** What a phone holds of visits: open tasks of its grids with whom and where, open services, and forms. */
import { sql, type RawBuilder } from '../kernel/db/sql.ts'

export interface VisitScope {
  readonly county: string
  readonly grids: readonly string[]
  readonly micros: readonly string[]
  readonly accountId: string
  readonly xmin: string
  readonly snapshot: string
  readonly isFirst: boolean
}

/**
 * Tasks of the grid, or for the holder alone. Name, house and building come along, so that the page of today works
 * before the registry has arrived. A liaison gets those of her micro-grid's people and houses.
 */
export function visitFeed(s: VisitScope): Record<string, RawBuilder<unknown>> {
  const fresh = (alias: string) =>
    sql`
      ${sql.ref(`${alias}.wrote_in`)} >= ${s.xmin}::xid8
      and not pg_visible_in_snapshot(${sql.ref(`${alias}.wrote_in`)}, ${s.snapshot}::pg_snapshot)
    `
  const mine = sql`
    (
      t.grid_id = any(${s.grids}::uuid[])
      and (t.account_id is null or t.account_id = ${s.accountId}
      ) ${s.micros.length === 0 ? sql`` : sql`or h.micro_id = any(${s.micros}::uuid[])`}
    )
  `
  const open = s.isFirst ? sql`t.state = 'open'` : fresh('t')
  return {
    task: sql`
      (
        select
          json_agg(
            json_build_array(
              t.id, t.version, t.state, t.matter_id, t.origin, t.origin_name, t.subject_kind, t.subject_id, t.grid_id,
              t.form_code, t.title, t.note, t.earliest_on, t.due_on, t.window_from, t.window_to, t.minutes,
              t.priority, t.cautions, t.tries, coalesce(p.name, u.name, f.name), h.id, b.id,
              concat(
                e.name, case when b.name is null then '' else b.name || '幢'
                end, case when coalesce(h.body ->> 'unitNo', '') = '' then '' else (h.body ->> 'unitNo') || '单元'
                end, case when h.name is null then '' else h.name || '室'
                end
              ),
              b.lng, b.lat, coalesce(f.body ->> 'address', u.body ->> 'address')
            )
          )
        from visits.task t
          left join registry.person p on t.subject_kind = 'person'
          and p.county_code = t.county_code
          and p.id = t.subject_id
          left join registry.unit u on t.subject_kind = 'unit'
          and u.county_code = t.county_code
          and u.id = t.subject_id
          left join registry.facility f on t.subject_kind = 'facility'
          and f.county_code = t.county_code
          and f.id = t.subject_id
          left join lateral (select l.house_id
            from registry.link l
            where t.subject_kind = 'person'
              and l.county_code = t.county_code
              and l.person_id = t.subject_id
              and l.to_on is null
              and l.role <> 'owner'
            order by l.is_lead desc, l.id
            limit 1
          ) hl on true
          left join registry.house h on h.county_code = t.county_code
          and h.id = coalesce(hl.house_id, case when t.subject_kind = 'house' then t.subject_id end, u.parent_id)
          left join registry.building b on b.county_code = t.county_code
          and b.id = coalesce(h.parent_id, u.parent_id, f.parent_id)
          left join registry.estate e on e.county_code = t.county_code
          and e.id = b.parent_id
        where t.county_code = ${s.county} and ${open} and ${mine}
      )
    `,
    keepTask: sql`(select json_agg(right(t.id::text, 12)) from visits.task t ${
      s.micros.length === 0
        ? sql``
        : sql`
          left join registry.link l on t.subject_kind = 'person'
          and l.county_code = t.county_code
          and l.person_id = t.subject_id
          and l.to_on is null
          left join registry.house h on h.county_code = t.county_code
          and h.id = coalesce(l.house_id, t.subject_id)
        `
    } where t.county_code = ${s.county} and t.state = 'open' and ${mine})`,
    service: sql`
      (
        select
          json_agg(
            json_build_array(
              t.id, t.version, t.state, t.no, t.what, t.person_id, t.grid_id, t.due_on, t.taken_by, t.steps,
              t.asked_by_sealed
            )
          )
        from visits.service t
        where t.county_code = ${s.county}
          and t.grid_id = any(${s.grids}::uuid[])
          and ${s.isFirst ? sql`t.state not in ('told', 'withdrawn')` : fresh('t')}
      )
    `,
  }
}
