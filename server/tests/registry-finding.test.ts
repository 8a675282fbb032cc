import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Duty } from '@fengge/domain/kernel/duty'
import { addressLine } from '@fengge/domain/registry/addresses/address-line'
import { findLikely } from '@fengge/domain/registry/contract'
import type { Brief } from '@fengge/domain/registry/terms'
import { decideLink, listLinkRequests } from '@fengge/domain/registry/link-contract'
import type { Kysely, KyselyPlugin } from 'kysely'
import { createCtx, systemCaller, type Asking } from '../src/kernel/context.ts'
import { rowsOf, run, sql } from '../src/kernel/db/sql.ts'
import type { Reading } from '../src/kernel/db/tx.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { addressText } from '../src/registry/queries/addresses.ts'
import { getHousehold } from '../src/registry/queries/get-household.ts'
import { listGaps } from '../src/registry/queries/list-gaps.ts'
import { body, numberOf, openRegistry, type Registry } from './registry-world.ts'
import { county, type Login } from './world.ts'

let world: Registry['world']
let building: Registry['building']
let house: Registry['house']
let other: Registry['other']
let save: Registry['save']
let person: Registry['person']
let link: Registry['link']

before(async () => {
  ;({ world, building, house, other, save, person, link } = await openRegistry())
})
after(() => world.close())

const likely = async (values: object, login: Login = 'worker', houseId?: string) =>
  (await world.post(login, '/api/registry/likely', { values, ...(houseId === undefined ? {} : { houseId }) })).body
    .likely
const reasonsIn = (found: { reasons: string[] }[]) => found.map((l) => l.reasons)

test('duplicates are offered before saving, with their reasons; of people elsewhere that they are known', async () => {
  const id = await person({ name: '单雄信', idNo: numberOf(301), phone: '13511112222' })
  assert.deepEqual(reasonsIn(await likely({ name: '别名', idNo: numberOf(301) })), [['same-id']])
  assert.deepEqual(reasonsIn(await likely({ name: '单雄鑫', phone: '13511112222' })), [['same-phone']])
  assert.deepEqual(reasonsIn(await likely({ name: '单雄信', born: '1990-03-04' })), [['same-name-born']])
  assert.deepEqual(await likely({ name: '单雄信', idNo: numberOf(302), phone: '13511112222' }), [], 'two numbers')
  const far = await world.ask(findLikely, 'worker2', { values: { name: '单雄信', idNo: numberOf(301) } })
  assert.deepEqual(far, { likely: [], isElsewhere: true })
  assert.equal((await link(id, other, { role: 'member' })).status, 200)
  assert.deepEqual(reasonsIn(await likely({ name: '单雄欣' }, 'worker', other)), [['same-home']])
})

test('one person has two homes in two grids: the first goes on answering, the second sees no more than it needs', async () => {
  const id = await person({ name: '两处', idNo: numberOf(321), phone: '13511113333' })
  assert.equal((await link(id, house)).status, 200)
  const made = async (kind: string, values: object, more: object) =>
    (await save('village', kind, values, more)).body.id as string
  const estate = await made('estate', { name: '邻格小区', kind: 'estate' }, { placeId: world.at['grid2'] })
  const building_ = await made('building', { no: '9' }, { parentId: estate })
  const second = await made('house', { roomNo: '9', use: 'rental' }, { parentId: building_ })
  assert.equal((await link(id, second, { isLead: true }, 'worker2')).body.isAsked, true)
  const [asked] = (await world.ask(listLinkRequests, 'village', {})).requests
  await world.ask(decideLink, 'village', { id: asked!.id, isAgreed: true })
  const guest = (await world.get('worker2', '/api/registry/household', { houseId: second })).body.living[0]
  assert.deepEqual(
    [guest.record.name, guest.isLead, guest.record.gridName, guest.record.canReveal, 'idNo' in guest.record.values],
    ['两处', false, '第1网格', [], false],
  )
})

