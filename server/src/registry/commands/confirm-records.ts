/** One tap: everything on the page is still so. A household asked within ninety days is asked again only with a reason (R8). */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { confirmRecords as promise } from '@fengge/domain/registry/contract'
import { recordConfirmed } from '@fengge/domain/registry/facts'
import { isQuiet, quietDays } from '@fengge/domain/registry/quiet'
import { sourceFor } from '@fengge/domain/registry/terms'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { markOf } from '../provenance.ts'
import { lockRecord } from '../sight.ts'
import { saveChange } from '../store/changes.ts'
import { confirmRecord, saveAsked, saveVouched } from '../store/records.ts'

type Ask = AskOf<typeof promise>

export async function confirmRecords(ctx: Ctx, ask: Ask): Promise<ReplyOf<typeof promise>> {
  if (ask.houseId !== null && ask.isAsked) await askHousehold(ctx, ask.houseId, ask.reason)
  let confirmed = 0
  for (const id of new Set(ask.ids)) confirmed += await confirmOne(ctx, id, ask)
  return { confirmed }
}

async function askHousehold(ctx: Ctx, houseId: string, reason: string): Promise<void> {
  const { row } = await lockRecord(ctx, houseId, 'registry.write')
  const asked = row.last_asked_at?.getTime()
  if (asked !== undefined && isQuiet(asked, ctx.now) && reason === '')
    refuse('household.asked-recently', 409, { askedAt: new Date(asked).toISOString(), quietDays })
  await saveAsked(ctx, ctx.caller.countyCode, houseId)
}

/** @returns 0 where somebody has left meanwhile: the rest of his household is confirmed all the same */
async function confirmOne(ctx: Ctx, id: string, ask: Ask): Promise<number> {
  const { row, kind, post, duties } = await lockRecord(ctx, id, 'registry.write')
  if (row.state !== 'live') return 0
  const source = sourceFor(post, ask.source)
  await confirmRecord(ctx, kind, row, markOf(ctx, source))
  if (kind === 'estate' && duties.has('registry.correct')) await saveVouched(ctx.tx, row, true)
  await saveChange(ctx, {
    kind,
    recordId: id,
    version: row.version + 1,
    what: 'confirm',
    source,
    reason: ask.reason,
    more: { origin: row.origin, confirmedAt: row.confirmed_at?.toISOString() ?? null },
  })
  ctx.tell(recordConfirmed[kind], { isAsked: ask.isAsked }, id, post)
  return 1
}
