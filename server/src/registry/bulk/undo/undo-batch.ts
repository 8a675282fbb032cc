/**
 * A whole import taken back: what it added goes, what it changed is as before; what people built on since stays. It goes
 * piece by piece, each in a transaction that keeps how far it is: what breaks off is gone on with by the job of imports,
 * and nothing is taken back twice.
 */
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import { dayLength } from '@fengge/domain/kernel/time'
import { undoWithin, type Counted, type undoBatch as promise } from '@fengge/domain/registry/bulk-contract'
import { batchUndone } from '@fengge/domain/registry/facts'
import { undoEdit } from '@fengge/domain/registry/editing'
import { placeTree } from '../../../places/door.ts'
import { actAs } from '../../../kernel/act-as.ts'
import { postsWith, type Ctx } from '../../../kernel/context.ts'
import type { Reading } from '../../../kernel/db/tx.ts'
import type { Ground } from '../../../kernel/ground.ts'
import { pieceByPiece } from '../../../kernel/jobs.ts'
import { refuse } from '../../../kernel/problems.ts'
import type { Paged } from '../../../kernel/run-call.ts'
import { openChanges, openValues } from '../../record-columns.ts'
import { countQuestionWithin } from '../../questions.ts'
import { callerOf } from '../../recusal/unseen.ts'
import { dutiesOver } from '../../sight.ts'
import { markUndone, saveChange, type ChangeRow } from '../../store/changes.ts'
import { lockRecords, updateRecord } from '../../store/records.ts'
import { failBatch, lockBatch, setUndoing, markBatchUndone, type BatchRow } from '../store/batches.ts'
import { dropLinks, listChangesOf, listLinksOf, listMadeBehind, removeMade } from '../store/made.ts'
import * as undos from './store.ts'

/** Of some records those that a higher floor has something about: a visit, a service, a danger. */
export type InUse = (reading: Reading, county: string, ids: readonly string[]) => Promise<string[]>

/** Rows that one piece takes back: nobody waits for a whole file. */
const piece = 200
/** Milliseconds without a piece after which it has broken off. */
const brokenAfter = 60_000

export const undoBatch =
  (inUse: InUse): Paged<typeof promise> =>
  async (_asking, ask, write) => {
    await write((ctx) => begin(ctx, ask))
    for (;;) {
      const { isDone, ...counted } = await write((ctx) => undoPiece(ctx, ask.id, inUse))
      if (isDone) return counted
    }
  }

/** Imports whose way back broke off. @returns how many pieces were gone on with */
export async function goOnUndoing(engine: Ground, inUse: InUse): Promise<void> {
  const { database, clock } = engine
  const broken = await undos.listBrokenUndos(database.read, new Date(clock.now() - brokenAfter))
  await pieceByPiece(
    'registry.imports',
    broken,
    async (batch) => {
      const caller = await callerOf(database.read, batch.account_id, clock.now())
      if (!caller) return database.write((tx) => failBatch(tx, batch, 'import.broken-off', new Date(clock.now())))
      for (let isDone = false; !isDone;)
        ({ isDone } = await actAs(engine, caller, 'registry:undo-import', (ctx) => undoPiece(ctx, batch.id, inUse)))
    },
    (batch) => database.write((tx) => undos.pushUndoAside(tx, batch, new Date(clock.now()))),
  )
}

async function begin(ctx: Ctx, ask: AskOf<typeof promise>): Promise<void> {
  const county = ctx.caller.countyCode
  const batch = (await lockBatch(ctx.tx, county, ask.id, ctx.caller.accountId)) ?? refuse('record.unknown', 404)
  // Whoever serves elsewhere by now takes nobody out of the place he served.
  const isOver = postsWith(ctx.caller, 'registry.import').some((p) =>
    placeTree(ctx).contains(p.placeId, batch.place_id),
  )
  if (!isOver) refuse('record.unknown', 404)
  const before = await undos.findUndo(ctx.tx, batch)
  if (batch.state === 'undoing' || (before && before.request_id === ask.requestId)) return
  if (batch.state !== 'done' || batch.mode === 'trial') refuse('change.not-undoable', 409)
  // A file sent by mistake is noticed soon; what has stood longer is a register that others rely on.
  if (ctx.now - batch.at.getTime() > undoWithin) refuse('import.undo-late', 409, { days: undoWithin / dayLength })
  // How many rows of a file were found is what a trial tells: an import that is taken back told it too.
  if (batch.kind === 'person' || batch.kind === 'link') await countQuestionWithin(ctx, ctx.tx, [`batch:${ask.id}`])
  await setUndoing(ctx.tx, batch)
  await undos.beginUndo(ctx.tx, batch, { requestId: ask.requestId, reason: ask.reason, at: new Date(ctx.now) })
}

