/** A merge taken apart: each record is again what it was, and what had moved goes back. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { unmergePersons as promise } from '@fengge/domain/registry/doubles-contract'
import { personParted } from '@fengge/domain/registry/facts'
import { StoredMove, undoMerge } from '@fengge/domain/registry/merging'
import { sourceOf } from '@fengge/domain/registry/terms'
import type { Ctx } from '../../kernel/context.ts'
import { refuse, settle } from '../../kernel/problems.ts'
import { announce } from '../../kernel/reactions.ts'
import { lockBoth, newsOf, sideOf } from '../both-persons.ts'
import { returnPlan } from '../leaving/plan-leaving.ts'
import { findWithOpenErasure } from '../leaving/store/erasures.ts'
import { openChanges } from '../record-columns.ts'
import { lockChange, markUndone, saveChange } from '../store/changes.ts'
import { copyRecusals } from '../recusal/store.ts'
import { dropApart, moveLinks, moveOverlays, saveMergedInto } from '../store/merging.ts'
import { updateRecord } from '../store/records.ts'
import { followHomeOf } from '../store/rehoming.ts'

export async function unmergePersons(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { tx, caller } = ctx
  const county = caller.countyCode
  const change = (await lockChange(ctx, ask.changeId)) ?? refuse('record.unknown', 404)
  if (change.what !== 'merge' || change.undone_by !== null) refuse('change.not-undoable', 409)
  const moved = StoredMove.read(change.more)
  const { dropId } = moved
  const { keep, drop } = await lockBoth(ctx, change.record_id, dropId)
  // Who agreed to it meant both as one: what was asked for must not fall on the one who never asked.
  if ((await findWithOpenErasure(tx, county, [keep.row.id, dropId])).size > 0) refuse('erasure.waits', 409)
  const fields = openChanges(change, ctx.sealer)
  const parted = settle(undoMerge(sideOf(ctx, keep), drop.row, fields, moved))
  await moveLinks(tx, county, dropId, moved.links)
  await moveOverlays(tx, county, dropId, moved.overlays)
  await dropApart(tx, county, keep.row.id, moved.others)
  await copyRecusals(tx, county, { fromId: keep.row.id, toId: dropId, since: change.at })
  if (moved.plan !== null) await returnPlan(ctx, moved.plan, dropId)
  const { values, changes, origin } = parted
  await updateRecord(ctx, 'person', keep.row, {
    values,
    changed: new Set(Object.keys(changes)),
    origin,
    isConfirmed: false,
  })
  await saveMergedInto(tx, { county, id: dropId, into: null, now: ctx.now })
  for (const person of [keep, drop]) await followHomeOf(tx, county, person.row.id)
  const id = await saveChange(ctx, {
    kind: 'person',
    recordId: keep.row.id,
    version: keep.row.version + 1,
    what: 'unmerge',
    fields: changes,
    source: sourceOf(keep.post?.roleCode),
    reason: ask.reason,
    more: { of: change.id, dropId },
  })
  await markUndone(ctx, change.id, id)
  const detail = { dropId, reason: ask.reason }
  await announce(ctx, personParted, newsOf(change.id, keep, drop), {
    detail,
    subject: keep.row.id,
    post: keep.post ?? null,
  })
  return { keptFields: [...parted.kept] }
}
