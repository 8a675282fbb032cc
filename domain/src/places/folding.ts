/**
 * How a department's grid becomes a part of the one net (G6): it is the same as some of our grids, it becomes a
 * dedicated grid of its own, or its border is taken over. Pure: what of it lies where is handed in.
 */
import { z } from 'zod'
import { Id } from '../kernel/id.ts'

/** Layers that departments drew for their own people; estates and street fronts are places, not nets. */
export const areaLayers = ['police-beat', 'department-grid'] as const
export const foldingHows = ['same', 'dedicated', 'border'] as const
export const FoldingHow = z.enum(foldingHows)
export type FoldingHow = z.infer<typeof FoldingHow>

/** `open`: still a net beside ours. `refused`: it was to be folded, and the net had changed meanwhile. */
export const areaStates = ['open', 'waiting', 'folded', 'refused'] as const
export const AreaState = z.enum(areaStates)
export type AreaState = z.infer<typeof AreaState>

/** As what a department's people serve in a grid: as deputy of its leader, from the legal offices, or from any other. */
export const foldingRoles = ['deputy-leader', 'legal-officer', 'sunk-officer'] as const

/** How much of one of our grids and of a department's area is the same. Shares are of land, 0 to 1. */
export const AreaShare = z.strictObject({
  gridId: Id,
  name: z.string(),
  village: z.string(),
  villageId: Id.nullable(),
  version: z.int(),
  ofArea: z.number(),
  ofGrid: z.number(),
  /** People whose home has a point in both, of so many in the grid; `pointless` are those whose home has none. */
  persons: z.int(),
  gridPersons: z.int(),
  pointless: z.int(),
})
export type AreaShare = z.infer<typeof AreaShare>

/** Grids that lie in an area for the most part, by land or by people; of a point, the grid that holds it. */
export function likelySame(shares: readonly AreaShare[]): string[] {
  const most = ({ ofGrid, persons, gridPersons, pointless }: AreaShare) =>
    ofGrid >= 0.5 || (gridPersons > pointless && persons > 0.5 * (gridPersons - pointless))
  const found = shares.filter(most)
  if (found.length > 0) return found.map((s) => s.gridId)
  const first = shares.toSorted((a, b) => b.ofArea - a.ofArea)[0]
  return first ? [first.gridId] : []
}
