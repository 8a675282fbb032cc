import assert from 'node:assert/strict'
import { test } from 'node:test'
import { height, seenIn } from './useSeen.ts'

test('of a million rows only those that can be seen are told', () => {
  assert.deepEqual(seenIn({ scrolled: 500_000 * height, tall: 600 }, 1_000_000), [500_000, 500_014])
})

test('a row that is half in sight is in sight', () => {
  assert.deepEqual(seenIn({ scrolled: 20, tall: 80 }, 100), [0, 2])
})

test('the last rows are the end, and an empty list has none', () => {
  assert.deepEqual(seenIn({ scrolled: 9_999, tall: 400 }, 5), [4, 4])
  assert.deepEqual(seenIn({ scrolled: 0, tall: 400 }, 0), [0, 0])
})
