/** By what somebody calls an estate of his nobody's move, report or row of a file comes to him. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { getEvent } from '@fengge/domain/events/contract/desk'
import { mostAliases } from '@fengge/domain/registry/addresses/aliases'
import { listArrivals } from '@fengge/domain/registry/arriving/contract'
import { confirmRecords, getRecord, saveRecord } from '@fengge/domain/registry/contract'
import { listLedgerRows } from '@fengge/domain/registry/ledger-contract'
import { listRegister } from '@fengge/domain/registry/registers/contract'
import { dayOf } from '@fengge/domain/kernel/time'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { batchOf, sendFile } from '../import-files.ts'
import { body, numberOf } from '../registry-world.ts'
import { county, type Login, type World } from '../world.ts'
import { as, openFar, type Far } from './told/people.ts'

let far: Far
let world: World
let own: string
before(async () => {
  far = await openFar()
  world = far.world
  await say('liaison', '阳光小区、青石巷、云岭路、文昌巷')
  await say('village', '阳光小区、文昌巷')
  own = await namesake('远处小区')
  await namesake('远处小区8幢', '远处小区')
  const file = '名称,类型,别名\n枫林苑,小区,远处小区、远处小区8幢\n'
  const { id } = await sendFile(world, 'village', { name: 'e.csv', bytes: file }, { kind: 'estate' })
  assert.equal((await batchOf(world, id)).created, 1)
})
after(() => world.close())

/** What the estate of the first grid is called besides, as somebody writes it. */
const say = async (login: Login, aliases: string) =>
  world.ask(saveRecord, login, {
    id: far.estate,
    kind: 'estate',
    version: await versionOf(far.estate),
    values: { aliases },
  })
const values = async (id: string) => (await world.ask(getRecord, 'village', { id })).record.values
const versionOf = async (id: string) => (await world.ask(getRecord, 'village', { id })).record.version

let people = 0
/** Somebody of a place moves; what those who look for him are told of it. */
async function movesTo(toWhere: string, by: Login, house: string): Promise<string> {
  const name = `搬后${'甲乙丙丁戊己庚辛'[people++]}`
  const personId = await far.person({ name }, by)
  assert.equal((await far.link(personId, house, { role: 'member' }, by)).status, 200)
  const ask = { id: freshId(), personId, toWhere, onDay: dayOf(world.clock.now()) }
  assert.equal((await world.post(by, '/api/registry/offer-mover', body(ask))).status, 200)
  return name
}
const hears = async (login: string, name: string) =>
  (await world.ask(listArrivals, as(login), {})).arrivals.find((a) => a.name === name)?.can

async function reported(place: string): Promise<{ gridId: string | null; villageId: string | null }> {
  const id = freshId()
  const fields = { county, id, title: '噪音扰民', content: '楼下烧烤店深夜噪音', category: '5001', place, read: 'yes' }
  const answer = await world.app.inject({
    method: 'POST',
    url: '/report',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ ...fields, grid: '', name: '王某某', phone: '13755556666' }).toString(),
  })
  assert.equal(answer.statusCode, 200, answer.body.slice(0, 300))
  const { gridId, villageId } = await world.ask(getEvent, 'county', { id })
  return { gridId, villageId }
}

test('what a liaison calls an estate waits for its desk, and brings him no mover and no report of a stranger', async () => {
  const held = await values(far.estate)
  assert.deepEqual([held['aliases'], held['aliasesSaid']], ['阳光小区、文昌巷', '青石巷、云岭路'])
  const { rows } = await world.ask(listRegister, 'village', { register: 'said-names' })
  assert.ok(
    rows.some((row) => row.id === far.estate),
    'its desk finds what waits',
  )
  const name = await movesTo('青石巷12号3幢402室', as('far-grid-worker'), far.farHouse)
  for (const login of ['liaison', 'worker', 'village']) assert.equal(await hears(login, name), undefined, login)
  assert.deepEqual(await reported('青石巷口'), { gridId: null, villageId: null })
})

test('by a name that its desk has taken up somebody goes to the desk of the community, and into no grid', async () => {
  const name = await movesTo('文昌巷3幢402室', as('far-grid-worker'), far.farHouse)
  assert.equal(await hears('worker', name), undefined)
  assert.deepEqual(await hears('village', name), ['decide'])
  assert.deepEqual(await reported('文昌巷3幢楼下'), { gridId: null, villageId: world.at['village'] })
  const named = await movesTo('阳光花园3幢501室', as('far-grid-worker'), far.farHouse)
  assert.deepEqual(await hears('worker', named), ['take'], 'by its own name it goes to the grid')
})

