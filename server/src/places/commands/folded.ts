/** Tells that a department's grid became grids of ours, once those are there: its people can be sent to them (G6). */
import { areaFolded } from '@fengge/domain/places/facts'
import type { Ctx } from '../../kernel/context.ts'
import { announce } from '../../kernel/reactions.ts'
import * as store from '../store/foldings.ts'

type Folded = Omit<store.FoldingRow, 'is_ordered'>

export async function tellFolded(ctx: Ctx, f: Folded): Promise<void> {
  const news = {
    foldingId: f.id,
    cause: `${f.name}（${f.basis}）`,
    on: f.happens_on,
    gridIds: f.grid_ids,
    askedBy: f.account_id,
    staff: f.staff as { accountId: string; roleCode: string }[],
  }
  const detail = { how: f.how, on: f.happens_on, basis: f.basis }
  await announce(ctx, areaFolded, news, { detail, subject: f.feature_id })
}

/** The order that folds an area in was carried out: its grids are there, and its people can be sent to them. */
export async function tellFoldedBy(ctx: Ctx, orderId: string): Promise<void> {
  const folding = await store.lockFolding(ctx.tx, ctx.caller.countyCode, orderId)
  if (folding) await tellFolded(ctx, folding)
}
