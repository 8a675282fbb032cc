/**
 * For whom somebody reported stands sealed with who reported, and masked in the event. Events of before hold the name, or
 * more of it than is shown today: night after night they are brought to what is shown, piece by piece, until none is left.
 */
import { maskGiven } from '@fengge/domain/kernel/text'
import { actAs } from '../../kernel/act-as.ts'
import { systemCaller, type Ctx } from '../../kernel/context.ts'
import type { Ground } from '../../kernel/ground.ts'
import { pieceByPiece } from '../../kernel/jobs.ts'
import { nameAt } from '../store/reporters.ts'
import { listCountiesUnmasked, lockUnmasked, saveMasked, sealName } from './store.ts'

/** Events of one transaction. */
const piece = 200

export async function maskStored(engine: Ground): Promise<void> {
  await pieceByPiece('events.mask-stored', await listCountiesUnmasked(engine.database.read), async (county) => {
    let masked = piece
    while (masked === piece) masked = await actAs(engine, systemCaller(county), 'events.mask-stored', maskPiece)
  })
}

async function maskPiece(ctx: Ctx): Promise<number> {
  const county = ctx.caller.countyCode
  const rows = await lockUnmasked(ctx.tx, county, piece)
  for (const { id, name, reporter } of rows) {
    // One that was masked by an older rule is no name any more.
    const isWhole = !name.includes('*')
    if (isWhole && reporter !== null) await sealName(ctx.tx, county, reporter, ctx.sealer.seal(name, nameAt(reporter)))
    await saveMasked(ctx.tx, county, id, maskGiven(name))
  }
  return rows.length
}
