/**
 * Who the person at the door may already be. Of people of one's own places each is told with the reasons; of all others
 * only that somebody is known elsewhere, without who, how many or where: his own desk can be asked (ask-link.ts).
 */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { findLikely as promise } from '@fengge/domain/registry/contract'
import type { SameReason } from '@fengge/domain/registry/editing'
import type { Asking } from '../../kernel/context.ts'
import { findOpenLeavings } from '../leaving/store/leavings.ts'
import { countQuestion } from '../questions.ts'
import { noteSought } from '../recusal/unseen.ts'
import { dutiesOver, gridName } from '../sight.ts'
import { findRecords, type PersonRow } from '../store/records.ts'
import { findAlike, findElsewhere, findHousemates, isGuest, readAsked, reasonsAgainst, type Asked } from './alike.ts'

type Likely = ReplyOf<typeof promise>['likely'][number]

const shown = 8

export async function findLikely(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const asked = readAsked(ctx, ask.values)
  await noteSought(ctx, 'findLikely', asked)
  await countQuestion(ctx, asked.numbers)
  const alike = await findAlike(ctx, asked)
  const housemates = await listHousemates(ctx, asked, ask.houseId)
  const isElsewhere = (await findElsewhere(ctx, asked)).length > 0
  const all = [...new Map([...alike, ...housemates].map((r) => [r.id, r])).values()]
  const likely = await tellLikely(
    ctx,
    all.map((row) => {
      const reasons = isGuest(ctx, row) ? [] : reasonsAgainst(asked, row)
      const isHousemate = housemates.some((h) => h.id === row.id)
      return { row, reasons: reasons.length === 0 && isHousemate ? ['same-home' as const] : reasons }
    }),
  )
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

interface Found {
  readonly row: PersonRow
  readonly reasons: readonly SameReason[]
}
/** Each with why he may be the one, and that he had moved away. */
export async function tellLikely(ctx: Asking, found: readonly Found[]): Promise<Likely[]> {
  const meant = found.filter((f) => f.reasons.length > 0)
  const gone = meant.filter(({ row }) => row.state === 'gone').map(({ row }) => row.id)
  const leavings = await findOpenLeavings(ctx.tx, ctx.caller.countyCode, gone)
  return meant.map(({ row, reasons }) => {
    const left = leavings.find((l) => l.person_id === row.id)
    return {
      id: row.id,
      name: row.name,
      gridName: gridName(ctx, row),
      isYours: dutiesOver(ctx, row).duties.has('registry.read'),
      reasons: [...reasons],
      left: left ? { leavingId: left.id, onDay: left.on_day } : null,
    }
  })
}
