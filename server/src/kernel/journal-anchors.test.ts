import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readAnchors, thinAnchors, thinned } from './journal-anchors.ts'

const link = (seq: number) => ({ seq, chain: `k1.${seq}` })

test('of old anchors one is kept for so many rows, of new ones all, and nothing is made up', () => {
  const all = Array.from({ length: 1000 }, (_, i) => link(3 * i + 1))
  const kept = thinned(all, { whole: 100, each: 300 })
  assert.deepEqual(kept.slice(-100), all.slice(-100))
  assert.deepEqual(
    kept.slice(0, -100).map((l) => l.seq),
    [1, 301, 601, 901, 1201, 1501, 1801, 2101, 2401],
  )
  assert.ok(kept.every((l) => all.includes(l)))
  assert.deepEqual(thinned(all.slice(0, 50), { whole: 100, each: 300 }), all.slice(0, 50))
})

test('a file of anchors is read however long its lines lie over its pieces, and thinned whole or not at all', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fengge-thin-'))
  try {
    const file = join(folder, 'journal-anchors.log')
    const lines = Array.from(
      { length: 60_000 },
      (_, i) => `32020${i % 3} ${Math.floor(i / 3) + 1} k1.${'x'.repeat(20)}${i}`,
    )
    writeFileSync(file, `${lines.join('\n')}\n`)
    const before = readAnchors(file)
    assert.deepEqual(
      [...before].map(([county, links]) => [county, links.length]),
      ['320200', '320201', '320202'].map((c) => [c, 20_000]),
    )
    thinAnchors(file, { whole: 500, each: 1000 })
    const after = readAnchors(file)
    for (const [county, links] of before) {
      assert.equal(after.get(county)!.length, 520)
      assert.deepEqual(after.get(county)!.at(-1), links.at(-1))
    }
    const text = readFileSync(file, 'utf8')
    thinAnchors(file, { whole: 500, each: 1000 })
    assert.equal(readFileSync(file, 'utf8'), text)
    assert.deepEqual(readdirSync(folder), ['journal-anchors.log'])
    thinAnchors(join(folder, 'none.log'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
