import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayLength } from '../kernel/time.ts'
import { phoneBoundOn, readyPhoneBound, roomFor } from './phone-bound.ts'

const now = 100 * dayLength
const phones = (...daysSilent: number[]) =>
  daysSilent.map((days, i) => ({ id: `p${i}`, heardAt: now - days * dayLength }))

for (const [what, held, most, gone] of [
  ['there is room below the bound, and nothing goes', phones(90, 1), 3, []],
  ['at the bound the phone silent longest goes', phones(20, 90, 1), 3, ['p1']],
  ['after a bound was lowered as many go as are too many', phones(20, 90, 1, 30), 3, ['p1', 'p3']],
  ['where each was heard of within two weeks there is no room', phones(14, 2, 1), 3, undefined],
  ['nor where too few are silent', phones(20, 2, 1), 2, undefined],
] as const)
  test(what, () => {
    assert.deepEqual(
      roomFor(held, most, now)?.map((p) => p.id),
      gone,
    )
  })

test('a county counts by the bound that began last', () => {
  const own = [
    { fromOn: '2026-03-01', most: 2 },
    { fromOn: '2026-05-01', most: 3 },
  ]
  assert.deepEqual(
    ['2026-02-28', '2026-03-01', '2026-06-01'].map((on) => phoneBoundOn(own, on)),
    [readyPhoneBound, 2, 3],
  )
})
