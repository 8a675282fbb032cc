/** What each kind of change asks of the net, judged against what is there: which grids, what opens, which borders. */
import type { NetAsk } from '@fengge/domain/places/net-contract'
import type { Geometry } from '@fengge/domain/places/terms'
import type { Source } from '../kernel/context.ts'
import { refuse } from '../kernel/problems.ts'
import type { Clip } from './clipping/beside.ts'
import { holdDrawn } from './drawn.ts'
import { areaOf, boxesMeet, boxOf } from './geometry.ts'
import type { Shape } from './net-checks.ts'
import type { Opening, Outline, Plan } from './net-plan.ts'
import { createSeen, type Seen } from './seen.ts'
import * as store from './store/places.ts'

type Part = Pick<Outline, 'opened' | 'borders'>
type AskOfKind<K extends NetAsk['kind']> = Extract<NetAsk, { kind: K }>

/** A change that was reckoned with the net as it was seen; carried out only while that still is the net. */
export interface Reckoned {
  readonly plan: Plan
  readonly seen: Seen
}
/** By what a change is reckoned: the net as it is read, and the thread that clips. */
export interface Means {
  readonly ctx: Source
  readonly clip: Clip
  readonly seen: Seen
}

/** The rows asked for, in the order asked, if they are grids in force that nobody changed since. */
export function holdFresh(
  rows: readonly store.PlaceRow[],
  asked: readonly { readonly id: string; readonly version: number }[],
): store.PlaceRow[] {
  return asked.map((a) => {
    const row = rows.find((r) => r.id === a.id) ?? refuse('place.unknown', 404)
    if (row.valid_to !== null) refuse('place.closed', 409)
    if (row.tier !== 'grid' && row.tier !== 'micro') refuse('place.parent-wrong', 422)
    if (row.version !== a.version) refuse('place.stale', 409, { version: row.version })
    return row
  })
}

/** Places that whoever asks has to edit: the grids of a change, and what a grid opens in. */
export const judgedIn = ({ grids, host }: Pick<Outline, 'grids' | 'host'>): readonly store.PlaceRow[] =>
  host && !grids.includes(host) ? [host, ...grids] : grids

/**
 * Reckons a change before anything is locked or written: clipping is done by a thread, and nobody waits for it.
 * @param judged told of the places before anything is reckoned: whether who asks may edit them, and that he looks
 */
export async function reckonChange(
  ctx: Source,
  ask: NetAsk,
  clip: Clip,
  judged: (places: readonly store.PlaceRow[]) => void,
): Promise<Reckoned> {
  const asked = askedGrids(ask)
  const ids = asked.map((a) => a.id)
  if (new Set(ids).size !== ids.length) refuse('place.parent-wrong', 422)
  const grids = holdFresh(await store.listPlaces(ctx.tx, ids), asked)
  const host = ask.kind === 'carve' ? await hostOf(ctx, ask.parentId, grids) : null
  judged(judgedIn({ grids, host }))
  holdDrawn(drawnIn(ask))
  const inside = new Map((await store.listPlaces(ctx.tx, await store.listBelow(ctx.tx, ids))).map((p) => [p.id, p]))
  const seen = createSeen()
  seen.add([...judgedIn({ grids, host }), ...inside.values()])
  seen.addHolders([...ids, ...inside.keys()])
  // A grid that is asked for and lies in another one of them is not cut twice.
  for (const id of ids) inside.delete(id)
  const part = await partOf({ ctx, clip, seen }, ask, { grids, host })
  return { plan: await planBeside(clip, { ask, grids, host, below: [...inside.values()], ...part }), seen }
}

/** What a grid opens in: a village, or a grid of which it takes no other grid's land. */
async function hostOf(ctx: Source, id: string, grids: readonly store.PlaceRow[]): Promise<store.PlaceRow> {
  const host = await store.findPlace(ctx.tx, id)
  if (!host || host.valid_to !== null) return refuse('place.unknown', 404)
  const isFit = host.tier === 'village' ? grids.every((g) => g.parent_id === id) : grids.length === 0
  return isFit ? host : refuse('place.parent-wrong', 422)
}

export async function planBeside(clip: Clip, outline: Outline): Promise<Plan> {
  const { ended, unplaced, ...planned } = await clip('plan', outline)
  const rows = new Map([...outline.grids, ...outline.below].map((p) => [p.id, p]))
  const rowsOf = (ids: readonly string[]) => ids.map((id) => rows.get(id)!)
  return { ...outline, wanted: outline.opened, ...planned, ended: rowsOf(ended), unplaced: rowsOf(unplaced) }
}

function drawnIn(ask: NetAsk): readonly (Geometry | null)[] {
  if (ask.kind === 'border') return ask.borders.map((b) => b.geometry)
  if (ask.kind === 'carve') return [ask.grid.geometry]
  return ask.kind === 'split' ? ask.parts.map((p) => p.geometry) : []
}

function askedGrids(ask: NetAsk): readonly { readonly id: string; readonly version: number }[] {
  if (ask.kind === 'border') return ask.borders
  return ask.kind === 'merge' || ask.kind === 'carve' ? ask.grids : [ask]
}

async function partOf(means: Means, ask: NetAsk, { grids, host }: Pick<Outline, 'grids' | 'host'>): Promise<Part> {
  switch (ask.kind) {
    case 'border':
      return moveBorders(means, ask, grids)
    case 'split':
      return splitOne(means, ask, grids[0]!)
    case 'merge':
      return mergeAll(means, ask, grids)
    case 'close':
      return { opened: [], borders: new Map() }
    case 'carve':
      return carveOut(means, ask, grids, host!)
  }
}

