/**
 * What was compared is kept for a term of the county's own days, then deleted piece by piece, night after night; what is
 * held of somebody goes when he is deleted, whichever comparison it stands in. Source: PIPL art. 19, 47.
 */
import { addDays, dayOf, startOf } from '@fengge/domain/kernel/time'
import { ledgersForgotten } from '@fengge/domain/registry/facts'
import type { LedgerRow } from '@fengge/domain/registry/linkage/records'
import { isAbout, type Named } from '@fengge/domain/registry/linkage/is-about'
import { actAs } from '../../kernel/act-as.ts'
import { systemCaller, type Ctx } from '../../kernel/context.ts'
import type { Ground } from '../../kernel/ground.ts'
import { pieceByPiece, type Job } from '../../kernel/jobs.ts'
import { inSlices } from '../../kernel/turns.ts'
import { dayBook } from '../days/day-book.ts'
import { openValues } from '../record-columns.ts'
import { findRecords } from '../store/records.ts'
import { deleteEmptyRuns, deleteRows, deleteRowsBefore, factsAt, listCountiesWithRuns, pageOfRows } from './store.ts'

/** Rows of one transaction. */
const piece = 500

export async function forgetLedgers(engine: Ground): Promise<void> {
  const counties = await listCountiesWithRuns(engine.database.read)
  await pieceByPiece('registry.forget-ledgers', counties, async (county) => {
    let deleted = piece
    while (deleted === piece)
      deleted = await actAs(engine, systemCaller(county), 'registry.forget-ledgers', forgetPiece)
  })
}

async function forgetPiece(ctx: Ctx): Promise<number> {
  const county = ctx.caller.countyCode
  const daysOf = await dayBook(ctx, county)
  const before = new Date(startOf(addDays(dayOf(ctx.now), -daysOf('keep/ledgers'))))
  const rows = await deleteRowsBefore(ctx.tx, county, before, piece)
  const runs = rows < piece ? await deleteEmptyRuns(ctx.tx, county, before) : 0
  if (rows + runs > 0) ctx.tell(ledgersForgotten, { rows, runs }, county)
  return rows
}

/** Before his day in the morning, and apart from who is deleted: a term is a term of whole days. */
export const forgetLedgersJob: Job = { name: 'registry.forget-ledgers', cron: '35 3 * * *', run: forgetLedgers }

interface Facts {
  readonly employer?: LedgerRow
  readonly rental?: LedgerRow
}

/** Rows that are about any of these people, of all comparisons of the county. Their records are there still. */
export async function forgetInLedgers(ctx: Ctx, personIds: readonly string[]): Promise<void> {
  const county = ctx.caller.countyCode
  const people = (await findRecords(ctx.tx, 'person', county, personIds)).map((row): Named & Placed => {
    const { idNo, phone } = openValues(row, ctx.sealer)
    return { name: row.name, idNo: String(idNo ?? ''), phone: String(phone ?? ''), villageId: row.village_id }
  })
  for (let after: string | undefined, isMore = true; isMore;) {
    const rows = await pageOfRows(ctx.tx, county, after, piece)
    const told = await inSlices(rows, 100, ({ id, village_id, sealed }) => {
      const { employer, rental } = JSON.parse(ctx.sealer.open(sealed, factsAt(id))) as Facts
      const isHis = (p: Named & Placed) =>
        [employer, rental].some((side) => side && isAbout(side, p, village_id === null || village_id === p.villageId))
      return people.some(isHis) ? [id] : []
    })
    await deleteRows(ctx.tx, county, told.flat())
    isMore = rows.length === piece
    after = rows.at(-1)?.id
  }
}

interface Placed {
  readonly villageId: string | null
}
