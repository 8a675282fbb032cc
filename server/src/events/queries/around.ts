/**
 * Who serves the grid of an event now: asked as the event is looked at and never kept, so that what waits for somebody
 * falls to another the day his post ends. Source: domain.md D2, I1.
 */
import type { Around } from '@fengge/domain/events/actor'
import type { EventCore } from '@fengge/domain/events/terms'
import type { Duty } from '@fengge/domain/kernel/duty'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Asking } from '../../kernel/context.ts'
import { rowOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'

type Part = RawBuilder<unknown>

/** Somebody who holds a duty in the grid of `events.event e`, or in a grid that holds it, and is not kept from it; as `h`. */
const held = (duty: Duty, now: number, who: Part): Part => sql`
  exists (
    select 1
    from identity.public_duty h
    where h.duty = ${duty}
      and h.place_id in (e.grid_id, (select g.parent_id from places.public_place g where g.id = e.grid_id))
      and h.place_id is distinct from e.village_id
      and h.place_id is distinct from e.town_id
      and h.from_on <= ${dayOf(now)}::date
      and (h.to_on is null or h.to_on >= ${dayOf(now)}::date)
      and not exists (
        select 1
        from events.kept_from k
        where k.event_id = e.id and k.account_id = h.account_id
      )
      and ${who}
  )
`
const hadNoHand = sql`not (e.core -> 'handledBy' ? h.account_id::text)`

export const canVerify = (now: number): Part => held('event.verify', now, sql`true`)
export const canCheck = (now: number): Part => held('event.pass', now, hadNoHand)
/** The worker whose check it is serves there still, and had no hand in the handling. */
export const isCheckerThere = (now: number): Part =>
  sql`(e.checker_id is not null and ${held('event.pass', now, sql`h.account_id = e.checker_id and ${hadNoHand}`)})`

/** What was handled is past the limit of its check. */
export const isCheckLate = (now: number): Part =>
  sql`(e.status = 'handled' and (e.core ->> 'dueAt')::numeric <= ${now})`

/** Of `events.event e` where it waits for somebody of its grid, else null: nobody asks then. */
export const aroundPart = (now: number): Part => sql`
  case
    when e.grid_id is not null and e.status in ('reported', 'verifying', 'handled')
      then json_build_object(
        'canVerify', ${canVerify(now)}, 'canCheck', ${canCheck(now)}, 'isCheckerThere', ${isCheckerThere(now)},
        'isCheckLate', coalesce(${isCheckLate(now)}, false)
      )
  end
`

/** Of an event that is at hand, before it is saved too. */
export async function aroundOf(asking: Pick<Asking, 'tx' | 'now'>, core: EventCore): Promise<Around | null> {
  const row = await rowOf<{ around: Around | null }>(
    asking.tx,
    sql`
      select ${aroundPart(asking.now)} as around
      from (
          select
            ${core.id}::uuid as id, ${core.gridId}::uuid as grid_id, ${core.villageId}::uuid as village_id, ${core.townId}::uuid as town_id,
            ${core.checkerId}::uuid as checker_id, ${core.status}::text as status,
            ${JSON.stringify({ handledBy: core.handledBy, dueAt: core.dueAt })}::jsonb as core
        ) e
    `,
  )
  return row?.around ?? null
}
