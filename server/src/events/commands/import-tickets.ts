/** Tickets of a file: all of them, or none where one has a fault. The file is read before the transaction begins. */
import type { importTickets as promise } from '@fengge/domain/events/contract/rules'
import { readTable } from '../../kernel/read-table.ts'
import type { Prepared } from '../../kernel/run-call.ts'
import { readTickets, type ReadTickets } from '../read-tickets.ts'
import { submitTicket } from './submit-ticket.ts'

export const importTickets: Prepared<typeof promise, ReadTickets> = {
  prepare: async (_asking, { fileName, base64 }) =>
    readTickets(await readTable(fileName, Buffer.from(base64, 'base64'))),
  command: async (ctx, ask, { tickets, faults }) => {
    if (faults.length > 0 || ask.isTrial) return { added: 0, known: 0, errors: faults.slice(0, 500) }
    let added = 0
    for (const ticket of tickets) if ((await submitTicket(ctx, ticket)).isNew) added++
    return { added, known: tickets.length - added, errors: [] }
  },
}
