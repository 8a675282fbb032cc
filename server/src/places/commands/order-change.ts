/** Changes of the net that are ordered: settled when they are asked for, carried out on their day in the background. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import { giverAsked, netOrdered, netWithdrawn, orderRefused } from '@fengge/domain/places/facts'
import {
  NetAsk,
  type orderChange as promise,
  type withdrawOrder as withdrawing,
} from '@fengge/domain/places/net-contract'
import { actAs } from '../../kernel/act-as.ts'
import { systemCaller, type Ctx } from '../../kernel/context.ts'
import { sourceOf, type Ground } from '../../kernel/ground.ts'
import { isPassing } from '../../kernel/answer-problem.ts'
import { describeError, problemOf, refuse } from '../../kernel/problems.ts'
import { announce, askAbove } from '../../kernel/reactions.ts'
import type { Prepared } from '../../kernel/run-call.ts'
import { clipping } from '../clipping/beside.ts'
import { foresee, holdSettled } from '../foresee.ts'
import { newsOf } from '../net-news.ts'
import type { Plan } from '../net-plan.ts'
import { judgedIn, reckonChange, type Reckoned } from '../outline-change.ts'
import * as orders from '../store/net-orders.ts'
import { listPlaces } from '../store/places.ts'
import { placeTree, reloadAfter } from '../tree-in-force.ts'
import { carryOut, reckon } from './carry-out.ts'
import { tellFoldedBy } from './folded.ts'
import { mayEdit } from './open-grid.ts'

export const orderChange: Prepared<typeof promise, Reckoned> = {
  prepare: async (ctx, { change }) => {
    if (change.on < dayOf(ctx.now)) refuse('place.dates', 422)
    return reckon(ctx, change)
  },
  command: async (ctx, { id, change }, { plan }) => {
    const concerned = judgedIn(plan)
    const post = concerned.map((p) => mayEdit(ctx, p.id))[0]!
    holdSettled(await foresee(ctx, plan, newsOf(placeTree(ctx), plan)))
    await holdAlone(ctx, plan)
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
  },
}

/** A grid that another order waits to change, or one inside of it or around it, gets no second one. */
async function holdAlone(ctx: Ctx, plan: Plan): Promise<void> {
  const tree = placeTree(ctx)
  const around = judgedIn(plan).flatMap((p) => tree.line(p.id).filter((n) => n.tier === 'grid' || n.tier === 'micro'))
  const touched = [...new Set([...around, ...plan.below].map((p) => p.id))]
  const other = await orders.findWaitingOn(ctx.tx, ctx.caller.countyCode, touched)
  if (!other) return
  const { id, kind, happens_on: on, by_name: byName } = other
  refuse('net.ordered-before', 409, { id, kind, on, byName })
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

/** @returns whether it had still been waiting */
export async function withdrawWaiting(ctx: Ctx, id: string): Promise<boolean> {
  const order = await orders.lockOrder(ctx.tx, ctx.caller.countyCode, id)
  if (order?.state !== 'waiting') return false
  return orders.saveState(ctx.tx, order, { state: 'withdrawn', at: new Date(ctx.now) })
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

/** Between reckoning and writing somebody may change the net; then it is reckoned again. */
const mostTries = 3

async function runOne(ground: Ground, order: orders.OrderRow): Promise<void> {
  const { database } = ground
  if (!(await database.write((tx) => orders.saveState(tx, order, { state: 'running' })))) return
  for (let tries = 1; ; tries++)
    try {
      return await carryOutOne(ground, order)
    } catch (error) {
      // Gone on with when there is a database again, and room.
      if (isPassing(error)) throw error
      const problem = problemOf(error)?.problem ?? 'server.failed'
      if (problem === 'place.stale' && tries < mostTries) continue
      await refuseOrder(ground, order, problem)
      if (!problemOf(error)) process.stderr.write(`net order ${order.id}: ${describeError(error).message}\n`)
      return
    }
}

/** It is not carried out, and who gave it and the desks of its grids are told. */
async function refuseOrder(ground: Ground, order: orders.OrderRow, problem: string): Promise<void> {
  await actAs(ground, systemCaller(order.county_code), 'net:order-refused', async (ctx) => {
    if (!(await orders.saveState(ctx.tx, order, { state: 'refused', at: new Date(ctx.now), problem }))) return
    const { kind, on } = NetAsk.parse(order.ask)
    const grids = (await listPlaces(ctx.tx, order.grid_ids)).toSorted((a, b) => a.code.localeCompare(b.code))
    const tree = placeTree(ctx)
    // A grid that has ended lies where it lay.
    const lines = grids.flatMap((g) => tree.line(tree.get(g.id) ? g.id : (g.parent_id ?? g.id)))
    const news = {
      orderId: order.id,
      kind,
      on,
      problem,
      about: grids.map((g) => g.name).join('、'),
      placeIds: [...new Set([...order.grid_ids, ...lines.map((n) => n.id)])],
      deskIds: [...new Set(lines.filter((n) => n.tier === 'village' || n.tier === 'town').map((n) => n.id))],
      accountId: order.account_id,
    }
    await announce(ctx, orderRefused, news, { detail: { kind, on, problem }, subject: order.id })
  })
}

/** Judged again as if it were given today: the borders, what must be settled, and whether who gave it still may. */
async function carryOutOne(ground: Ground, order: orders.OrderRow): Promise<void> {
  const { database, clock } = ground
  const change = NetAsk.parse(order.ask)
  const reckoned = await clipping(undefined, 'drawn', (clip) =>
    reckonChange(sourceOf(ground), change, clip, () => undefined),
  )
  await actAs(ground, systemCaller(order.county_code), 'net:order', async (ctx) => {
    await holdGiver(ctx, order)
    reloadAfter(ctx, database)
    ctx.afterCommit.push(() => ground.sessions.forget())
    const { foreseen } = await carryOut(ctx, reckoned, (step) =>
      database.write((tx) => orders.saveStep(tx, order, step)),
    )
    await tellFoldedBy(ctx, order.id)
    const at = new Date(clock.now())
    await orders.saveState(ctx.tx, order, { state: 'done', at, moved: foreseen.moved })
  })
}

/** @throws Refusal where who gave the order serves no more where it is carried out: who does may give it again */
async function holdGiver(ctx: Ctx, { account_id: accountId, grid_ids: gridIds }: orders.OrderRow): Promise<void> {
  if (accountId === null) return
  const answers = await askAbove(ctx, giverAsked, { accountId, gridIds })
  if (answers.includes(false)) refuse('net.giver-gone', 409)
}
