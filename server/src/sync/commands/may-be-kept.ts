/**
 * What a desk is asked to decide on: acts that can be read, of somebody who had the duty when he made them, and no more
 * of one person than a desk can work off. Everything else stays on the phone, and its holder is told.
 */
import { dutiesOf } from '@fengge/domain/kernel/duty'
import { actPromises } from '@fengge/domain/sync/contract/acts'
import type { Act, Fate } from '@fengge/domain/sync/terms'
import { accountOf, postsWith, type Asking } from '../../kernel/context.ts'
import { parseAsk } from '../../kernel/parse-ask.ts'
import { problemOf } from '../../kernel/problems.ts'
import { findCaller } from '../../identity/door.ts'
import { countOpen, findStates } from '../store/inbox.ts'

/** Open acts of one person; what is more waits on his phone until a desk has decided on some. */
const mostOpen = 200
/** Signs of an ask: no form comes near it. */
const longestAsk = 60_000

/** @param problem why it was not done; @returns the fate of an act that is not kept */
export async function whyNotKept(ctx: Asking, act: Act, problem: string): Promise<Omit<Fate, 'requestId'> | undefined> {
  const unfit = faultOf(act)
  if (unfit) return { fate: 'refused', ...unfit }
  if (problem === 'not-allowed' && !(await hadDuty(ctx, act))) return { fate: 'refused', problem }
  const { countyCode: county } = ctx.caller
  if ((await countOpen(ctx.tx, county, accountOf(ctx.caller))) < mostOpen) return undefined
  const isHere = (await findStates(ctx.tx, county, [act.requestId])).has(act.requestId)
  return isHere ? undefined : { fate: 'later', problem: 'inbox.full' }
}

/** The duty is judged before the form, so that what was refused for a duty was never read. */
function faultOf({ name, ask, requestId }: Act): Pick<Fate, 'problem' | 'details'> | undefined {
  try {
    const parsed = parseAsk(actPromises[name].ask, { ...ask, requestId })
    return JSON.stringify(parsed).length > longestAsk ? { problem: 'ask.invalid' } : undefined
  } catch (error) {
    const refused = problemOf(error)
    if (!refused) throw error
    return { problem: refused.problem, details: refused.details }
  }
}

/** Now, or on the day that he made it: whose post has ended since gives his work over to the desk. */
async function hadDuty(ctx: Asking, { name, madeAt }: Act): Promise<boolean> {
  const duties = dutiesOf(actPromises[name].duty)
  if (duties.length === 0 || postsWith(ctx.caller, duties).length > 0) return true
  const then = await findCaller(ctx.tx, accountOf(ctx.caller), Math.min(Date.parse(madeAt), ctx.now))
  return then !== undefined && postsWith(then, duties).length > 0
}
