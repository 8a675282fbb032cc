import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSameUnit, type UnitTraits } from './same-unit.ts'

const unit = (some: Partial<UnitTraits>): UnitTraits => ({
  code: null,
  name: '便利店',
  gridId: 'grid1',
  villageId: 'village',
  townId: 'town',
  ...some,
})

const examples: readonly (readonly [row: Partial<UnitTraits>, held: Partial<UnitTraits>, is: boolean, why: string])[] =
  [
    [{ code: 'c1', name: '新店名' }, { code: 'c1' }, true, 'the code decides'],
    [{ code: 'c1' }, {}, false, 'a code nobody has yet is a new unit'],
    [{}, {}, true, 'name and grid agree'],
    [{}, { gridId: 'grid2' }, false, 'a shop of the same chain in another grid'],
    [{ gridId: null }, { gridId: 'grid2' }, true, 'a row that names the village alone'],
    [{ gridId: null, villageId: 'other' }, {}, false, 'another village'],
    [{}, { code: 'c1' }, true, 'its code is known already'],
  ]
for (const [row, held, is, why] of examples)
  test(`${JSON.stringify(row)} ${is ? 'is' : 'is not'} ${JSON.stringify(held)}: ${why}`, () => {
    assert.equal(isSameUnit(unit(row), unit(held)), is)
  })
