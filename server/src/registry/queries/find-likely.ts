/**
 * Who the person at the door may already be. Of people of one's own places each is told with the reasons; of all others
 * only that somebody is known elsewhere, without who, how many or where: his own desk can be asked (ask-link.ts).
 */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { findLikely as promise } from '@fengge/domain/registry/contract'
import type { SameReason } from '@fengge/domain/registry/editing'
import type { Asking } from '../../kernel/context.ts'
import { countQuestion } from '../questions.ts'
import { dutiesOver, gridName } from '../sight.ts'
import { findRecords, type PersonRow } from '../store/records.ts'
import { findAlike, findElsewhere, findHousemates, readAsked, reasonsAgainst, type Asked } from './alike.ts'

type Likely = ReplyOf<typeof promise>['likely'][number]

const shown = 8

export async function findLikely(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const asked = readAsked(ctx, ask.values)
  await countQuestion(ctx, asked.numbers)
  const alike = await findAlike(ctx, asked)
  const housemates = await listHousemates(ctx, asked, ask.houseId)
  const isElsewhere = (await findElsewhere(ctx, asked)).length > 0
  const all = [...new Map([...alike, ...housemates].map((r) => [r.id, r])).values()]
  const likely = all.flatMap((r) => {
    const reasons = reasonsAgainst(asked, r)
    const isHousemate = housemates.some((h) => h.id === r.id)
    return tell(ctx, r, reasons.length === 0 && isHousemate ? ['same-home'] : reasons)
  })
  // A number that nobody has is a question all the same.
  if (likely.length > 0 || asked.numbers.length > 0)
    ctx.look('registry.likely-looked', ctx.caller.countyCode, { found: likely.length, isElsewhere })
  return { likely: likely.slice(0, shown), isElsewhere }
}

/** The people of a house of one's own; whoever of them is registered elsewhere stands on its page all the same. */
async function listHousemates(ctx: Asking, asked: Asked, houseId: string | undefined): Promise<PersonRow[]> {
  const ids = houseId === undefined ? [] : [houseId]
  const [house] = await findRecords(ctx.tx, 'house', ctx.caller.countyCode, ids)
  if (!house || !dutiesOver(ctx, house).duties.has('registry.read')) return []
  return findHousemates(ctx, asked, house.id)
}

function tell(ctx: Asking, row: PersonRow, reasons: SameReason[]): Likely[] {
  if (reasons.length === 0) return []
  const isYours = dutiesOver(ctx, row).duties.has('registry.read')
  return [{ id: row.id, name: row.name, gridName: gridName(ctx, row), isYours, reasons }]
}
