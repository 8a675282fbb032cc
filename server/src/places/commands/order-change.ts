/** Changes of the net that are ordered: settled when they are asked for, carried out on their day in the background. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import { netOrdered, netWithdrawn } from '@fengge/domain/places/facts'
import {
  NetAsk,
  type orderChange as promise,
  type withdrawOrder as withdrawing,
} from '@fengge/domain/places/net-contract'
import { actAs } from '../../kernel/act-as.ts'
import { systemCaller, type Ctx } from '../../kernel/context.ts'
import type { Ground } from '../../kernel/ground.ts'
import { describeError, problemOf, refuse } from '../../kernel/problems.ts'
import { foresee, holdSettled } from '../foresee.ts'
import { newsOf, planChange } from '../net-plan.ts'
import { fetchFrom, judgedIn, outlineChange } from '../outline-change.ts'
import * as orders from '../store/net-orders.ts'
import { placeTree, reloadAfter } from '../tree-in-force.ts'
import { carryOut } from './carry-out.ts'
import { mayEdit } from './open-grid.ts'

export async function orderChange(ctx: Ctx, { id, change }: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  if (change.on < dayOf(ctx.now)) refuse('place.dates', 422)
  const mayAll = (places: readonly { readonly id: string }[]) => places.map((p) => mayEdit(ctx, p.id))
  const outline = await outlineChange(ctx, change, fetchFrom(ctx.tx), (places) => void mayAll(places))
  const concerned = judgedIn(outline)
  const post = mayAll(concerned)[0]!
  const plan = planChange(outline)
  holdSettled(await foresee(ctx, plan, newsOf(placeTree(ctx), plan)))
  await orders.saveOrder(ctx.tx, {
    id,
    county: ctx.caller.countyCode,
    change,
    gridIds: concerned.map((p) => p.id),
    accountId: ctx.caller.accountId,
    byName: ctx.caller.name,
    at: new Date(ctx.now),
  })
  ctx.tell(netOrdered, { kind: change.kind, on: change.on, reason: change.reason }, id, post)
  return { id }
}

export async function withdrawOrder(ctx: Ctx, { id }: AskOf<typeof withdrawing>): Promise<ReplyOf<typeof withdrawing>> {
  const order = (await orders.lockOrder(ctx.tx, ctx.caller.countyCode, id)) ?? refuse('not-found', 404)
  // A grid that has ended by it is in no tree that could say whose it is.
  if (order.state !== 'waiting') refuse('net.order-done', 409)
  const post = order.grid_ids.map((g) => mayEdit(ctx, g))[0]!
  await orders.saveState(ctx.tx, order, { state: 'withdrawn', at: new Date(ctx.now) })
  ctx.tell(netWithdrawn, {}, id, post)
  return { done: true }
}

/** Carries out what is due, oldest first. @returns how many were */
export async function runOrders(ground: Ground): Promise<number> {
  let done = 0
  for (;;) {
    const order = await orders.findDueOrder(ground.database.read, dayOf(ground.clock.now()))
    if (!order) return done
    await runOne(ground, order)
    done++
  }
}

async function runOne(ground: Ground, order: orders.OrderRow): Promise<void> {
  const { database, clock } = ground
  const ended = () => new Date(clock.now())
  if (!(await database.write((tx) => orders.saveState(tx, order, { state: 'running' })))) return
  try {
    await actAs(ground, systemCaller(order.county_code), 'net:order', async (ctx) => {
      reloadAfter(ctx, database)
      ctx.afterCommit.push(() => ground.sessions.forget())
      const { foreseen } = await carryOut(ctx, NetAsk.parse(order.ask), (step) =>
        database.write((tx) => orders.saveStep(tx, order, step)),
      )
      await orders.saveState(ctx.tx, order, { state: 'done', at: ended(), moved: foreseen.moved })
    })
  } catch (error) {
    const problem = problemOf(error)?.problem ?? 'server.failed'
    await database.write((tx) => orders.saveState(tx, order, { state: 'refused', at: ended(), problem }))
    if (!problemOf(error)) process.stderr.write(`net order ${order.id}: ${describeError(error).message}\n`)
  }
}
