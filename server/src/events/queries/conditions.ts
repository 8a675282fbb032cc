/**
 * Conditions over `events.event e` that every query takes: what a caller may see, and what waits for him. The work
 * lists are drawn from the domain's own table (queues.ts), so that a list and its buttons cannot part.
 */
import type { Action } from '@fengge/domain/events/acts'
import type { Queue } from '@fengge/domain/events/contract/views'
import { dutyOf, moves } from '@fengge/domain/events/moves'
import { queueTable, type Turn, type WorkQueue } from '@fengge/domain/events/queues'
import { judgingActions } from '@fengge/domain/events/standing'
import type { EventCore, EventStatus } from '@fengge/domain/events/terms'
import type { Asker, Caller } from '../../kernel/context.ts'
import { sql, type RawBuilder } from '../../kernel/db/sql.ts'
import { officesWith, placesWith, type Reach } from '../reach.ts'

export type Condition = RawBuilder<unknown>
const among = (column: string, ids: readonly string[]): Condition =>
  ids.length === 1 ? sql`${sql.ref(column)} = ${ids[0]}` : sql`${sql.ref(column)} = any(${ids}::uuid[])`
const either = (parts: readonly Condition[]): Condition =>
  parts.length === 0 ? sql`false` : sql`(${sql.join(parts, sql` or `)})`

/** `county_code = … and (…)` over events.event e. */
export function within(reach: Reach): Condition {
  const county = sql`e.county_code = ${reach.county}`
  if (reach.isCountyWide) return county
  const parts: Condition[] = []
  if (reach.towns.length > 0) parts.push(among('e.town_id', reach.towns))
  if (reach.villages.length > 0) parts.push(among('e.village_id', reach.villages))
  if (reach.departments.length > 0)
    parts.push(among('e.department_id', reach.departments), sql`e.co_departments && ${reach.departments}::uuid[]`)
  if (reach.grids.length > 0)
    parts.push(sql`(${among('e.grid_id', reach.grids)} and (not e.is_sensitive or e.checker_id = ${reach.accountId}))`)
  if (reach.caredFor.length > 0)
    parts.push(sql`(${among('e.grid_id', reach.caredFor)} and e.status in ('reported', 'verifying', 'handled'))`)
  // Who sees a whole town or village sees his own reports in it; an `or` for the rest would cost every list its index.
  const seesArea = reach.towns.length + reach.villages.length > 0
  if (reach.accountId !== null && !seesArea) parts.push(sql`e.reporter_id = ${reach.accountId}`)
  return sql`${county} and ${either(parts)}`
}

/** The condition of a list: what waits for this caller. */
export function waiting(queue: Queue, asker: Asker, now: number): Condition {
  switch (queue) {
    case 'late':
      return sql`(e.is_open and e.due_at < ${new Date(now)})`
    case 'mine':
      return sql`e.reporter_id = ${asker.caller.accountId}`
    case 'all':
      return sql`true`
    default:
      return sql`(e.is_open and ${either(turnsOf(queue, asker).map((turn) => turnCondition(turn, asker.caller)))})`
  }
}

/** Actions that wait for the same posts in the same way: one condition for all of them. */
interface TurnGroup {
  readonly turn: Turn
  readonly isJudging: boolean
  readonly places: readonly string[]
  readonly offices: readonly string[]
  readonly statuses: Set<EventStatus>
}

function turnsOf(queue: WorkQueue, asker: Asker): TurnGroup[] {
  const groups = new Map<string, TurnGroup>()
  for (const { action, for: turn } of queueTable[queue]) {
    const fresh = groupOf(action, turn, asker)
    if (fresh.places.length + fresh.offices.length === 0) continue
    const key = [turn, fresh.isJudging, ...fresh.places, '/', ...fresh.offices].join()
    const group = groups.get(key) ?? fresh
    for (const status of moves[action].from) group.statuses.add(status)
    groups.set(key, group)
  }
  return [...groups.values()]
}

function groupOf(action: Action, turn: Turn, asker: Asker): TurnGroup {
  const duty = dutyOf(action)
  return {
    turn,
    isJudging: judgingActions.has(action),
    places: placesWith(asker, duty),
    offices: officesWith(asker.caller, duty),
    statuses: new Set(),
  }
}

function turnCondition(group: TurnGroup, caller: Caller): Condition {
  const isJudge = group.isJudging ? sql`and ${notOwnWork(caller.accountId)}` : sql``
  // The statuses stand as literals: an index over one of them is found that way.
  const statuses = sql.join([...group.statuses].map((status) => sql.lit(status)))
  return sql`(e.status in (${statuses}) and ${turnConditions[group.turn](group, caller)} ${isJudge})`
}

const turnConditions: Readonly<Record<Turn, (group: TurnGroup, caller: Caller) => Condition>> = {
  desk: ({ places }) => among('e.desk_place_id', places),
  'desk-or-town': deskOrTown,
  worker: ({ places }) =>
    either([among('e.grid_id', places), sql`(e.grid_id is null and ${among('e.desk_place_id', places)})`]),
  handler: ({ offices }) => among('e.department_id', offices),
  'co-handler': ({ offices }) => sql`e.co_departments && ${offices}::uuid[]`,
  checker: (group, { accountId }) => sql`
    (
      (
        e.check_by = 'worker'
        and e.grid_id is not null
        and (e.checker_id = ${accountId} or (e.checker_id is null and ${among('e.grid_id', group.places)}))
      )
      or ((e.check_by = 'centre' or e.grid_id is null) and ${deskOrTown(group)})
    )
  `,
}

function deskOrTown({ places }: TurnGroup): Condition {
  return either([among('e.desk_place_id', places), sql`(e.level = 1 and ${among('e.town_id', places)})`])
}

/** A field of the stored state by the name that the rules give it. */
const inCore = (field: keyof EventCore) => sql.lit(field)

/** What one handled oneself, or reported where it is a sample, is judged by somebody else (I1). */
function notOwnWork(accountId: string | null): Condition {
  return sql`
    not (e.core -> ${inCore('handledBy')} ? ${accountId}::text)
    and (e.reporter_id = ${accountId} and (e.core ->> ${inCore('isSampled')})::boolean) is not true
  `
}
