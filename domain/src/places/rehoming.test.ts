import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gridAfter } from './rehoming.ts'

const locate = (lng: number): string | undefined => {
  if (lng < 10) return 'west'
  return lng < 20 ? 'east' : undefined
}
const quiet = {
  keepsAll: () => false,
  followersOf: () => [],
  settled: new Map<string, string | null>(),
  rest: undefined,
}
const wasThere = { held: (_: string, lng: number) => lng < 30 }
const split = { ...quiet, ...wasThere, to: ['west', 'east'], locate, followersOf: () => ['west', 'east'] }
const settled = { ...split, settled: new Map([['thing', 'east']]), rest: 'west' }
const moved = { ...quiet, ...wasThere, to: ['west', 'east'], locate }
const grown = { ...moved, keepsAll: () => true }
const merged = { ...quiet, ...wasThere, to: ['all'], locate: () => 'all', followersOf: () => ['all'] }
const closed = { ...quiet, ...wasThere, to: [], locate: () => undefined, rest: null }
const at = (lng: number) => ({ lng, lat: 0 })

for (const [change, gridId, point, after, why] of [
  [split, 'old', at(15), 'east', 'a point decides'],
  [split, 'old', null, undefined, 'without a point somebody must say'],
  [settled, 'old', null, 'east', 'what somebody said of it counts'],
  [settled, 'old', at(5), 'west', 'nobody says other than its point'],
  [{ ...split, rest: 'west' }, 'old', null, 'west', 'or what he said of all the rest'],
  [{ ...split, rest: 'stay' }, 'old', null, undefined, 'nothing stays in a grid that ends'],
  [split, 'old', at(99), undefined, 'a point that the grid never held is as good as none'],
  [moved, 'west', at(15), 'east', 'a border moved over it'],
  [moved, 'west', at(25), undefined, 'the border left it outside of every grid: somebody must say'],
  [moved, 'east', at(99), 'east', 'put there by hand, with a point elsewhere'],
  [moved, 'east', null, undefined, 'its grid lost land: it may have stood there'],
  [{ ...moved, rest: 'stay' }, 'east', null, 'east', 'and stays when somebody says so'],
  [grown, 'east', null, 'east', 'its grid goes on with all its land'],
  [merged, 'old', null, 'all', 'one grid follows'],
  [closed, 'old', at(5), null, 'closed: the village keeps it'],
] as const)
  test(why, () => assert.equal(gridAfter(change, { id: 'thing', gridId, point }), after))
