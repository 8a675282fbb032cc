/** What was done to a record, as its reader may see it, and what he may take back. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { getHistory as promise } from '@fengge/domain/registry/contract'
import type { FieldChanges } from '@fengge/domain/registry/editing'
import { StoredMove } from '@fengge/domain/registry/merging'
import { showValue, sightOf } from '@fengge/domain/registry/sight'
import type { Value } from '@fengge/domain/registry/terms'
import { refuseUndo } from '@fengge/domain/registry/undoing'
import type { Asking } from '../../kernel/context.ts'
import { fieldBook, type FieldBook } from '../field-book.ts'
import { openChanges } from '../record-columns.ts'
import { isErased as waitsToBeDeleted } from '../leaving/store/leavings.ts'
import { dutiesOver, reachRecord, type Reached } from '../sight.ts'
import { listChanges, type ChangeRow } from '../store/changes.ts'
import { findRecords } from '../store/records.ts'
import { droppedBy, undoGiven } from '../undo-given.ts'
import { writersTold } from '../arriving/writers-told.ts'

type Reply = ReplyOf<typeof promise>

export async function getHistory(ctx: Asking, ask: AskOf<typeof promise>): Promise<Reply> {
  const reached = await reachRecord(ctx, ask.id, 'registry.read')
  const { row, kind } = reached
  const book = await fieldBook(ctx, ctx.caller.countyCode)
  const changes = await listChanges(ctx.tx, ctx.caller.countyCode, row.id)
  const given = await undoGiven(ctx, reached)
  const isWriterTold = await writersTold(ctx, kind === 'person' ? [row.id] : [])
  const drops = await droppedBy(ctx, changes.flatMap(droppedIn))
  const isReasonTold = await reasonsTold(ctx, reached, changes)
  const isErased = kind === 'person' && (await waitsToBeDeleted(ctx.tx, ctx.caller.countyCode, row))
  if (kind === 'person') ctx.look('registry.history-looked', row.id)
  return {
    changes: changes.map((x) => {
      const fields = openChanges(x, ctx.sealer)
      const judged = { what: x.what, isUndone: x.undone_by !== null, fields }
      const dropped = droppedIn(x).map((id) => drops.get(id))[0]
      return {
        id: x.id,
        at: x.at.toISOString(),
        what: x.what,
        by: isWriterTold(row.id, x.at) ? x.by_name : '',
        source: x.source,
        reason: isWriterTold(row.id, x.at) && isReasonTold(x) ? x.reason : '',
        fields: isErased ? [] : fieldsSeen(book, reached, fields),
        canUndo: refuseUndo(judged, { ...given, dropped }) === undefined,
      }
    }),
  }
}

/** Why somebody left or came back is for the desks: it may tell from whom he fled. */
const isOfLeaving = (x: ChangeRow): boolean => x.what === 'left' || x.what === 'came-back'

/** Why a home of his ended may tell it too, and is told where that home is. */
const isOfHome = (x: ChangeRow): boolean => x.what === 'unlink'
const homeIn = ({ more: { houseId } }: ChangeRow): string => (typeof houseId === 'string' ? houseId : '')

async function reasonsTold(
  ctx: Asking,
  { duties }: Reached,
  changes: readonly ChangeRow[],
): Promise<(x: ChangeRow) => boolean> {
  const homes = [...new Set(changes.filter(isOfHome).map(homeIn))].filter((id) => id !== '')
  const houses = await findRecords(ctx.tx, 'house', ctx.caller.countyCode, homes)
  const own = new Set(houses.filter((house) => dutiesOver(ctx, house).duties.has('registry.read')).map(({ id }) => id))
  return (x) => (isOfHome(x) ? own.has(homeIn(x)) : !isOfLeaving(x) || duties.has('registry.correct'))
}

const droppedIn = (x: ChangeRow): string[] => (x.what === 'merge' ? [StoredMove.read(x.more).dropId] : [])

function fieldsSeen(
  book: FieldBook,
  { kind, duties }: Reached,
  fields: FieldChanges,
): Reply['changes'][number]['fields'] {
  return Object.entries(fields).flatMap(([code, { from, to }]) => {
    const spec = book.field(kind, code)
    // Where a building stands is no field of its form.
    if (code === 'point') return [{ field: code, from, to }]
    const sight = spec ? sightOf(spec, duties, 'screen') : 'hidden'
    if (!spec || sight === 'hidden') return []
    const show = (v: Value) => showValue(spec, sight, () => v) ?? null
    return { field: code, from: show(from), to: show(to) }
  })
}
