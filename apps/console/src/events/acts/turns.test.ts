import assert from 'node:assert/strict'
import { test } from 'node:test'
import { besides, turnOf } from './turns.ts'

test('who checks is asked whether it was done, and may urge or direct besides', () => {
  const can = ['remark', 'fail', 'pass', 'check-unable', 'urge']
  const turn = turnOf(can)
  assert.deepEqual(turn, ['pass', 'fail', 'check-unable'])
  assert.deepEqual(besides(can, turn), ['remark', 'urge'])
})

test('a request that waits for an answer is asked about before the matter itself', () => {
  assert.deepEqual(turnOf(['dispatch', 'report-up', 'agree-cancel', 'refuse-cancel']), [
    'agree-cancel',
    'refuse-cancel',
  ])
})

test('who may only supervise has no turn', () => {
  assert.deepEqual(turnOf(['supervise', 'urge', 'remark', 'force-close']), [])
})

test('who may finish but was not asked to check is offered the end, more time and a stop', () => {
  assert.deepEqual(turnOf(['ask-suspension', 'finish', 'return', 'ask-extension']), [
    'finish',
    'ask-extension',
    'ask-suspension',
  ])
})
