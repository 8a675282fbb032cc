import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { suggestForText as promise } from '@fengge/domain/events/contract/desk'
import type { Asking } from '../../kernel/context.ts'
import { placeTree } from '../../places/door.ts'
import { findDuplicates, guessLabels } from '../suggest.ts'

/** Category and earlier reports for a text that is being typed. */
export async function suggestForText(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const labels = await guessLabels(ctx, ctx.caller.countyCode, ask.text, '')
  const point = ask.lng === undefined || ask.lat === undefined ? null : { lng: ask.lng, lat: ask.lat }
  const gridId = point === null ? null : (placeTree(ctx).locate(point.lng, point.lat)?.id ?? null)
  const duplicates = await findDuplicates(
    ctx.tx,
    ctx.caller.countyCode,
    { id: null, text: ask.text, gridId, categoryCode: labels.categories[0]?.code ?? '', point, at: ctx.now },
    ctx,
  )
  return { ...labels, duplicates, departments: [] }
}
