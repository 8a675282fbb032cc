/** What a phone holds of events: those open in one's reach, those one reported lately, and what one may do with each. */
import { z } from 'zod'
import { EventSource } from '@fengge/domain/events/terms'
import { bindingDue } from '@fengge/domain/events/stage-clock'
import { readCore } from '@fengge/domain/events/stored'
import { Id } from '@fengge/domain/kernel/id'
import { dayLength } from '@fengge/domain/kernel/time'
import { row, type WireOf } from '@fengge/domain/kernel/row'
import { event, Flow, notice, type CategoryBrief } from '@fengge/domain/events/rows'
import { maskGiven, onFile } from '@fengge/domain/kernel/text'
import type { Asker, Asking, Caller } from '../../kernel/context.ts'
import { isFresh, isNews, jsonRow, type Fed, type Part, type Since } from '../../kernel/db/feed.ts'
import { sql } from '../../kernel/db/sql.ts'
import { offersFor, reachOf } from '../reach.ts'
import { ruleBook } from '../rule-book.ts'
import { aroundPart } from './around.ts'
import { openChildren } from '../store/open-children.ts'
import { within } from './conditions.ts'

/** A phone holds the newest so many: a window that slides as events are closed. */
const mostEvents = 400
/** The oldest event of a full window: what comes into view later is older. */
export type Oldest = readonly [reportedAt: string, id: string]

/** An event as it lies in the books. Who reported is not in it. */
export const fedEvent = row('event', {
  id: Id,
  no: z.string(),
  title: z.string(),
  content: z.string(),
  placeText: z.string(),
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  gridId: Id.nullable(),
  reportedAt: z.string(),
  isMine: z.boolean().nullable(),
  flow: z.array(Flow).nullable(),
  core: z.unknown(),
  coreShape: z.int(),
  openChildren: z.int(),
  around: z
    .object({ canVerify: z.boolean(), canCheck: z.boolean(), isCheckerThere: z.boolean(), isCheckLate: z.boolean() })
    .nullable(),
  halfAt: z.string().nullable(),
  soonAt: z.string().nullable(),
  source: EventSource,
})

/**
 * Sub-selects: rows that changed, rows that came into view though nothing in them changed, and the ids of all that belong
 * on the phone, since what leaves one's reach leaves no trace in the row.
 * @param oldest of the window that the phone has seen, where that was full
 */
export function eventFeed(
  asker: Asker,
  since: Since,
  now: number,
  oldest: Oldest | null,
): Readonly<Record<string, Part>> {
  const { caller } = asker
  const held = sql`
    ${within(reachOf(asker))}
    and (e.is_open or e.reporter_id = ${caller.accountId} and e.reported_at > ${new Date(now - 30 * dayLength)})
  `
  const window = sql`
    select e.county_code, e.id
    from events.event e
    where ${held}
    order by ${newestFirst}
    limit ${mostEvents}
  `
  return {
    event: events(caller, now, sql`events.event e where ${held} and ${isFresh(since, 'e')}`),
    keepEvent: eventsHeld(held),
    ...(oldest === null ? {} : { entered: events(caller, now, entering(window, since, oldest)) }),
    notice: notices(asker, now),
  }
}

const newestFirst = sql`e.reported_at desc, e.id desc`

/** What moved up into the window as others left it, and is not sent as changed anyway. */
const entering = (window: Part, since: Since, [reportedAt, id]: Oldest): Part => sql`
  events.event e join (${window}) w on w.county_code = e.county_code and w.id = e.id
  where (e.reported_at, e.id) < (${reportedAt}::timestamptz, ${id}::uuid) and not (${isFresh(since, 'e')})
`

function events(caller: Caller, now: number, from: Part): Part {
  return sql`
    (
      select json_agg(x.j)
      from (
          select
            ${jsonRow(fedEvent, {
              id: 'e.id',
              no: 'e.no',
              title: 'e.title',
              content: 'e.content',
              placeText: 'e.place_text',
              lng: 'e.lng',
              lat: 'e.lat',
              gridId: 'e.grid_id',
              reportedAt: 'e.reported_at',
              isMine: sql`e.reporter_id = ${caller.accountId}`,
              flow: latestFlow,
              core: 'e.core',
              coreShape: 'e.core_shape',
              openChildren,
              around: aroundPart(now),
              halfAt: 'e.half_at',
              soonAt: 'e.soon_at',
              source: 'e.source',
            })} as j
          from ${from}
          order by ${newestFirst}
          limit ${mostEvents}
        ) x
    )
  `
}

