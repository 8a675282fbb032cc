/** What a phone holds of events: those open in one's reach, those one reported lately, and what one may do with each. */
import { dayLength } from '@fengge/domain/kernel/time'
import type { EventCore } from '@fengge/domain/events/terms'
import type { Caller } from '../kernel/context.ts'
import { sql, type RawBuilder } from '../kernel/db/sql.ts'
import type { Reading } from '../kernel/db/tx.ts'
import { within } from './queries/conditions.ts'
import { actionsFor, reachOf } from './reach.ts'
import { ruleBook } from './rule-book.ts'

const mostEvents = 400
const reach = (caller: Caller) => reachOf(caller)

/** Sub-selects: rows that changed, and the ids of all that belong on the phone, since what leaves one's reach leaves no trace in the row. */
export function eventFeed(
  caller: Caller,
  since: { readonly xmin: string; readonly snapshot: string },
  now: number,
): Record<string, RawBuilder<unknown>> {
  const held = sql`
    ${within(reach(caller))}
    and (e.is_open or e.reporter_id = ${caller.accountId} and e.reported_at > ${new Date(now - 30 * dayLength)})
  `
  return {
    event: sql`
      (
        select json_agg(x.j)
        from (
            select
              json_build_array(
                e.id, e.no, e.title, e.content, e.place_text, e.lng, e.lat, e.grid_id, e.reported_at,
                e.reporter_id = ${caller.accountId},
                (
                  select json_agg(json_build_array(f.action, f.at, f.reason, f.actor_office) order by f.seq desc)
                  from (
                      select *
                      from events.flow f0
                      where f0.county_code = e.county_code and f0.event_id = e.id
                      order by f0.seq desc
                      limit 4
                    ) f
                ),
                e.core
              ) as j
            from events.event e
            where ${held}
              and e.wrote_in >= ${since.xmin}::xid8
              and not pg_visible_in_snapshot(e.wrote_in, ${since.snapshot}::pg_snapshot)
            order by e.reported_at desc
            limit ${mostEvents}
          ) x
      )
    `,
    keepEvent: sql`
      (
        select json_agg(right(x.id::text, 12))
        from (select e.id from events.event e where ${held} order by e.reported_at desc limit ${mostEvents}) x
      )
    `,
    notice: sql`
      (
        select json_agg(x.j)
        from (
            select json_build_array(n.id, n.event_id, n.kind, n.at, e.title) as j
            from events.notice n join events.event e on e.county_code = n.county_code and e.id = n.event_id
            where n.county_code = ${caller.countyCode}
              and n.account_id = ${caller.accountId}
              and n.at > ${new Date(now - 14 * dayLength)}
              and not exists (
                select 1
                from events.notice_read k
                where k.county_code = n.county_code and k.notice_id = n.id and k.account_id = ${caller.accountId}
              )
            order by n.at desc
            limit 30
          ) x
      )
    `,
  }
}

/** A row as PostgreSQL builds it; its columns stand in `eventFeed`. */
type Raw = readonly any[]
/** Raw rows of `eventFeed` as a phone gets them. Who reported is never among them. */
export async function viewEvents(tx: Reading, caller: Caller, raw: readonly Raw[]): Promise<unknown[][]> {
  const book = await ruleBook(tx, caller.countyCode)
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  return raw.map(([id, no, title, content, placeText, lng, lat, gridId, reportedAt, isMine, flow, core]) => {
    const c = core as EventCore
    return [
      id,
      c.version,
      no,
      title,
      content,
      placeText,
      lng,
      lat,
      gridId,
      reportedAt,
      isMine,
      c.status,
      c.categoryCode,
      c.urgency,
      iso(c.dueAt),
      iso(c.stageStartedAt),
      c.departmentId === null ? null : (book.offices.get(c.departmentId)?.name ?? null),
      c.answer,
      actionsFor(caller, c),
      flow,
    ]
  })
}

/** Categories in force, short, for reporting without signal. */
export async function eventConfig(tx: Reading, county: string, now: number): Promise<unknown[]> {
  const book = await ruleBook(tx, county)
  return book
    .inForce(now)
    .map((c) => [c.code, c.name, c.nameEn, c.className, c.classNameEn, c.keywords, c.stopNotice, c.stopNoticeEn])
}
