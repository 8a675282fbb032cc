/** It is there after all: all that its closing ended is as before, in the grid where it lies by now. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { refuseReopening } from '@fengge/domain/registry/closing/closing'
import type { reopenRecord as promise } from '@fengge/domain/registry/closing/contract'
import { recordReopened } from '@fengge/domain/registry/facts'
import { StoredMoved } from '@fengge/domain/registry/leaving/moved'
import { parentKinds, sourceOf } from '@fengge/domain/registry/terms'
import type { Ctx } from '../../kernel/context.ts'
import { refuse, settle } from '../../kernel/problems.ts'
import { announce } from '../../kernel/reactions.ts'
import { placeTree } from '../../places/door.ts'
import { reopenLinks } from '../leaving/store/leavings.ts'
import { placeFor, lockRecord, placeOf, type Reached } from '../sight.ts'
import { saveChange } from '../store/changes.ts'
import { lockRecords, saveStates } from '../store/records.ts'
import * as store from './store.ts'

export async function reopenRecord(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const record = await lockRecord(ctx, ask.recordId, 'registry.write')
  const { row, kind, post, duties } = record
  const closing = await store.lockClosing(ctx.tx, county, ask.id)
  if (closing?.record_id !== row.id) return refuse('record.unknown', 404)
  const { state, undo_until: until, rooms } = closing
  settle(refuseReopening({ state, undoUntil: until.getTime(), now: ctx.now, duties }))
  const place = placeFor(ctx, await standsAt(ctx, record))
  await store.savePlace(ctx.tx, county, { kind, ids: [row.id], place })
  await saveStates(ctx.tx, kind, county, { ids: [row.id], state: 'live', now: ctx.now })
  await store.savePlace(ctx.tx, county, { kind: 'house', ids: rooms, place })
  await saveStates(ctx.tx, 'house', county, { ids: rooms, state: 'live', now: ctx.now })
  await reopenLinks(ctx.tx, county, StoredMoved.read(closing.links).links)
  await store.endClosing(ctx.tx, county, closing.id, { by: ctx.caller.name, at: new Date(ctx.now) })
  await saveChange(ctx, {
    kind,
    recordId: row.id,
    version: row.version + 1,
    what: 'reopened',
    source: sourceOf(post?.roleCode),
    reason: ask.reason,
    more: { closing: closing.id },
  })
  await announce(
    ctx,
    recordReopened,
    { closingId: closing.id, recordIds: [row.id, ...rooms] },
    { detail: { closing: closing.id, reason: ask.reason, rooms: rooms.length }, subject: row.id, post: post ?? null },
  )
  return { done: true }
}

/** Where it lies now: what it stands in tells, which has followed every border; else its own place, as long as there is such a one. */
async function standsAt(ctx: Ctx, { row, kind }: Reached): Promise<string | null> {
  if (row.parent_id !== null) {
    const parent = await lockParent(ctx, kind, row.parent_id)
    if (parent?.state !== 'live') return refuse('record.parent-gone', 409)
    if (kind !== 'building') return placeOf(parent)
  }
  const own = placeOf(row)
  const isThere = own !== null && placeTree(ctx).get(own) !== undefined
  return isThere ? own : refuse('closing.place-ended', 409)
}

async function lockParent(ctx: Ctx, kind: Reached['kind'], id: string) {
  for (const parent of parentKinds[kind]) {
    const [row] = await lockRecords(ctx.tx, parent, ctx.caller.countyCode, [id])
    if (row) return row
  }
  return undefined
}
