import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gridAfter } from './rehoming.ts'

function locate(lng: number): string | undefined {
  if (lng < 10) return 'west'
  return lng < 20 ? 'east' : undefined
}
const split = { to: ['west', 'east'], heir: 'west', locate }
const moved = { to: ['west', 'east'], heir: null, locate }
const closed = { to: [], heir: null, locate: () => undefined }
const at = (lng: number) => ({ lng, lat: 0 })

for (const [change, grid, point, after, why] of [
  [split, 'old', at(15), 'east', 'a point decides'],
  [split, 'old', null, 'west', 'without a point, to the heir'],
  [split, 'old', at(99), 'west', 'a point beyond every border is as good as none'],
  [moved, 'west', at(15), 'east', 'a border moved over it'],
  [moved, 'east', null, 'east', 'its grid goes on'],
  [closed, 'old', at(5), null, 'closed without an heir: the village keeps it'],
] as const)
  test(why, () => assert.equal(gridAfter(change, grid, point), after))
