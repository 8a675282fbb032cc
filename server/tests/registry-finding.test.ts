import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Duty } from '@fengge/domain/kernel/duty'
import type { KyselyPlugin } from 'kysely'
import { createCtx, systemCaller, type Asking } from '../src/kernel/context.ts'
import type { Reading } from '../src/kernel/db/tx.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { getHousehold } from '../src/registry/queries/get-household.ts'
import { body, numberOf, openRegistry, type Registry } from './registry-world.ts'
import { county, type Login } from './world.ts'

let world: Registry['world']
let building: Registry['building']
let house: Registry['house']
let other: Registry['other']
let save: Registry['save']
let person: Registry['person']

before(async () => {
  ;({ world, building, house, other, save, person } = await openRegistry())
})
after(() => world.close())

test('duplicates are offered before saving and listed after; two numbers are two people; kept apart stays apart', async () => {
  const id = await person({ name: '单雄信', idNo: numberOf(301), phone: '13511112222' })
  const likely = (values: object, login: Login = 'worker') => world.post(login, '/api/registry/likely', { values })
  assert.deepEqual((await likely({ name: '别名', idNo: numberOf(301) })).body.likely[0].reasons, ['same-id'])
  assert.deepEqual(
    (await likely({ name: '单雄鑫', phone: '13511112222' })).body.likely.map((l: { reasons: string[] }) => l.reasons),
    [['same-phone']],
  )
  assert.deepEqual((await likely({ name: '单雄信', born: '1990-03-04' })).body.likely[0].reasons, ['same-name-born'])
  assert.deepEqual((await likely({ name: '单雄信', idNo: numberOf(302), phone: '13511112222' })).body.likely, [])
  const far = (await likely({ name: '单雄信', idNo: numberOf(301) }, 'worker2')).body.likely[0]
  assert.deepEqual(
    [far.name, far.isYours, far.gridName],
    ['单**', false, '第1网格'],
    'of people elsewhere only the grid is told',
  )
  await world.post(
    'worker',
    '/api/registry/link',
    body({ id: freshId(), personId: id, houseId: other, role: 'member', fromOn: '2026-03-01', basis: '自述' }),
  )
  assert.deepEqual(
    (
      await world.post('worker', '/api/registry/likely', { values: { name: '单雄欣' }, houseId: other })
    ).body.likely.map((l: { reasons: string[] }) => l.reasons),
    [['same-home']],
  )
  const second = (
    await save(
      'village',
      'house',
      { roomNo: '9', use: 'rental' },
      {
        parentId: (
          await save(
            'village',
            'building',
            { no: '9' },
            {
              parentId: (
                await save('village', 'estate', { name: '邻格小区', kind: 'estate' }, { placeId: world.at['grid2'] })
              ).body.id,
            },
          )
        ).body.id,
      },
    )
  ).body.id
  const linked = await world.post(
    'worker2',
    '/api/registry/link',
    body({
      id: freshId(),
      personId: id,
      houseId: second,
      role: 'tenant',
      fromOn: '2026-03-01',
      basis: '租赁合同',
      isLead: true,
    }),
  )
  assert.equal(linked.status, 200, 'one person, two homes in two grids')
  const guest = (await world.get('worker2', '/api/registry/household', { houseId: second })).body.living[0]
  assert.deepEqual(
    [guest.record.name, guest.isLead, guest.record.gridName, guest.record.canReveal, 'idNo' in guest.record.values],
    ['单雄信', false, '第1网格', [], false],
    'the first grid goes on answering, and the second sees no more than it needs',
  )
  const twin = await person({ name: '单雄鑫', phone: '13511112222' })
  const listed = () =>
    world
      .get('village', '/api/registry/doubles')
      .then((a) =>
        a.body.pairs.filter((p: { a: { id: string }; b: { id: string } }) => [p.a.id, p.b.id].includes(twin)),
      )
  assert.equal((await listed()).length, 1)
  await world.post('village', '/api/registry/apart', body({ aId: id, bId: twin, reason: '父子' }))
  assert.equal((await listed()).length, 0)
  const third = await person({ name: '单雄信', idNo: numberOf(303) })
  assert.equal(
    (
      await world.post(
        'village',
        '/api/registry/merge',
        body({ keepId: id, keepVersion: 1, dropId: third, dropVersion: 1, reason: '试' }),
      )
    ).body.problem,
    'merge.two-numbers',
  )
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

/** A reader of the first grid whose statements are counted. */
function countingReader(): { ctx: Asking; count: () => number } {
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
    placeId: world.at['grid1']!,
    departmentId: null,
    officeName: '',
    duties: new Set<Duty>(['registry.read']),
  }
  const ctx = createCtx<Reading>({
    tx: world.engine.database.read.withPlugin(counting) as Reading,
    now: world.clock.now(),
    caller: { ...systemCaller(county), posts: [post] },
    requestId: '',
    ip: null,
    sealer: world.engine.sealer,
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
  const { ctx, count } = countingReader()
  const read = await getHousehold(ctx, { houseId: other })
  assert.deepEqual([count(), read.living.length], [1, page.living.length])
})
