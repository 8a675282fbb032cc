import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listBatches as promise } from '@fengge/domain/registry/bulk-contract'
import type { Asking } from '../../kernel/context.ts'
import * as batches from './store/batches.ts'

/** The caller's own imports, latest first. */
export async function listBatches(ctx: Asking): Promise<ReplyOf<typeof promise>> {
  const rows = await batches.listBatches(ctx.tx, ctx.caller.countyCode, ctx.caller.accountId)
  return {
    batches: rows.map(({ file_name, at, no_grid, held, ...r }) => ({
      ...r,
      fileName: file_name,
      at: at.toISOString(),
      held: Number(held),
      noGrid: no_grid,
    })),
  }
}
