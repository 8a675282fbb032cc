/** What was closed: of one record, or the latest of one's places. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { refuseReopening } from '@fengge/domain/registry/closing/closing'
import type { listClosings as promise } from '@fengge/domain/registry/closing/contract'
import type { Closing } from '@fengge/domain/registry/closing/terms'
import type { Asking } from '../../kernel/context.ts'
import { nameRecords } from '../queries/name-records.ts'
import { dutiesOver, gridName, reachRecord } from '../sight.ts'
import { findRecords, type RecordRow } from '../store/records.ts'
import { within } from '../store/within.ts'
import * as store from './store.ts'

export async function listClosings(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const { rows, total } = ask.recordId === undefined ? await listIn(ctx, ask) : await listOf(ctx, ask.recordId)
  const records = new Map<string, RecordRow>()
  for (const [kind, closed] of Map.groupBy(rows, (c) => c.record_kind)) {
    const ids = [...new Set(closed.map((c) => c.record_id))]
    for (const row of await findRecords(ctx.tx, kind, county, ids)) records.set(row.id, row)
  }
  const names = new Map((await nameRecords(ctx, [...records.keys()])).map(({ id, name }) => [id, name]))
  return {
    closings: rows.flatMap((c) => {
      const row = records.get(c.record_id)
      return row ? [viewClosing(ctx, c, row, names.get(row.id) ?? row.name)] : []
    }),
    total,
  }
}

interface Found {
  readonly rows: store.ClosingRow[]
  readonly total: number
}

async function listIn(ctx: Asking, { placeId, page }: AskOf<typeof promise>): Promise<Found> {
  const scope = within(ctx, 'registry.read', placeId)
  const rows = await store.listClosingRows(ctx.tx, scope, page)
  const isAll = page === 1 && rows.length < store.closingsAPage
  return { rows, total: isAll ? rows.length : await store.countClosingRows(ctx.tx, scope) }
}

async function listOf(ctx: Asking, recordId: string): Promise<Found> {
  const { row } = await reachRecord(ctx, recordId, 'registry.read')
  const rows = await store.listClosingsOf(ctx.tx, ctx.caller.countyCode, row.id)
  return { rows, total: rows.length }
}

function viewClosing(ctx: Asking, c: store.ClosingRow, row: RecordRow, name: string): Closing {
  const { duties } = dutiesOver(ctx, row)
  const refused = refuseReopening({ state: c.state, undoUntil: c.undo_until.getTime(), now: ctx.now, duties })
  return {
    id: c.id,
    recordId: c.record_id,
    recordKind: c.record_kind,
    name,
    gridName: gridName(ctx, row),
    kind: c.kind,
    onDay: c.on_day,
    rooms: c.rooms.length,
    reason: c.reason,
    by: c.by_name,
    at: c.at.toISOString(),
    state: c.state,
    undoUntil: c.undo_until.toISOString(),
    can: duties.has('registry.write') && !refused ? ['reopen'] : [],
  }
}
