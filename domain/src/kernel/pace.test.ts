import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draw, paces, type Bucket } from './pace.ts'

const rate = { perSecond: 2, burst: 3 }
/** How many of some tries, so many milliseconds apart, are let through. */
function letThrough(tries: number, apart: number): number {
  let bucket: Bucket | undefined
  let through = 0
  for (let i = 0; i < tries; i++) {
    const drawn = draw(bucket, rate, i * apart)
    bucket = drawn.bucket
    if (drawn.waitMs === 0) through++
  }
  return through
}

test('a full bucket may be spent at once, and no more', () => assert.equal(letThrough(10, 0), 3))
test('whoever keeps to the rate is never stopped', () => assert.equal(letThrough(1000, 500), 1000))
test('whoever calls twice as fast gets half, beside the first burst', () => assert.equal(letThrough(100, 250), 52))
test('whoever is stopped is told how long', () => {
  assert.equal(draw({ tokens: 0, at: 0 }, rate, 0).waitMs, 500)
  assert.equal(draw({ tokens: 0.5, at: 0 }, rate, 0).waitMs, 250)
})
test('rest fills it to the brim and not beyond; a clock that goes back fills nothing', () => {
  assert.equal(draw({ tokens: 0, at: 0 }, rate, 86_400_000).bucket.tokens, 2)
  assert.equal(draw({ tokens: 1, at: 5000 }, rate, 0).bucket.tokens, 0)
})
test('searching is slower than reading, and looking in full is slower still', () => {
  assert.ok(paces.look.perSecond < paces.search.perSecond && paces.search.perSecond < paces.read.perSecond)
})
