/** A whole import taken back: what it added goes, what it changed is as before; what people built on since stays. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { undoBatch as promise } from '@fengge/domain/registry/bulk-contract'
import { batchUndone } from '@fengge/domain/registry/facts'
import { undoEdit } from '@fengge/domain/registry/editing'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { openChanges, openValues } from '../record-columns.ts'
import { countQuestionWithin } from '../questions.ts'
import { dutiesOver } from '../sight.ts'
import { markUndone, saveChange, type ChangeRow } from '../store/changes.ts'
import { lockRecords, updateRecord } from '../store/records.ts'
import { lockBatch, markBatchUndone } from './store/batches.ts'
import { listChangesOf, madeKinds, removeMade } from './store/made.ts'
import { dropLinksOf } from './store/persons.ts'

export async function undoBatch(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const batch = (await lockBatch(ctx.tx, county, ask.id, ctx.caller.accountId)) ?? refuse('record.unknown', 404)
  if (batch.state !== 'done' || batch.mode === 'trial') refuse('change.not-undoable', 409)
  // How many rows of a file were found is what a trial tells: an import that is taken back told it too.
  if (batch.kind === 'person' || batch.kind === 'link') await countQuestionWithin(ctx, ctx.tx, [`batch:${ask.id}`])
  let removed = 0,
    restored = 0,
    kept = 0
  const changes = await listChangesOf(ctx.tx, county, ask.id)
  for (const change of changes) {
    const done = await restore(ctx, change, ask.reason)
    if (done !== 'built-on') restored++
    if (done !== 'whole') kept++
  }
  const links = await dropLinksOf(ctx.tx, county, ask.id)
  if (batch.kind === 'link') removed = links
  for (const kind of madeKinds) {
    const made = await removeMade(ctx.tx, kind, batch)
    if (kind !== batch.kind) continue
    removed = made.removed
    kept += made.left
  }
  await markBatchUndone(ctx.tx, batch)
  ctx.tell(batchUndone, { removed, restored, kept, reason: ask.reason }, ask.id)
  return { removed, restored, kept }
}

/** Takes one change back: wholly, in part where a field was changed since, or not at all. */
async function restore(ctx: Ctx, change: ChangeRow, reason: string): Promise<'whole' | 'part' | 'built-on'> {
  const [row] = await lockRecords(ctx.tx, change.kind, ctx.caller.countyCode, [change.record_id])
  if (!row || !dutiesOver(ctx, row).duties.has('registry.import')) return 'built-on'
  const back = undoEdit(openValues(row, ctx.sealer), openChanges(change, ctx.sealer))
  const codes = Object.keys(back.changes)
  if (codes.length === 0) return 'built-on'
  await updateRecord(ctx, change.kind, row, {
    values: back.values,
    changed: new Set(codes),
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
    reason,
    more: { of: change.id },
  })
  await markUndone(ctx, change.id, undone)
  return back.kept.length > 0 ? 'part' : 'whole'
}
