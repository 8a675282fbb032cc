import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { getEvent } from '@fengge/domain/events/contract/desk'
import { freshId } from '../src/kernel/fresh-id.ts'
import { csv, sendFile } from './import-files.ts'
import { getPlace } from '@fengge/domain/places/contract'
import { openWorld, type World, county } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
  const code = async (grid: 'grid1' | 'grid2') =>
    (await world.ask(getPlace, 'village', { id: world.at[grid]! })).place.code
  const [first, second] = [await code('grid1'), await code('grid2')]
  const rows = [
    ['地址', '网格编码'],
    ['阳光花园1幢101室', first],
    ['阳光花园2幢101室', second],
    ['和平里1幢101室', first],
    ['惠山大道18号', second],
  ]
  await sendFile(world, 'village', { name: 'h.csv', bytes: csv(rows) }, { kind: 'house' })
})
after(() => world.close())

const gridName = async (grid: 'grid1' | 'grid2') =>
  (await world.ask(getPlace, 'village', { id: world.at[grid]! })).place.name
const find = async (text: string) => {
  const page = await world.app.inject(`/grid?text=${encodeURIComponent(text)}`)
  assert.equal(page.statusCode, 200)
  return [...page.body.matchAll(/<h2>([^<]*)<\/h2>/g)].map((m) => m[1])
}

test('a resident finds the grid by his estate or road, in his own words', async () => {
  const [first, second] = [await gridName('grid1'), await gridName('grid2')]
  assert.deepEqual(new Set(await find('阳光花园')), new Set([first, second]), 'an estate in two grids')
  assert.deepEqual(await find('阳光花园小区2号楼'), [second])
  assert.deepEqual(await find('惠山大道'), [second])
  assert.deepEqual(await find('和平'), [first])
  assert.deepEqual(await find('没有这个小区'), [])
})

test('a report whose words name one grid lands there; one that may be two waits at the desk', async () => {
  const report = async (place: string, grid = '') => {
    const id = freshId()
    const form = { county, id, title: '路灯不亮', content: '路灯不亮', category: '5001', place, grid }
    const sent = await world.app.inject({
      method: 'POST',
      url: '/report',
      payload: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    assert.equal(sent.statusCode, 200, sent.body)
    return (await world.ask(getEvent, 'county', { id })).gridId
  }
  assert.equal(await report('阳光花园小区二号楼下'), world.at['grid2'])
  assert.equal(await report('和平里'), world.at['grid1'])
  assert.equal(await report('阳光花园'), null)
  assert.equal(await report('阳光花园2幢', world.at['village']!), world.at['grid2'])
  assert.equal(await report('阳光花园2幢', world.at['grid1']!), world.at['grid1'], 'what he chose stays')
})
