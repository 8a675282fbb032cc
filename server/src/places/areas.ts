/** What a department's grid is beside ours: where it lies, what became of it, and who may say so. */
import type { AreaState } from '@fengge/domain/places/folding'
import type { Area } from '@fengge/domain/places/folding-contract'
import type { Geometry } from '@fengge/domain/places/terms'
import { postsWith, type Asking } from '../kernel/context.ts'
import { boxOf } from './geometry.ts'
import type { AreaRow } from './store/foldings.ts'
import { placeTree } from './tree-in-force.ts'
import type { PlaceTree } from './tree.ts'

/** So many corners of an area are asked in which town they lie. */
const mostAsked = 40

/** The town that holds most of what is asked of an area: its middle and its corners. */
export function townOf(tree: PlaceTree, geometry: AreaRow['geometry']): string | null {
  const votes = new Map<string, number>()
  for (const [lng, lat] of askedPoints(geometry)) {
    const id = tree.locateIn('town', lng, lat)?.id
    if (id !== undefined) votes.set(id, (votes.get(id) ?? 0) + 1)
  }
  return [...votes].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null
}

function askedPoints(geometry: AreaRow['geometry']): (readonly [number, number])[] {
  if (geometry.type === 'Point') return [geometry.coordinates]
  const corners = (geometry as Geometry).coordinates.flatMap((polygon) => polygon[0]!)
  const step = Math.ceil(corners.length / mostAsked)
  const [west, south, east, north] = boxOf(geometry as Geometry)
  // A corner lies on the border of towns more often than near it: it is asked a little towards the middle.
  const [x, y] = [(west + east) / 2, (south + north) / 2]
  const inward = corners.filter((_, i) => i % step === 0).map(([a, b]) => [a + (x - a) / 10, b + (y - b) / 10] as const)
  return [[x, y], ...inward]
}

export function stateOf(row: AreaRow, today: string): AreaState {
  if (row.folding_id === null || row.order_state === 'withdrawn') return 'open'
  // Every grid that it became is closed, and none followed.
  if (row.grid_ids?.length === 0) return 'open'
  if (row.order_state === 'refused') return 'refused'
  const isDone = row.order_state === null ? row.happens_on! <= today : row.order_state === 'done'
  return isDone ? 'folded' : 'waiting'
}

export function areaOfRow(tree: PlaceTree, row: AreaRow, today: string): Area {
  const state = stateOf(row, today)
  const townId = townOf(tree, row.geometry)
  const isMapped = state !== 'open'
  return {
    id: row.id,
    layer: row.layer as Area['layer'],
    owner: row.owner,
    name: row.name,
    townId,
    town: townId === null ? null : (tree.get(townId)?.name ?? null),
    state,
    foldingId: isMapped ? row.folding_id : null,
    how: isMapped ? row.how : null,
    on: isMapped ? row.happens_on : null,
    basis: isMapped ? row.basis : null,
    byName: isMapped ? row.by_name : null,
    grids: isMapped ? (row.grid_ids ?? []).flatMap((id) => tree.get(id)?.name ?? []) : [],
    problem: state === 'refused' ? row.problem : null,
  }
}

/** Whether the caller edits the net where an area lies; one that lies in no town is the county's. */
export function reachesArea(ctx: Asking, townId: string | null): boolean {
  const tree = placeTree(ctx)
  return postsWith(ctx.caller, 'net.edit').some(
    (p) =>
      p.departmentId === null &&
      (townId === null ? tree.get(p.placeId)?.tier === 'county' : tree.contains(p.placeId, townId)),
  )
}
