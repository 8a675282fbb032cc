import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Duty } from '../../kernel/duty.ts'
import { leavingQuota } from '../leaving/leaving.ts'
import { closingsFor, refuseClosing, refuseReopening, type ClosingGiven } from './closing.ts'
import type { ClosingKind, ClosingState } from './terms.ts'

const today = '2026-03-02'
const writes: readonly Duty[] = ['registry.write']
const corrects: readonly Duty[] = ['registry.write', 'registry.correct']

type Row = readonly [string, ClosingKind, string, Partial<ClosingGiven>, readonly Duty[], string | undefined]
const shop = { recordKind: 'unit' } as const
const house = { recordKind: 'house' } as const
const rows: readonly Row[] = [
  ['a worker passes a shop that is shut', 'out-of-business', today, shop, writes, undefined],
  ['it was shut last week', 'moved', '2026-02-23', shop, writes, undefined],
  ['it will shut tomorrow', 'moved', '2026-03-03', shop, writes, 'leaving.day'],
  ['a shop is not pulled down', 'demolished', today, shop, corrects, 'closing.kind'],
  ['a person does not close', 'wrong', today, { recordKind: 'person' }, corrects, 'closing.kind'],
  ['that it never was the desk says', 'wrong', today, shop, writes, 'leaving.desk'],
  ['as it says what is pulled down', 'demolished', today, house, writes, 'leaving.desk'],
  ['the desk says it', 'demolished', today, house, corrects, undefined],
  ['not over the heads of people', 'demolished', today, { ...house, isLivedIn: true }, corrects, 'closing.lived-in'],
  ['nor of a shop in it', 'demolished', today, { ...house, hasChildren: true }, corrects, 'record.has-children'],
  ['what is gone does not go', 'moved', today, { ...shop, state: 'gone' }, writes, 'record.closed'],
  ['nobody shuts a street in a day', 'moved', today, { ...shop, made: leavingQuota }, writes, 'leaving.quota'],
]
for (const [why, kind, onDay, more, duties, refused] of rows)
  test(`closing: ${why}`, () => {
    const given = { state: 'live', today, isLivedIn: false, hasChildren: false, made: 0, ...shop, ...more } as const
    assert.equal(refuseClosing(kind, onDay, { ...given, duties: new Set(duties) })?.problem, refused)
  })

test('what is offered is what is taken', () => {
  assert.deepEqual(closingsFor('unit', 'live', new Set(writes)), ['out-of-business', 'moved'])
  assert.deepEqual(closingsFor('house', 'live', new Set(writes)), [])
  assert.deepEqual(closingsFor('house', 'live', new Set(corrects)), ['demolished', 'rebuilt', 'wrong'])
  assert.deepEqual(closingsFor('unit', 'gone', new Set(corrects)), [])
  assert.deepEqual(closingsFor('unit', 'live', new Set()), [])
})

for (const [why, state, now, duties, refused] of [
  ['within its term by whoever writes there', 'open', 15, writes, undefined],
  ['after it by the desk alone', 'open', 16, writes, 'leaving.term'],
  ['at any time', 'open', 400, corrects, undefined],
  ['once', 'undone', 1, corrects, 'record.not-closed'],
] as const satisfies readonly (readonly [string, ClosingState, number, readonly Duty[], unknown])[])
  test(`reopening: ${why}`, () => {
    assert.equal(refuseReopening({ state, undoUntil: 15, now, duties: new Set(duties) })?.problem, refused)
  })
