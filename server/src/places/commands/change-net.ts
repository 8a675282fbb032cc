/** Draw, move, split, merge, close, change: each dated, in one transaction, with what stood there re-homed (G5). */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { composeGridCode } from '@fengge/domain/kernel/place-code'
import type * as promises from '@fengge/domain/places/contract'
import { judgeSize, tiers, type Datum, type Geometry } from '@fengge/domain/places/terms'
import { may, type Ctx, type Asking } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { refuse } from '../../kernel/problems.ts'
import {
  borderMoved,
  gridChanged,
  gridClosed,
  gridDrawn,
  gridSplit,
  gridsMerged,
  levelSaved,
  netChanged,
  type NetChange,
} from '@fengge/domain/places/facts'
import { announce } from '../../kernel/reactions.ts'
import { areaOf, differenceOf, tidy, toDatum, unionOf } from '../geometry.ts'
import { holdBorders, tolerance, type Shape } from '../net-checks.ts'
import { listNorms } from '../queries/net.ts'
import * as store from '../store.ts'
import { createLocator } from '../tree.ts'
import { placeTree } from '../tree-in-force.ts'

type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>
type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>

const mayEdit = (ctx: Asking, placeId: string) => may(ctx, 'net.edit', placeId, placeTree(ctx).contains)

/** A border in our datum, closed and without self-crossings, or the refusal. */
export function readBorder(geometry: Geometry, datum: Datum): Geometry {
  return tidy(toDatum(geometry, datum, 'wgs84')) ?? refuse('border.invalid', 422)
}

async function lockFresh(ctx: Ctx, asked: readonly { id: string; version: number }[]): Promise<store.PlaceRow[]> {
  const rows = await store.lockPlaces(
    ctx.tx,
    asked.map((a) => a.id),
  )
  return asked.map((a) => {
    const row = rows.find((r) => r.id === a.id) ?? refuse('place.unknown', 404)
    if (row.valid_to !== null) refuse('place.closed', 409)
    if (row.tier !== 'grid' && row.tier !== 'micro') refuse('place.parent-wrong', 422)
    if (row.version !== a.version) refuse('place.stale', 409, { version: row.version })
    return row
  })
}

interface Drawn {
  id: string
  name: string
  level: string | null
  kind: string
  dedicatedKind: string | null
  households: number | null
  people: number | null
  normReason: string | null
  geometry: Geometry | null
}

/** Below a village stands a grid, below a grid a micro-grid or a grid of a deeper level; which levels there are is data (G1). */
async function levelFor(ctx: Asking, parent: store.PlaceRow, grid: Drawn): Promise<store.LevelRow> {
  const levels = await store.listLevelRows(ctx.tx)
  const level =
    levels.find((l) => l.code === (grid.level ?? usualLevel(parent, grid))) ?? refuse('place.parent-wrong', 422)
  const above = levels.find((l) => l.code === parent.level)!
  const fits =
    parent.tier === 'village'
      ? level.tier === 'grid'
      : parent.tier === 'grid' && (level.tier === 'grid' || level.tier === 'micro') && level.ordinal > above.ordinal
  return fits ? level : refuse('place.parent-wrong', 422)
}

function usualLevel(parent: store.PlaceRow, grid: Drawn): 'grid' | 'micro' | undefined {
  if (parent.tier === 'village') return 'grid'
  return grid.kind === 'micro' ? 'micro' : undefined
}

const saveSuccession = (ctx: Ctx, succession: Omit<store.Succession, 'id'>) =>
  store.saveSuccession(ctx.tx, { id: freshId(ctx.now), ...succession })

async function openGrid(ctx: Ctx, parent: store.PlaceRow, grid: Drawn, on: string): Promise<string> {
  const level = await levelFor(ctx, parent, grid)
  const isMicro = level.tier === 'micro'
  if (isMicro !== (grid.kind === 'micro') || (grid.kind === 'dedicated') !== (grid.dedicatedKind !== null))
    refuse('place.parent-wrong', 422)
  const code = composeGridCode(parent.code, await store.issueCode(ctx.tx, parent)) ?? refuse('place.codes-spent', 409)
  await store.savePlace(ctx.tx, {
    id: grid.id,
    code,
    name: grid.name,
    level: level.code,
    parent_id: parent.id,
    county_code: parent.county_code,
    kind: grid.kind,
    dedicated_kind: grid.dedicatedKind,
    households: grid.households,
    people: grid.people,
    norm_reason: grid.normReason,
    valid_from: on,
  })
  await store.saveIssuedCode(ctx.tx, code, grid.id, on)
  if (grid.geometry) await store.saveBoundary(ctx.tx, grid.id, grid.geometry, on)
  return code
}

