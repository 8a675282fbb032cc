/**
 * Conditions over `events.event e` that every query takes: what a caller may see, and what waits for him. The work
 * lists are drawn from the domain's own table (queues.ts), so that a list and its buttons cannot part.
 */
import type { Action } from '@fengge/domain/events/acts'
import type { Queue } from '@fengge/domain/events/contract/views'
import { dutyOf, moves } from '@fengge/domain/events/moves'
import { queueTable, workQueues, type Turn, type WorkQueue } from '@fengge/domain/events/queues'
import { decidingActions, extendingActions, isChief, judgingActions, leads } from '@fengge/domain/events/standing'
import type { EventCore, EventStatus } from '@fengge/domain/events/terms'
import type { Asker, Caller } from '../../kernel/context.ts'
import { sql, type RawBuilder } from '../../kernel/db/sql.ts'
import { departmentsWith, placesBy, placesWith, type Reach } from '../reach.ts'
import { toldBy } from '../store/kept-from.ts'
import { canCheck, canVerify, isCheckerThere, isCheckLate } from './around.ts'

export type Condition = RawBuilder<unknown>
const among = (column: string, ids: readonly string[]): Condition =>
  ids.length === 1 ? sql`${sql.ref(column)} = ${ids[0]}` : sql`${sql.ref(column)} = any(${ids}::uuid[])`
const either = (parts: readonly Condition[]): Condition =>
  parts.length === 0 ? sql`false` : sql`(${sql.join(parts, sql` or `)})`

/** `county_code = … and (…)` over events.event e: what lies in reach, and of it nothing told to others in confidence. */
export function within(reach: Reach): Condition {
  const open = reach.isCountyWide && reach.parts === 'all' ? sql`true` : sql`(not e.is_sensitive or ${partIn(reach)})`
  return sql`${areaIn(reach)} and ${open}`
}

/** The same in two halves that share no event, for whoever counts many: of the open half only an index is read. */
export const halvesWithin = (reach: Reach): readonly [open: Condition, confided: Condition] => [
  sql`${areaIn(reach)} and not e.is_sensitive`,
  sql`${areaIn(reach)} and e.is_sensitive and ${partIn(reach)}`,
]

/** What was told to others in confidence, to be counted and never shown; of whom he is kept from not even that. */
export const confidedToOthers = (reach: Reach): Condition =>
  sql`${areaIn(reach)} and e.is_sensitive and (${partIn(reach)}) is not true`

/** Nothing of whom he is kept from, and nothing that was split off it: asked as it is read, so also of what came just now. */
export function notKeptFrom({ county, hidden }: Pick<Reach, 'county' | 'hidden'>): Condition {
  if (!hidden) return sql`true`
  return sql`(e.id <> all(${hidden.ids}::uuid[]) and e.id <> all(array(${toldBy({ county, ...hidden })})))`
}

function areaIn(reach: Reach): Condition {
  const area = placesIn(reach)
  return reach.hidden ? sql`${area} and ${notKeptFrom(reach)}` : area
}

function placesIn(reach: Reach): Condition {
  const county = sql`e.county_code = ${reach.county}`
  if (reach.isCountyWide) return county
  const parts: Condition[] = []
  if (reach.towns.length > 0) parts.push(among('e.town_id', reach.towns))
  if (reach.villages.length > 0) parts.push(among('e.village_id', reach.villages))
  if (reach.departments.length > 0) parts.push(hasDepartment(reach, reach.departments))
  if (reach.grids.length > 0) parts.push(among('e.grid_id', reach.grids))
  // Who sees a whole town or village sees his own reports in it; an `or` for the rest would cost every list its index.
  const seesArea = reach.towns.length + reach.villages.length > 0
  if (reach.accountId !== null && !seesArea) parts.push(sql`e.reporter_id = ${reach.accountId}`)
  return sql`${county} and ${either(parts)}`
}

/** What departments have, or help with. */
const hasDepartment = ({ isHelpLeftOut }: Reach, departments: readonly string[]): Condition =>
  isHelpLeftOut === true
    ? among('e.department_id', departments)
    : sql`(${among('e.department_id', departments)} or e.co_departments && ${departments}::uuid[])`

/**
 * Whether a caller has a part in a sensitive event: it is his turn, it is his own, it was referred to him, or he had one
 * before (domain/src/events/secrecy.ts). Read after the place of the event has been looked up by an index.
 */
