import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordKinds } from '../terms.ts'
import { daysOn, freshDays, readyDays, readyDaysOf, type DayRule } from './ready-days.ts'

const rules: readonly DayRule[] = [
  { code: 'fresh/house/rental', fromOn: '2026-07-01', days: 60 },
  { code: 'fresh/house/rental', fromOn: '2026-03-01', days: 45 },
]

for (const [why, on, days] of [
  ['before its own rule a county counts by the ready set', '2026-02-28', 90],
  ['from its day on by its own', '2026-03-01', 45],
  ['until the next begins', '2026-07-01', 60],
] as const)
  test(why, () => {
    assert.equal(freshDays('house', { use: 'rental' }, daysOn(rules, on)), days)
  })

test('what has no days of its own kind has those of its table, and a facility those written on it', () => {
  assert.equal(freshDays('house', { use: 'barn' }, readyDaysOf), 365)
  assert.equal(freshDays('facility', { cycleDays: 15 }, readyDaysOf), 15)
  assert.equal(freshDays('facility', {}, readyDaysOf), 30)
  for (const kind of recordKinds) assert.ok(freshDays(kind, {}, readyDaysOf) > 0, kind)
  for (const { code, days, least, most } of readyDays) assert.ok(days >= least && days <= most, code)
})
