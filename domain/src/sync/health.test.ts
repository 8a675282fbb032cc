import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minute } from '../kernel/time.ts'
import { causesOf, type PhoneHealth } from './health.ts'

const now = Date.parse('2026-03-02T09:00:00+08:00')
const ago = (minutes: number) => now - minutes * minute
const well: PhoneHealth = {
  wipe: '',
  isActive: true,
  pulledAt: ago(5),
  oldestAt: null,
  waiting: 0,
  skewMs: 0,
  fault: '',
}
/** What differs from a phone that is well, the causes, and why. */
const examples: readonly [Partial<PhoneHealth>, string[], string][] = [
  [{}, [], 'a phone that is well has no cause'],
  [{ pulledAt: ago(24 * 60) }, [], 'a day of silence is borne'],
  [{ pulledAt: ago(24 * 60 + 1) }, ['no-contact'], 'a minute more is told'],
  [{ pulledAt: null }, ['no-contact'], 'never heard of'],
  [{ waiting: 3, oldestAt: ago(60) }, [], 'what waits for an hour may be on its way'],
  [{ waiting: 3, oldestAt: ago(61) }, ['waiting'], 'what waits longer is stuck'],
  [{ waiting: 0, oldestAt: ago(600) }, [], 'nothing waits any more'],
  [{ skewMs: 10 * minute }, [], 'ten minutes of a wrong clock do no harm'],
  [{ skewMs: -11 * minute }, ['clock'], 'wrong either way'],
  [{ fault: 'storage-full' }, ['storage-full'], 'what the phone says itself'],
  [{ wipe: 'asked', isActive: false, pulledAt: null }, ['to-wipe', 'left', 'no-contact'], 'the gravest first'],
]
for (const [differs, causes, why] of examples)
  test(`${why}`, () => assert.deepEqual(causesOf({ ...well, ...differs }, now), causes))
