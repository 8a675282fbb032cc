import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { switchMatterSet as promise } from '@fengge/domain/matters/contract'
import { setEnded } from '@fengge/domain/matters/facts'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { mayForCounty } from '../../places/door.ts'
import { setCodes } from '../ready-sets.ts'
import { startSet } from '../start-set.ts'
import { endSet, listMattersOn } from '../store/matters.ts'

export async function switchMatterSet(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  mayForCounty(ctx, 'matter.edit')
  const county = ctx.caller.countyCode
  if (!setCodes().includes(ask.setCode)) refuse('matter.set-unknown', 422)
  if (ask.isOn) {
    // A set that is in force stays as it is: rules and tasks name its matters.
    const isOn = (await listMattersOn(ctx.tx, county, ask.on)).some((m) => m.setCode === ask.setCode)
    if (!isOn) await startSet(ctx, ask.setCode, ask.on)
    return { done: true }
  }
  const ended = await endSet(ctx.tx, county, ask.setCode, ask.on)
  ctx.tell(setEnded, { set: ask.setCode, on: ask.on, matters: ended })
  return { done: true }
}
