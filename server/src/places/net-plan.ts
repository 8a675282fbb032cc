/**
 * What a change of the net does to places, before anything is written: which end, which open, which borders move, and
 * what follows what. Grids and micro-grids inside are cut along the new borders, and stand under what holds them (G5).
 */
import { createHash } from 'node:crypto'
import { composeId } from '@fengge/domain/kernel/id'
import type { NetAsk } from '@fengge/domain/places/net-contract'
import type { Geometry } from '@fengge/domain/places/terms'
import { areaOf, differenceOf, intersectionOf } from './geometry.ts'
import { holdUntangled, tolerance } from './net-checks.ts'
import type { PlaceRow } from './store/places.ts'

/** A place that opens; its code is issued when it does. */
export interface Opening extends Pick<
  PlaceRow,
  'id' | 'name' | 'kind' | 'dedicated_kind' | 'households' | 'people' | 'terrain'
> {
  readonly parentId: string
  /** Where not given, the usual one below its parent. */
  readonly level: string | null
  readonly tier: string
  readonly norm_reason: string | null
  readonly geometry: Geometry | null
}
/** A place after the change, parents before what lies in them. */
interface Standing {
  readonly id: string
  readonly name: string
  readonly tier: string
  readonly geometry: Geometry | null
}
/** What a change is made of before what lies inside is cut. */
export interface Outline {
  readonly ask: Pick<NetAsk, 'kind' | 'on' | 'reason' | 'settled' | 'rest' | 'staff'>
  /** Grids that are asked for, as they are today. */
  readonly grids: readonly PlaceRow[]
  /** What a grid opens in that is not one of several; a grid keeps what stands elsewhere in it. */
  readonly host: PlaceRow | null
  /** Every place inside of them. */
  readonly below: readonly PlaceRow[]
  readonly opened: readonly Opening[]
  /** New borders of grids that go on. */
  readonly borders: ReadonlyMap<string, Geometry>
}
export interface Plan extends Outline {
  /** What was asked to open, without what is cut inside. */
  readonly wanted: readonly Opening[]
  readonly ended: readonly PlaceRow[]
  readonly after: readonly Standing[]
  readonly followers: ReadonlyMap<string, readonly string[]>
  /** Without a border, under a grid that becomes several: somebody must say where they go. */
  readonly unplaced: readonly PlaceRow[]
  /** Places, of those asked for and those inside, that go on and lose no land. */
  readonly keeping: ReadonlySet<string>
}

/** The grid in which another one opens: what stands in it is there or in the new one. */
export const outerOf = ({ host, opened }: Pick<Outline, 'host' | 'opened'>): PlaceRow[] =>
  host?.tier === 'grid' && opened.some((o) => o.tier === 'grid') ? [host] : []

/** Less than this share of a place beyond a border is a slip of the pen, not a part of it. */
const sliver = 0.01

