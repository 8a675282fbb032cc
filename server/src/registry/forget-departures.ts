/** What left a grid is told to its phones for ninety days; a phone that was away longer begins anew. */
import { dayLength } from '@fengge/domain/kernel/time'
import { actAs } from '../kernel/act-as.ts'
import { systemCaller } from '../kernel/context.ts'
import type { Ground } from '../kernel/ground.ts'
import { pieceByPiece, type Job } from '../kernel/jobs.ts'
import { deleteDepartures, listCountiesWithDepartures } from './store/departures.ts'

const keptDays = 90

export async function forgetDepartures(engine: Ground): Promise<void> {
  const before = new Date(engine.clock.now() - keptDays * dayLength)
  await pieceByPiece(
    'registry.forget-departures',
    await listCountiesWithDepartures(engine.database.read, before),
    (county) =>
      actAs(engine, systemCaller(county), 'registry.forget-departures', (ctx) =>
        deleteDepartures(ctx.tx, county, before),
      ),
  )
}

/** Before the first phones of the morning pull. */
export const forgetDeparturesJob: Job = {
  name: 'registry.forget-departures',
  cron: '20 3 * * *',
  run: forgetDepartures,
}
