import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProblem } from '../kernel/problem.ts'
import { showInstant } from '../kernel/time.ts'
import { nextAlarm } from './alarms.ts'
import type { Act } from './acts.ts'
import {
  extensionExamples,
  instantOf as at,
  suspensionExamples,
  warningExamples,
  type AskedExample,
} from './deadline-examples.ts'
import { decide } from './decide.ts'
import { anEvent, calendar, given, start, townChief, water } from './example-town.ts'
import { handleDue, limitOf, reworkDue, usualLimits } from './stage-clock.ts'
import { milestones, type EventCore } from './terms.ts'

/** In the hands of the town's water office, due on Thursday at half past five. */
const inHand: EventCore = {
  ...anEvent('grid-worker', 2),
  status: 'in-progress',
  stage: 'handle',
  departmentId: 'town-water',
  dispatchedAt: start,
  handleDueAt: at('2026-03-05 17:30'),
  dueAt: at('2026-03-05 17:30'),
}

function verdictOn(event: EventCore, act: Act, now: string): string | null {
  const decision = decide(event, act, given(water, at(now)))
  return isProblem(decision) ? decision.problem : null
}
const until = (example: AskedExample) => new Date(at(example.until)).toISOString()

for (const example of extensionExamples)
  test(`an extension to ${example.until}, asked ${example.now} after ${example.extensions}: ${example.why}`, () => {
    const act: Act = { action: 'ask-extension', until: until(example), note: '雨', plan: '分段' }
    assert.equal(verdictOn({ ...inHand, extensions: example.extensions }, act, example.now), example.refused)
  })

for (const example of suspensionExamples)
  test(`a stop for ${example.reason} to ${example.until} after ${example.waits}: ${example.why}`, () => {
    const act: Act = { action: 'ask-suspension', reason: example.reason, until: until(example), note: '雨' }
    assert.equal(verdictOn({ ...inHand, citizenWaits: example.waits }, act, example.now), example.refused)
  })

for (const { what, event, alarms, why } of warningExamples)
  test(`warnings, ${what}: ${why}`, () => {
    let now: EventCore = { ...anEvent(), ...event }
    for (const expected of alarms) {
      const alarm = nextAlarm(now, calendar) ?? assert.fail(`no alarm ${expected.join(' ')}`)
      assert.deepEqual([showInstant(alarm.at), alarm.kind], expected)
      now = { ...now, alarmedAt: alarm.at }
    }
  })

test('while an extension is asked for and refused, the clock runs on', () => {
  const asked = decide(
    inHand,
    { action: 'ask-extension', until: new Date(at('2026-03-06 17:30')).toISOString(), note: '雨', plan: '分段' },
    given(water, at('2026-03-04 10:00')),
  )
  assert.ok(!isProblem(asked))
  assert.equal(asked.event.dueAt, inHand.dueAt)
  const now = given(townChief, at('2026-03-05 09:00'))
  const refused = decide(asked.event, { action: 'refuse-extension', note: '不同意' }, now)
  const agreed = decide(asked.event, { action: 'agree-extension', note: '' }, now)
  assert.ok(!isProblem(refused) && !isProblem(agreed))
  assert.equal(refused.event.dueAt, inHand.dueAt)
  assert.equal(agreed.event.dueAt, at('2026-03-06 17:30'))
})

test('rework has half of the limit and a working day at least; a second handling three working days at most', () => {
  const entry = { now: at('2026-03-02 10:00'), calendar }
  const of = (value: number): EventCore => ({ ...inHand, limits: { handle: { kind: 'work-day', value } } })
  assert.equal(showInstant(reworkDue(of(10), entry)), '2026-03-09 17:30')
  assert.equal(showInstant(reworkDue(of(1), entry)), '2026-03-03 17:30')
  assert.equal(showInstant(handleDue({ ...of(10), reopens: 1 }, entry)), '2026-03-05 17:30')
  assert.equal(showInstant(handleDue({ ...of(2), reopens: 1 }, entry)), '2026-03-04 17:30')
})

test('a category’s own limit goes before the usual one of its urgency', () => {
  for (const milestone of milestones)
    for (const urgency of [0, 1, 2] as const) {
      assert.deepEqual(limitOf({}, milestone, urgency), usualLimits[urgency][milestone])
      assert.equal(limitOf({ [milestone]: { kind: 'work-day', value: 9 } }, milestone, urgency).value, 9)
    }
})