/** A grid opens; what it takes is taken from grids that go on with the rest, or end where nothing is left. */
async function carveOut(
  means: Means,
  ask: AskOfKind<'carve'>,
  grids: readonly store.PlaceRow[],
  host: store.PlaceRow,
): Promise<Part> {
  const { dedicatedKind, normReason, ...grid } = ask.grid
  const geometry = grid.geometry && (await means.clip('readBorders', [grid.geometry], ask.datum))[0]!
  const borders = new Map<string, Geometry>()
  const known = grids.flatMap((g) => g.geometry ?? [])
  if (known.length < grids.length || (!geometry && grids.length > 0)) refuse('border.not-cover', 422)
  if (geometry) {
    const taken = grids.map((g) => g.id)
    await holdAmong(means, host.id, [{ id: grid.id, name: grid.name, geometry }], taken)
    const left = grids.length === 0 ? [] : await means.clip('takeFrom', geometry, known)
    for (const [i, rest] of left.entries()) if (rest) borders.set(taken[i]!, rest)
  }
  const tier = grid.kind === 'micro' ? 'micro' : 'grid'
  const opening = {
    ...grid,
    geometry,
    dedicated_kind: dedicatedKind,
    norm_reason: normReason,
    // Land of a grid stays what it was; what is taken of several is what most of it was.
    terrain: largestOf(grids, (g) => areaOf(g.geometry) - areaOf(borders.get(g.id) ?? null), host).terrain,
    tier,
    parentId: host.id,
  }
  return { opened: [opening], borders }
}

/** The first of those with the most of something. @param other where there are none */
function largestOf(
  grids: readonly store.PlaceRow[],
  size: (grid: store.PlaceRow) => number,
  other?: store.PlaceRow,
): store.PlaceRow {
  const [largest] = grids.map((grid) => ({ grid, of: size(grid) })).toSorted((a, b) => b.of - a.of)
  return largest?.grid ?? other!
}

async function moveBorders(means: Means, ask: AskOfKind<'border'>, grids: readonly store.PlaceRow[]): Promise<Part> {
  const drawn = ask.borders.map((b) => b.geometry)
  const read = await means.clip('readBorders', drawn, ask.datum)
  const fresh: Shape[] = grids.map((g, i) => ({ id: g.id, name: g.name, geometry: read[i]! }))
  for (const parentId of new Set(grids.map((g) => g.parent_id!)))
    await holdAmong(
      means,
      parentId,
      fresh.filter((_, i) => grids[i]!.parent_id === parentId),
    )
  return { opened: [], borders: new Map(fresh.map((f) => [f.id, f.geometry])) }
}

/** Borders that are drawn below a parent lie within it, and over nothing that stands there. */
async function holdAmong(
  means: Means,
  parentId: string,
  fresh: readonly Shape[],
  except: readonly string[] = [],
): Promise<void> {
  const { ctx, clip, seen } = means
  const parent = (await store.findPlace(ctx.tx, parentId))!
  const there = await store.listInForce(ctx.tx, parentId)
  seen.add([parent, ...there])
  seen.addHolders([parentId])
  const own = new Set([...fresh.map((f) => f.id), ...except])
  const boxes = fresh.map((f) => boxOf(f.geometry))
  const near = there.flatMap(({ id, name, geometry }) =>
    geometry && !own.has(id) && boxes.some((b) => boxesMeet(b, boxOf(geometry))) ? [{ id, name, geometry }] : [],
  )
  await clip('holdBorders', fresh, near, { name: parent.name, geometry: parent.geometry })
}

async function splitOne({ clip }: Means, ask: AskOfKind<'split'>, grid: store.PlaceRow): Promise<Part> {
  const drawn = ask.parts.flatMap((p) => (p.geometry ? [p.geometry] : []))
  const read = drawn.length === 0 ? [] : await clip('readBorders', drawn, ask.datum)
  const left = read.values()
  const opened: Opening[] = ask.parts.map(({ dedicatedKind, normReason, ...p }) => ({
    ...p,
    // The parts of a market are of the market, unless somebody says what else they are.
    dedicated_kind: dedicatedKind ?? (p.kind === grid.kind ? grid.dedicated_kind : null),
    norm_reason: normReason,
    terrain: grid.terrain,
    geometry: p.geometry && left.next().value!,
    level: p.level ?? grid.level,
    tier: grid.tier,
    parentId: grid.parent_id!,
  }))
  if (grid.geometry) {
    const shapes = opened.flatMap(({ id, name, geometry }) => (geometry ? [{ id, name, geometry }] : []))
    if (shapes.length !== opened.length) refuse('border.not-cover', 422)
    await clip('holdCover', grid.name, grid.geometry, shapes)
  }
  return { opened, borders: new Map() }
}

async function mergeAll({ clip }: Means, ask: AskOfKind<'merge'>, grids: readonly store.PlaceRow[]): Promise<Part> {
  const first = grids[0]!
  if (grids.some((g) => g.parent_id !== first.parent_id || g.tier !== first.tier)) refuse('place.parent-wrong', 422)
  const borders = grids.flatMap((g) => (g.geometry ? [g.geometry] : []))
  const sum = (of: (g: store.PlaceRow) => number | null) =>
    grids.every((g) => of(g) === null) ? null : grids.reduce((s, g) => s + (of(g) ?? 0), 0)
  const merged: Opening = {
    ...ask.into,
    level: first.level,
    tier: first.tier,
    parentId: first.parent_id!,
    kind: first.kind,
    dedicated_kind: first.dedicated_kind,
    households: sum((g) => g.households),
    people: sum((g) => g.people),
    norm_reason: ask.reason,
    terrain: largestOf(grids, (g) => areaOf(g.geometry)).terrain,
    geometry: borders.length === grids.length ? await clip('unionOf', borders) : null,
  }
  return { opened: [merged], borders: new Map() }
}
