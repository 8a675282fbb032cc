import { listAlarms, listJournal, verifyJournal } from '@fengge/domain/audit/contract'
import type { Ground } from '../kernel/ground.ts'
import { journalBook } from '../kernel/journal-chain.ts'
import type { Serve } from '../kernel/serve.ts'
import { listAlarms as findAlarms } from './queries/alarms.ts'
import { readJournal } from './queries/journal.ts'
import { verifyFor } from './verify-for.ts'

export function auditRoutes(serve: Serve, ground: Pick<Ground, 'journalKey' | 'settings'>): void {
  serve.read(listJournal, async (ctx, ask) => {
    ctx.look('journal.read', ctx.caller.countyCode, { fact: ask.fact })
    return readJournal(ctx, ask)
  })
  serve.read(listAlarms, findAlarms)
  serve.read(verifyJournal, (ctx) => verifyFor(ctx, journalBook(ground)))
}
