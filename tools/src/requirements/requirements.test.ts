import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { findUntruths, requirementsText, rows } from './page.ts'
import { full, part } from './row.ts'

test('every row of the papers is there once, and what it names to carry it exists', () => {
  assert.deepEqual(findUntruths(rows), [])
})

test('the page is the one that the rows write', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/requirements.md'), 'utf8')
  assert.equal(page, requirementsText(), 'run `npm run api`')
})

test('a row that names what is not there, claims more than it has or is left out is found', () => {
  const planted = rows.map((row) => {
    if (row.row === 'G1') return full('G1', row.asks, { calls: ['listUnicorns'], tests: row.tests })
    if (row.row === 'G2') return full('G2', row.asks, { ...row, screens: ['apps/console/src/Nowhere.tsx', '/nowhere'] })
    if (row.row === 'G3') return full('G3', row.asks, { ...row, tests: ['server/tests/places.test.ts: pigs fly'] })
    if (row.row === 'G7') return full('G7', row.asks, { ...row, tests: [] })
    return row.row === 'G8' ? part('G8', row.asks, '', row) : row
  })
  assert.deepEqual(findUntruths(planted), [
    'G1: no endpoint listUnicorns',
    'G2: no screen apps/console/src/Nowhere.tsx',
    'G2: no screen /nowhere',
    'G3: no test server/tests/places.test.ts: pigs fly',
    'G7: says full and is not',
    'G8: says part and is not',
  ])
  assert.equal(findUntruths(rows.slice(1)).length, 1)
})
