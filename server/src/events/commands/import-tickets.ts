/** Tickets of a file: all of them, or none where one has a fault. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { importTickets as promise } from '@fengge/domain/events/contract/rules'
import type { Ctx } from '../../kernel/context.ts'
import { readTable } from '../../kernel/read-table.ts'
import { readTickets } from '../read-tickets.ts'
import { submitTicket } from './submit-ticket.ts'

export async function importTickets(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { tickets, faults } = readTickets(readTable(ask.fileName, Buffer.from(ask.base64, 'base64')))
  if (faults.length > 0 || ask.isTrial) return { added: 0, known: 0, errors: faults.slice(0, 500) }
  let added = 0
  for (const ticket of tickets) if ((await submitTicket(ctx, ticket)).isNew) added++
  return { added, known: tickets.length - added, errors: [] }
}