test('duplicates are listed after saving; kept apart stays apart', async () => {
  const id = await person({ name: '秦叔宝', phone: '13511114444' })
  const twin = await person({ name: '秦叔保', phone: '13511114444' })
  const listed = async () => {
    const { pairs } = (await world.get('village', '/api/registry/doubles')).body
    return pairs.filter((p: { a: { id: string }; b: { id: string } }) => [p.a.id, p.b.id].includes(twin))
  }
  assert.equal((await listed()).length, 1)
  await world.post('village', '/api/registry/apart', body({ aId: id, bId: twin, reason: '父子' }))
  assert.equal((await listed()).length, 0)
})

test('a let room with more people than it can hold is named, as a reason to look', async () => {
  const crowded = (
    await save(
      'worker',
      'house',
      { unitNo: '2', roomNo: '503', floor: 5, use: 'rental', areaM2: 18, rooms: 1 },
      { parentId: building },
    )
  ).body.id
  for (const n of [1, 2, 3, 4])
    await world.post(
      'worker',
      '/api/registry/link',
      body({
        id: freshId(),
        personId: await person({ name: `租客${n}` }),
        houseId: crowded,
        role: 'tenant',
        fromOn: '2026-03-01',
        basis: '自述',
      }),
    )
  assert.deepEqual((await world.get('worker', '/api/registry/household', { houseId: crowded })).body.groupRent, [
    'people-per-room',
    'area-per-person',
  ])
  assert.ok(
    (await world.get('village', '/api/registry/gaps')).body.groupRent.some((r: { id: string }) => r.id === crowded),
  )
})

test('one box finds by name, pinyin, initials, phone, number, four digits and address, within reach', async () => {
  const id = await person({ name: '尉迟敬德', idNo: numberOf(411), phone: '13400004321' })
  await world.post(
    'worker',
    '/api/registry/link',
    body({ id: freshId(), personId: id, houseId: house, role: 'tenant', fromOn: '2026-03-01', basis: '自述' }),
  )
  const find = async (login: Login, text: string) =>
    (await world.post(login, '/api/registry/search', { text })).body.records.map((r: { id: string }) => r.id)
  for (const text of [
    '尉迟敬德',
    '尉迟',
    'yuchijingde',
    'yuchi',
    'ycjd',
    '13400004321',
    '134 0000 4321',
    numberOf(411),
    '4321',
  ])
    assert.ok((await find('worker', text)).includes(id), text)
  for (const text of ['阳光花园3幢501', '阳光小区 3-2-501', '阳光花园', 'ygh', 'yangguanghuayuan'])
    assert.ok((await find('worker', text)).includes(house) || text === 'ygh', text)
  assert.deepEqual(await find('worker2', '尉迟敬德'), [])
  assert.deepEqual(await find('othertown', '13400004321').catch(() => []), [])
  assert.equal(
    (await world.post('town', '/api/registry/search', { text: '尉迟' })).status,
    403,
    'a dispatcher has no business in the registry',
  )
})

/** A reader of a place whose statements are counted. */
function countingReader(placeId: string): { ctx: Asking; count: () => number } {
  let statements = 0
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => {
      statements++
      return node
    },
    transformResult: ({ result }) => Promise.resolve(result),
  }
  const post = {
    id: freshId(),
    roleCode: 'grid-worker',
    roleName: '',
    placeId,
    departmentId: null,
    officeName: '',
    duties: new Set<Duty>(['registry.read']),
  }
  const ctx = createCtx<Reading>({
    tx: (world.engine.database.read as unknown as Kysely<unknown>).withPlugin(counting) as unknown as Reading,
    now: world.clock.now(),
    caller: { ...systemCaller(county), posts: [post] },
    requestId: '',
    ip: null,
    sealer: world.engine.sealer,
    chance: world.engine.chance,
    shelf: world.engine.shelf,
    apart: () => assert.fail('a page writes nothing'),
  })
  return { ctx, count: () => statements }
}

