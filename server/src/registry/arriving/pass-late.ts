/** A grid that did not answer in its days looks no more: the desk of that community has it. Requirement R2. */
import { dayOf } from '@fengge/domain/kernel/time'
import { arrivalLate } from '@fengge/domain/registry/facts'
import { actAs } from '../../kernel/act-as.ts'
import { systemCaller, type Ctx } from '../../kernel/context.ts'
import type { Ground } from '../../kernel/ground.ts'
import { pieceByPiece, type Job } from '../../kernel/jobs.ts'
import * as store from './store/arrivals.ts'
import { tellArrival } from './tell-arrival.ts'

const name = 'registry.pass-late-arrivals'

export async function passLateArrivals(ground: Ground): Promise<void> {
  const late = await store.listLate(ground.database.read, dayOf(ground.clock.now()))
  await pieceByPiece(name, late, ({ county_code: county, id }) =>
    actAs(ground, systemCaller(county), name, (ctx) => pass(ctx, id)),
  )
}

async function pass(ctx: Ctx, id: string): Promise<void> {
  const county = ctx.caller.countyCode
  const arrival = await store.lockArrival(ctx.tx, county, id)
  if (arrival?.state !== 'offered' || arrival.due_on === null || arrival.due_on > dayOf(ctx.now)) return
  await store.passToDesk(ctx.tx, county, id)
  await tellArrival(ctx, { ...arrival, state: 'desk' })
  ctx.tell(arrivalLate, { arrival: id }, arrival.person_id)
}

export const passLateJob: Job = { name: 'registry.pass-late-arrivals', cron: '10 0 * * *', run: passLateArrivals }
