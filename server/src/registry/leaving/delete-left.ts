/** Every night all that is held of people whose term is over is deleted: a county's own days say when (R2, PIPL art. 19, 47). */
import { dayOf } from '@fengge/domain/kernel/time'
import { personsDeleted } from '@fengge/domain/registry/facts'
import { actAs } from '../../kernel/act-as.ts'
import { systemCaller, type Ctx } from '../../kernel/context.ts'
import type { Ground } from '../../kernel/ground.ts'
import { pieceByPiece, type Job } from '../../kernel/jobs.ts'
import { announce } from '../../kernel/reactions.ts'
import { forgetInLedgers } from '../ledgers/forget-ledgers.ts'
import { deletePeople, listCountiesToDelete, listMergedInto, lockLeftBehind, lockToDelete } from './store/erasures.ts'

/** So many in one transaction, so that nobody waits for it. */
const batch = 200

export async function deleteLeft(engine: Ground): Promise<void> {
  const today = dayOf(engine.clock.now())
  await pieceByPiece(
    'registry.delete-left',
    await listCountiesToDelete(engine.database.read, today),
    async (county) => {
      let deleted = batch
      while (deleted === batch)
        deleted = await actAs(engine, systemCaller(county), 'registry.delete-left', (ctx) => deleteSome(ctx, today))
    },
  )
}

async function deleteSome(ctx: Ctx, today: string): Promise<number> {
  const county = ctx.caller.countyCode
  const over = await lockToDelete(ctx.tx, county, today, batch)
  const ids = [...over, ...(await lockLeftBehind(ctx.tx, county, batch - over.length))]
  if (ids.length === 0) return 0
  const all = [...ids, ...(await listMergedInto(ctx.tx, county, ids))]
  await forgetInLedgers(ctx, all)
  await deletePeople(ctx.tx, county, all, new Date(ctx.now))
  await announce(ctx, personsDeleted, { personIds: all }, { detail: { people: ids.length }, subject: county })
  return ids.length
}

export const deleteLeftJob: Job = { name: 'registry.delete-left', cron: '50 3 * * *', run: deleteLeft }
