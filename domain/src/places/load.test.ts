import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeLoad, loadOf, readyWeights } from './load.ts'

const norm = {
  kind: 'general',
  leastHouseholds: null,
  mostHouseholds: null,
  leastPeople: 800,
  mostPeople: 2000,
  source: '',
} as const
const quiet = { person: 1200, rental: 0, unit: 0, dispute: 0, km2: 0.2, hill: 0, water: 0 }

for (const [figures, load, verdict, why] of [
  [quiet, 1220, undefined, 'heads within the band, little else'],
  [{ ...quiet, rental: 420 }, 1640, undefined, 'rentals weigh, and do not fill the band'],
  [
    { ...quiet, rental: 420, unit: 90, dispute: 14 },
    2190,
    'too-heavy',
    'few heads, and industry, rentals and disputes',
  ],
  [{ ...quiet, km2: 9 }, 2100, 'too-heavy', 'a wide land to walk'],
  [{ ...quiet, km2: 5 }, 1700, undefined, 'a plain of some width'],
  [{ ...quiet, km2: 5, hill: 5 }, 2200, 'too-heavy', 'the same heads and width in the hills'],
  [{ ...quiet, km2: 5, water: 5 }, 1950, undefined, 'the same among canals: more than a plain, less than hills'],
  [{ ...quiet, person: 300 }, 320, 'too-light', 'few of everything'],
  [{ person: 0, rental: 0, unit: 0, dispute: 0, km2: 0, hill: 0, water: 0 }, 0, undefined, 'nothing registered yet'],
] as const)
  test(why, () => {
    assert.equal(loadOf(figures, readyWeights), load)
    assert.equal(judgeLoad(norm, load), verdict)
  })
