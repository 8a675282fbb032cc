/** Carries out a change of the net: dated, in one transaction, with all that stands there following its border (G5). */
import { dayOf } from '@fengge/domain/kernel/time'
import {
  borderMoved,
  gridClosed,
  gridDrawn,
  gridSplit,
  gridsMerged,
  netChanged,
  netWidened,
  type NetChange,
} from '@fengge/domain/places/facts'
import { widenedBy } from '@fengge/domain/places/widening'
import type * as promises from '@fengge/domain/places/net-contract'
import type { NetAsk } from '@fengge/domain/places/net-contract'
import type { Asking, Ctx, Post } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { announce } from '../../kernel/reactions.ts'
import type { Prepared } from '../../kernel/run-call.ts'
import { clipping } from '../clipping/beside.ts'
import { foresee, holdSettled, type Foreseen } from '../foresee.ts'
import { newsOf } from '../net-news.ts'
import type { Opening, Plan } from '../net-plan.ts'
import { judgedIn, reckonChange, type Reckoned } from '../outline-change.ts'
import { holdSame } from '../seen.ts'
import { followFoldings } from '../store/foldings.ts'
import * as store from '../store/places.ts'
import { placeTree } from '../tree-in-force.ts'
import { mayEdit, openGrid, saveSuccession } from './open-grid.ts'

type Promises = typeof promises
/** A change that is reckoned before a transaction is opened, and carried out while the net still is what it was. */
type Changing<P extends 'moveBorder' | 'splitGrid' | 'mergeGrids' | 'closeGrid' | 'carveGrid'> = Prepared<
  Promises[P],
  Reckoned
>

export const moveBorder: Changing<'moveBorder'> = {
  prepare: (ctx, ask) => reckon(ctx, { kind: 'border', ...ask }),
  command: async (ctx, _, reckoned) => movedOf(await carryOut(ctx, reckoned)),
}
export const splitGrid: Changing<'splitGrid'> = {
  prepare: (ctx, ask) => reckon(ctx, { kind: 'split', ...ask }),
  command: async (ctx, ask, reckoned) => {
    const done = await carryOut(ctx, reckoned)
    return { codes: ask.parts.map((p) => done.codes.get(p.id)!), ...movedOf(done) }
  },
}
export const mergeGrids: Changing<'mergeGrids'> = {
  prepare: (ctx, ask) => reckon(ctx, { kind: 'merge', ...ask }),
  command: async (ctx, ask, reckoned) => {
    const done = await carryOut(ctx, reckoned)
    return { code: done.codes.get(ask.into.id)!, ...movedOf(done) }
  },
}
export const closeGrid: Changing<'closeGrid'> = {
  prepare: (ctx, ask) => reckon(ctx, { kind: 'close', ...ask }),
  command: async (ctx, _, reckoned) => movedOf(await carryOut(ctx, reckoned)),
}

export const carveGrid: Changing<'carveGrid'> = {
  prepare: (ctx, ask) => reckon(ctx, { kind: 'carve', ...ask }),
  command: async (ctx, ask, reckoned) => {
    const done = await carryOut(ctx, reckoned)
    return { code: done.codes.get(ask.grid.id)!, ...movedOf(done) }
  },
}

/** @throws Refusal where who asks may not edit every grid of it, or the borders do not fit */
export function reckon(ctx: Asking, ask: NetAsk): Promise<Reckoned> {
  return clipping(ctx.caller, 'drawn', (clip) =>
    reckonChange(ctx, ask, clip, (places) => {
      for (const p of places) mayEdit(ctx, p.id)
    }),
  )
}

interface Done {
  readonly codes: ReadonlyMap<string, string>
  readonly followed: number
  readonly foreseen: Foreseen
}
const movedOf = ({ followed, foreseen }: Done) => ({ rehomed: followed, moved: [...foreseen.moved] })

/** @throws Refusal where something is not settled, or the net is not what the change was reckoned with */
export async function carryOut(ctx: Ctx, { plan, seen }: Reckoned, step?: NetChange['step']): Promise<Done> {
  if (plan.ask.on > dayOf(ctx.now)) refuse('place.dates', 422)
  await holdSame(ctx.tx, seen, changedIn(plan))
  // On the day of an order the system carries it out; whether who gave it still may is judged beside (order-change.ts).
  const post = ctx.caller.kind === 'system' ? null : judgedIn(plan).map((p) => mayEdit(ctx, p.id))[0]!
  const news = newsOf(placeTree(ctx), plan, step)
  const foreseen = await foresee(ctx, plan, news)
  holdSettled(foreseen)
  await news.step('places')
  const codes = await writePlaces(ctx, plan)
  tellOf(ctx, { plan, codes, post })
  tellWider(ctx, plan, foreseen, post)
  return { codes, followed: await tellChanged(ctx, plan, news), foreseen }
}