test('no desk calls an estate as another is called, or by a part of an address, or by ever more names', async () => {
  const version = await versionOf(far.estate)
  const refusalOf = async (aliases: string) =>
    (await world.refusal(saveRecord, 'village', { id: far.estate, kind: 'estate', version, values: { aliases } }))
      .problem
  assert.equal(await refusalOf('阳光小区、远处小区'), 'estate.alias-taken')
  for (const alias of ['远处小区8幢', '远处小区八幢', '远处小区8', '远处小区8幢11室'])
    assert.equal(await refusalOf(`阳光小区、${alias}`), 'estate.alias-part', alias)
  const many = Array.from({ length: mostAliases + 1 }, (_, i) => `旧名${'甲乙丙丁戊己庚辛壬'[i]}里`)
  assert.equal(await refusalOf(many.join('、')), 'estate.aliases-many')
})

/** An estate of the second grid that a worker there names, with a building and room of the far one. */
async function namesake(name: string, aliases?: string): Promise<string> {
  const made = async (kind: string, given: object, more: object) => {
    const { status, body: reply } = await far.save('worker2', kind, given, more)
    assert.equal(status, 200, JSON.stringify(reply))
    return reply.id as string
  }
  const more = aliases === undefined ? {} : { aliases }
  const estate = await made('estate', { name, kind: 'estate', ...more }, { placeId: world.at['grid2'], isOther: true })
  const building = await made('building', { no: '8' }, { parentId: estate })
  await made('house', { roomNo: '11', use: 'rental' }, { parentId: building })
  return estate
}

test('where a text names a registered estate it goes there, whatever others are called by a worker or in a file', async () => {
  for (const toWhere of ['远处小区8幢11室', '远处小区 8幢 11']) {
    const name = await movesTo(toWhere, 'worker', far.house)
    assert.equal(await hears('worker2', name), undefined)
    assert.deepEqual(await hears('far-grid-worker', name), ['take'], toWhere)
  }
})

function compare(login: string, id: string, rentals: string) {
  const line = '----fengge-test'
  const part = (field: string, text: string) =>
    `--${line}\r\ncontent-disposition: form-data; name="${field}"; filename="${field}.csv"\r\ncontent-type: text/csv\r\n\r\n${text}\r\n`
  const employers = `姓名,身份证号,手机,地址\n钱某某,${numberOf(901)},13712340001,公司宿舍`
  return world.app.inject({
    method: 'POST',
    url: '/api/registry/ledgers',
    headers: { authorization: `Bearer token-${login}`, 'content-type': `multipart/form-data; boundary=${line}` },
    payload: `--${line}\r\ncontent-disposition: form-data; name="id"\r\n\r\n${id}\r\n${part('employers', employers)}${part('rentals', rentals)}--${line}--\r\n`,
  })
}

test('rows of a ledger go to the estate that is named, and by another name no further than the community', async () => {
  const far11 = { name: '孙某某', at: '远处小区8幢11室' }
  const alias = { name: '李某某', at: '文昌巷3幢2单元501室' }
  const rentals = ['承租人,证件号码,联系电话,房屋地址', ...[far11, alias].map((p) => `${p.name},,13712340002,${p.at}`)]
  const named = async (login: string, runId: string) =>
    (await world.ask(listLedgerRows, as(login), { runId, state: 'rental-only' })).rows.map((row) => row.rental?.name)
  const first = freshId()
  assert.equal((await compare('far-village-officer', first, rentals.join('\n'))).statusCode, 200)
  assert.deepEqual(await named('worker2', first), [])
  assert.deepEqual(await named('far-grid-worker', first), [far11.name])
  assert.deepEqual(await named('worker', first), [], 'by another name it is no grid’s')
  assert.deepEqual(await named('village', first), [alias.name])
  const confirmed = { ids: [own], houseId: null, isAsked: false }
  await world.ask(confirmRecords, 'village', confirmed)
  const second = freshId()
  assert.equal((await compare('far-village-officer', second, rentals.join('\n'))).statusCode, 200)
  for (const login of ['worker2', 'far-grid-worker'])
    assert.deepEqual(await named(login, second), [], 'two are called so and have that building')
})
