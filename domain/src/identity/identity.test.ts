import assert from 'node:assert/strict'
import { test } from 'node:test'
import { roles } from './roles.ts'
import { badgeEndsOn, badgeStateOf, readBadgeCode, type BadgeFacts } from './badge.ts'
import { idleMsFor } from './password.ts'
import { afterWrong, waitMs, type Tries } from './tries.ts'
import { dayLength, minute } from '../kernel/time.ts'

const today = '2026-03-02'
const held: BadgeFacts = { endedAs: '', expiresOn: '2026-12-31', isAccountActive: true, postEndsOn: null }

for (const [why, facts, state] of [
  ['a badge in its time, with its post', {}, 'valid'],
  ['on its last day it still holds', { expiresOn: today }, 'valid'],
  ['the day after it does not', { expiresOn: '2026-03-01' }, 'expired'],
  ['on the last day of the post it holds', { postEndsOn: today }, 'valid'],
  ['without the post nobody vouches for the bearer', { postEndsOn: '2026-03-01' }, 'revoked'],
  ['nor without the account', { isAccountActive: false }, 'revoked'],
  ['a replaced code stays replaced, whatever else holds', { endedAs: 'replaced' }, 'replaced'],
  ['a revoked one says so even when its day has passed', { endedAs: 'revoked', expiresOn: '2026-01-01' }, 'revoked'],
] as const)
  test(`badge: ${why}`, () => assert.equal(badgeStateOf({ ...held, ...facts }, today), state))

test('a badge ends with its months or with the post, whichever comes first', () => {
  assert.equal(badgeEndsOn(today, 12, null), '2027-02-25')
  assert.equal(badgeEndsOn(today, 12, '2026-06-30'), '2026-06-30')
  assert.equal(badgeEndsOn(today, 1, '2026-06-30'), '2026-04-01')
})

test('a code is read as people type it', () => {
  assert.equal(readBadgeCode(' abcd-2345 xy '), 'ABCD2345XY')
  assert.equal(readBadgeCode('２３'), '')
})

for (const [device, isAdmin, ms, why] of [
  ['desk', false, 30 * minute, 'an unattended desk'],
  ['desk', true, 15 * minute, 'an administrator’s desk'],
  ['field', false, 14 * dayLength, 'a phone between two visits'],
  ['field', true, 15 * minute, 'an administrator is one on a phone too'],
  ['machine', true, 365 * dayLength, 'an interface signs in once'],
] as const)
  test(`a session idles out: ${why}`, () => assert.equal(idleMsFor(device, isAdmin), ms))

test('five tries are free; then each wrong one doubles the wait, up to a quarter of an hour', () => {
  let tries: Tries | undefined
  const waits: number[] = []
  for (let i = 0; i < 12; i++) {
    tries = afterWrong(tries, 0)
    waits.push(waitMs(tries, 0) / 1000)
  }
  assert.deepEqual(waits, [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900])
})

test('a wait ends, and after a day it is as if nothing had been', () => {
  const tries: Tries = { wrong: 6, lastAt: 0 }
  assert.equal(waitMs(tries, 20_000), 40_000)
  assert.equal(waitMs(tries, 60_000), 0)
  assert.deepEqual(afterWrong(tries, dayLength), { wrong: 1, lastAt: dayLength })
  assert.deepEqual(afterWrong(tries, dayLength - 1), { wrong: 7, lastAt: dayLength - 1 })
})

test('whoever opens what is sealed of people, agrees to it or looks for them over a county proves himself twice', () => {
  const opens = ['registry.reveal-core', 'registry.export', 'registry.approve', 'registry.trace', 'overlay.keep']
  for (const role of roles.filter((r) => r.duties.some((d) => opens.includes(d))))
    assert.ok(role.needsSecondFactor, role.code)
})
