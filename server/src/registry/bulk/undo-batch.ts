/** A whole import taken back: what it added goes, what it changed is as before; what people built on since stays. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { undoBatch as promise } from '@fengge/domain/registry/bulk-contract'
import { undoEdit } from '@fengge/domain/registry/editing'
import type { Ctx } from '../../kernel/context.ts'
import { rowOf, sql, rowWritten, run, rowsWritten } from '../../kernel/db/sql.ts'
import { refuse } from '../../kernel/problems.ts'
import { openChanges, openValues } from '../record-columns.ts'
import { findChanges, markUndone, saveChange } from '../store/changes.ts'
import { lockRecords, updateRecord } from '../store/records.ts'
import type { BatchRow } from './run-import.ts'

export async function undoBatch(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const batch =
    (await rowWritten<BatchRow>(
      ctx.tx,
      sql`
        select county_code, id, kind, file_name, mode, state, account_id, place_id, rows, done
        from registry.batch
        where county_code = ${county} and id = ${ask.id} and account_id = ${ctx.caller.accountId}
        for update
      `,
    )) ?? refuse('record.unknown', 404)
  if (batch.state !== 'done' || batch.mode === 'trial') refuse('change.not-undoable', 409)
  let restored = 0,
    kept = 0
  const changes = await findChanges(
    ctx.tx,
    county,
    sql`batch_id = ${ask.id} and undone_by is null order by version desc`,
  )
  for (const change of changes) {
    const [row] = await lockRecords(ctx.tx, change.kind, county, [change.record_id])
    const back = row && undoEdit(openValues(row, ctx.sealer), openChanges(change.kind, change.fields, ctx.sealer))
    if (!row || !back || Object.keys(back.changes).length === 0) {
      kept++
      continue
    }
    await updateRecord(ctx, change.kind, row, {
      values: back.values,
      changed: new Set(Object.keys(back.changes)),
      origin: row.origin,
      isConfirmed: false,
    })
    const undone = await saveChange(ctx, {
      kind: change.kind,
      recordId: row.id,
      version: row.version + 1,
      what: 'undo',
      fields: back.changes,
      source: 'import',
      reason: ask.reason,
      more: { of: change.id },
    })
    await markUndone(ctx, change.id, undone)
    restored++
    if (back.kept.length > 0) kept++
  }
  await run(ctx.tx, sql`delete from registry.link where county_code = ${county} and batch_id = ${ask.id}`)
  let removed = 0
  // From the inside out: a room in which somebody else lives by now stays, and so does its building.
  for (const [kind, isFree] of [
    [
      'person',
      sql`
        not exists (select 1 from registry.link l where l.county_code = r.county_code and l.person_id = r.id)
      `,
    ],
    ['unit', sql`true`],
    [
      'house',
      sql`not exists (select 1 from registry.link l where l.county_code = r.county_code and l.house_id = r.id)`,
    ],
    [
      'building',
      sql`
        not exists (
          select 1
          from registry.house h
          where h.county_code = r.county_code and h.parent_id = r.id and h.state = 'live'
        )
      `,
    ],
    [
      'estate',
      sql`
        not exists (
          select 1
          from registry.building b
          where b.county_code = r.county_code and b.parent_id = r.id and b.state = 'live'
        )
      `,
    ],
  ] as const) {
    const gone = await rowsWritten(
      ctx.tx,
      sql`
        delete from ${sql.table(`registry.${kind}`)} r
        where r.county_code = ${county}
          and r.batch_id = ${ask.id}
          and not exists (
            select 1
            from registry.change c
            where c.county_code = r.county_code and c.record_id = r.id and c.undone_by is null and c.what <> 'undo'
          )
          and ${isFree}
        returning 1 as one
      `,
    )
    if (kind === batch.kind) removed = gone.length
    const left = await rowOf<{ n: number }>(
      ctx.tx,
      sql`
        select count(*) as n
        from ${sql.table(`registry.${kind}`)}
        where county_code = ${county} and batch_id = ${ask.id}
      `,
    )
    if (kind === batch.kind) kept += Number(left!.n)
  }
  await run(ctx.tx, sql`update registry.batch set state = 'undone' where county_code = ${county} and id = ${ask.id}`)
  ctx.tell('registry.batch-undone', { removed, restored, kept, reason: ask.reason }, ask.id)
  return { removed, restored, kept }
}
