/** Draw, change, and set levels: what concerns one place, and takes nothing from another. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/places/contract'
import { gridChanged, levelSaved } from '@fengge/domain/places/facts'
import { judgeSize, tiers } from '@fengge/domain/places/terms'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { mayForCounty } from '../for-county.ts'
import { holdFresh } from '../outline-change.ts'
import { listNorms } from '../queries/net.ts'
import * as store from '../store/places.ts'
import { placeTree } from '../tree-in-force.ts'
import { carveGrid } from './carry-out.ts'
import { mayEdit } from './open-grid.ts'

type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>
type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>

export async function drawGrid(ctx: Ctx, ask: Ask<'drawGrid'>): Reply<'drawGrid'> {
  const { requestId, parentId, grid, datum, validFrom: on } = ask
  const { code } = await carveGrid(ctx, { requestId, parentId, grid, datum, grids: [], on, reason: '', ...nothingSaid })
  const county = placeTree(ctx).get(parentId)?.countyCode ?? ''
  const norm = (await listNorms(ctx.tx, county)).find((n) => n.kind === grid.kind)
  return { id: grid.id, code, size: norm ? judgeSize(norm, grid) : 'unknown' }
}

export async function changeGrid(ctx: Ctx, ask: Ask<'changeGrid'>): Reply<'changeGrid'> {
  const [grid] = holdFresh(await store.lockPlaces(ctx.tx, [ask.id]), [ask])
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

/** Land of nobody holds nothing that would have to be settled. */
const nothingSaid = { settled: [], staff: [] }

/** A county's own levels of grids; the seven anchors of every tree stay as they are. */
export async function saveLevel(ctx: Ctx, ask: Ask<'saveLevel'>): Reply<'saveLevel'> {
  mayForCounty(ctx, 'net.import')
  const levels = await store.listLevelRows(ctx.tx)
  if ((tiers as readonly string[]).includes(ask.code)) refuse('level.fixed', 409)
  const isBelow = ask.tier === 'micro' ? ask.ordinal > 70 : ask.ordinal > 60 && ask.ordinal < 70
  if (!isBelow || levels.some((l) => l.ordinal === ask.ordinal && l.code !== ask.code)) refuse('level.order', 422)
  await store.saveLevelRow(ctx.tx, ask)
  ctx.tell(levelSaved, { code: ask.code, name: ask.name, tier: ask.tier, ordinal: ask.ordinal })
  return { done: true }
}
