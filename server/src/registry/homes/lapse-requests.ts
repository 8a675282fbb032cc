/**
 * A house has a head now: who was asked for as its head, and whose own place has not answered, is asked for no more.
 * Whoever asked reads so among his requests, and may ask for him as a member. Requirement R4.
 */
import { linkLapsed } from '@fengge/domain/registry/facts'
import type { Ctx } from '../../kernel/context.ts'
import { lapseHeadRequests } from '../store/link-requests.ts'

/** @param houseIds that may have got a head; their rows are locked */
export async function lapseRequests(ctx: Ctx, houseIds: readonly string[]): Promise<void> {
  if (houseIds.length === 0) return
  const lapsed = await lapseHeadRequests(ctx.tx, ctx.caller.countyCode, houseIds, new Date(ctx.now))
  for (const q of lapsed) ctx.tell(linkLapsed, { request: q.id, houseId: q.house_id }, q.person_id, null)
}
