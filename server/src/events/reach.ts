/**
 * What a caller may see of events, as a condition every query takes. A right comes from one post with its
 * place: a town post sees its town, a department post what the department has or helps with, a grid post its
 * grid, a micro-grid post what its holder reported. Sensitive events are seen by those who have to do with them.
 */
import type { Duty } from '@fengge/domain/kernel/duty'
import { availableActions, type Actor, type Stand } from '@fengge/domain/events/standing'
import type { EventCore } from '@fengge/domain/events/terms'
import type { Caller, Post } from '../kernel/context.ts'
import { postsWith } from '../kernel/context.ts'
import { sql, type RawBuilder } from '../kernel/db/sql.ts'
import { placeTree } from '../places/door.ts'

export interface Reach {
  readonly county: string
  readonly isCountyWide: boolean
  readonly towns: readonly string[]
  readonly villages: readonly string[]
  readonly grids: readonly string[]
  /** Grids where the caller looks after what is reported, and so sees sensitive matters that wait for him. */
  readonly caredFor: readonly string[]
  readonly departments: readonly string[]
  readonly accountId: string | null
}

/** The reach that a duty gives a caller. */
export function reachOf(caller: Caller, duty: Duty = 'event.read'): Reach {
  const tree = placeTree()
  const towns = new Set<string>(),
    villages = new Set<string>(),
    grids = new Set<string>(),
    caredFor = new Set<string>(),
    departments = new Set<string>()
  let isCountyWide = caller.kind === 'system'
  for (const post of postsWith(caller, duty)) {
    const node = tree.get(post.placeId)
    if (post.departmentId !== null) departments.add(post.departmentId)
    else if (node?.tier === 'county') isCountyWide ||= node.countyCode === caller.countyCode
    else if (node?.tier === 'town') towns.add(node.id)
    else if (node?.tier === 'village') villages.add(node.id)
    else if (node?.tier === 'grid') {
      for (const id of tree.below(node.id, 'grid')) {
        grids.add(id)
        if (post.duties.has('event.verify')) caredFor.add(id)
      }
    }
  }
  return {
    county: caller.countyCode,
    isCountyWide,
    towns: [...towns],
    villages: [...villages],
    grids: [...grids],
    caredFor: [...caredFor],
    departments: [...departments],
    accountId: caller.accountId,
  }
}

type Condition = RawBuilder<unknown>
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

/** The index word of a reach that is exactly one town or village, so that a search reads only its postings. */
export function scopeWord(reach: Reach): string | undefined {
  const isOne =
    reach.towns.length + reach.villages.length === 1 &&
    reach.grids.length + reach.departments.length === 0 &&
    !reach.isCountyWide
  if (!isOne) return undefined
  return reach.towns.length === 1 ? `t:${reach.towns[0]}` : `v:${reach.villages[0]}`
}

/** Where a duty is held; who holds it in a grid holds it in the grids within. */
function placesOf(caller: Caller, duty: Duty): string[] {
  const tree = placeTree()
  const withInner = (id: string) => (tree.get(id)?.tier === 'grid' ? tree.below(id, 'grid') : [id])
  return [
    ...new Set(
      postsWith(caller, duty)
        .filter((p) => p.departmentId === null)
        .flatMap((p) => withInner(p.placeId)),
    ),
  ]
}
const officesOf = (caller: Caller, duty: Duty) => [
  ...new Set(postsWith(caller, duty).flatMap((p) => (p.departmentId === null ? [] : [p.departmentId]))),
]

/** The own desk, and for a town what its communities handled themselves: one officer cannot judge his own work. */
const deskOrAbove = (caller: Caller, duty: Duty) =>
  either([
    among('e.desk_place_id', placesOf(caller, duty)),
    sql`(e.level = 1 and ${among('e.town_id', placesOf(caller, duty))})`,
  ])

/** The condition of a work list: what waits for this caller. */
export function waiting(queue: string, caller: Caller, now: number): Condition {
  const me = caller.accountId
  switch (queue) {
    case 'to-verify':
      return either([
        sql`
          (e.status in ('reported', 'verifying') and e.is_open and ${among('e.grid_id', placesOf(caller, 'event.verify'))}
          )
        `,
        sql`
          (e.status = 'reported' and e.is_open and ${among('e.desk_place_id', placesOf(caller, 'event.register'))})
        `,
      ])
    case 'to-dispatch':
      return sql`
        (
          e.is_open
          and e.status in ('registered', 'reopened')
          and ${among('e.desk_place_id', placesOf(caller, 'event.dispatch'))}
        )
      `
    case 'to-handle':
      return sql`
        (
          e.is_open
          and (
            (
              e.status in ('dispatched', 'in-progress', 'rework', 'suspended')
              and ${among('e.department_id', officesOf(caller, 'event.finish'))}
            )
            or (
              e.status in ('in-progress', 'rework')
              and e.co_departments && ${officesOf(caller, 'event.finish-co-handling')}::uuid[]
            )
          )
        )
      `
    case 'to-check':
      return sql`
        (
          e.status = 'handled'
          and e.is_open
          and (
            (
              e.check_by = 'worker'
              and (
                e.checker_id = ${me}
                or (e.checker_id is null and ${among('e.grid_id', placesOf(caller, 'event.pass'))})
              )
            )
            or ((e.check_by = 'centre' or e.grid_id is null) and ${deskOrAbove(caller, 'event.pass')})
          )
        )
      `
    case 'to-decide':
      return either([
        sql`
          (
            e.is_open
            and e.status in ('return-requested', 'ruling', 'extend-requested', 'suspend-requested')
            and ${among('e.desk_place_id', placesOf(caller, 'event.agree-extension'))}
          )
        `,
        sql`
          (
            e.status = 'unreasonable-claimed'
            and ${among('e.desk_place_id', placesOf(caller, 'event.confirm-unreasonable'))}
          )
        `,
      ])
    case 'to-call':
      return sql`(e.is_open and e.status in ('verified', 'callback') and ${deskOrAbove(caller, 'event.call-back')})`
    case 'late':
      return sql`(e.is_open and e.due_at < ${new Date(now)})`
    case 'mine':
      return sql`e.reporter_id = ${me}`
    default:
      return sql`true`
  }
}

/** How a caller stands before one event. */
export function actorOf(caller: Caller, event: EventCore): Actor {
  if (caller.kind === 'resident') return { kind: 'resident', accountId: null, stands: [] }
  if (caller.kind === 'system') return { kind: 'system', accountId: null, stands: [] }
  const tree = placeTree()
  const at = event.gridId ?? event.villageId ?? event.townId ?? event.countyId
  const stand = (p: Post): Stand => ({
    postingId: p.id,
    placeId: p.placeId,
    departmentId: p.departmentId,
    duties: p.duties,
    covers: p.departmentId === null && (tree.contains(p.placeId, at) || tree.get(p.placeId)?.parentId === event.gridId),
    isOfGrid: event.gridId !== null && tree.get(p.placeId)?.tier === 'grid' && tree.contains(p.placeId, event.gridId),
  })
  return { kind: 'person', accountId: caller.accountId, stands: caller.posts.map(stand) }
}

export function actionsFor(caller: Caller, event: EventCore): string[] {
  return availableActions(event, actorOf(caller, event))
}
