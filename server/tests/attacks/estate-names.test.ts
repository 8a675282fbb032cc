/** Names of estates: no desk fills a village with them, and none of what is asked of them walks through all. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mostEstates } from '@fengge/domain/registry/addresses/estate-names'
import { saveRecord } from '@fengge/domain/registry/contract'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { estateBook, nearIn } from '../../src/registry/estate-book.ts'
import { batchOf, sendFile } from '../import-files.ts'
import { county, openWorld, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

/** Names that have nothing in common with one another. */
const nameOf = (i: number) =>
  Array.from({ length: 5 }, (_, place) =>
    String.fromCodePoint(0x4e00 + ((i * 7919 + place * 4099 + i * place * 31) % 20_000)),
  ).join('')
const file = (from: number, most: number) =>
  `名称,类型\n${Array.from({ length: most }, (_, i) => `${nameOf(from + i)},小区`).join('\n')}\n`
const estate = (name: string) => ({
  id: freshId(),
  kind: 'estate' as const,
  version: 0,
  placeId: world.at['grid1']!,
  values: { name, kind: 'estate' },
})

test('a village has so many estates, by files or by hand, and no more', async () => {
  const most = mostEstates.village
  const { id } = await sendFile(world, 'village', { name: 'a.csv', bytes: file(0, most + 30) }, { kind: 'estate' })
  const first = await batchOf(world, id)
  assert.deepEqual([first.state, first.rows, first.created + first.faults], ['done', most + 30, most + 30])
  assert.ok(first.faults >= 30, `${first.faults} came back`)
  const again = await sendFile(world, 'village', { name: 'b.csv', bytes: file(5000, 50) }, { kind: 'estate' })
  assert.equal((await batchOf(world, again.id)).created, most - first.created > 50 ? 50 : most - first.created)
  await sendFile(world, 'village', { name: 'c.csv', bytes: file(6000, 200) }, { kind: 'estate' })
  const full = await sendFile(world, 'village', { name: 'd.csv', bytes: file(7000, 5) }, { kind: 'estate' })
  assert.deepEqual([(await batchOf(world, full.id)).created, (await batchOf(world, full.id)).faults], [0, 5])
  assert.equal((await world.refusal(saveRecord, 'village', estate('枫林雅苑'))).problem, 'estate.too-many')
  const other = { ...estate('枫林雅苑'), placeId: world.at['otherVillage']! }
  assert.equal((await world.ask(saveRecord, 'othervillage', other)).version, 1, 'another village has its own')
})

test('what is known of estates follows what is added, renamed and ended', async () => {
  const place = world.at['otherVillage']!
  const book = () => estateBook(world.engine, world.engine.database.read, county, [place])
  const before = await book()
  assert.equal(await book().then((b) => b.names), before.names, 'kept while nothing changes')
  assert.equal(nearIn(before, '枫林雅园', 5)[0]?.name, '枫林雅苑')
  const more = { ...estate('古庄新村'), placeId: place }
  const { id, version } = await world.ask(saveRecord, 'othervillage', more)
  const longer = await book()
  assert.ok(longer.names.has('古庄新村') && longer.names === before.names, 'added to, not made anew')
  await world.ask(saveRecord, 'othervillage', { ...more, id, version, values: { name: '古庄东苑' } })
  const renamed = await book()
  assert.deepEqual([renamed.names.has('古庄新村'), renamed.names.has('古庄东苑')], [false, true])
})
