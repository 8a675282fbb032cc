import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeFit, type MatterMisfit, type Ordered } from './fit.ts'
import type { Matter } from './terms.ts'

type Stated = Pick<Matter, 'taskKinds' | 'objects' | 'minutes'>
const people: Stated = { taskKinds: ['collect'], objects: ['person', 'house'], minutes: 15 }
const rentals: Stated = { taskKinds: ['patrol'], objects: ['house-rental', 'grid'], minutes: 20 }
const unsaid: Stated = { taskKinds: [], objects: [], minutes: 20 }

const examples: readonly [why: string, matter: Stated, order: Ordered, misfit: MatterMisfit | undefined][] = [
  ['says nothing of its own', rentals, { minutes: 20 }, undefined],
  [
    'a fire check is no collecting',
    people,
    { taskKind: 'patrol', object: 'facility', minutes: 15 },
    'matter.other-kind',
  ],
  ['collecting, but of firms', people, { taskKind: 'collect', object: 'unit', minutes: 15 }, 'matter.other-object'],
  ['some of the houses', people, { taskKind: 'collect', object: 'house-group', minutes: 15 }, undefined],
  ['all houses where only let ones are listed', rentals, { object: 'house', minutes: 20 }, 'matter.other-object'],
  ['one minute more', rentals, { object: 'house-rental', minutes: 21 }, 'matter.more-minutes'],
  ['a matter that states no kind', unsaid, { minutes: 5 }, 'matter.other-kind'],
]
test('an order is of the kind, the objects and the minutes that its matter states', () => {
  for (const [why, matter, order, misfit] of examples) assert.equal(judgeFit(matter, order), misfit, why)
})
