import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isInForce, judgeMatter } from './terms.ts'

test('a matter holds on its last day and not after; what a grid may not do is not one', () => {
  assert.ok(isInForce({ validFrom: '2026-01-01', validTo: '2026-03-02' }, '2026-03-02'))
  assert.ok(!isInForce({ validFrom: '2026-01-01', validTo: '2026-03-02' }, '2026-03-03'))
  assert.equal(
    judgeMatter({
      name: '协助执法处罚',
      kind: 'regular',
      evidence: 'none',
      evidenceWhy: '',
      validFrom: '2026-01-01',
      validTo: null,
    }),
    'matter.forbidden',
  )
  assert.equal(
    judgeMatter({
      name: '清雪',
      kind: 'temporary',
      evidence: 'none',
      evidenceWhy: '',
      validFrom: '2026-01-01',
      validTo: '2026-06-01',
    }),
    'matter.too-long',
  )
})
