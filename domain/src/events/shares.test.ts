import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { percentOf } from './shares.ts'

test('a share is printed as the report of the county prints it', () => {
  assert.equal(percentOf(3378, 10_500), 32.2)
  assert.equal(percentOf(1, 3), 33.3)
  assert.equal(percentOf(0, 0), 0)
})

test('shares of a whole lie within a rounding of it, and a larger part is never the smaller share', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100_000), { minLength: 1, maxLength: 14 }), (parts) => {
      const whole = parts.reduce((a, b) => a + b, 0)
      const shares = parts.map((p) => percentOf(p, whole))
      if (whole > 0) assert.ok(Math.abs(shares.reduce((a, b) => a + b, 0) - 100) <= 0.05 * parts.length + 1e-9)
      for (const [i, p] of parts.entries())
        for (const [j, q] of parts.entries()) assert.ok(p <= q === shares[i]! <= shares[j]! || shares[i] === shares[j])
    }),
  )
})
