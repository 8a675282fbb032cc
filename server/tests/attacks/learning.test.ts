/** What calls and reports say teaches the suggestions, but fills no memory: labels and words of a model have bounds. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { importTickets } from '@fengge/domain/events/contract/rules'
import { StoredModel } from '@fengge/domain/events/stored'
import { usualBounds } from '@fengge/domain/events/suggesting/triage'
import { rowsOf, sql } from '../../src/kernel/db/sql.ts'
import { relearn } from '../../src/events/suggest.ts'
import { county, openWorld, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

/** Signs that make no word, so that each pair of them is new. */
const noise = (from: number, length: number) =>
  Array.from({ length }, (_, i) => String.fromCodePoint(0x4e00 + ((from * 7919 + i * 104_729) % 20_000))).join('')

test('a file of calls with a topic and words of its own for each makes no model that outgrows its bounds', async () => {
  const rows = Array.from({ length: 125 }, (_, i) => [
    `GD-2026-${1000 + i}`,
    noise(i, 20),
    noise(i + 1000, 300),
    `话题${noise(i, 4)}`,
  ])
  const csv = [['工单号', '标题', '内容', '一级标签'], ...rows].map((row) => row.join(',')).join('\n')
  const file = { fileName: 'calls.csv', base64: Buffer.from(csv).toString('base64') }
  const taken = await world.ask(importTickets, 'hotline', file)
  assert.deepEqual(taken.errors, [])
  const counts = await relearn(world.engine, county)
  assert.equal(counts.topic, rows.length)
  const stored = await rowsOf<{ body: unknown }>(world.engine.database.read, sql`select body from events.model`)
  assert.equal(stored.length, 2)
  for (const { body } of stored) {
    const { labels, words } = StoredModel.read(body)
    const kept = Object.keys(words).length
    assert.ok(
      labels.length <= usualBounds.labels && kept <= usualBounds.words,
      `${labels.length} labels, ${kept} words`,
    )
    assert.ok(labels.length * kept <= usualBounds.cells)
  }
})
