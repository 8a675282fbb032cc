/**
 * What can be taken back, and when: one rule for the button and for the act. An edit goes back field by field as long
 * as a field of it is still as it was left; a record made by mistake goes as long as nobody has built on it; a merge
 * is taken apart as long as both records are what the merge made of them. Source: requirements.md R8.
 */
import { problem, type Problem } from '../kernel/problem.ts'
import type { Duty } from '../kernel/duty.ts'
import { undoEdit, type FieldChanges } from './editing.ts'
import type { Values } from './terms.ts'

export interface UndoableChange {
  readonly what: string
  readonly isUndone: boolean
  readonly fields: FieldChanges
}

/** The record as it is now, and what stands on it. */
export interface UndoGiven {
  readonly duties: ReadonlySet<Duty>
  readonly state: 'live' | 'merged' | 'gone'
  readonly version: number
  readonly values: Values
  /** Somebody is linked with it. */
  readonly isLinked: boolean
  /** Rooms, firms or buildings are registered in it. */
  readonly hasChildren: boolean
  /** Where a building stands now (`pointText`); null where nobody has said it. */
  readonly point?: string | null
  /** The record that a merge dropped, where this change is a merge. */
  readonly dropped?: { readonly duties: ReadonlySet<Duty>; readonly state: 'live' | 'merged' | 'gone' } | undefined
}

/** A point as the history keeps it, to a tenth of a metre. @example pointText({ lng: 120.2, lat: 31.6 }) // '120.200000,31.600000' */
export const pointText = ({ lng, lat }: { readonly lng: number; readonly lat: number }): string =>
  `${lng.toFixed(6)},${lat.toFixed(6)}`

/** The point before a placing; undefined where the building had none. */
export function pointBefore(fields: FieldChanges): { lng: number; lat: number } | undefined {
  const from = fields['point']?.from
  if (typeof from !== 'string') return undefined
  const [lng, lat] = from.split(',').map(Number)
  return { lng: lng!, lat: lat! }
}

const edits: readonly string[] = ['edit', 'undo']

/** @returns why a change cannot be taken back by whoever has these duties, or undefined when it can */
export function refuseUndo(change: UndoableChange, given: UndoGiven): Problem | undefined {
  if (change.isUndone) return problem('change.not-undoable', 409)
  if (change.what === 'merge') return refuseParting(given)
  if (!given.duties.has('registry.correct')) return problem('record.unknown', 404)
  if ('point' in change.fields) return refuseMovingBack(change, given)
  if (edits.includes(change.what)) return refuseRestore(change, given)
  return change.what === 'create' ? refuseRemoval(given) : problem('change.not-undoable', 409)
}

function refuseRestore(change: UndoableChange, given: UndoGiven): Problem | undefined {
  // Of who has left nothing is changed any more.
  if (given.state === 'gone') return problem('change.not-undoable', 409)
  const { changes, kept } = undoEdit(given.values, change.fields)
  return Object.keys(changes).length === 0 ? problem('change.not-undoable', 409, { kept: [...kept] }) : undefined
}

/** A building goes back to where it stood as long as nobody has placed it again. */
function refuseMovingBack({ fields }: UndoableChange, given: UndoGiven): Problem | undefined {
  const isStill = given.state === 'live' && (given.point ?? null) === (fields['point']?.to ?? null)
  return isStill ? undefined : problem('change.not-undoable', 409)
}

function refuseRemoval(given: UndoGiven): Problem | undefined {
  if (given.hasChildren) return problem('record.has-children', 409)
  const isBuiltOn = given.version !== 1 || given.state !== 'live' || given.isLinked
  return isBuiltOn ? problem('change.not-undoable', 409) : undefined
}

function refuseParting(given: UndoGiven): Problem | undefined {
  const { dropped } = given
  if (!given.duties.has('registry.merge') || !dropped?.duties.has('registry.merge'))
    return problem('record.unknown', 404)
  const isStill = given.state === 'live' && dropped.state === 'merged'
  return isStill ? undefined : problem('change.not-undoable', 409)
}