/** The next piece; who comes to one that is done hears what came of it. */
async function undoPiece(ctx: Ctx, batchId: string, inUse: InUse): Promise<Counted & { readonly isDone: boolean }> {
  const county = ctx.caller.countyCode
  const batch = (await lockBatch(ctx.tx, county, batchId, ctx.caller.accountId)) ?? refuse('record.unknown', 404)
  const undo = (await undos.findUndo(ctx.tx, batch)) ?? refuse('record.unknown', 404)
  const { step, reason } = undo
  if (step === 'done') {
    const { removed, restored, kept } = undo
    return { removed, restored, kept, isDone: true }
  }
  const further = await take(ctx, { batch, undo, inUse }, step)
  const counted = await undos.keepUndo(ctx.tx, batch, further, new Date(ctx.now))
  const isDone = further.step === 'done'
  if (isDone) {
    await markBatchUndone(ctx.tx, batch)
    ctx.tell(batchUndone, { ...counted, reason }, batchId)
  }
  return { ...counted, isDone }
}

interface Going {
  readonly batch: BatchRow
  readonly undo: undos.UndoRow
  readonly inUse: InUse
}

function take(ctx: Ctx, going: Going, step: undos.Step): Promise<undos.Further> {
  if (step === 'changes') return takeChanges(ctx, going)
  if (step === 'links') return takeLinks(ctx, going)
  return takeMade(ctx, going, step)
}

/** Where it goes on: in the same step behind the last row of a full piece, else in the next. */
const onwards = (step: undos.Step, after: undos.Further['after']): Pick<undos.Further, 'step' | 'after'> =>
  after ? { step, after } : { step: undos.steps[undos.steps.indexOf(step) + 1] ?? 'done' }

async function takeChanges(ctx: Ctx, { batch, undo }: Going): Promise<undos.Further> {
  const after = undo.after_id === null ? undefined : { version: undo.after_version!, id: undo.after_id }
  const changes = await listChangesOf(ctx.tx, batch, { after, most: piece })
  let restored = 0,
    kept = 0
  for (const change of changes) {
    const done = await restore(ctx, change, undo.reason)
    if (done !== 'built-on') restored++
    if (done !== 'whole') kept++
  }
  const last = changes.length < piece ? undefined : changes.at(-1)
  return { removed: 0, restored, kept, ...onwards('changes', last && { version: last.version, id: last.id }) }
}

/** Whom he may not see he takes nothing of. */
const isSeen =
  (ctx: Ctx) =>
  (id: string): boolean =>
    ctx.caller.unseen?.has(id) !== true

async function takeLinks(ctx: Ctx, { batch, undo, inUse }: Going): Promise<undos.Further> {
  const county = batch.county_code
  const found = await listLinksOf(ctx.tx, batch, { after: undo.after_id, most: piece })
  const kept = await inUse(ctx.tx, county, [...new Set(found.map((l) => l.person_id))])
  const isHis = isSeen(ctx)
  const dropped = await dropLinks(
    ctx.tx,
    county,
    found.filter((l) => !kept.includes(l.person_id) && isHis(l.person_id) && isHis(l.house_id)).map((l) => l.id),
  )
  const counted = batch.kind === 'link' ? { removed: dropped, kept: found.length - dropped } : { removed: 0, kept: 0 }
  const last = found.length < piece ? undefined : found.at(-1)
  return { ...counted, restored: 0, ...onwards('links', last && { id: last.id }) }
}

async function takeMade(
  ctx: Ctx,
  { batch, undo, inUse }: Going,
  step: Exclude<undos.Step, 'changes' | 'links'>,
): Promise<undos.Further> {
  const ids = await listMadeBehind(ctx.tx, step, batch, { after: undo.after_id, most: piece })
  const kept = await inUse(ctx.tx, batch.county_code, ids)
  const removed = await removeMade(
    ctx.tx,
    step,
    batch.county_code,
    ids.filter((id) => !kept.includes(id) && isSeen(ctx)(id)),
  )
  const isCounted = step === batch.kind
  return {
    removed: isCounted ? removed : 0,
    restored: 0,
    kept: isCounted ? ids.length - removed : 0,
    ...onwards(step, ids.length < piece ? undefined : { id: ids.at(-1)! }),
  }
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