export async function drawGrid(ctx: Ctx, ask: Ask<'drawGrid'>): Reply<'drawGrid'> {
  const [parent] = await store.lockPlaces(ctx.tx, [ask.parentId])
  if (!parent || parent.valid_to !== null) return refuse('place.unknown', 404)
  const post = mayEdit(ctx, parent.id)
  const geometry = ask.grid.geometry && readBorder(ask.grid.geometry, ask.datum)
  if (geometry) holdBorders([{ ...ask.grid, geometry }], await siblingsOf(ctx, parent.id, []), parent)
  const code = await openGrid(ctx, parent, { ...ask.grid, geometry }, ask.validFrom)
  await saveSuccession(ctx, { kind: 'open', on: ask.validFrom, from: [], to: [ask.grid.id], reason: '' })
  ctx.tell(gridDrawn, { code, name: ask.grid.name }, ask.grid.id, post)
  const norm = (await listNorms(ctx.tx, parent.county_code ?? '')).find((n) => n.kind === ask.grid.kind)
  return { id: ask.grid.id, code, size: norm ? judgeSize(norm, ask.grid) : 'unknown' }
}

export async function moveBorder(ctx: Ctx, ask: Ask<'moveBorder'>): Reply<'moveBorder'> {
  const grids = await lockFresh(ctx, ask.borders)
  const posts = grids.map((g) => mayEdit(ctx, g.id))
  const fresh: Shape[] = grids.map((g, i) => ({
    id: g.id,
    name: g.name,
    geometry: readBorder(ask.borders[i]!.geometry, ask.datum),
  }))
  for (const parentId of new Set(grids.map((g) => g.parent_id!))) {
    const parent = (await store.findPlace(ctx.tx, parentId))!
    const mine = fresh.filter((_, i) => grids[i]!.parent_id === parentId)
    holdBorders(
      mine,
      await siblingsOf(
        ctx,
        parentId,
        mine.map((m) => m.id),
      ),
      parent,
    )
  }
  for (const shape of fresh) {
    await store.saveBoundary(ctx.tx, shape.id, shape.geometry, ask.on)
    await store.raiseVersion(ctx.tx, shape.id)
  }
  const ids = grids.map((g) => g.id)
  await saveSuccession(ctx, { kind: 'border', on: ask.on, from: ids, to: ids, reason: ask.reason })
  ctx.tell(borderMoved, { grids: grids.map((g) => g.code), on: ask.on, reason: ask.reason }, ids[0]!, posts[0]!)
  return { rehomed: await rehome(ctx, { on: ask.on, from: ids, to: ids, shapes: fresh, heir: null }) }
}

export async function splitGrid(ctx: Ctx, ask: Ask<'splitGrid'>): Reply<'splitGrid'> {
  const [old] = await lockFresh(ctx, [ask])
  const grid = old!
  const post = mayEdit(ctx, grid.id)
  if (placeTree(ctx).children(grid.id).length > 0) refuse('place.closed', 409)
  const parent = (await store.findPlace(ctx.tx, grid.parent_id!))!
  const parts = ask.parts.map((p) => ({ ...p, geometry: p.geometry && readBorder(p.geometry, ask.datum) }))
  const shapes = parts.filter((p): p is typeof p & { geometry: Geometry } => p.geometry !== null)
  if (grid.geometry) {
    if (shapes.length !== parts.length) refuse('border.not-cover', 422)
    holdBorders(shapes, [], { name: grid.name, geometry: grid.geometry })
    const left = areaOf(
      differenceOf(
        grid.geometry,
        shapes.map((s) => s.geometry),
      ),
    )
    if (left > tolerance) refuse('border.not-cover', 422, { areaM2: Math.round(left) })
  }
  await store.endPlace(ctx.tx, grid.id, ask.on)
  const codes: string[] = []
  for (const part of parts)
    codes.push(await openGrid(ctx, parent, { ...part, level: part.level ?? grid.level }, ask.on))
  const to = parts.map((p) => p.id)
  await saveSuccession(ctx, { kind: 'split', on: ask.on, from: [grid.id], to, reason: ask.reason })
  ctx.tell(gridSplit, { from: grid.code, to: codes, on: ask.on, reason: ask.reason }, grid.id, post)
  return { codes, rehomed: await rehome(ctx, { on: ask.on, from: [grid.id], to, shapes, heir: parts[0]!.id }) }
}

