import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shares } from './widths.ts'

const whole = (given: readonly number[]) => Math.abs(given.reduce((a, b) => a + b, 0) - 1) < 1e-9

test('stages are as wide as the time they took', () => {
  assert.deepEqual(shares([1, 3], 0.05), [0.25, 0.75])
})

test('a short stage stays wide enough to read, at the cost of the long ones', () => {
  const given = shares([1, 1, 200, 400], 0.1)
  assert.deepEqual(given.slice(0, 2), [0.1, 0.1])
  assert.ok(whole(given) && given[3]! > given[2]! && given[2]! > 0.25)
})

test('where there are too many, all are alike', () => {
  assert.ok(
    shares(
      Array.from({ length: 30 }, (_, i) => i),
      0.05,
    ).every((s) => s === 1 / 30),
  )
})

test('stages without any time share the bar and do not break it', () => {
  assert.ok(shares([0, 0, 5], 0.1).every((s) => s >= 0.1))
  assert.ok(whole(shares([0, 0, 5], 0.1)))
})
