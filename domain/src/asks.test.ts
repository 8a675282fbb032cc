/** Whatever is asked of whatever endpoint is judged: no rule beside the fields stumbles over a field that is none. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { contract } from './contract.ts'

const odd = fc.constantFrom<unknown>('', 'x', '\r\nset-cookie: a=b', '2026-03-02', '2026-02-30', null, -1, {}, [''])

test('an ask of odd fields is refused or taken by every endpoint, and breaks none', () => {
  for (const { name, ask } of contract) {
    const fields = 'shape' in ask ? Object.keys(ask.shape as object) : []
    const asks = fc.record(Object.fromEntries(fields.map((field) => [field, odd])))
    const judged = fc.property(asks, (asked) => void ask.safeParse(asked))
    const { failed, counterexample, errorInstance } = fc.check(judged, { numRuns: 150, seed: 20261128 })
    assert.ok(!failed, `${name} ${JSON.stringify(counterexample)}: ${String(errorInstance)}`)
  }
})
