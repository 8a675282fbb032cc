/** What the rule of taking back wants to know of a record: its values now, and what stands on it. */
import { pointText, type UndoGiven } from '@fengge/domain/registry/undoing'
import type { Asking } from '../kernel/context.ts'
import { openValues } from './record-columns.ts'
import { dutiesOver, type Reached } from './sight.ts'
import { findPoint } from './store/buildings.ts'
import { hasChildren } from './store/children.ts'
import { isLinked } from './store/links.ts'
import { findRecords } from './store/records.ts'

export async function undoGiven(ctx: Asking, { row, kind, duties }: Reached): Promise<UndoGiven> {
  const county = ctx.caller.countyCode
  const point = kind === 'building' ? await findPoint(ctx.tx, county, row.id) : undefined
  return {
    duties,
    state: row.state,
    version: row.version,
    values: openValues(row, ctx.sealer),
    point: point === undefined ? null : pointText(point),
    isLinked: await isLinked(ctx.tx, county, row.id),
    hasChildren: await hasChildren(ctx.tx, county, row.id),
  }
}

/** The records that some merges dropped, by id: whether each is still so, and what the caller may do with it. */
export async function droppedBy(
  ctx: Asking,
  ids: readonly string[],
): Promise<Map<string, NonNullable<UndoGiven['dropped']>>> {
  const rows = await findRecords(ctx.tx, 'person', ctx.caller.countyCode, ids)
  return new Map(rows.map((row) => [row.id, { state: row.state, duties: dutiesOver(ctx, row).duties }]))
}
