import { listAlarms, listJournal, verifyJournal } from '@fengge/domain/audit/contract'
import type { Ground } from '../kernel/ground.ts'
import { verifyJournal as verify } from '../kernel/journal.ts'
import type { Serve } from '../kernel/serve.ts'
import { listAlarms as findAlarms } from './queries/alarms.ts'
import { readJournal } from './queries/journal.ts'

export function auditRoutes(serve: Serve, { journalKey, settings }: Pick<Ground, 'journalKey' | 'settings'>): void {
  serve.read(listJournal, async (ctx, ask) => {
    ctx.look('journal.read', ctx.caller.countyCode, { fact: ask.fact })
    return readJournal(ctx, ask)
  })
  serve.read(listAlarms, findAlarms)
  serve.read(verifyJournal, (ctx) => verify(ctx.tx, ctx.caller.countyCode, journalKey, settings.dataDir))
}
