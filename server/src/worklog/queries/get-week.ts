/** The week log, written from what was done as long as it is not confirmed. */
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { getWeek as promise } from '@fengge/domain/worklog/contract'
import { ofConfidence, weekOf, writeWeek } from '@fengge/domain/worklog/sentences'
import type { Week } from '@fengge/domain/worklog/terms'
import { accountOf, postsWith, type Asker, type Asking } from '../../kernel/context.ts'
import { placeTree } from '../../places/door.ts'
import { findWeek, listAdditions } from '../store.ts'
import { countConfidential, gatherDoings } from './doings.ts'

/** Whose week it is, and where he serves. */
export interface Holder {
  readonly accountId: string
  readonly name: string
  readonly gridName: string
}

/** One's own, with what one did in confidence: that is kept with no week and stands in none that others read. */
export async function getWeek(ctx: Asking, ask: AskOf<typeof promise>): Promise<Week> {
  const week = await readWeek(ctx, holderOf(ctx), ask.on ?? dayOf(ctx.now))
  const span = { county: ctx.caller.countyCode, accountId: accountOf(ctx.caller), from: week.from, to: week.to }
  const line = ofConfidence(await countConfidential(ctx.tx, span))
  return line.count === 0 ? week : { ...week, lines: [...week.lines, line] }
}

export const holderOf = (asker: Asker): Holder => ({
  accountId: accountOf(asker.caller),
  name: asker.caller.name,
  gridName: placeTree(asker).get(postsWith(asker.caller, 'visit.write')[0]?.placeId ?? '')?.name ?? '',
})

/** A line says how many; so many ids of what it counts come along. */
const mostIds = 200

export async function readWeek(ctx: Asking, holder: Holder, on: string): Promise<Week> {
  const { from, to } = weekOf(on)
  const of = { county: ctx.caller.countyCode, accountId: holder.accountId, from }
  const kept = await findWeek(ctx.tx, of)
  const added = await listAdditions(ctx.tx, of)
  const lines = kept?.lines ?? writeWeek(await gatherDoings(ctx, { ...of, to }))
  return {
    from,
    to,
    holder: holder.name,
    gridName: holder.gridName,
    lines: lines.map((l) => ({ ...l, ids: l.ids.slice(0, mostIds) })),
    added,
    confirmedAt: kept?.confirmedAt.toISOString() ?? null,
  }
}
