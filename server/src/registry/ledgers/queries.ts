/** Comparisons and their rows, as screens show them: of a number that it is there, phones masked. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { maskPhone } from '@fengge/domain/kernel/text'
import type * as c from '@fengge/domain/registry/ledger-contract'
import { onFile } from '@fengge/domain/registry/fields'
import type { LedgerRow } from '@fengge/domain/registry/linkage/records'
import type { Asking } from '../../kernel/context.ts'
import { unseenIn } from '../recusal/unseen.ts'
import { gridName } from '../sight.ts'
import { factsAt, isSender, listRows, listRuns, type LedgerRowRow } from './store.ts'

export async function listLedgerRuns(ctx: Asking): Promise<ReplyOf<typeof c.listLedgerRuns>> {
  const runs = await listRuns(ctx.tx, ctx)
  return {
    runs: runs.map((r) => ({
      id: r.id,
      at: r.at.toISOString(),
      employerFile: r.employer_file,
      rentalFile: r.rental_file,
      employers: r.employers,
      rentals: r.rentals,
      counts: r.counts,
    })),
  }
}

export async function listLedgerRows(
  ctx: Asking,
  ask: AskOf<typeof c.listLedgerRows>,
): Promise<ReplyOf<typeof c.listLedgerRows>> {
  const rows = await listRows(ctx.tx, ctx, { ...ask, duty: 'registry.read', most: 200 })
  ctx.look('registry.ledger-looked', ask.runId, { rows: rows.length })
  return { rows: await viewRows(ctx, ask.runId, rows) }
}

/**
 * Rows as they are shown, each side opened. Of a comparison by somebody else none of whom the caller may not see; what he
 * sent himself he is shown as he sent it: a row of his own that is missing would tell which of a thousand numbers is hers.
 */
export async function viewRows(ctx: Asking, runId: string, rows: readonly LedgerRowRow[]): Promise<c.LedgerRow[]> {
  const isOwn = ctx.caller.unseen !== undefined && (await isSender(ctx.tx, ctx.caller, runId))
  const isUnseen = isOwn ? () => false : await unseenIn(ctx)
  return rows.flatMap((r) => {
    const facts = JSON.parse(ctx.sealer.open(r.sealed, factsAt(r.id))) as { employer?: LedgerRow; rental?: LedgerRow }
    if (isUnseen(facts.employer) || isUnseen(facts.rental)) return []
    const row = {
      id: r.id,
      state: r.state,
      probability: r.probability,
      agreement: r.agreement,
      employer: sideOf(r.employer_row, facts.employer),
      rental: sideOf(r.rental_row, facts.rental),
      cluster: r.cluster,
      gridName: gridName(ctx, r),
      decision: r.decision,
    }
    return [row]
  })
}

function sideOf(row: number | null, facts: LedgerRow | undefined): c.LedgerRow['employer'] {
  if (row === null || !facts) return null
  return {
    row,
    name: facts.name,
    idNo: facts.idNo === '' ? '' : onFile,
    phone: maskPhone(facts.phone),
    born: facts.born,
    address: facts.address,
  }
}
