/** Departments' grids are folded into the one net: compared, mapped by a person, in force on a day, counted (G6). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { decideAskedPost, listAskedPosts } from '@fengge/domain/identity/contract/asked-posts'
import { importLayer, listChildren } from '@fengge/domain/places/contract'
import { compareArea, foldArea, listAreas, withdrawFolding } from '@fengge/domain/places/folding-contract'
import { splitGrid, type NetAsk } from '@fengge/domain/places/net-contract'
import { getRecord } from '@fengge/domain/registry/contract'
import { freshId } from '../src/kernel/fresh-id.ts'
import { runOrders } from '../src/places/commands/order-change.ts'
import { settleHousehold } from './settling.ts'
import { idOf, openWorld, square, type World } from './world.ts'

let world: World
const tomorrow = '2026-03-03'
const [beat, fire, market] = [freshId(), freshId(), freshId()]

before(async () => {
  world = await openWorld()
  const countyId = world.at['county']!
  const layer = { countyId, datum: 'wgs84' as const }
  const area = (id: string, name: string, geometry: ReturnType<typeof square>) => ({ id, name, geometry })
  await world.ask(importLayer, 'net', {
    ...layer,
    layer: 'police-beat',
    owner: '公安分局',
    features: [area(beat, '一警区', square(0, 0, 2.5, 4))],
  })
  await world.ask(importLayer, 'net', {
    ...layer,
    layer: 'department-grid',
    owner: '消防救援大队',
    features: [area(fire, '消防一格', square(2, 0, 2, 4)), area(market, '市场格', square(3, 3, 1, 1))],
  })
  await settle([0.5, 1])
  await settle([2.2, 1])
})
after(() => world.close())

const settle = ([x, y]: readonly [number, number]) =>
  settleHousehold(world, 'village', {
    point: { lng: 120.2 + x / 100, lat: 31.6 + y / 100 },
    placeId: world.at[x < 2 ? 'grid1' : 'grid2']!,
  })

const areas = async () => world.ask(listAreas, 'net', {})
const stateOf = async (id: string) => (await areas()).areas.find((a) => a.id === id)!
const counted = async (owner: string) => {
  const [count] = (await areas()).counts.filter((c) => c.owner === owner)
  return [count!.folded, count!.waiting, count!.all]
}
const paper = { basis: '综治办〔2026〕3号' }

test('an area is compared with our grids by land and by the people who live in both', async () => {
  const { shares, likely, staff, bareM2 } = await world.ask(compareArea, 'net', { id: beat })
  const grid = (id: string) => shares.find((s) => s.gridId === id)!
  assert.deepEqual([grid(world.at['grid1']!).ofGrid, grid(world.at['grid2']!).ofGrid], [1, 0.25])
  const people = shares.map((s) => [s.gridId, s.persons, s.gridPersons])
  assert.deepEqual(people, [
    [world.at['grid1'], 1, 1],
    [world.at['grid2'], 1, 1],
  ])
  assert.deepEqual(likely, [world.at['grid1'], world.at['grid2']], 'by land the one, by people the other')
  assert.ok(bareM2! < 10)
  assert.ok(staff.some((s) => s.name === '演员bureau' && s.department === '公安分局'))
  assert.equal((await world.refusal(listAreas, 'village', {})).problem, 'not-allowed')
})

test('an area that is the same as our grids is folded from a day on; its people get posts by a second person', async () => {
  const id = freshId()
  const staff = [{ accountId: idOf('bureau'), roleCode: 'legal-officer' as const }]
  const asked = { id, areaId: beat, how: 'same' as const, gridIds: [world.at['grid1']!], on: tomorrow, ...paper, staff }
  const nobody = { ...asked, staff: [{ accountId: idOf('worker'), roleCode: 'legal-officer' as const }] }
  assert.equal((await world.refusal(foldArea, 'net', nobody)).problem, 'area.staff-unknown')
  assert.equal((await world.refusal(foldArea, 'net', { ...asked, gridIds: [] })).problem, 'area.grids')
  assert.equal((await world.refusal(foldArea, 'net', { ...asked, on: '2026-03-01' })).problem, 'place.dates')
  await world.ask(foldArea, 'net', asked)
  assert.equal((await world.refusal(foldArea, 'net', { ...asked, id: freshId() })).problem, 'area.folded')
  assert.deepEqual(await counted('公安分局'), [0, 1, 1])
  const { posts } = await world.ask(listAskedPosts, 'secadmin', {})
  const decide = { causeId: id, accountId: idOf('bureau'), posts: posts[0]!.posts, isAgreed: true }
  assert.equal((await world.refusal(decideAskedPost, 'net', decide)).problem, 'not-allowed')
  const moved = posts[0]!.posts.map((p) => ({ ...p, placeId: world.at['grid2']! }))
  assert.equal((await world.refusal(decideAskedPost, 'secadmin', { ...decide, posts: moved })).problem, 'posting.stale')
  assert.deepEqual(
    posts.map((p) => [p.name, p.cause, p.places, p.fromOn]),
    [['演员bureau', '一警区（综治办〔2026〕3号）', ['第1网格'], tomorrow]],
  )
  await world.ask(decideAskedPost, 'secadmin', decide)
  assert.deepEqual((await world.ask(listAskedPosts, 'secadmin', {})).posts, [])

  await world.ask(withdrawFolding, 'net', { id })
  assert.deepEqual(await counted('公安分局'), [0, 0, 1], 'withdrawn before its day, it is as it was')
  const second = { accountId: idOf('bureau'), roleCode: 'sunk-officer' as const }
  const again = { ...asked, id: freshId(), staff: [...staff, second] }
  await world.ask(foldArea, 'net', again)
  const lines = (await world.ask(listAskedPosts, 'secadmin', {})).posts
  assert.deepEqual(lines.map((l) => l.role).toSorted(), ['进网格政法人员', '部门下沉人员'].toSorted())
  const [line, other] = lines.toSorted((l) => (l.role === '进网格政法人员' ? -1 : 1))
  const given = await world.ask(decideAskedPost, 'secadmin', { ...decide, causeId: again.id, posts: line!.posts })
  assert.equal(given.given, 1)
  assert.deepEqual((await world.ask(listAskedPosts, 'secadmin', {})).posts, [other], 'the line beside it waits')
  const no = { ...decide, causeId: again.id, posts: other!.posts, isAgreed: false }
  assert.equal((await world.ask(decideAskedPost, 'secadmin', no)).given, 0)
  const event = await world.report('worker', {})
  const readable = async () => (await world.see('bureau', event)).title === '楼道堆放杂物'
  assert.equal(await readable(), false)
  world.clock.at(`${tomorrow}T09:00:00+08:00`)
  await world.wake()
  assert.deepEqual(await counted('公安分局'), [1, 0, 1])
  assert.equal(await readable(), true, 'from the day on he serves in the grid')
  assert.equal((await world.refusal(withdrawFolding, 'net', { id: again.id })).problem, 'area.in-force')
})

test('an area becomes a dedicated grid by the plan, with its people, or has its border taken over', async () => {
  const { geometry, shares } = await world.ask(compareArea, 'net', { id: market })
  const grids = shares.map((s) => ({ id: s.gridId, version: s.version }))
  const said = { on: tomorrow, reason: '设专属网格', settled: [], staff: [], datum: 'wgs84' as const }
  const grid = { id: freshId(), name: '市场', kind: 'dedicated', dedicatedKind: 'market', geometry }
  const change = {
    kind: 'carve',
    parentId: world.at['village']!,
    grid,
    grids,
    rest: 'stay',
    ...said,
  } as unknown as NetAsk
  const staff = [{ accountId: idOf('bureau'), roleCode: 'sunk-officer' as const }]
  const id = freshId()
  await world.ask(foldArea, 'net', { id, areaId: market, how: 'dedicated', change, on: tomorrow, ...paper, staff })
  assert.deepEqual(await counted('消防救援大队'), [0, 1, 2])
  assert.deepEqual((await world.ask(listAskedPosts, 'secadmin', {})).posts, [], 'no grid yet to serve in')
  assert.equal(await runOrders(world.engine), 1)
  const folded = await stateOf(market)
  assert.deepEqual([folded.state, folded.grids], ['folded', ['市场']])
  const { posts } = await world.ask(listAskedPosts, 'secadmin', {})
  assert.deepEqual(
    posts.map((p) => [p.role, p.places]),
    [['部门下沉人员', ['市场']]],
  )

  const { places } = await world.ask(listChildren, 'net', { parentId: world.at['village']! })
  const version = places.find((p) => p.id === world.at['grid2'])!.version
  const borders = [{ id: world.at['grid2']!, version, geometry: square(2, 0, 2, 3) }]
  const border = { kind: 'border', borders, rest: 'stay', ...said } as unknown as NetAsk
  const taken = { id: freshId(), areaId: fire, how: 'border' as const, change: border, on: tomorrow, ...paper }
  await world.ask(foldArea, 'net', taken)
  await world.ask(withdrawFolding, 'net', { id: taken.id })
  assert.equal(await runOrders(world.engine), 0, 'what is withdrawn is not carried out')
  assert.deepEqual(await counted('消防救援大队'), [1, 0, 2])
})

test('a folded area goes on in what follows its grid', async () => {
  const { places } = await world.ask(listChildren, 'net', { parentId: world.at['village']! })
  const { id, version } = places.find((p) => p.name === '市场')!
  const parts = [square(3, 3, 0.5, 1), square(3.5, 3, 0.5, 1)].map((geometry, i) => ({
    id: freshId(),
    name: `市场${i + 1}`,
    kind: 'dedicated' as const,
    geometry,
  }))
  await world.ask(splitGrid, 'net', { id, version, parts, on: tomorrow, reason: '过大', rest: parts[0]!.id })
  assert.deepEqual((await stateOf(market)).grids.toSorted(), ['市场1', '市场2'])
  const { posts } = await world.ask(listAskedPosts, 'secadmin', {})
  assert.deepEqual(
    posts.map((p) => p.places),
    [['市场1']],
    'who waits for a post waits for the one in its place',
  )
})

test('an area whose border a grid takes over is folded on the day the border moves, with the people of that land', async () => {
  const id = freshId()
  const water = square(1.5, 0, 2.5, 3)
  await world.ask(importLayer, 'net', {
    countyId: world.at['county']!,
    datum: 'wgs84',
    layer: 'department-grid',
    owner: '水务局',
    features: [{ id, name: '河长片', geometry: water }],
  })
  const moved = await settle([1.7, 1])
  const on = '2026-03-04'
  const { places } = await world.ask(listChildren, 'net', { parentId: world.at['village']! })
  const version = (grid: string) => places.find((p) => p.id === world.at[grid])!.version
  const change = {
    kind: 'border',
    // The first is the one that the area becomes.
    borders: [
      { id: world.at['grid2']!, version: version('grid2'), geometry: water },
      { id: world.at['grid1']!, version: version('grid1'), geometry: square(0, 0, 1.5, 4) },
    ],
    datum: 'wgs84',
    on,
    reason: '与河长片一致',
    settled: [],
    rest: 'stay',
    staff: [],
  } as unknown as NetAsk
  const staff = [{ accountId: idOf('bureau'), roleCode: 'sunk-officer' as const }]
  await world.ask(foldArea, 'net', { id: freshId(), areaId: id, how: 'border', change, on, ...paper, staff })
  assert.equal(await runOrders(world.engine), 0, 'not before its day')
  assert.deepEqual([await counted('水务局'), (await stateOf(id)).state], [[0, 1, 1], 'waiting'])
  const gridOf = async () => (await world.ask(getRecord, 'village', { id: moved.person })).record.gridId
  assert.equal(await gridOf(), world.at['grid1'])

  world.clock.at(`${on}T09:00:00+08:00`)
  await world.wake()
  assert.equal(await runOrders(world.engine), 1)
  const { state, grids, how } = await stateOf(id)
  assert.deepEqual([state, how, grids, await counted('水务局')], ['folded', 'border', ['第2网格'], [1, 0, 1]])
  const { shares, bareM2 } = await world.ask(compareArea, 'net', { id })
  assert.deepEqual(
    shares.map((s) => [s.gridId, s.ofArea, s.ofGrid]),
    [[world.at['grid2'], 1, 1]],
    'the land of the one is the land of the other',
  )
  assert.ok(bareM2! < 10)
  assert.equal(await gridOf(), world.at['grid2'], 'who lives there is its own')
  const { posts } = await world.ask(listAskedPosts, 'secadmin', {})
  assert.deepEqual(
    posts.filter((p) => p.cause.startsWith('河长片')).map((p) => [p.name, p.places, p.fromOn]),
    [['演员bureau', ['第2网格'], on]],
  )
})
