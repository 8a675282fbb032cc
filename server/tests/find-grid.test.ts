import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { getEvent } from '@fengge/domain/events/contract/desk'
import { freshId } from '../src/kernel/fresh-id.ts'
import { csv, sendFile } from './import-files.ts'
import { getGridCard, saveGridCard } from '@fengge/domain/identity/contract/cards'
import { printBadge } from '@fengge/domain/identity/contract'
import { getPlace } from '@fengge/domain/places/contract'
import { listGrid, saveRecord } from '@fengge/domain/registry/contract'
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
    ['安居苑3幢101室', first],
  ]
  await sendFile(world, 'village', { name: 'h.csv', bytes: csv(rows) }, { kind: 'house' })
  const values = { name: '安居苑', kind: 'estate' }
  const beside = { id: freshId(), kind: 'estate' as const, version: 0, values, placeId: world.at['otherVillage']! }
  await world.ask(saveRecord, 'othervillage', beside)
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

test('of estates of one name those of the community that is named before them are found', async () => {
  const nameOf = async (place: string) => (await world.ask(getPlace, 'net', { id: world.at[place]! })).place.name
  const [own, beside] = [await nameOf('village'), await nameOf('otherVillage')]
  const { estates } = await world.ask(listGrid, 'village', {})
  const placed = estates.filter((e) => e.name === '安居苑').map((e) => e.places)
  assert.deepEqual(placed, [[`${own} ${await gridName('grid1')}`]], 'and who keeps buildings reads where')
  const [grid] = [await gridName('grid1')]
  const said = (community: string, more = '') => `${community.replace(/(居委会|村委会)$/, '')} 安居苑${more}`
  assert.deepEqual(new Set(await find('安居苑')), new Set([grid, beside]), 'both, each with its community')
  assert.deepEqual(await find(said(own, ' 3幢')), [grid])
  assert.deepEqual(await find(said(beside)), [beside])
  assert.deepEqual(new Set(await find('没有社区 安居苑')), new Set([grid, beside]), 'a name that is none tells nothing')
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

const card = { officePhone: '', groupName: '', groupCode: '', groupUntil: null }
const pageOf = async (text: string) => (await world.app.inject(`/grid?text=${encodeURIComponent(text)}`)).body

test('the card of a grid shows the telephone of its office and its group, the community’s where it has none, and no mobile phone', async () => {
  const save = (placeId: string, more: object) => world.ask(saveGridCard, 'village', { ...card, placeId, ...more })
  const refusal = (placeId: string, more: object, by: 'village' | 'othervillage' = 'village') =>
    world.refusal(saveGridCard, by, { ...card, placeId, ...more })
  const [village, grid] = [world.at['village']!, world.at['grid2']!]
  for (const officePhone of ['13800000000', '138 0000-0000', '+8613800000000', '王芳'])
    assert.equal((await refusal(village, { officePhone })).problem, 'card.private-phone')
  assert.equal((await refusal(grid, { officePhone: '12345' }, 'othervillage')).problem, 'place.unknown')
  assert.doesNotMatch(await pageOf('惠山大道'), /办公电话/)
  await save(village, { officePhone: '0510-83590000', groupCode: 'https://example.org/group<1>' })
  await save(grid, { groupName: '二网格邻里群', groupCode: 'https://example.org/two', groupUntil: '2026-03-08' })
  const shown = await pageOf('惠山大道')
  assert.match(shown, /办公电话.*tel:0510-83590000/s)
  assert.match(shown, /二网格邻里群/)
  assert.match(shown, /<svg/)
  assert.equal((await world.ask(getGridCard, 'village', { placeId: grid })).shown!.officePhone, '0510-83590000')
  world.clock.pass(8 * 86_400_000)
  const later = await pageOf('惠山大道')
  assert.doesNotMatch(later, /二网格邻里群/, 'a code that ran out is not shown')
  assert.match(later, /example\.org\/group&lt;1&gt;/, 'the community’s is')
  await world.wake()
  for (const size of ['A4', 'A3'] as const) {
    const pdf = await world.get('village', printBadge.path, { what: 'board', id: grid, size })
    assert.ok(pdf.status === 503 || pdf.raw.subarray(0, 5).toString() === '%PDF-')
  }
})

test('a resident finds his grid by where he is: the point goes in the body, once, and stands in no answer', async () => {
  const near = (payload: string) =>
    world.app.inject({
      method: 'POST',
      url: '/grid/near?lang=zh',
      payload,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
  const found = await near('lng=120.2301&lat=31.6102')
  assert.equal(found.statusCode, 200)
  assert.deepEqual(
    [...found.body.matchAll(/<h2>([^<]*)<\/h2>/g)].map((m) => m[1]),
    [await gridName('grid2')],
  )
  assert.doesNotMatch(found.body, /120\.23|31\.61/)
  assert.equal(found.headers['cache-control'], 'no-store')
  for (const odd of ['', 'lng=x&lat=y', 'lng=1e9&lat=0', 'lng=NaN&lat=NaN', 'lng=10&lat=10'])
    assert.match((await near(odd)).body, /没有找到/)
  const page = await pageOf('')
  assert.match(page, /<form method="get" action="\/grid">/, 'without scripts a name does as well')
  assert.match(page, /id="near" hidden/)
  assert.equal((await world.app.inject('/grid.js')).statusCode, 200)
})

test('the first page of residents leads to the check of whoever rings, and no page asks for a picture that is not there', async () => {
  for (const [lang, words] of [
    ['zh', '核验上门的工作人员'],
    ['en', 'Check who is at my door'],
  ] as const) {
    const page = String((await world.get(null, '/', { lang })).body)
    const door = page.slice(page.indexOf(`href="/badge?lang=${lang}"`))
    assert.ok(door.slice(0, door.indexOf('</a')).includes(words))
    assert.ok(page.includes('<link rel="icon" href="/field/icon.svg" />'))
  }
})
