import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Duty } from '../kernel/duty.ts'
import { refuseUndo, type UndoableChange, type UndoGiven } from './undoing.ts'

const duties = (...held: Duty[]) => new Set(held)
const officer = duties('registry.correct', 'registry.merge')
const change = (more: Partial<UndoableChange> = {}): UndoableChange => ({
  what: 'edit',
  isUndone: false,
  fields: { phone: { from: 'old', to: 'new' } },
  ...more,
})
const given = (more: Partial<UndoGiven> = {}): UndoGiven => ({
  duties: officer,
  state: 'live',
  version: 1,
  values: { phone: 'new' },
  isLinked: false,
  hasChildren: false,
  ...more,
})
const creation = change({ what: 'create' })
const merge = change({ what: 'merge' })
const dropped = { duties: officer, state: 'merged' } as const

for (const [why, what, now, refusal] of [
  ['an edit goes back', change(), given(), undefined],
  ['so does what an undo did', change({ what: 'undo' }), given(), undefined],
  ['once, not twice', change({ isUndone: true }), given(), 'change.not-undoable'],
  ['not when every field was changed again', change(), given({ values: { phone: 'newer' } }), 'change.not-undoable'],
  ['not by whoever may not correct', change(), given({ duties: duties('registry.write') }), 'record.unknown'],
  [
    'a confirmation is no change to go back on',
    change({ what: 'confirm', fields: {} }),
    given(),
    'change.not-undoable',
  ],
  ['a record made by mistake goes', creation, given(), undefined],
  ['not when it was changed since', creation, given({ version: 2 }), 'change.not-undoable'],
  ['not when somebody is linked with it', creation, given({ isLinked: true }), 'change.not-undoable'],
  ['not when rooms are registered in it', creation, given({ hasChildren: true }), 'record.has-children'],
  ['a merge is taken apart', merge, given({ dropped }), undefined],
  [
    'not by whoever may merge only one of the two',
    merge,
    given({ dropped: { ...dropped, duties: duties() } }),
    'record.unknown',
  ],
  [
    'not when the kept record was merged into a third',
    merge,
    given({ state: 'merged', dropped }),
    'change.not-undoable',
  ],
  [
    'not when the other is its own again',
    merge,
    given({ dropped: { ...dropped, state: 'live' } }),
    'change.not-undoable',
  ],
] as const)
  test(`taking back: ${why}`, () => assert.equal(refuseUndo(what, now)?.problem, refusal))