/** Who gives posts hears of each change by which somebody is seen by more. */
export function tellWider(ctx: Ctx, plan: Plan, foreseen: Foreseen, post: Post | null): void {
  const { grids, ...wider } = widenedBy(foreseen, (id) => plan.opened.some((o) => o.id === id))
  if (wider.people > 0) ctx.tell(netWidened, { ...wider, grids: [...grids] }, grids[0]!, post)
}

/** What a plan writes to, with what holds it: ids to be locked. */
export function changedIn({ grids, below, opened }: Plan): string[] {
  const rows = [...grids, ...below]
  return [...rows.map((p) => p.id), ...rows.map((p) => p.parent_id!), ...opened.map((o) => o.parentId)]
}

/** Has all that stands there follow. @returns how many things did */
export function tellChanged(ctx: Ctx, plan: Plan, news: NetChange): Promise<number> {
  const { on, from, to } = news
  const told = { detail: { on, from: [...from], to: [...to] }, subject: judgedIn(plan)[0]!.id }
  return announce(ctx, netChanged, news, told)
}

/** @returns the codes of what opened */
export async function writePlaces(ctx: Ctx, plan: Plan): Promise<Map<string, string>> {
  const { on, reason, kind } = plan.ask
  for (const p of plan.ended) {
    await store.endPlace(ctx.tx, p.id, on)
    await followFoldings(ctx.tx, p.id, plan.followers.get(p.id) ?? [])
  }
  const codes = await openAll(ctx, plan.opened, on)
  for (const [id, geometry] of plan.borders) {
    await store.saveBoundary(ctx.tx, id, geometry, on)
    await store.raiseVersion(ctx.tx, id)
  }
  const asked = plan.grids.map((g) => g.id)
  const to = [...plan.wanted.map((o) => o.id), ...asked.filter((id) => plan.borders.has(id))]
  await saveSuccession(ctx, { kind: kind === 'carve' ? 'open' : kind, on, from: asked, to, reason })
  for (const { id } of plan.below) {
    const goesOn = !plan.ended.some((e) => e.id === id)
    const next = [...(goesOn ? [id] : []), ...(plan.followers.get(id) ?? [])]
    const became = next.length > 1 ? 'split' : 'border'
    if (!goesOn || plan.borders.has(id))
      await saveSuccession(ctx, { kind: next.length === 0 ? 'close' : became, on, from: [id], to: next, reason })
  }
  return codes
}
async function openAll(ctx: Ctx, opened: readonly Opening[], on: string): Promise<Map<string, string>> {
  const codes = new Map<string, string>()
  for (const o of opened) {
    const parent = (await store.findPlace(ctx.tx, o.parentId))!
    const { dedicated_kind: dedicatedKind, norm_reason: normReason, ...rest } = o
    codes.set(o.id, await openGrid(ctx, parent, { ...rest, kind: o.kind!, dedicatedKind, normReason }, on))
  }
  return codes
}

interface Written {
  readonly plan: Plan
  readonly codes: ReadonlyMap<string, string>
  readonly post: Post | null
}

function tellOf(ctx: Ctx, { plan, codes, post }: Written): void {
  const { kind, on, reason } = plan.ask
  const old = plan.grids.map((g) => g.code)
  const first = judgedIn(plan)[0]!
  const [opened] = plan.wanted
  const to = plan.wanted.map((o) => codes.get(o.id)!)
  if (kind === 'border') ctx.tell(borderMoved, { grids: old, on, reason }, first.id, post)
  if (kind === 'split') ctx.tell(gridSplit, { from: first.code, to, on, reason }, first.id, post)
  if (kind === 'merge') ctx.tell(gridsMerged, { from: old, to: to[0]!, on, reason }, opened!.id, post)
  if (kind === 'carve') ctx.tell(gridDrawn, { code: to[0]!, name: opened!.name }, opened!.id, post)
  if (kind === 'close') ctx.tell(gridClosed, { code: first.code, on, reason }, first.id, post)
}
