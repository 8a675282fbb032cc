import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayNumber } from '../../kernel/time.ts'
import { planHousehold, planTask, startsAt, type PlannedTask } from './due.ts'

const today = dayNumber('2026-03-02')
const task: PlannedTask = {
  earliestOn: '2026-03-05',
  dueOn: '2026-03-09',
  tries: 0,
  minutes: 15,
  priority: 5,
  windowFrom: null,
  windowTo: 1020,
}

test('a visit is planned between its days; one that met nobody may be tried again today, none is put off', () => {
  const whole = { due: today + 7, minutes: 15, priority: 5, shuts: 1020 }
  assert.deepEqual(planTask(task, today), { earliest: today + 3, ...whole })
  assert.deepEqual(planTask({ ...task, tries: 1 }, today), { earliest: today, ...whole })
  assert.equal(planTask({ ...task, tries: 1, earliestOn: '2026-02-20' }, today).earliest, dayNumber('2026-02-20'))
})

for (const [due, isShown] of [
  [today - 40, true],
  [today, true],
  [today + 10, true],
  [today + 11, false],
  [null, false],
] as const)
  test(`a household due in ${due === null ? 'no' : due - today} days is ${isShown ? '' : 'not '}shown`, () => {
    const planned = planHousehold(due, today)
    assert.equal(planned !== undefined, isShown)
    if (planned) assert.deepEqual([planned.earliest, planned.due], [planned.due - 30, due])
  })

for (const [at, start] of [
  [6 * 60, 510],
  [9 * 60, 540],
  [20 * 60, 1020],
] as const)
  test(`who opens the page at minute ${at} begins at ${start}`, () => assert.equal(startsAt(at), start))
