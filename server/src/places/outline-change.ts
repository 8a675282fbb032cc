/** What each kind of change asks of the net, judged against what is there: which grids, what opens, which borders. */
import type { NetAsk } from '@fengge/domain/places/net-contract'
import type { Geometry } from '@fengge/domain/places/terms'
import type { Asking } from '../kernel/context.ts'
import type { Reading } from '../kernel/db/tx.ts'
import { refuse } from '../kernel/problems.ts'
import { holdDrawn, readBorder, siblingsOf } from './commands/open-grid.ts'
import { areaOf, differenceOf, unionOf } from './geometry.ts'
import { holdBorders, holdUntangled, tolerance, type Shape } from './net-checks.ts'
import type { Opening, Outline } from './net-plan.ts'
import * as store from './store/places.ts'

type Part = Pick<Outline, 'opened' | 'borders'>
type AskOfKind<K extends NetAsk['kind']> = Extract<NetAsk, { kind: K }>
/** Reads places by their ids; whoever goes on to write locks them. */
export type Fetch = (ids: readonly string[]) => Promise<store.PlaceRow[]>
export const fetchFrom =
  (reading: Reading): Fetch =>
  (ids) =>
    store.listPlaces(reading, ids)

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

/** @param judged told of the places before anything is reckoned: whether who asks may edit them, and that he looks */
export async function outlineChange(
  ctx: Asking,
  ask: NetAsk,
  fetch: Fetch,
  judged: (places: readonly store.PlaceRow[]) => void | Promise<void>,
): Promise<Outline> {
  const asked = askedGrids(ask)
  const ids = asked.map((a) => a.id)
  if (new Set(ids).size !== ids.length) refuse('place.parent-wrong', 422)
  const grids = holdFresh(await fetch(ids), asked)
  const host = ask.kind === 'carve' ? await hostOf(fetch, ask.parentId, grids) : null
  await judged(judgedIn({ grids, host }))
  holdDrawn(drawnIn(ask))
  const inside = new Map((await fetch(await store.listBelow(ctx.tx, ids))).map((p) => [p.id, p]))
  // A grid that is asked for and lies in another one of them is not cut twice.
  for (const id of ids) inside.delete(id)
  const part = await partOf(ctx, ask, { grids, host })
  holdUntangled([...bordersIn(part.opened), ...part.borders.values()], bordersIn([...inside.values()]))
  return { ask, grids, host, below: [...inside.values()], ...part }
}

/** What a grid opens in: a village, or a grid of which it takes no other grid's land. */
async function hostOf(fetch: Fetch, id: string, grids: readonly store.PlaceRow[]): Promise<store.PlaceRow> {
  const [host] = await fetch([id])
  if (!host || host.valid_to !== null) return refuse('place.unknown', 404)
  const isFit = host.tier === 'village' ? grids.every((g) => g.parent_id === id) : grids.length === 0
  return isFit ? host : refuse('place.parent-wrong', 422)
}

const bordersIn = (places: readonly { readonly geometry: Geometry | null }[]): Geometry[] =>
  places.flatMap((p) => (p.geometry ? [p.geometry] : []))

function drawnIn(ask: NetAsk): readonly (Geometry | null)[] {
  if (ask.kind === 'border') return ask.borders.map((b) => b.geometry)
  if (ask.kind === 'carve') return [ask.grid.geometry]
  return ask.kind === 'split' ? ask.parts.map((p) => p.geometry) : []
}

function askedGrids(ask: NetAsk): readonly { readonly id: string; readonly version: number }[] {
  if (ask.kind === 'border') return ask.borders
  return ask.kind === 'merge' || ask.kind === 'carve' ? ask.grids : [ask]
}

