/**
 * Where something goes when the net changes (G5): to the grid that holds its point; without a point it stays where its
 * grid goes on with all its land, follows the one grid that takes its place, or goes where a person said. Left out: what follows something
 * else, as rooms follow their building.
 */
import type { NetChange } from './facts.ts'

export interface Point {
  readonly lng: number
  readonly lat: number
}
export interface Standing {
  readonly id: string
  readonly gridId: string
  readonly point: Point | null
}
type Rules = Pick<NetChange, 'to' | 'locate' | 'held' | 'keepsAll' | 'followersOf' | 'settled' | 'rest'>

/** The grid after a change, null for the village above; undefined where a person must say it first. */
export function gridAfter(change: Rules, { id, gridId, point }: Standing): string | null | undefined {
  const found = point === null ? undefined : change.locate(point.lng, point.lat)
  if (found !== undefined) return found
  const isLost = point !== null && change.held(gridId, point.lng, point.lat)
  if (!isLost) {
    // Whoever put a thing into a grid that its point does not lie in, put it there by hand.
    if (change.keepsAll(gridId) || (point !== null && change.to.includes(gridId))) return gridId
    const followers = change.followersOf(gridId)
    if (followers.length === 1) return followers[0]
  }
  const said = change.settled.get(id)
  return said === undefined ? restOf(change, gridId) : said
}

/** Villages of a change: what lies in them and in no grid may come into one. */
export const villagesOf = ({ from, to, homeOf }: Pick<NetChange, 'from' | 'to' | 'homeOf'>): string[] => [
  ...new Set([...from, ...to].flatMap((g) => homeOf(g).villageId ?? [])),
]

/** Where goes what is about a whole place that ends: to the one that follows it, or to the village that holds them all. */
export function heirOf(change: Pick<NetChange, 'followersOf' | 'homeOf'>, endedId: string): string | null {
  const [first, ...others] = change.followersOf(endedId)
  return first !== undefined && others.length === 0 ? first : change.homeOf(endedId).villageId
}

/** Where what nobody settled by itself goes; undefined where nobody said. */
export function restOf({ rest, to }: Pick<Rules, 'rest' | 'to'>, gridId: string): string | null | undefined {
  if (rest !== 'stay') return rest
  return to.includes(gridId) ? gridId : undefined
}
