/** What one account may say at one event within a day: whoever opens it reads it all. */
import { mostWordsADay } from '@fengge/domain/events/contract/views'
import { dayLength } from '@fengge/domain/kernel/time'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { countWordsOf } from '../store/flow.ts'

/** Asked while the event is held: what is sent at once is counted as what is sent in turn. */
export async function refuseMoreWords(ctx: Ctx, eventId: string): Promise<void> {
  const { accountId, countyCode } = ctx.caller
  if (accountId === null) return
  const since = new Date(ctx.now - dayLength)
  const said = await countWordsOf(ctx.tx, countyCode, { eventId, accountId, since })
  if (said >= mostWordsADay) refuse('event.words-full', 429, { most: mostWordsADay })
}