async function partOf(ctx: Asking, ask: NetAsk, { grids, host }: Pick<Outline, 'grids' | 'host'>): Promise<Part> {
  switch (ask.kind) {
    case 'border':
      return moveBorders(ctx, ask, grids)
    case 'split':
      return splitOne(ask, grids[0]!)
    case 'merge':
      return mergeAll(ask, grids)
    case 'close':
      return { opened: [], borders: new Map() }
    case 'carve':
      return carveOut(ctx, ask, grids, host!)
  }
}

/** A grid opens; what it takes is taken from grids that go on with the rest, or end where nothing is left. */
async function carveOut(
  ctx: Asking,
  ask: AskOfKind<'carve'>,
  grids: readonly store.PlaceRow[],
  host: store.PlaceRow,
): Promise<Part> {
  const { dedicatedKind, normReason, ...grid } = ask.grid
  const geometry = grid.geometry && readBorder(grid.geometry, ask.datum)
  const borders = new Map<string, Geometry>()
  if (geometry) {
    const taken = grids.map((g) => g.id)
    holdUntangled([geometry], bordersIn(grids))
    await holdBorders([{ ...grid, geometry }], await siblingsOf(ctx, host.id, taken), host)
  }
  for (const g of grids) {
    if (!geometry || !g.geometry) return refuse('border.not-cover', 422)
    const left = differenceOf(g.geometry, [geometry])
    if (areaOf(left) > tolerance) borders.set(g.id, left)
  }
  const tier = grid.kind === 'micro' ? 'micro' : 'grid'
  const opening = { ...grid, geometry, dedicated_kind: dedicatedKind, norm_reason: normReason, tier, parentId: host.id }
  return { opened: [opening], borders }
}

async function moveBorders(ctx: Asking, ask: AskOfKind<'border'>, grids: readonly store.PlaceRow[]): Promise<Part> {
  const fresh: Shape[] = grids.map((g, i) => ({
    id: g.id,
    name: g.name,
    geometry: readBorder(ask.borders[i]!.geometry, ask.datum),
  }))
  for (const parentId of new Set(grids.map((g) => g.parent_id!))) {
    const parent = (await store.findPlace(ctx.tx, parentId))!
    const mine = fresh.filter((_, i) => grids[i]!.parent_id === parentId)
    const others = await siblingsOf(
      ctx,
      parentId,
      mine.map((m) => m.id),
    )
    await holdBorders(mine, others, parent)
  }
  return { opened: [], borders: new Map(fresh.map((f) => [f.id, f.geometry])) }
}

async function splitOne(ask: AskOfKind<'split'>, grid: store.PlaceRow): Promise<Part> {
  const opened: Opening[] = ask.parts.map(({ dedicatedKind, normReason, ...p }) => ({
    ...p,
    // The parts of a market are of the market, unless somebody says what else they are.
    dedicated_kind: dedicatedKind ?? (p.kind === grid.kind ? grid.dedicated_kind : null),
    norm_reason: normReason,
    geometry: p.geometry && readBorder(p.geometry, ask.datum),
    level: p.level ?? grid.level,
    tier: grid.tier,
    parentId: grid.parent_id!,
  }))
  if (grid.geometry) await holdCover(grid.name, grid.geometry, opened)
  return { opened, borders: new Map() }
}

/** The parts of a split are the whole, and nothing lies in two of them. */
async function holdCover(name: string, whole: Geometry, parts: readonly Opening[]): Promise<void> {
  const shapes = parts.filter((p): p is Opening & { geometry: Geometry } => p.geometry !== null)
  if (shapes.length !== parts.length) refuse('border.not-cover', 422)
  await holdBorders(shapes, [], { name, geometry: whole })
  const left = areaOf(
    differenceOf(
      whole,
      shapes.map((s) => s.geometry),
    ),
  )
  if (left > tolerance) refuse('border.not-cover', 422, { areaM2: Math.round(left) })
}

function mergeAll(ask: AskOfKind<'merge'>, grids: readonly store.PlaceRow[]): Part {
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
    geometry: borders.length === grids.length ? unionOf(borders) : null,
  }
  return { opened: [merged], borders: new Map() }
}
