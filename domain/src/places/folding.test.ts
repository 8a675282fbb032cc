import assert from 'node:assert/strict'
import { test } from 'node:test'
import { likelySame, type AreaShare } from './folding.ts'

const share = (gridId: string, more: Partial<AreaShare>): AreaShare => ({
  gridId,
  name: '',
  village: '',
  villageId: null,
  version: 1,
  ofArea: 0,
  ofGrid: 0,
  persons: 0,
  gridPersons: 0,
  pointless: 0,
  ...more,
})

test('an area is likely the same as the grids that lie in it for the most part, by land or by people', () => {
  const land = share('land', { ofArea: 0.6, ofGrid: 0.9 })
  const people = share('people', { ofArea: 0.2, ofGrid: 0.3, persons: 80, gridPersons: 120, pointless: 10 })
  const edge = share('edge', { ofArea: 0.2, ofGrid: 0.1, persons: 3, gridPersons: 300 })
  assert.deepEqual(likelySame([land, people, edge]), ['land', 'people'])
  assert.deepEqual(likelySame([edge]), ['edge'], 'a small area lies in one grid')
  assert.deepEqual(likelySame([]), [])
})
