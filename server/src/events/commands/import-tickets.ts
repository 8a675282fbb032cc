/**
 * Calls of the hotline in a file. First all of them are judged, and none is taken where one has a fault; then they are
 * taken page by page, so that no transaction is long. Sent again, it goes on behind what is there: calls are known by number.
 */
import type { HotlineCall, importTickets as promise } from '@fengge/domain/events/contract/rules'
import { problem } from '@fengge/domain/kernel/problem'
import type { Ctx } from '../../kernel/context.ts'
import { problemOf, Refusal } from '../../kernel/problems.ts'
import { readTable } from '../../kernel/workbooks/read-table.ts'
import type { Paged } from '../../kernel/run-call.ts'
import { readCalls } from '../read-calls.ts'
import { judgeCall, submitTicket } from './submit-ticket.ts'

/** So many calls are taken by one transaction. */
const pageOfCalls = 50

export const importTickets: Paged<typeof promise> = async (asking, { fileName, base64, isTrial }, write) => {
  const { calls, faults } = await readCalls(await readTable(fileName, Buffer.from(base64, 'base64')))
  if (faults.length > 0) return { added: 0, known: 0, errors: faults.slice(0, 500) }
  for (const call of calls) await judgeCall(asking, call)
  if (isTrial) return { added: 0, known: 0, errors: [] }
  let added = 0
  for (let at = 0; at < calls.length; at += pageOfCalls) {
    const page = calls.slice(at, at + pageOfCalls)
    added += await write((ctx) => takePage(ctx, page)).catch((error: unknown) => tellTaken(error, added))
  }
  return { added, known: calls.length - added, errors: [] }
}

/** @returns how many are new */
async function takePage(ctx: Ctx, calls: readonly HotlineCall[]): Promise<number> {
  let added = 0
  for (const call of calls) if ((await submitTicket(ctx, call)).isNew) added++
  return added
}

/** Who is refused on the way, because something changed since all was judged, hears what was taken before. */
function tellTaken(error: unknown, added: number): never {
  const refused = problemOf(error)
  if (!refused) throw error
  throw new Refusal(problem(refused.problem, refused.status, { ...refused.details, added }))
}