/** The last four steps of an event's way, newest first. */
const latestFlow = sql`
  (
    select json_agg(json_build_array(f.action, f.at, f.reason, f.actor_office) order by f.seq desc)
    from (
        select
          f0.action, f0.at, f0.reason, case
            when (e.core ->> 'isAboutStaff')::boolean and f0.account_id = e.reporter_id then null
            else f0.actor_office
          end as actor_office, f0.seq
        from events.flow f0
        where f0.county_code = e.county_code and f0.event_id = e.id
        order by f0.seq desc
        limit 4
      ) f
  )
`

/** The ends of all ids, and the oldest event, where the window is full. */
const eventsHeld = (held: Part): Part => sql`
  (
    select
      json_build_object(
        'ends', coalesce(json_agg(right(x.id::text, 12)), '[]'::json), 'oldest',
        case
          when count(*) = ${mostEvents} then json_agg(json_build_array(x.reported_at, x.id) order by x.reported_at, x.id) -> 0
        end
      )
    from (select e.id, e.reported_at from events.event e where ${held} order by ${newestFirst} limit ${mostEvents}) x
  )
`

function notices(asker: Asker, now: number): Part {
  const { caller } = asker
  return sql`
    (
      select json_agg(x.j)
      from (
          select ${jsonRow(notice, { id: 'n.id', eventId: 'n.event_id', kind: 'n.kind', at: 'n.at', title: 'e.title' })} as j
          from events.notice n join events.event e on e.county_code = n.county_code and e.id = n.event_id
          where n.county_code = ${caller.countyCode}
            and n.account_id = ${caller.accountId}
            and n.at > ${new Date(now - 14 * dayLength)}
            and ${within(reachOf(asker))}
            and not exists (
              select 1
              from events.notice_read k
              where k.county_code = n.county_code and k.notice_id = n.id and k.account_id = ${caller.accountId}
            )
          order by n.at desc
          limit 30
        ) x
    )
  `
}

/** Rows of `eventFeed` as a phone gets them. */
export async function viewEvents(
  ctx: Asking,
  lists: Readonly<Record<string, Fed>>,
): Promise<{ readonly event: WireOf<typeof event>[]; readonly notice: WireOf<typeof notice>[] }> {
  const { departments, calendar } = await ruleBook(ctx, ctx.caller.countyCode)
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  return {
    event: [...(lists['event'] ?? []), ...(lists['entered'] ?? [])].map((wire) => {
      const { core: stored, coreShape, openChildren, around, ...fed } = fedEvent.unpack(wire)
      const core = readCore(stored, coreShape)
      return event.pack({
        ...fed,
        version: core.version,
        status: core.status,
        categoryCode: core.categoryCode,
        urgency: core.urgency,
        dueAt: iso(bindingDue(core)),
        stageStartedAt: new Date(core.stageStartedAt).toISOString(),
        departmentName: core.departmentId === null ? null : (departments.get(core.departmentId)?.name ?? null),
        onBehalfOf: fed.isMine || core.onBehalfOf === '' ? maskGiven(core.onBehalfOf) : onFile,
        answer: core.answer,
        can: offersFor(ctx, core, { now: ctx.now, calendar, openChildren, around }),
      })
    }),
    notice: (lists['notice'] ?? []).map((wire) => notice.pack(notice.unpack(wire))),
  }
}

/** Categories in force, short, for reporting without signal. */
export async function eventConfig(ctx: Asking): Promise<CategoryBrief[]> {
  const book = await ruleBook(ctx, ctx.caller.countyCode)
  return book
    .inForce(ctx.now)
    .map((c) => [
      c.code,
      c.name,
      c.nameEn,
      c.className,
      c.classNameEn,
      c.keywords,
      c.stopNotice,
      c.stopNoticeEn,
      c.evidence,
    ])
}

/**
 * Whether anything that `eventFeed` sends was written since phone `a` was told last, or, for who sees more than his
 * grids, anything at all of the county's events: what leaves his reach leaves no trace in the row.
 */
export const eventNews = (): Part => sql`
  exists (
    select 1
    from events.event e
    where e.county_code = a.county
      and ${isNews('e')}
      and (
        a.sees_more
        or e.grid_id = any(a.grids)
        or e.reporter_id = a.account_id
        or e.checker_id = a.account_id
      )
  )
`

/** What phone `a` has not read of sentences, as one text: how many, and the newest. */
export const unreadOf = (now: number): Part => sql`
  (
    select concat(count(*), ':', max(n.id::text))
    from events.notice n
    where n.county_code = a.county
      and n.account_id = a.account_id
      and n.at > ${new Date(now - 14 * dayLength)}
      and not exists (
        select 1
        from events.notice_read k
        where k.county_code = n.county_code and k.notice_id = n.id and k.account_id = a.account_id
      )
  )
`