test('the page of a household is one statement, whoever lives there', async () => {
  const id = await person({ name: '一句话', phone: '13500001234' })
  const link = { id: freshId(), personId: id, houseId: other, role: 'member', fromOn: '2026-03-01', basis: '自述' }
  assert.equal((await world.post('worker', '/api/registry/link', body(link))).status, 200)
  const page = (await world.get('worker', '/api/registry/household', { houseId: other })).body
  assert.equal(page.address, '阳光花园3幢2单元502室')
  assert.equal(page.building.id, building)
  assert.ok(page.living.some((p: { record: { id: string } }) => p.record.id === id))
  assert.equal((await world.get('worker', '/api/registry/household', { houseId: building })).status, 404)
  assert.equal((await world.get('worker2', '/api/registry/household', { houseId: other })).status, 404)
  const { ctx, count } = countingReader(world.at['grid1']!)
  const read = await getHousehold(ctx, { houseId: other })
  assert.deepEqual([count(), read.living.length], [1, page.living.length])
})

test('who lives nowhere, in several homes or in none that answers for him is named in each list he belongs to', async () => {
  const gaps = async () => {
    const { body: found } = await world.get('village', '/api/registry/gaps')
    return (id: string) => ['several', 'nowhere', 'noLead'].filter((gap) => found[gap].some((r: Brief) => r.id === id))
  }
  const nobody = await person({ name: '无住处' })
  const owner = await person({ name: '只有产权' })
  const settled = await person({ name: '一处' })
  const many = await person({ name: '两处无主' })
  await link(owner, house, { role: 'owner' })
  await link(settled, house, { isLead: true })
  await link(many, house)
  await link(many, other)
  const before = await gaps()
  assert.deepEqual([nobody, owner, settled].map(before), [['nowhere'], ['nowhere'], []])
  assert.ok(before(many).includes('several'))
  await world.engine.database.write((tx) =>
    run(tx, sql`update registry.link set is_lead = false where person_id = ${many}`),
  )
  assert.deepEqual((await gaps())(many), ['several', 'noLead'])
})

test('where nothing is amiss the lists of gaps are four statements, one for people and three for houses', async () => {
  const { ctx, count } = countingReader(freshId())
  const { totals, next: _next, ...lists } = await listGaps(ctx, {})
  assert.deepEqual(lists, {
    several: [],
    nowhere: [],
    noLead: [],
    groupRent: [],
    heads: [],
    headless: [],
    minors: [],
    unplaced: [],
  })
  assert.deepEqual(totals, {
    several: 0,
    nowhere: 0,
    noLead: 0,
    groupRent: 0,
    heads: 0,
    headless: 0,
    minors: 0,
    unplaced: 0,
  })
  assert.equal(count(), 4)
})

test('an address reads the same from the rule and from the database, whatever parts are known', async () => {
  const maybe = (i: number, k: number, word: string) => [null, '', `${word}${i % 7}`][Math.floor(i / 3 ** k) % 3]!
  const rows = Array.from({ length: 81 }, (_, i) => ({
    estate: maybe(i, 0, '花园'),
    building: maybe(i, 1, ''),
    unitNo: maybe(i, 2, 'A'),
    room: maybe(i, 3, '50'),
  }))
  const text = addressText({ estate: 'r.estate', building: 'r.building', unitNo: 'r.unitNo', room: 'r.room' })
  const read = await rowsOf<{ address: string }>(
    world.engine.database.read,
    sql`
      select ${text} as address
      from json_to_recordset(${JSON.stringify(rows)}::json) as r (estate text, building text, "unitNo" text, room text)
    `,
  )
  const said = rows.map(({ estate, building: no, unitNo, room }) =>
    addressLine({
      estate: estate ?? undefined,
      building: no ?? undefined,
      unitNo: unitNo ?? undefined,
      room: room ?? undefined,
    }),
  )
  assert.deepEqual(
    read.map((r) => r.address),
    said,
  )
  assert.equal(new Set(said).size > 15, true)
})
