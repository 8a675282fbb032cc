import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { shaped } from './shape.ts'

const Chair = z.strictObject({ legs: z.int(), colour: z.string(), isOld: z.boolean() })
const Stored = shaped({
  name: 'house.chair',
  now: 3,
  schema: Chair,
  upcasts: {
    1: z.looseObject({ legs: z.string() }).transform((old) => ({ ...old, legs: Number(old.legs) })),
    2: z.looseObject({}).transform((old) => ({ ...old, isOld: false })),
  },
})
const today = { legs: 4, colour: 'red', isOld: false }

test('what was stored in any earlier shape is read as of today', () => {
  const rows: readonly (readonly [stored: object, shape?: number])[] = [
    [{ legs: '4', colour: 'red' }],
    [{ legs: '4', colour: 'red' }, 1],
    [{ legs: 4, colour: 'red', shape: 2 }],
    [{ legs: 4, colour: 'red' }, 2],
    [Stored.numbered(today)],
    [today, Stored.now],
  ]
  for (const [stored, shape] of rows) assert.deepEqual(Stored.read(stored, shape), today, JSON.stringify(stored))
})

test('a shape from the future, a shape nobody can lift and a torn value are told, without what they hold', () => {
  assert.throws(() => Stored.read(today, 4), /house\.chair is of shape 4; this version reads up to 3/)
  assert.throws(() => Stored.read(today, 0), /house\.chair of shape 0 cannot be lifted/)
  assert.throws(
    () => Stored.read({ legs: 4, colour: ['secret'], isOld: false }, 3),
    (error: Error) => /colour \(invalid_type\)/.test(error.message) && !error.message.includes('secret'),
  )
})