export async function mergeGrids(ctx: Ctx, ask: Ask<'mergeGrids'>): Reply<'mergeGrids'> {
  const grids = await lockFresh(ctx, ask.grids)
  const post = grids.map((g) => mayEdit(ctx, g.id))[0]!
  const [first] = grids
  if (
    new Set(grids.map((g) => g.id)).size !== grids.length ||
    grids.some(
      (g) => g.parent_id !== first!.parent_id || g.tier !== first!.tier || placeTree(ctx).children(g.id).length > 0,
    )
  )
    refuse('place.parent-wrong', 422)
  const parent = (await store.findPlace(ctx.tx, first!.parent_id!))!
  const borders = grids.flatMap((g) => (g.geometry ? [g.geometry] : []))
  const geometry = borders.length === grids.length ? unionOf(borders) : null
  for (const g of grids) await store.endPlace(ctx.tx, g.id, ask.on)
  const sum = (of: (g: store.PlaceRow) => number | null) =>
    grids.every((g) => of(g) === null) ? null : grids.reduce((s, g) => s + (of(g) ?? 0), 0)
  const merged: Drawn = {
    ...ask.into,
    level: first!.level,
    kind: first!.kind!,
    dedicatedKind: first!.dedicated_kind,
    households: sum((g) => g.households),
    people: sum((g) => g.people),
    normReason: ask.reason,
    geometry,
  }
  const code = await openGrid(ctx, parent, merged, ask.on)
  const ids = grids.map((g) => g.id)
  await saveSuccession(ctx, { kind: 'merge', on: ask.on, from: ids, to: [ask.into.id], reason: ask.reason })
  ctx.tell(gridsMerged, { from: grids.map((g) => g.code), to: code, on: ask.on, reason: ask.reason }, ask.into.id, post)
  const shapes = geometry ? [{ ...ask.into, geometry }] : []
  return {
    code,
    rehomed: await rehome(ctx, { on: ask.on, from: ids, to: [ask.into.id], shapes, heir: ask.into.id }),
  }
}

export async function closeGrid(ctx: Ctx, ask: Ask<'closeGrid'>): Reply<'closeGrid'> {
  const [grid] = await lockFresh(ctx, [ask])
  const post = mayEdit(ctx, grid!.id)
  if (placeTree(ctx).children(grid!.id).length > 0) refuse('place.has-children', 409)
  await store.endPlace(ctx.tx, grid!.id, ask.on)
  await saveSuccession(ctx, { kind: 'close', on: ask.on, from: [grid!.id], to: [], reason: ask.reason })
  ctx.tell(gridClosed, { code: grid!.code, on: ask.on, reason: ask.reason }, grid!.id, post)
  return { rehomed: await rehome(ctx, { on: ask.on, from: [grid!.id], to: [], shapes: [], heir: null }) }
}

export async function changeGrid(ctx: Ctx, ask: Ask<'changeGrid'>): Reply<'changeGrid'> {
  const [grid] = await lockFresh(ctx, [ask])
  const post = mayEdit(ctx, grid!.id)
  if (
    (ask.kind === 'dedicated') !== (ask.dedicatedKind !== null) ||
    (grid!.tier === 'micro') !== (ask.kind === 'micro')
  )
    refuse('place.parent-wrong', 422)
  await store.updateGrid(ctx.tx, grid!.id, ask)
  ctx.tell(
    gridChanged,
    { code: grid!.code, name: { from: grid!.name, to: ask.name }, kind: { from: grid!.kind, to: ask.kind } },
    grid!.id,
    post,
  )
  return { done: true }
}

/** A county's own levels of grids; the seven anchors of every tree stay as they are. */
export async function saveLevel(ctx: Ctx, ask: Ask<'saveLevel'>): Reply<'saveLevel'> {
  const levels = await store.listLevelRows(ctx.tx)
  if ((tiers as readonly string[]).includes(ask.code)) refuse('level.fixed', 409)
  const isBelow = ask.tier === 'micro' ? ask.ordinal > 70 : ask.ordinal > 60 && ask.ordinal < 70
  if (!isBelow || levels.some((l) => l.ordinal === ask.ordinal && l.code !== ask.code)) refuse('level.order', 422)
  await store.saveLevelRow(ctx.tx, ask)
  ctx.tell(levelSaved, { code: ask.code, name: ask.name, tier: ask.tier, ordinal: ask.ordinal })
  return { done: true }
}

async function siblingsOf(ctx: Asking, parentId: string, except: readonly string[]): Promise<Shape[]> {
  const rows = await store.listInForce(ctx.tx, parentId)
  return rows.flatMap((r) =>
    r.geometry && !except.includes(r.id) ? [{ id: r.id, name: r.name, geometry: r.geometry }] : [],
  )
}

/** What a change of the net did to the shapes that stood there. */
interface Redrawn {
  readonly on: string
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly shapes: readonly Shape[]
  readonly heir: string | null
}

/** Tells the slices above; micro-grids have nothing of their own to move. @returns how many things moved */
async function rehome(ctx: Ctx, { on, from, to, shapes, heir }: Redrawn): Promise<number> {
  const tree = placeTree(ctx)
  const first = from[0]!
  if (tree.get(first)?.tier === 'micro') return 0
  const homeOf = (id: string) => ({
    villageId: tree.ancestor(id, 'village')?.id ?? null,
    townId: tree.ancestor(id, 'town')?.id ?? null,
  })
  const news: NetChange = {
    on,
    from,
    to,
    locate: createLocator(shapes),
    heir,
    // A grid that this very change opened is not in the tree yet: it stands where those stood that it follows.
    homeOf: (id) => homeOf(tree.get(id) ? id : first),
  }
  return announce(ctx, netChanged, news, { detail: { on, from: [...from], to: [...to] }, subject: first })
}
