import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Duty } from '../../kernel/duty.ts'
import {
  leavesHome,
  nextHead,
  deskLeavingQuota,
  leavingQuota,
  planAhead,
  refuseLeaving,
  refuseLeavingDay,
  refuseLetting,
  refuseReturn,
  refuseUndoLeaving,
  type Heir,
} from './leaving.ts'
import type { LeavingKind, LeavingState } from './terms.ts'

const today = '2026-03-02'

for (const [why, state, onDay, refused] of [
  ['today', 'live', today, undefined],
  ['last year, as it was found out only now', 'live', '2025-06-01', undefined],
  ['nobody leaves on a day that has not come', 'live', '2026-03-03', 'leaving.day'],
  ['nobody leaves twice', 'gone', today, 'person.left'],
  ['nor whoever is another’s record by now', 'merged', today, 'person.left'],
] as const)
  test(`leaving: ${why}`, () => {
    assert.equal(refuseLeaving(state, { onDay, today })?.problem, refused)
  })

for (const [why, kind, onDay, known, refused] of [
  ['nobody moves away before he came', 'moved', '2025-06-01', { cameOn: '2026-02-20' }, 'leaving.before-came'],
  ['on the day he came he may go', 'moved', '2026-02-20', { cameOn: '2026-02-20' }, undefined],
  ['who lives nowhere may have gone at any time', 'moved', '2025-06-01', {}, undefined],
  [
    'that he has died is found late, and where his link began is a guess',
    'died',
    '2025-06-01',
    { cameOn: '2026-02-20' },
    undefined,
  ],
  ['nobody dies before his birth', 'died', '1950-05-31', { born: '1950-06-01' }, 'leaving.death-day'],
  ['nor a hundred years ago', 'died', '1900-05-01', {}, 'leaving.death-day'],
  ['who never was has no first day', 'wrong', '1900-05-01', { cameOn: '2026-02-20' }, undefined],
] as const)
  test(`the day of a leaving: ${why}`, () => {
    const all = { cameOn: null, born: null, ...known }
    assert.equal(refuseLeavingDay(kind, { onDay, today }, all)?.problem, refused)
  })

for (const [why, kind, onDay, is] of [
  ['today is no plan', 'moved', today, false],
  ['who moves at the end of the month says so today', 'moved', '2026-03-31', true],
  ['not for the year after next', 'moved', '2028-03-02', 'leaving.day'],
  ['nobody dies ahead', 'died', '2026-03-03', 'leaving.day'],
] as const)
  test(`a leaving said ahead: ${why}`, () => {
    const plan = planAhead(kind, { onDay, today })
    assert.equal(typeof plan === 'boolean' ? plan : plan.problem, is)
  })

const writes: readonly Duty[] = ['registry.write']
const corrects: readonly Duty[] = ['registry.write', 'registry.correct']
for (const [why, kind, let_, duties, refused] of [
  ['a household at a time', 'moved', 3, writes, undefined],
  ['whether he ever was is the desk’s to say', 'wrong', 0, writes, 'leaving.desk'],
  ['the desk says it', 'wrong', leavingQuota, corrects, undefined],
  ['nobody lets a grid go in a day', 'died', leavingQuota, writes, 'leaving.quota'],
  ['nor does a desk', 'wrong', deskLeavingQuota, corrects, 'leaving.quota'],
] as const satisfies readonly (readonly [string, LeavingKind, number, readonly Duty[], unknown])[])
  test(`letting go: ${why}`, () => {
    assert.equal(refuseLetting(kind, let_, new Set<Duty>(duties))?.problem, refused)
  })

for (const [why, kind, state, days, duties, refused] of [
  ['a worker takes his slip back on the same day', 'died', 'open', 0, writes, undefined],
  ['not when the term is over', 'died', 'open', 16, writes, 'leaving.term'],
  ['the desk may: nobody stays dead by a slip', 'died', 'open', 400, corrects, undefined],
  ['what two agreed to is not a worker’s to take back', 'erased', 'open', 0, writes, 'leaving.two'],
  ['nor one officer’s of the desk', 'erased', 'open', 0, corrects, 'leaving.two'],
  ['what has not happened yet, by whoever writes there', 'moved', 'planned', 400, writes, undefined],
  ['what was taken back is not taken back again', 'moved', 'undone', 0, corrects, 'leaving.closed'],
  ['of whom nothing is left nothing comes back', 'moved', 'deleted', 800, corrects, 'leaving.closed'],
] as const satisfies readonly (readonly [string, LeavingKind, LeavingState, number, readonly Duty[], unknown])[])
  test(`taking back: ${why}`, () => {
    const given = { kind, state, undoUntil: 15, now: days, duties: new Set<Duty>(duties) }
    assert.equal(refuseUndoLeaving(given)?.problem, refused)
  })

for (const [why, kind, state, onDay, refused] of [
  ['whoever moved away comes back', 'moved', 'open', today, undefined],
  ['not before he left', 'moved', 'open', '2026-01-31', 'leaving.day'],
  ['nor tomorrow', 'moved', 'open', '2026-03-03', 'leaving.day'],
  ['the dead do not', 'died', 'open', today, 'leaving.no-return'],
  ['nor twice', 'moved', 'returned', today, 'leaving.closed'],
] as const)
  test(`coming back: ${why}`, () => {
    assert.equal(refuseReturn({ kind, state }, { leftOn: '2026-02-01', onDay, today })?.problem, refused)
  })

test('who moves away stays known as the owner of his house; who died owns nothing', () => {
  assert.deepEqual(
    [leavesHome('moved', 'owner'), leavesHome('moved', 'head'), leavesHome('died', 'owner')],
    [false, true, true],
  )
})

const heir = (linkId: string, role: Heir['role'], fromOn: string, born: string | null): Heir => ({
  linkId,
  role,
  fromOn,
  born,
})
for (const [why, people, head] of [
  ['nobody is left', [], undefined],
  ['a tenant heads nobody', [heir('a', 'tenant', '2020-01-01', '1980-01-01')], undefined],
  ['nor does a child', [heir('a', 'member', '2020-01-01', '2010-01-01')], undefined],
  ['on his eighteenth birthday he may', [heir('a', 'member', '2020-01-01', '2008-03-02')], 'a'],
  [
    'who has lived there longest',
    [heir('a', 'member', '2021-01-01', '1950-01-01'), heir('b', 'member', '2020-01-01', '1990-01-01')],
    'b',
  ],
  [
    'of two who came together the elder',
    [heir('a', 'member', '2020-01-01', '1990-01-01'), heir('b', 'member', '2020-01-01', '1960-01-01')],
    'b',
  ],
  ['without a birthday he is taken for of age', [heir('a', 'member', '2020-01-01', null)], 'a'],
] as const)
  test(`a head of household left: ${why}`, () => {
    assert.equal(nextHead(people, today)?.linkId, head)
  })
