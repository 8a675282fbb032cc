/** What lay with a desk is read no longer than it has to be: words go, that it was there stays. */
import { dayLength } from '@fengge/domain/kernel/time'
import { keptRuleAt } from '@fengge/domain/sync/kept-rules'
import { readAsk } from '@fengge/domain/sync/terms'
import { actAs } from '../kernel/act-as.ts'
import { systemCaller, type Ctx } from '../kernel/context.ts'
import type { Ground } from '../kernel/ground.ts'
import { pieceByPiece, type Job } from '../kernel/jobs.ts'
import { aboutIn } from './about.ts'
import { emptyKept, listCountiesDecided, lockDecided, lockUnemptied } from './store/forgetting.ts'
import { askAt } from './store/inbox.ts'

const batch = 200
const nothing = '{}'

/** Every night what was decided on longer ago than its term. */
export async function forgetDecided(engine: Ground): Promise<void> {
  const now = engine.clock.now()
  const before = new Date(now - keptRuleAt(now).days * dayLength)
  await pieceByPiece(forgetDecidedJob.name, await listCountiesDecided(engine.database.read, before), async (county) => {
    let emptied = batch
    while (emptied === batch)
      emptied = await actAs(engine, systemCaller(county), forgetDecidedJob.name, async (ctx) => {
        const ids = await lockDecided(ctx.tx, county, before, batch)
        await empty(ctx, ids)
        return ids.length
      })
  })
}

/** Whatever names somebody who is deleted, decided on or not. */
export async function forgetAbout(ctx: Ctx, personIds: readonly string[]): Promise<void> {
  const gone = new Set(personIds)
  const county = ctx.caller.countyCode
  let after: string | null = null
  for (;;) {
    const rows = await lockUnemptied(ctx.tx, county, after, batch)
    const about = rows.filter((row) => {
      const { recordIds } = aboutIn(row.name, readAsk(ctx.sealer.open(row.ask_sealed, askAt(row.id))))
      return recordIds.some((id) => gone.has(id))
    })
    await empty(
      ctx,
      about.map((row) => row.id),
    )
    if (rows.length < batch) return
    after = rows.at(-1)!.id
  }
}

async function empty(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const asks = ids.map((id) => ({ id, ask: ctx.sealer.seal(nothing, askAt(id)) }))
  await emptyKept(ctx.tx, ctx.caller.countyCode, asks, new Date(ctx.now))
}

export const forgetDecidedJob: Job = { name: 'sync.forget-decided', cron: '20 4 * * *', run: forgetDecided }
