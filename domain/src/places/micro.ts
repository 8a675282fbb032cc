/**
 * Which micro-grid a house lies in: the one that holds the point of its building, where that lies in the house's own grid.
 * A house whose building has no known point follows the one micro-grid that takes the place of its own; what a person
 * put into a micro-grid without a border stays there.
 */
import type { NetChange } from './facts.ts'
import type { Point } from './rehoming.ts'

type Rules = Pick<NetChange, 'locateMicro' | 'microHolders' | 'held' | 'ended' | 'followersOf'>

interface Housed {
  /** The grid of the house after the change. */
  readonly gridId: string | null
  /** The micro-grid it was in. */
  readonly was: string | null
  readonly point: Point | null
}

/** The micro-grid of a house after a change of the net; null for none. */
export function microAfter(change: Rules, { gridId, was, point }: Housed): string | null {
  const found = point === null ? undefined : change.locateMicro(point.lng, point.lat)
  if (found !== undefined && change.microHolders.get(found) === gridId) return found
  if (was === null || (point !== null && change.held(was, point.lng, point.lat))) return null
  if (!change.ended.includes(was)) return was
  const [first, ...others] = change.followersOf(was)
  return first !== undefined && others.length === 0 ? first : null
}

/** What is in force: the micro-grid that holds a point, and which of them have a border. */
export interface MicrosInForce {
  readonly locate: (lng: number, lat: number) => { readonly id: string; readonly parentId: string | null } | undefined
  readonly isDrawn: (id: string) => boolean
}

/** The micro-grid of a house as the net is, whatever was changed when; null for none. */
export function microNow(net: MicrosInForce, { gridId, was, point }: Housed): string | null {
  if (point === null) return was
  const found = net.locate(point.lng, point.lat)
  if (found !== undefined && found.parentId === gridId) return found.id
  return was !== null && !net.isDrawn(was) ? was : null
}