/** @param outline with the places below, none of them cut yet */
export function planChange(outline: Outline): Plan {
  const fresh = [...bordersIn(outline.opened), ...outline.borders.values()]
  holdUntangled(fresh, bordersIn(outline.below))
  const plan = {
    ended: outline.grids.filter((g) => !outline.borders.has(g.id)),
    opened: [...outline.opened],
    borders: new Map(outline.borders),
    after: [] as Standing[],
    followers: new Map<string, string[]>(),
    unplaced: [] as PlaceRow[],
  }
  const inside = Map.groupBy(outline.below, (p) => p.parent_id!)
  const settled = new Map(outline.ask.settled.map((s) => [s.id, s.to]))
  const named = new Map<string, Set<string>>()
  const nameIn = (host: Standing, child: PlaceRow) => {
    const taken = named.get(host.id) ?? new Set((inside.get(host.id) ?? []).map((c) => c.name))
    named.set(host.id, taken)
    const parent = outline.grids.find((g) => g.id === child.parent_id)?.name ?? ''
    const free = [child.name, `${parent}${child.name}`.slice(-50)].find((n) => !taken.has(n))
    let name = free ?? child.name
    for (let i = 2; taken.has(name); i++) name = `${child.name.slice(0, 45)}（${i}）`
    taken.add(name)
    return name
  }
  const follow = (id: string, to: string) => plan.followers.set(id, [...(plan.followers.get(id) ?? []), to])
  const cut = (parentId: string, hosts: readonly Standing[]) => {
    for (const child of inside.get(parentId) ?? []) {
      const pieces = piecesOf(child, hosts, settled.get(child.id))
      if (!pieces) {
        plan.unplaced.push(child)
        continue
      }
      const next = pieces.map(({ host, geometry }) => {
        if (host.id === parentId) {
          if (geometry && geometry !== child.geometry) plan.borders.set(child.id, geometry)
          return { id: child.id, name: child.name, tier: child.tier, geometry }
        }
        const piece = { ...child, id: pieceId(child.id, host.id), name: nameIn(host, child), geometry }
        plan.opened.push({ ...piece, parentId: host.id })
        follow(child.id, piece.id)
        return { id: piece.id, name: piece.name, tier: child.tier, geometry }
      })
      if (!next.some((n) => n.id === child.id)) plan.ended.push(child)
      plan.after.push(...next)
      cut(child.id, next)
    }
  }
  const goOn = outline.grids.flatMap((g) =>
    outline.borders.has(g.id) ? [{ ...g, geometry: outline.borders.get(g.id)! }] : [],
  )
  const hosts: Standing[] = [...goOn, ...outline.opened]
  // The deepest is the last, and holds a point before those around it.
  plan.after.push(...outerOf(outline), ...hosts)
  for (const g of outline.grids) {
    if (!outline.borders.has(g.id)) for (const o of outline.opened) follow(g.id, o.id)
    cut(g.id, hosts)
  }
  return { ...outline, wanted: outline.opened, ...plan, keeping: keepingIn(outline, plan) }
}

const bordersIn = (places: readonly { readonly geometry: Geometry | null }[]): Geometry[] =>
  places.flatMap((p) => (p.geometry ? [p.geometry] : []))

function keepingIn(outline: Outline, { ended, borders }: Pick<Plan, 'ended' | 'borders'>): Set<string> {
  const gone = new Set(ended.map((p) => p.id))
  const isKept = ({ id, geometry }: PlaceRow) => {
    const border = borders.get(id)
    if (border === undefined || geometry === null) return true
    return areaOf(differenceOf(geometry, [border])) <= tolerance
  }
  const rows = [...outline.grids, ...outerOf(outline), ...outline.below]
  return new Set(rows.filter((p) => !gone.has(p.id) && isKept(p)).map((p) => p.id))
}

/** The parts of a place by what holds them after the change; undefined where its border does not say. */
function piecesOf(child: PlaceRow, hosts: readonly Standing[], said: string | null | undefined) {
  const whole = child.geometry
  if (hosts.length === 0) return []
  if (whole === null || hosts.some((h) => h.geometry === null)) {
    const host = hosts.find((h) => h.id === (said ?? child.parent_id)) ?? (hosts.length === 1 ? hosts[0] : undefined)
    return host && [{ host, geometry: whole }]
  }
  const size = areaOf(whole)
  return hosts.flatMap((host) => {
    const part = intersectionOf(whole, host.geometry!)
    const area = areaOf(part)
    if (area <= Math.max(tolerance, size * sliver)) return []
    return [{ host, geometry: size - area <= tolerance ? whole : part }]
  })
}

/** The same place under the same grid has the same id, foreseen or done. */
function pieceId(childId: string, hostId: string): string {
  const digest = createHash('sha256').update(`${childId} ${hostId}`).digest()
  return composeId(Number.parseInt(hostId.replaceAll('-', '').slice(0, 12), 16), digest)
}
