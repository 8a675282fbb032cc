/** What one account may open, so that nobody's phone is filled with what one person wrote. */
import { dayLength } from '@fengge/domain/kernel/time'
import { mostHazardsADay, mostServicesOpen } from '@fengge/domain/visits/terms'
import { accountOf, type Ctx } from '../kernel/context.ts'
import { refuse } from '../kernel/problems.ts'
import { countHazardsOf, countServicesOf, holdOpener } from './store/opened.ts'

/** Asked when they are written: those of this visit are counted with the others. */
export async function refuseHazardsBeyondDay(ctx: Ctx): Promise<void> {
  const accountId = accountOf(ctx.caller)
  await holdOpener(ctx.tx, accountId)
  const since = new Date(ctx.now - dayLength)
  const found = await countHazardsOf(ctx.tx, ctx.caller.countyCode, { accountId, since })
  if (found > mostHazardsADay) refuse('visit.day-full', 429, { most: mostHazardsADay })
}

export async function refuseServicesBeyond(ctx: Ctx, gridId: string): Promise<void> {
  const accountId = accountOf(ctx.caller)
  await holdOpener(ctx.tx, accountId)
  const open = await countServicesOf(ctx.tx, ctx.caller.countyCode, { accountId, gridId })
  if (open >= mostServicesOpen) refuse('service.too-many', 409, { most: mostServicesOpen })
}
