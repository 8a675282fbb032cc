import assert from 'node:assert/strict'
import { test } from 'node:test'
import { confirmingMatter, isInForce, judgeMatter } from './terms.ts'

test('the matter of households is known by its code, houses before people, and by no name', () => {
  const [people, houses, other] = [{ code: '000-A01' }, { code: '000-A02' }, { code: '000-A9', name: '核实信息' }]
  assert.equal(confirmingMatter([other, people, houses]), houses)
  assert.equal(confirmingMatter([people]), people)
  assert.equal(confirmingMatter([other]), undefined)
})

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
