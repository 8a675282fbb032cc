import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOfTurn } from './import-turns.ts'

/** How many pages are read for each that is taken, where somebody else's file waits at the end of every turn. */
function readForEach(pages: number): number {
  let [taken, read] = [0, 0]
  while (taken < pages) {
    const turn = Math.min(pages - taken, pagesOfTurn(taken * 2000))
    read += taken + turn
    taken += turn
  }
  return read / pages
}

test('two long files that wait for each other are read some few times over, and a turn stays short', () => {
  for (const rows of [10_000, 100_000, 1_000_000, 5_000_000]) {
    const times = readForEach(rows / 2000)
    assert.ok(times < 30, `${rows} rows: ${times}`)
  }
  assert.equal(pagesOfTurn(0), 3)
  assert.equal(pagesOfTurn(5_000_000), 60)
})
