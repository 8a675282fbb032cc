/**
 * Who looks for a mover, and who decides where he was not found: the desk of the community he was to move to; where
 * nobody could tell the community, the desk of town or county, which answers for whoever is sought there.
 */
import type { Duty } from '@fengge/domain/kernel/duty'
import { postsWith, type Asking, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { dutiesOver, placeOf } from '../sight.ts'
import { lockArrival, type ArrivalRow } from './store/arrivals.ts'

type Waits = Pick<ArrivalRow, 'person_id' | 'grid_id' | 'village_id' | 'town_id' | 'state'>

const isUnseen = (ctx: Asking, a: Waits): boolean => ctx.caller.unseen?.has(a.person_id) === true

/** Whoever writes in the grid that he was offered to. */
export const mayTake = (ctx: Asking, a: Waits): boolean =>
  a.state === 'offered' && !isUnseen(ctx, a) && dutiesOver(ctx, a).duties.has('registry.write')

export const decidingDuties = (a: Waits): Duty[] =>
  a.village_id === null ? ['registry.correct', 'registry.trace'] : ['registry.correct']

export function mayDecide(ctx: Asking, a: Waits): boolean {
  if (isUnseen(ctx, a)) return false
  const duties = decidingDuties(a)
  if (placeOf(a) !== null) return duties.some((duty) => dutiesOver(ctx, a).duties.has(duty))
  const isCounty = (placeId: string) => placeTree(ctx).get(placeId)?.tier === 'county'
  return postsWith(ctx.caller, duties).some((p) => p.departmentId === null && isCounty(p.placeId))
}

/** One that waits and is within reach, locked; else the same answer as where it is not there. */
export async function lockWaiting(ctx: Ctx, id: string, may: (ctx: Asking, a: Waits) => boolean): Promise<ArrivalRow> {
  const arrival = await lockArrival(ctx.tx, ctx.caller.countyCode, id)
  if (!arrival || isUnseen(ctx, arrival)) return refuse('record.unknown', 404)
  const isOpen = arrival.state === 'offered' || arrival.state === 'desk'
  if (may(ctx, arrival)) return isOpen ? arrival : refuse('arrival.answered', 409)
  // That a colleague answered, or the desk has it by now, is no secret to the grid he was offered to.
  return dutiesOver(ctx, arrival).duties.has('registry.write')
    ? refuse('arrival.answered', 409)
    : refuse('record.unknown', 404)
}
