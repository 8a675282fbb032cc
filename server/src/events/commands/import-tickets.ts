/** Calls of the hotline in a file: all of them, or none where one has a fault. The file is read before the transaction begins. */
import type { importTickets as promise } from '@fengge/domain/events/contract/rules'
import { readTable } from '../../kernel/workbooks/read-table.ts'
import type { Prepared } from '../../kernel/run-call.ts'
import { readCalls, type ReadCalls } from '../read-calls.ts'
import { submitTicket } from './submit-ticket.ts'

export const importTickets: Prepared<typeof promise, ReadCalls> = {
  prepare: async (_asking, { fileName, base64 }) => readCalls(await readTable(fileName, Buffer.from(base64, 'base64'))),
  command: async (ctx, ask, { calls, faults }) => {
    if (faults.length > 0 || ask.isTrial) return { added: 0, known: 0, errors: faults.slice(0, 500) }
    let added = 0
    for (const call of calls) if ((await submitTicket(ctx, call)).isNew) added++
    return { added, known: calls.length - added, errors: [] }
  },
}
