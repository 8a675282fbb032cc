import { listAlarms, listJournal, verifyJournal } from '@fengge/domain/audit/contract'
import { startOf } from '@fengge/domain/kernel/time'
import type { Engine } from '../kernel/engine.ts'
import { verifyJournal as verify } from '../kernel/journal.ts'
import type { Serve } from '../kernel/serve.ts'
import { findAlarms, readJournal } from './queries.ts'

export function auditRoutes(serve: Serve, engine: Engine): void {
  serve.read(listJournal, async (ctx, ask) => {
    ctx.look('journal.read', ctx.caller.countyCode, { fact: ask.fact })
    return readJournal(
      ctx.tx,
      ctx.caller.countyCode,
      ask,
      ask.from === undefined ? undefined : startOf(ask.from),
      ask.to === undefined ? undefined : startOf(ask.to) + 86_400_000,
    )
  })
  serve.read(listAlarms, (ctx) => findAlarms(ctx.tx, ctx.caller.countyCode, ctx.now))
  serve.read(verifyJournal, (ctx) => verify(ctx.tx, ctx.caller.countyCode, engine.journalKey, engine.settings.dataDir))
}
