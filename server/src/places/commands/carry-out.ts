/** Carries out a change of the net: dated, in one transaction, with all that stands there following its border (G5). */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import {
  borderMoved,
  gridClosed,
  gridDrawn,
  gridSplit,
  gridsMerged,
  netChanged,
  type NetChange,
} from '@fengge/domain/places/facts'
import type * as promises from '@fengge/domain/places/net-contract'
import type { NetAsk } from '@fengge/domain/places/net-contract'
import type { Ctx, Post } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { announce } from '../../kernel/reactions.ts'
import { foresee, holdSettled, type Foreseen } from '../foresee.ts'
import { newsOf, planChange, type Opening, type Plan } from '../net-plan.ts'
import { judgedIn, outlineChange } from '../outline-change.ts'
import * as store from '../store/places.ts'
import { placeTree } from '../tree-in-force.ts'
import { mayEdit, openGrid, saveSuccession } from './open-grid.ts'

type Promises = typeof promises
type Reply<P extends 'moveBorder' | 'splitGrid' | 'mergeGrids' | 'closeGrid' | 'carveGrid'> = Promise<
  ReplyOf<Promises[P]>
>

export async function moveBorder(ctx: Ctx, ask: AskOf<Promises['moveBorder']>): Reply<'moveBorder'> {
  return movedOf(await carryOut(ctx, { kind: 'border', ...ask }))
}
export async function splitGrid(ctx: Ctx, ask: AskOf<Promises['splitGrid']>): Reply<'splitGrid'> {
  const done = await carryOut(ctx, { kind: 'split', ...ask })
  return { codes: ask.parts.map((p) => done.codes.get(p.id)!), ...movedOf(done) }
}
export async function mergeGrids(ctx: Ctx, ask: AskOf<Promises['mergeGrids']>): Reply<'mergeGrids'> {
  const done = await carryOut(ctx, { kind: 'merge', ...ask })
  return { code: done.codes.get(ask.into.id)!, ...movedOf(done) }
}
export async function closeGrid(ctx: Ctx, ask: AskOf<Promises['closeGrid']>): Reply<'closeGrid'> {
  return movedOf(await carryOut(ctx, { kind: 'close', ...ask }))
}

export async function carveGrid(ctx: Ctx, ask: AskOf<Promises['carveGrid']>): Reply<'carveGrid'> {
  const done = await carryOut(ctx, { kind: 'carve', ...ask })
  return { code: done.codes.get(ask.grid.id)!, ...movedOf(done) }
}

interface Done {
  readonly codes: ReadonlyMap<string, string>
  readonly followed: number
  readonly foreseen: Foreseen
}
const movedOf = ({ followed, foreseen }: Done) => ({ rehomed: followed, moved: [...foreseen.moved] })

/** @throws Refusal where something is not settled, or who asks may not edit every grid of it */
export async function carryOut(ctx: Ctx, ask: NetAsk, step?: NetChange['step']): Promise<Done> {
  if (ask.on > dayOf(ctx.now)) refuse('place.dates', 422)
  let post: Post | null = null
  const fetch = (ids: readonly string[]) => store.lockPlaces(ctx.tx, ids)
  const outline = await outlineChange(ctx, ask, fetch, (places) => {
    // What was ordered was judged when it was; on its day the system carries it out.
    if (ctx.caller.kind !== 'system') post = places.map((p) => mayEdit(ctx, p.id))[0]!
  })
  const plan = planChange(outline)
  const news = newsOf(placeTree(ctx), plan, step)
  const foreseen = await foresee(ctx, plan, news)
  holdSettled(foreseen)
  await news.step('places')
  const codes = await writePlaces(ctx, plan)
  tellOf(ctx, ask, { plan, codes, post })
  return { codes, followed: await tellChanged(ctx, plan, news), foreseen }
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
  for (const p of plan.ended) await store.endPlace(ctx.tx, p.id, on)
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

function tellOf(ctx: Ctx, { kind, on, reason }: NetAsk, { plan, codes, post }: Written): void {
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