function partIn(reach: Reach): Condition {
  const { parts, accountId, caredFor, now: at } = reach
  if (parts === 'all') return sql`true`
  const { desks, overs, isOverCounty, departments } = parts
  const mine = [...(accountId === null ? [] : [accountId]), ...desks]
  const now: Condition[] = mine.length === 0 ? [] : [sql`e.parts && ${mine}::uuid[]`]
  if (accountId !== null) now.push(sql`e.reporter_id = ${accountId}`, sql`e.checker_id = ${accountId}`)
  if (desks.length > 0)
    now.push(
      among('e.desk_place_id', desks),
      sql`(${among('e.town_id', desks)} and ${atTownFrom1(at)})`,
      sql`(${fallsAt} <= ${at === undefined ? null : new Date(at)} and e.core ->> 'countyId' = any(${desks}::text[]))`,
    )
  if (departments.length > 0) now.push(hasDepartment(reach, departments))
  if (caredFor.length > 0)
    now.push(
      sql`(${among('e.grid_id', caredFor)} and not e.is_about_staff and e.status in ('reported', 'verifying', 'handled'))`,
    )
  if (isOverCounty) now.push(isReferred)
  else if (overs.length > 0)
    now.push(
      sql`(${isReferred} and (${among('e.town_id', overs)} or (not e.is_about_staff and ${among('e.village_id', overs)})))`,
    )
  return either(now)
}

/** As the index over requests to take a report back has it. */
const isAskedBack = sql`e.core -> 'cancelAsk' <> 'null'::jsonb`

/**
 * A town calls and decides for its communities, and checks where a worker cannot: one officer does not judge his own
 * work, nor answer what he asked for.
 */
const atTownFrom1 = (now: number | undefined) => sql`
  e.level = 1
  and (
    e.status in (
      'verified', 'callback', 'return-requested', 'ruling', 'extend-requested', 'suspend-requested',
      'unreasonable-claimed'
    )
    or ${isAskedBack}
    or e.status = 'handled' and (e.check_by = 'centre' or e.grid_id is null or e.is_about_staff or ${now === undefined ? sql`false` : isLeftToCentre(now)})
  )
`

/** From when on what a town (level 2) did not answer is the turn of its county too (domain asking.ts). */
const fallsAt = sql`case when e.level = 2 then least(e.answer_due_at, e.back_due_at) end`

/** Supervised, to be closed by force, disputed, or to be extended a second time: somebody above decides. */
const isReferred = sql`
  (e.supervision > 0 or e.status = 'unreasonable-claimed' or e.core -> 'forceClose' <> 'null'::jsonb
    or e.status = 'extend-requested' and (e.core ->> 'extensions')::int > 0)
`

/** As the index over requests that a matter be about nobody who serves has it. */
const isRecodeAsked = sql`e.core -> 'recodeAsk' <> 'null'::jsonb`

/** As the index over requests for a forced close has it. */
const isForced = sql`e.core -> 'forceClose' <> 'null'::jsonb`

/** Nobody of its grid can check it, or in its time; whose check it is, is one of those who can while he is there. */
const isLeftToCentre = (now: number) => sql`(${isCheckLate(now)} or not ${canCheck(now)})`

/** Whether it waits for this caller in any of his work lists; of a row that is read anyway. */
export const waitingAtAll = (viewing: Asker & { readonly now: number }): Condition =>
  sql`coalesce(${either(workQueues.map((queue) => waiting(queue, viewing, viewing.now)))}, false)`

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
      return sql`(e.is_open and ${either(turnsOf(queue, asker).map((turn) => turnCondition(turn, { accountId: asker.caller.accountId, now })))})`
  }
}

/** Actions that wait for the same posts in the same way: one condition for all of them. */
interface TurnGroup {
  readonly turn: Turn
  readonly isJudging: boolean
  readonly isDeciding: boolean
  readonly places: readonly string[]
  /** Of what a chief decides the first time: where one decides as leader, the second time. */
  readonly led: readonly string[] | null
  readonly departments: readonly string[]
  readonly statuses: Set<EventStatus>
}

function turnsOf(queue: WorkQueue, asker: Asker): TurnGroup[] {
  const groups = new Map<string, TurnGroup>()
  for (const { action, for: turn } of queueTable[queue]) {
    const fresh = groupOf(action, turn, asker)
    if (fresh.places.length + fresh.departments.length + (fresh.led?.length ?? 0) === 0) continue
    const { isJudging, isDeciding, places, departments, led } = fresh
    const key = JSON.stringify([turn, isJudging, isDeciding, places, departments, led])
    const group = groups.get(key) ?? fresh
    for (const status of moves[action].from) group.statuses.add(status)
    groups.set(key, group)
  }
  return [...groups.values()]
}

