/** Draw, change, and set levels: what concerns one place, and takes nothing from another. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/places/contract'
import type * as nets from '@fengge/domain/places/net-contract'
import { gridChanged, levelSaved } from '@fengge/domain/places/facts'
import { judgeSize, tiers } from '@fengge/domain/places/terms'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import type { Prepared } from '../../kernel/run-call.ts'
import { mayForCounty } from '../for-county.ts'
import { holdFresh, type Reckoned } from '../outline-change.ts'
import { listNorms } from '../queries/net.ts'
import * as store from '../store/places.ts'
import { placeTree } from '../tree-in-force.ts'
import { carveGrid } from './carry-out.ts'
import { mayEdit } from './open-grid.ts'

type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>
type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>

type Carved = AskOf<(typeof nets)['carveGrid']>
const carved = ({ requestId, parentId, grid, datum, validFrom: on }: Ask<'drawGrid'>): Carved => ({
  requestId,
  parentId,
  grid,
  datum,
  grids: [],
  on,
  reason: '',
  ...nothingSaid,
})

export const drawGrid: Prepared<(typeof promises)['drawGrid'], Reckoned> = {
  prepare: (ctx, ask) => carveGrid.prepare(ctx, carved(ask)),
  command: async (ctx, ask, reckoned) => {
    const { code } = await carveGrid.command(ctx, carved(ask), reckoned)
    const county = placeTree(ctx).get(ask.parentId)?.countyCode ?? ''
    const norm = (await listNorms(ctx.tx, county)).find((n) => n.kind === ask.grid.kind)
    return { id: ask.grid.id, code, size: norm ? judgeSize(norm, ask.grid) : 'unknown' }
  },
}

export async function changeGrid(ctx: Ctx, ask: Ask<'changeGrid'>): Reply<'changeGrid'> {
  const [grid] = holdFresh(await store.lockPlaces(ctx.tx, [ask.id]), [ask])
  const post = mayEdit(ctx, grid!.id)
  if (
    (ask.kind === 'dedicated') !== (ask.dedicatedKind !== null) ||
    (grid!.tier === 'micro') !== (ask.kind === 'micro')
  )
    refuse('place.parent-wrong', 422)
  const terrain = ask.terrain ?? grid!.terrain
  await store.updateGrid(ctx.tx, grid!.id, { ...ask, terrain })
  ctx.tell(
    gridChanged,
    {
      code: grid!.code,
      name: { from: grid!.name, to: ask.name },
      kind: { from: grid!.kind, to: ask.kind },
      terrain: { from: grid!.terrain, to: terrain },
    },
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
