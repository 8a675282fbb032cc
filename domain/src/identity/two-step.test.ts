import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHalf, refuseAsker, refuseConfirmer, showHalf, takesTwo, type Side } from './two-step.ts'

const side = (accountId: string, ...kinds: string[]): Side => ({ accountId, kinds })
const [system, system2] = [side('s1', 'system'), side('s2', 'system')]
const [security, security2] = [side('c1', 'security'), side('c2', 'security')]
const audit = side('a1', 'audit')
const worker = side('w1', 'business')
const nobody = side('n1')

for (const [why, subject, asker, problem] of [
  ['the system administrator asks for a worker', worker, system, undefined],
  ['and for somebody without a post', nobody, system, undefined],
  ['the security administrator does not', worker, security, 'two-step.not-yours'],
  ['nor the auditor', worker, audit, 'two-step.not-yours'],
  ['nor a colleague', worker, side('w2', 'business'), 'two-step.not-yours'],
  ['nobody asks for himself', system, system, 'account.self'],
  ['for the only system administrator another of the three asks', system, security, undefined],
  ['the auditor as well', system, audit, undefined],
  ['a worker does not', system, worker, 'two-step.not-yours'],
] as const)
  test(`two persons: ${why}`, () => assert.equal(refuseAsker(subject, asker)?.problem, problem))

for (const [why, subject, asker, confirmer, problem] of [
  ['the security administrator confirms', worker, system, security, undefined],
  ['the auditor does not, of a worker', worker, system, audit, 'two-step.not-yours'],
  ['whoever asked does not', worker, system, system, 'two-step.same-person'],
  ['nor a second one of the same kind', worker, system, system2, 'two-step.not-yours'],
  ['nor whom it is about', security, system, security, 'two-step.same-person'],
  ['of a security administrator another one confirms', security, system, security2, undefined],
  ['or, where there is none, the auditor', security, system, audit, undefined],
  ['of the system administrator, asked by security, the auditor', system, security, audit, undefined],
  ['not a second one of security, who asked', system, security, security2, 'two-step.not-yours'],
  ['a worker confirms nothing', system, security, worker, 'two-step.not-yours'],
] as const)
  test(`two persons: ${why} (confirming)`, () =>
    assert.equal(refuseConfirmer(subject, asker, confirmer)?.problem, problem))

test('two persons: to close or reopen a worker one is enough, whatever else it is about', () => {
  assert.equal(takesTwo('close', worker), false)
  assert.equal(takesTwo('reopen', nobody), false)
  assert.equal(takesTwo('close', audit), true)
  assert.equal(takesTwo('password', worker), true)
  assert.equal(takesTwo('second-factor', worker), true)
})

test('half of a code is read as people type it', () => {
  assert.equal(showHalf('ABCDEFGH'), 'ABCD-EFGH')
  assert.equal(readHalf(' abcd-efgh '), 'ABCDEFGH')
})
