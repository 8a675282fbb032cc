/** Takes one change back (domain/src/registry/undoing.ts): field by field, or a record made by mistake as a whole. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { undoChange as promise } from '@fengge/domain/registry/contract'
import { dayOf } from '@fengge/domain/kernel/time'
import { refuseLetting } from '@fengge/domain/registry/leaving/leaving'
import { undoEdit } from '@fengge/domain/registry/editing'
import { recordGone, recordUndone } from '@fengge/domain/registry/facts'
import { sourceOf } from '@fengge/domain/registry/terms'
import { pointBefore, refuseUndo } from '@fengge/domain/registry/undoing'
import { accountOf, type Ctx } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { Refusal, refuse, settle } from '../../kernel/problems.ts'
import { letGo } from '../leaving/let-go.ts'
import { countLetGo } from '../leaving/store/leavings.ts'
import { placeInMicro } from '../micros.ts'
import { openChanges, openValues } from '../record-columns.ts'
import { lockRecord, type Reached } from '../sight.ts'
import { lockChange, markUndone, saveChange, type ChangeRow } from '../store/changes.ts'
import { savePoint, saveStates, saveVouched, updateRecord } from '../store/records.ts'
import { undoGiven } from '../undo-given.ts'

type Ask = AskOf<typeof promise>
type Reply = ReplyOf<typeof promise>

export async function undoChange(ctx: Ctx, ask: Ask): Promise<Reply> {
  const change = (await lockChange(ctx, ask.changeId)) ?? refuse('record.unknown', 404)
  // A merge has its own way back.
  if (change.what === 'merge') refuse('change.not-undoable', 409)
  const reached = await lockRecord(ctx, change.record_id, 'registry.correct')
  const fields = openChanges(change, ctx.sealer)
  const judged = { what: change.what, isUndone: change.undone_by !== null, fields }
  const refused = refuseUndo(judged, await undoGiven(ctx, reached))
  if (refused) throw new Refusal(refused)
  if ('point' in change.fields) return moveBack(ctx, reached, change, ask)
  return change.what === 'create' ? removeCreated(ctx, reached, change, ask) : restore(ctx, reached, change, ask)
}

async function restore(ctx: Ctx, { row, kind, post }: Reached, change: ChangeRow, ask: Ask): Promise<Reply> {
  const back = undoEdit(openValues(row, ctx.sealer), openChanges(change, ctx.sealer))
  const undone = Object.keys(back.changes)
  await updateRecord(ctx, kind, row, {
    values: back.values,
    changed: new Set(undone),
    origin: row.origin,
    isConfirmed: false,
  })
  if (kind === 'estate') await saveVouched(ctx.tx, row, true)
  const id = await saveChange(ctx, {
    kind,
    recordId: row.id,
    version: row.version + 1,
    what: 'undo',
    fields: back.changes,
    source: sourceOf(post?.roleCode),
    reason: ask.reason,
    more: { of: change.id },
  })
  await markUndone(ctx, change.id, id)
  ctx.tell(recordUndone[kind], { fields: undone, change: change.id }, row.id, post)
  return { undone, kept: [...back.kept] }
}

/** A building stands where it stood before. */
async function moveBack(ctx: Ctx, { row, kind, post }: Reached, change: ChangeRow, ask: Ask): Promise<Reply> {
  const before = pointBefore(change.fields)
  await savePoint(ctx, row.county_code, row.id, before ?? { lng: null, lat: null })
  await placeInMicro(ctx, row.id, before ?? { lng: 0, lat: 0 })
  const { from, to } = change.fields['point']!
  const id = await saveChange(ctx, {
    kind,
    recordId: row.id,
    version: row.version + 1,
    what: 'undo',
    fields: { point: { from: to, to: from } },
    source: sourceOf(post?.roleCode),
    reason: ask.reason,
    more: { of: change.id },
  })
  await markUndone(ctx, change.id, id)
  ctx.tell(recordUndone[kind], { fields: ['point'], change: change.id }, row.id, post)
  return { undone: ['point'], kept: [] }
}

/** A record made by mistake goes, as long as nobody has built on it. */
async function removeCreated(ctx: Ctx, reached: Reached, change: ChangeRow, ask: Ask): Promise<Reply> {
  const { row, kind, post } = reached
  if (kind === 'person') return removePerson(ctx, reached, change, ask)
  await saveStates(ctx.tx, kind, ctx.caller.countyCode, { ids: [row.id], state: 'gone', now: ctx.now })
  const id = await saveChange(ctx, {
    kind,
    recordId: row.id,
    version: row.version + 1,
    what: 'gone',
    source: sourceOf(post?.roleCode),
    reason: ask.reason,
    more: { of: change.id },
  })
  await markUndone(ctx, change.id, id)
  ctx.tell(recordGone[kind], {}, row.id, post)
  return { undone: ['*'], kept: [] }
}

/** Somebody who never was leaves as such, so that what is held of him is deleted when that term is over. */
async function removePerson(ctx: Ctx, reached: Reached, change: ChangeRow, ask: Ask): Promise<Reply> {
  const today = dayOf(ctx.now)
  const made = await countLetGo(ctx.tx, ctx.caller.countyCode, accountOf(ctx.caller), { today, onDay: today })
  settle(refuseLetting('wrong', made, reached.duties))
  const id = freshId(ctx.now)
  await letGo(ctx, reached, { id, kind: 'wrong', onDay: today, toWhere: '', seenBy: 'office', reason: ask.reason })
  await markUndone(ctx, change.id, id)
  ctx.tell(recordGone.person, {}, reached.row.id, reached.post)
  return { undone: ['*'], kept: [] }
}
