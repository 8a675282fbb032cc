import assert from 'node:assert/strict'
import { test } from 'node:test'
import { courseOf } from './arriving.ts'

const at = (gridId: string | null, villageId: string | null, townId: string | null) => ({ gridId, villageId, townId })
const a = at('g1', 'v1', 't1')

for (const [why, places, isDoubtful, course] of [
  ['one grid looks for him', [a, a], false, { ...a, state: 'offered' }],
  ['of two grids the community decides', [a, at('g2', 'v1', 't1')], false, { ...at(null, 'v1', 't1'), state: 'desk' }],
  ['of two communities the town', [a, at('g3', 'v2', 't1')], false, { ...at(null, null, 't1'), state: 'desk' }],
  ['what nobody knows is the county’s', [], false, { ...at(null, null, null), state: 'desk' }],
  ['who was looked for in vain is a desk’s first', [a], true, { ...a, state: 'desk' }],
] as const)
  test(`a mover is offered: ${why}`, () => {
    assert.deepEqual(courseOf(places, isDoubtful), course)
  })
