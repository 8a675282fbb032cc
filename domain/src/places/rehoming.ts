/**
 * Where something goes when the net changes: to the grid that holds its point; without a point it stays where its
 * grid goes on, and else goes to the heir (G5). Left out: what follows something else, as rooms follow their building.
 */
import type { NetChange } from './facts.ts'

export interface Point {
  readonly lng: number
  readonly lat: number
}

/** The grid after a change of something that lay in `gridId`; null where the grid ended without an heir. */
export function gridAfter(
  change: Pick<NetChange, 'to' | 'heir' | 'locate'>,
  gridId: string,
  point: Point | null,
): string | null {
  const found = point === null ? undefined : change.locate(point.lng, point.lat)
  return found ?? (change.to.includes(gridId) ? gridId : change.heir)
}
