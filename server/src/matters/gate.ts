/** The one gate of orders, campaigns, rules and resolutions: in force, and what the matter states. What comes anyway is refused and counted (A3). */
import type { orderDoors } from '@fengge/domain/matters/contract'
import { judgeFit, type Ordered } from '@fengge/domain/matters/fit'
import { isInForce, type Matter } from '@fengge/domain/matters/terms'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Problem } from '@fengge/domain/kernel/problem'
import { postsWith, type Ctx } from '../kernel/context.ts'
import { freshId } from '../kernel/fresh-id.ts'
import { refuse } from '../kernel/problems.ts'
import { countRefused } from './store/refused.ts'
import { findMatter } from './store/matters.ts'

export interface AskedOfGrid extends Ordered {
  readonly matterId: string
  readonly door: (typeof orderDoors)[number]
  /** The last day of it, where it has one. */
  readonly toOn?: string
}

/** @returns the matter under which it may be ordered */
export async function admitOrder(ctx: Ctx, asked: AskedOfGrid): Promise<Matter> {
  const matter = await findMatter(ctx.tx, ctx.caller.countyCode, asked.matterId)
  if (matter === undefined) return turnAway(ctx, asked, 'matter.unknown')
  const { code, name, validFrom, validTo, taskKinds, objects, minutes } = matter
  const today = dayOf(ctx.now)
  if (!isInForce(matter, today) || (asked.toOn !== undefined && validTo !== null && validTo < asked.toOn))
    return turnAway(ctx, asked, 'matter.not-in-force', { code, name, validFrom, validTo })
  const misfit = judgeFit(matter, asked)
  return misfit === undefined ? matter : turnAway(ctx, asked, misfit, { code, name, taskKinds, objects, minutes })
}

function turnAway(
  ctx: Ctx,
  asked: AskedOfGrid,
  problem: Problem['problem'],
  details: Record<string, unknown> = {},
): never {
  const { accountId, name, countyCode } = ctx.caller
  const post = postsWith(ctx.caller, ['task.order', 'visit.rules', 'meeting.hold'])[0]
  if (accountId !== null && post !== undefined) {
    const { door, matterId, taskKind, object, minutes } = asked
    const by = { accountId, byName: name, officeName: post.officeName || post.roleName, placeId: post.placeId }
    const row = { id: freshId(ctx.now), day: dayOf(ctx.now), at: new Date(ctx.now), ...by, door, matterId, problem }
    ctx.afterRefusal.push((tx) => countRefused(tx, countyCode, { ...row, taskKind, object, minutes }))
  }
  return refuse(problem, 422, details)
}
