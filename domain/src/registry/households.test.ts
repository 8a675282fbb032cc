import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayLength } from '../kernel/time.ts'
import { addressLine } from './addresses/address-line.ts'
import { composeFigures } from './composition.ts'
import { freshnessOf } from './freshness.ts'
import { judgeGroupRent } from './group-rent.ts'
import { isQuiet } from './quiet.ts'

const at = 1_000 * dayLength

for (const [house, people, reasons, why] of [
  [{ use: 'rental', rooms: 1, areaM2: 18 }, 4, ['people-per-room', 'area-per-person'], 'too many for rooms and area'],
  [{ use: 'rental', rooms: 2 }, 4, [], 'two to a room are not too many'],
  [{ use: 'group', areaM2: 9 }, 2, [], 'two may live closely'],
  [{ use: 'group', isPartitioned: true }, 3, ['partitioned'], 'partitions, and three behind them'],
  [{ use: 'self', rooms: 1, isPartitioned: true }, 9, [], 'a family in its own home is nobody’s business'],
  [{ use: 'rental', rooms: 0 }, 9, [], 'no rooms known'],
] as const)
  test(`group-rent: ${why}`, () => assert.deepEqual(judgeGroupRent(house, people), reasons))

for (const [confirmed, due, freshness] of [
  [null, null, 'never'],
  [null, at + dayLength, 'never'],
  [at, null, 'due'],
  [at, at, 'due'],
  [at, at + 29 * dayLength, 'soon'],
  [at, at + 30 * dayLength, 'fresh'],
] as const)
  test(`confirmed ${confirmed === null ? 'never' : 'now'}, due ${due === null ? 'at no day' : `in ${(due - at) / dayLength} days`}: ${freshness}`, () =>
    assert.equal(freshnessOf(confirmed, due, at), freshness))

test('a household is left in peace for ninety days, to the moment', () => {
  assert.equal(isQuiet(at, at + 90 * dayLength - 1), true)
  assert.equal(isQuiet(at, at + 90 * dayLength), false)
})

test('an address is written of whatever parts are known', () => {
  assert.equal(addressLine({ estate: '阳光花园', building: '3', unitNo: '2', room: '501' }), '阳光花园3幢2单元501室')
  assert.equal(addressLine({ estate: '阳光花园', building: '3', unitNo: '', room: '501' }), '阳光花园3幢501室')
  assert.equal(addressLine({ room: '501' }), '501室')
})

test('figures are summed under the places right below; what lies elsewhere does not count', () => {
  const tally = (placeId: string, kind: string, sort: string, n: number) => ({ placeId, kind, sort, n })
  const found = composeFigures(
    [
      tally('g1', 'person', 'floating', 1),
      tally('g1', 'person', 'resident', 2),
      tally('g2', 'person', 'resident', 6),
      tally('g1', 'house', 'group', 1),
      tally('g1', 'house', 'self', 3),
      tally('g2', 'unit', 'shop', 5),
      tally('far', 'person', 'resident', 99),
    ],
    (id) => (id === 'far' ? undefined : id),
  )
  assert.deepEqual([found.persons, found.houses, found.units], [9, 4, 5])
  assert.deepEqual([found.floatingShare, found.rentalShare], [0.1111, 0.25])
  assert.deepEqual(found.places, [
    { id: 'g2', persons: 6, floating: 0, houses: 0, rental: 0, units: 5 },
    { id: 'g1', persons: 3, floating: 1, houses: 4, rental: 1, units: 0 },
  ])
  assert.equal(composeFigures([], () => undefined).floatingShare, 0)
})
