import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayOf, minute, minuteOfDay, showInstant } from '../kernel/time.ts'
import {
  addWorkingTime,
  dueAfter,
  isWorkingDay,
  lightOf,
  resumeDue,
  timeLeft,
  workingTime,
  type WorkCalendar,
} from './deadline.ts'
import type { Limit } from './terms.ts'

const calendar: WorkCalendar = {
  version: 1,
  windows: [
    [540, 720],
    [810, 1050],
  ],
  special: new Map([
    ['2026-10-01', 'holiday'],
    ['2026-10-02', 'holiday'],
    ['2026-10-05', 'holiday'],
    ['2026-10-06', 'holiday'],
    ['2026-10-07', 'holiday'],
    ['2026-10-10', 'swap'],
    ['2026-09-20', 'swap'],
  ]),
}
const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}:00+08:00`)

const examples: [from: string, limit: Limit, due: string, why: string][] = [
  [
    '2026-11-20 16:30',
    { kind: 'work-hour', value: 4 },
    '2026-11-23 12:00',
    'Friday afternoon, an hour left, three on Monday',
  ],
  ['2026-11-20 12:30', { kind: 'work-hour', value: 1 }, '2026-11-20 14:30', 'lunch does not count'],
  ['2026-11-21 10:00', { kind: 'work-hour', value: 1 }, '2026-11-23 10:00', 'reported on Saturday'],
  ['2026-09-30 17:00', { kind: 'work-hour', value: 1 }, '2026-10-08 09:30', 'the National Day week is free'],
  ['2026-10-09 17:00', { kind: 'work-hour', value: 1 }, '2026-10-10 09:30', 'a swapped Saturday is worked'],
  ['2026-11-20 16:30', { kind: 'work-day', value: 1 }, '2026-11-23 17:30', 'the day of start does not count'],
  ['2026-09-30 09:00', { kind: 'work-day', value: 3 }, '2026-10-10 17:30', '8, 9 and the swapped 10 October'],
  ['2026-09-19 09:00', { kind: 'work-day', value: 1 }, '2026-09-20 17:30', 'a swapped Sunday is the first working day'],
  ['2026-11-20 23:00', { kind: 'natural-hour', value: 2 }, '2026-11-21 01:00', 'an emergency does not wait for Monday'],
  ['2026-10-01 08:00', { kind: 'natural-day', value: 7 }, '2026-10-08 08:00', 'hotline days are natural days'],
]
for (const [from, limit, due, why] of examples)
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

test('lights turn at a half, a fifth and the end', () => {
  const lights = [0, 49, 50, 79, 80, 100, 101].map((now) => lightOf(0, 100, now))
  assert.deepEqual(lights, ['green', 'green', 'yellow', 'yellow', 'orange', 'orange', 'red'])
  assert.equal(lightOf(0, null, 5), 'none')
})