function groupOf(action: Action, turn: Turn, asker: Asker): TurnGroup {
  const duty = dutyOf(action)
  const isExtending = extendingActions.has(action)
  return {
    turn,
    isJudging: judgingActions.has(action),
    isDeciding: decidingActions.has(action),
    places: isExtending ? placesBy(asker, duty, isChief) : placesWith(asker, duty),
    led: isExtending ? placesBy(asker, duty, leads) : null,
    departments: departmentsWith(asker.caller, duty),
    statuses: new Set(),
  }
}

/** Who looks, and when: who serves a grid is asked at that moment. */
type Looker = Pick<Caller, 'accountId'> & { readonly now: number }

function turnCondition(group: TurnGroup, caller: Looker): Condition {
  const isJudge = group.isJudging ? sql`and ${notOwnWork(caller.accountId)}` : sql``
  const isOther = group.isDeciding ? sql`and ${notOwnAsk(caller.accountId)}` : sql``
  // The statuses stand as literals: an index over one of them is found that way.
  const statuses = sql.join([...group.statuses].map((status) => sql.lit(status)))
  return sql`(e.status in (${statuses}) and ${turnConditions[group.turn](group, caller)} ${isJudge} ${isOther})`
}

const turnConditions: Readonly<Record<Turn, (group: TurnGroup, caller: Looker) => Condition>> = {
  desk: ({ places }) => among('e.desk_place_id', places),
  unplaced: ({ places }) => sql`(e.grid_id is null and e.stage = 'accept' and ${among('e.desk_place_id', places)})`,
  forced: ({ places }, { accountId }) => sql`
    (
      ${isForced}
      and e.core -> ${inCore('forceClose')} ->> 'by' is distinct from ${accountId}::text
      and (
        ${among('e.desk_place_id', places)}
        or (e.level = 1 and ${among('e.town_id', places)})
        or e.core ->> ${inCore('countyId')} = any(${places}::text[])
      )
    )
  `,
  'asked-back': (group, { accountId, now }) => sql`
    (
      ${isAskedBack}
      and e.core -> ${inCore('cancelAsk')} ->> 'by' is distinct from ${accountId}::text
      and (
        ${deskOrTown(group)}
        or (e.level = 2 and e.back_due_at <= ${new Date(now)} and e.core ->> 'countyId' = any(${group.places}::text[]))
      )
    )
  `,
  'recode-asked': ({ places }, { accountId }) => sql`
    (
      ${isRecodeAsked}
      and e.core -> ${inCore('recodeAsk')} ->> 'by' is distinct from ${accountId}::text
      and ${among('e.desk_place_id', places)}
    )
  `,
  answer: (group, { now }) => deskOrTown(group, sql`e.level = 2 and e.answer_due_at <= ${new Date(now)}`),
  'desk-or-town': (group) => deskOrTown(group),
  worker: ({ places }, { now }) =>
    either([
      sql`(${among('e.grid_id', places)} and not e.is_about_staff)`,
      sql`(${among('e.desk_place_id', places)} and (e.grid_id is null or e.is_about_staff or not ${canVerify(now)}))`,
    ]),
  handler: ({ departments }) => among('e.department_id', departments),
  'co-handler': ({ departments }) => sql`e.co_departments && ${departments}::uuid[]`,
  checker: (group, { accountId, now }) => sql`
    (
      (
        e.check_by = 'worker'
        and e.grid_id is not null
        and not e.is_about_staff
        and (
          (e.checker_id = ${accountId} and ${isCheckerThere(now)})
          or (${among('e.grid_id', group.places)} and (${isCheckLate(now)} or not ${isCheckerThere(now)}))
        )
      )
      or (
        ${deskOrTown(group)}
        and (e.check_by = 'centre' or e.grid_id is null or e.is_about_staff or ${isLeftToCentre(now)})
      )
    )
  `,
}

/** @param fallen from when on it is the turn of the county too, where it ever is */
function deskOrTown({ places, led }: TurnGroup, fallen = sql`false`): Condition {
  const at = (ids: readonly string[]) => sql`
    (
      ${among('e.desk_place_id', ids)}
      or (e.level = 1 and ${among('e.town_id', ids)})
      or (${fallen} and e.core ->> 'countyId' = any(${ids}::text[]))
    )
  `
  if (led === null) return at(places)
  const isFirst = sql`(e.core ->> ${inCore('extensions')})::int = 0`
  return sql`case when ${isFirst} then ${at(places)} else ${at(led)} end`
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

/** What one asked for oneself is decided by somebody else, whatever posts one has. */
function notOwnAsk(accountId: string | null): Condition {
  return sql`(e.core ->> ${inCore('askedBy')}) is distinct from ${accountId}::text`
}
