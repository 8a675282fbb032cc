/** Which places a caller reaches by a duty, by tier, as the columns of rows are compared with them. */
import type { Duty } from '@fengge/domain/kernel/duty'
import { tiers } from '@fengge/domain/places/terms'
import { postsWith, type Caller } from '../kernel/context.ts'
import type { PlaceTree } from './tree.ts'

export interface Reach {
  /** The whole county of the caller: nothing but the county need be compared. */
  readonly isCounty: boolean
  readonly town: readonly string[]
  readonly village: readonly string[]
  readonly grid: readonly string[]
}

/**
 * The places of a caller's posts that are of no department. Who cares for a micro-grid reaches its grid.
 * @param placeId where given, no more than what lies in it
 */
export function reachOf(tree: PlaceTree, caller: Caller, duty: Duty | readonly Duty[], placeId?: string): Reach {
  const posts = postsWith(caller, duty).filter((p) => p.departmentId === null)
  const reach = { isCounty: false, town: [] as string[], village: [] as string[], grid: [] as string[] }
  for (const id of narrowed(
    tree,
    posts.map((p) => p.placeId),
    placeId,
  )) {
    const node = tree.get(id)
    if (node?.tier === 'county' && node.countyCode === caller.countyCode) return { ...reach, isCounty: true }
    if (node?.tier === 'town' || node?.tier === 'village') reach[node.tier].push(id)
    if (node?.tier === 'grid') reach.grid.push(...tree.below(id, 'grid'))
    if (node?.tier === 'micro' && node.parentId !== null) reach.grid.push(node.parentId)
  }
  return reach
}

function narrowed(tree: PlaceTree, places: readonly string[], to: string | undefined): readonly string[] {
  if (to === undefined) return places
  return places.some((p) => tree.contains(p, to)) ? [to] : places.filter((p) => tree.contains(to, p))
}

/** Some places and all that lies in them. */
export const idsWithin = (tree: PlaceTree, places: readonly string[]): string[] => [
  ...new Set(places.flatMap((id) => tiers.flatMap((tier) => tree.below(id, tier)))),
]
