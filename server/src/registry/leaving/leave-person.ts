/** 搬走了, 去世了, 登记错了: said by whoever serves there. Requirement R2. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { leavePerson as promise } from '@fengge/domain/registry/leaving/contract'
import { dayOf, type Day } from '@fengge/domain/kernel/time'
import {
  leavesHome,
  planAhead,
  refuseLeaving,
  refuseLeavingDay,
  refuseLetting,
} from '@fengge/domain/registry/leaving/leaving'
import { accountOf, type Ctx } from '../../kernel/context.ts'
import { refuse, settle } from '../../kernel/problems.ts'
import { lockRecord, type Reached } from '../sight.ts'
import { letGo } from './let-go.ts'
import { planLeaving, withdrawPlan } from './plan-leaving.ts'
import { countLetGo, lockOpenLinks } from './store/leavings.ts'

export async function leavePerson(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const person = await lockRecord(ctx, ask.personId, 'registry.write')
  if (person.kind !== 'person') refuse('record.unknown', 404)
  const today = dayOf(ctx.now)
  const isAhead = settle(planAhead(ask.kind, { onDay: ask.onDay, today }))
  const onDay = isAhead ? ask.onDay : today
  const made = await countLetGo(ctx.tx, ctx.caller.countyCode, accountOf(ctx.caller), { today, onDay })
  settle(refuseLetting(ask.kind, made, person.duties))
  if (isAhead) {
    settle(refuseLeaving(person.row.state, { onDay: today, today }))
    const undoUntil = await planLeaving(ctx, person, ask)
    return { done: true, undoUntil: undoUntil.toISOString(), newHead: null }
  }
  settle(refuseLeavingDay(ask.kind, { onDay: ask.onDay, today }, await knownOf(ctx, person)))
  await withdrawPlan(ctx, person.row.id)
  const { undoUntil, newHead } = await letGo(ctx, person, ask)
  return { done: true, undoUntil: undoUntil.toISOString(), newHead }
}

/** When he came to the first of the homes that he leaves, and his birthday. */
async function knownOf(ctx: Ctx, { row }: Reached): Promise<{ cameOn: Day | null; born: Day | null }> {
  const open = await lockOpenLinks(ctx.tx, ctx.caller.countyCode, row.id)
  const [cameOn = null] = open
    .filter((l) => leavesHome('moved', l.role))
    .map((l) => l.from_on)
    .toSorted()
  const { born } = row.body
  return { cameOn, born: typeof born === 'string' ? born : null }
}
