import assert from 'node:assert/strict'
import { test } from 'node:test'
import { capacityOf, shareAmong, weeklyOf, type Holder } from './load.ts'

const holder = (name: string, ...gridIds: string[]): Holder => ({ accountId: name, name, gridIds })
const both = holder('both', 'east', 'west')
const east = holder('east', 'east')

test('who serves two grids has one week, and what two serve is shared by both', () => {
  assert.equal(capacityOf('east', [both], 1200) + capacityOf('west', [both], 1200), 1200)
  assert.equal(capacityOf('east', [both, east], 1200), 1800)
  assert.deepEqual(
    shareAmong(
      [both, east],
      new Map([
        ['east', 600],
        ['west', 300],
      ]),
    ),
    new Map([
      ['both', 600],
      ['east', 300],
    ]),
  )
})

test('what is due this week asks all of itself, what has a month a quarter of it a week', () => {
  assert.equal(weeklyOf(100, 2), 135)
  assert.equal(weeklyOf(100, 28), 34)
})
