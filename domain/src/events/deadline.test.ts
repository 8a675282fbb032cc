import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayOf, minute, minuteOfDay, showInstant } from '../kernel/time.ts'
import { addWorkingTime, dueAfter, isWorkingDay, lightOf, resumeDue, timeLeft, workingTime } from './deadline.ts'
import { dueExamples, exampleCalendar as calendar, instantOf as at, stopExamples } from './deadline-examples.ts'
import type { Limit } from './terms.ts'

for (const { from, limit, due, why } of dueExamples)
  test(`${limit.value} ${limit.kind} from ${from} is due ${due}: ${why}`, () => {
    assert.equal(showInstant(dueAfter(at(from), limit, calendar)), due)
  })

/** The oracle: walks minute by minute. */
function walk(from: number, minutes: number): number {
  let now = from
  for (let left = minutes; left > 0; now += minute) {
    const m = minuteOfDay(now)
    if (isWorkingDay(dayOf(now), calendar) && calendar.windows.some(([a, b]) => a <= m && m < b)) left--
  }
  return now
}

const someMinute = fc
  .integer({ min: at('2026-09-15 00:00') / minute, max: at('2026-10-20 00:00') / minute })
  .map((m) => m * minute)

test('the clock agrees with a walk minute by minute', () => {
  fc.assert(
    fc.property(someMinute, fc.integer({ min: 1, max: 2000 }), (from, minutes) => {
      assert.equal(addWorkingTime(from, minutes * minute, calendar), walk(from, minutes))
    }),
    { numRuns: 60 },
  )
})

test('what is added is what was worked', () => {
  fc.assert(
    fc.property(someMinute, fc.integer({ min: 1, max: 5000 }), (from, minutes) => {
      assert.equal(workingTime(from, addWorkingTime(from, minutes * minute, calendar), calendar), minutes * minute)
    }),
  )
})

test('a stop gives back exactly what was left', () => {
  const kinds: Limit[] = [
    { kind: 'work-hour', value: 20 },
    { kind: 'natural-hour', value: 20 },
  ]
  fc.assert(
    fc.property(someMinute, fc.nat(600), fc.nat(20000), fc.constantFrom(...kinds), (from, used, pause, limit) => {
      const due = dueAfter(from, limit, calendar)
      const stop = Math.min(from + used * minute, due)
      const left = timeLeft(stop, due, limit, calendar)
      const again = stop + pause * minute
      assert.equal(timeLeft(again, resumeDue(again, left, limit, calendar), limit, calendar), left)
    }),
  )
})

for (const { from, limit, stopped, resumed, due, why } of stopExamples)
  test(`stopped ${stopped} and resumed ${resumed}, it is due ${due}: ${why}`, () => {
    const left = timeLeft(at(stopped), dueAfter(at(from), limit, calendar), limit, calendar)
    assert.equal(showInstant(resumeDue(at(resumed), left, limit, calendar)), due)
  })

test('lights turn at a half, a fifth and the end', () => {
  const lights = [0, 49, 50, 79, 80, 100, 101].map((now) => lightOf({ half: 50, soon: 80 }, 100, now))
  assert.deepEqual(lights, ['green', 'green', 'yellow', 'yellow', 'orange', 'orange', 'red'])
  assert.equal(lightOf({ half: 50, soon: 80 }, null, 5), 'none')
})
