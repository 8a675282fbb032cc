import assert from 'node:assert/strict'
import { test } from 'node:test'
import { layOutFloors } from './floors.ts'

test('rooms of a building stand by floor and staircase, each staircase in a column of its own', () => {
  const room = (text: string) => {
    const [unitNo = '', floor = '', roomNo = ''] = text.split('/')
    return { unitNo, floor: Number(floor), roomNo }
  }
  const { units, floors } = layOutFloors(
    ['2/11/1101', '1/11/1101', '10/11/1101', '2/11/1102', '1/11/1102', '1/10/1001', '2/10/1001', '/1/门卫'].map(room),
  )
  assert.deepEqual(units, ['1', '2', '10', ''])
  assert.deepEqual(
    floors.map(({ floor, rooms }) => [floor, rooms.map((of) => of.map((r) => r.roomNo).join(' '))]),
    [
      [11, ['1101 1102', '1101 1102', '1101', '']],
      [10, ['1001', '1001', '', '']],
      [1, ['', '', '', '门卫']],
    ],
  )
})
