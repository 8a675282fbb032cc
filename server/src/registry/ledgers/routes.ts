import * as c from '@fengge/domain/registry/ledger-contract'
import type { Ground } from '../../kernel/ground.ts'
import type { Serve } from '../../kernel/serve.ts'
import { sendList } from '../../kernel/workbooks/send-list.ts'
import { compareLedgers } from './compare-ledgers.ts'
import { decideLedger } from './decide-ledger.ts'
import { listLedgerRows, listLedgerRuns } from './queries.ts'
import { sheetOfLedger } from './sheet.ts'

export function ledgerRoutes(serve: Serve, engine: Ground): void {
  serve.stream(c.sendLedgers, (ctx, _ask, _reply, request) => compareLedgers(engine, ctx, request))
  serve.read(c.listLedgerRuns, listLedgerRuns)
  serve.read(c.listLedgerRows, listLedgerRows)
  serve.stream(c.exportLedger, async (ctx, ask, reply) => sendList(ctx, reply, await sheetOfLedger(ctx, ask)))
  serve.write(c.decideLedger, decideLedger)
}
