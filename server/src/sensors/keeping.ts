/** Who keeps a device: whoever has the duty over the place where it stands. */
import { postsWith, type Asking } from '../kernel/context.ts'
import { refuse } from '../kernel/problems.ts'
import { placeTree } from '../places/door.ts'

/** The place that a device's keeper must stand over: the smallest that is known. */
export const placeOf = (d: {
  readonly grid_id: string | null
  readonly village_id: string | null
  readonly town_id: string | null
}): string | null => d.grid_id ?? d.village_id ?? d.town_id

/** Whether the caller keeps devices at a place; of what lies in no town, whoever serves the county does. */
export function mayManage(ctx: Asking, placeId: string | null): boolean {
  const tree = placeTree(ctx)
  return postsWith(ctx.caller, 'sensor.manage').some(
    (p) =>
      p.departmentId === null &&
      (placeId === null
        ? tree.get(p.placeId)?.tier === 'county' && tree.get(p.placeId)?.countyCode === ctx.caller.countyCode
        : tree.contains(p.placeId, placeId)),
  )
}

/** @throws not found where it is out of reach; where it is to be put there, that it is elsewhere */
export function mustManage(
  ctx: Asking,
  placeId: string | null,
  problem: 'sensor.unknown' | 'sensor.elsewhere' = 'sensor.unknown',
): void {
  if (!mayManage(ctx, placeId)) refuse(problem, problem === 'sensor.unknown' ? 404 : 422)
}
