import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fewest, percentOf, sparingly, wholeMonths, type Confided } from './shares.ts'

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

test('what was told in confidence is counted by whole months that are over', () => {
  const now = Date.parse('2026-04-10T09:00:00+08:00')
  assert.deepEqual(wholeMonths('2026-01-01', '2026-04-10', now), { from: '2026-01-01', to: '2026-03-31' })
  assert.deepEqual(wholeMonths('2026-01-15', '2026-03-31', now), { from: '2026-02-01', to: '2026-03-31' })
  assert.deepEqual(wholeMonths('2026-01-15', '2026-03-30', now), { from: '2026-02-01', to: '2026-02-28' })
  assert.equal(wholeMonths('2026-03-02', '2026-03-30', now), undefined)
  assert.equal(wholeMonths('2026-04-01', '2026-04-30', now), undefined)
  assert.deepEqual(wholeMonths('2025-12-02', '2026-01-31', now), { from: '2026-01-01', to: '2026-01-31' })
})

test('of what was told in confidence any two spans of months differ by what each month may tell', () => {
  const some = fc.array(
    fc.record({
      code: fc.constantFrom('1007', '8001', '1002'),
      month: fc.constantFrom('2026-03', '2026-04'),
      count: fc.nat(9),
    }),
    { maxLength: 6 },
  )
  const told = (counts: readonly Confided[]) => {
    const { many, joined } = sparingly(counts)
    return many.reduce((n, c) => n + c.count, 0) + joined
  }
  fc.assert(
    fc.property(some, (drawn) => {
      const counts = [...new Map(drawn.map((c) => [`${c.code} ${c.month}`, c])).values()]
      const [march, april] = ['2026-03', '2026-04'].map((month) => counts.filter((c) => c.month === month))
      assert.equal(told(counts), told(march!) + told(april!))
      for (const month of [march!, april!]) assert.ok(told(month) === 0 || told(month) >= fewest)
    }),
  )
})
