/** The journal verified for one county's auditor: his own, and what belongs to no county, such as unknown logins. */
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { verifyJournal as promise } from '@fengge/domain/audit/contract'
import type { Asking } from '../kernel/context.ts'
import { verifyJournal, type JournalBook } from '../kernel/journal-chain.ts'

const nobodys = '000000'

export async function verifyFor(ctx: Asking, book: JournalBook): Promise<ReplyOf<typeof promise>> {
  const own = await verifyJournal(ctx.tx, ctx.caller.countyCode, book)
  const rest = await verifyJournal(ctx.tx, nobodys, book)
  return {
    isWhole: own.isWhole && rest.isWhole,
    sealed: own.sealed,
    unsealed: own.unsealed,
    faults: [
      ...own.faults.map((f) => ({ ...f, county: ctx.caller.countyCode })),
      ...rest.faults.map((f) => ({ ...f, county: nobodys })),
    ].slice(0, 100),
  }
}
