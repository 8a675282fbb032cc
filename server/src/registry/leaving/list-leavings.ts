/** Who left: of one person, or the latest of one's places. Where to is revealed apart; looking is kept. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listLeavings as promise } from '@fengge/domain/registry/leaving/contract'
import { isKnown, refuseReturn, refuseUndoLeaving } from '@fengge/domain/registry/leaving/leaving'
import type { Leaving } from '@fengge/domain/registry/leaving/terms'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Asking } from '../../kernel/context.ts'
import { dutiesOver, gridName, reachRecord } from '../sight.ts'
import { findRecords, type RecordRow } from '../store/records.ts'
import { within } from '../store/within.ts'
import { writersTold } from '../arriving/writers-told.ts'
import { findWithOpenErasure } from './store/erasures.ts'
import { listLeavingsIn, listLeavingsOf, type LeavingRow } from './store/leavings.ts'

export async function listLeavings(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const rows = ask.personId === undefined ? await listIn(ctx, ask.placeId) : await listOf(ctx, ask.personId)
  const people = await findRecords(ctx.tx, 'person', county, [...new Set(rows.map((l) => l.person_id))])
  const byId = new Map(people.map((p) => [p.id, p]))
  if (rows.length > 0) ctx.look('registry.leavings-looked', ask.personId ?? county, { leavings: rows.length })
  const asked = await findWithOpenErasure(ctx.tx, county, [...byId.keys()])
  const isTold = await writersTold(ctx, [...byId.keys()])
  return {
    leavings: rows.flatMap((l) => {
      const person = byId.get(l.person_id)
      return person
        ? [
            viewLeaving(ctx, l, person, {
              isAlone: ask.personId !== undefined,
              isAsked: asked.has(person.id),
              isWriterTold: isTold(person.id, l.at),
            }),
          ]
        : []
    }),
  }
}

const listIn = (ctx: Asking, placeId: string | undefined) =>
  listLeavingsIn(ctx.tx, within(ctx, 'registry.read', placeId))

async function listOf(ctx: Asking, personId: string): Promise<LeavingRow[]> {
  const { row } = await reachRecord(ctx, personId, 'registry.read')
  return listLeavingsOf(ctx.tx, ctx.caller.countyCode, row.id)
}

interface Known {
  /** That it is known where he went is told of one person at a time. */
  readonly isAlone: boolean
  /** A request about his being deleted waits. */
  readonly isAsked: boolean
  /** Who said so; not where he has moved here since. */
  readonly isWriterTold: boolean
}

function viewLeaving(ctx: Asking, l: LeavingRow, person: RecordRow, known: Known): Leaving {
  const { isAlone, isAsked, isWriterTold } = known
  const { duties } = dutiesOver(ctx, person)
  const { kind, state } = l
  const shows = isAlone && state !== 'planned' && l.to_sealed !== null && duties.has('registry.reveal')
  const today = dayOf(ctx.now)
  const mayWrite = duties.has('registry.write')
  const undone = refuseUndoLeaving({ kind, state, undoUntil: l.undo_until.getTime(), now: ctx.now, duties })
  const returned = refuseReturn({ kind, state }, { leftOn: l.on_day, onDay: today, today })
  return {
    id: l.id,
    personId: person.id,
    name: person.name,
    gridName: gridName(ctx, person),
    kind,
    onDay: l.on_day,
    toWhere: shows ? isKnown : '',
    seenBy: l.seen_by,
    by: isWriterTold ? l.by_name : '',
    at: l.at.toISOString(),
    state,
    undoUntil: l.undo_until.toISOString(),
    keepUntil: l.keep_until,
    returnedOn: l.returned_on,
    can: [
      ...(mayWrite && !undone ? (['undo'] as const) : []),
      ...(mayWrite && !isAsked && undone?.problem === 'leaving.two' ? (['ask-undo'] as const) : []),
      ...(mayWrite && !returned ? (['return'] as const) : []),
    ],
  }
}
