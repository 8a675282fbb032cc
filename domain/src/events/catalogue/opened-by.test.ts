import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openedBy } from './opened-by.ts'

const of = (isAboutStaff: boolean, isSensitive: boolean, level: 1 | 2 | 3) => ({ isAboutStaff, isSensitive, level })
const close = of(true, true, 3)

test('what keeps matters close is named where a version takes it off, whichever of those before had it', () => {
  assert.deepEqual(openedBy([close], of(false, false, 1)), ['isAboutStaff', 'isSensitive', 'level'])
  assert.deepEqual(openedBy([close], of(true, true, 2)), ['level'])
  assert.deepEqual(openedBy([of(false, false, 1), close], of(true, false, 3)), ['isSensitive'])
})

test('what is added, and what was open before, is nobody else’s to agree to', () => {
  assert.deepEqual(openedBy([of(false, false, 3)], of(false, false, 1)), [])
  assert.deepEqual(openedBy([of(false, true, 2)], close), [])
  assert.deepEqual(openedBy([], of(false, false, 1)), [])
})
