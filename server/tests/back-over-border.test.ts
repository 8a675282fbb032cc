/** Who was away, or was taken for another, while the border moved over his house is where the house lies when he is back (G5). */
import assert from 'node:assert/strict'
import { before, after, test } from 'node:test'
import { listMatters } from '@fengge/domain/matters/contract'
import { listChildren } from '@fengge/domain/places/contract'
import { foreseeChange, moveBorder } from '@fengge/domain/places/net-contract'
import { getRecord } from '@fengge/domain/registry/contract'
import { mergePersons, unmergePersons } from '@fengge/domain/registry/doubles-contract'
import { leavePerson, undoLeaving } from '@fengge/domain/registry/leaving/contract'
import { listTasks, saveCampaign } from '@fengge/domain/visits/contract/desk'
import { freshId } from '../src/kernel/fresh-id.ts'
import { settleHousehold } from './settling.ts'
import { openWorld, square, type World } from './world.ts'

let world: World
const today = '2026-03-02'
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const gridOf = async (id: string) => (await world.ask(getRecord, 'village', { id })).record.gridId
const versionOf = async (id: string) => (await world.ask(getRecord, 'village', { id })).record.version

/** The second grid takes half of the first. */
async function moveHalf(): Promise<void> {
  const grids = (await world.ask(listChildren, 'net', { parentId: world.at['village']! })).places
  const at = (key: string) => grids.find((g) => g.id === world.at[key])!
  const borders = [
    { id: at('grid1').id, version: at('grid1').version, geometry: square(0, 0, 1, 4) },
    { id: at('grid2').id, version: at('grid2').version, geometry: square(1, 0, 3, 4) },
  ]
  const ask = { on: today, reason: '调整', borders }
  const { posts } = await world.ask(foreseeChange, 'net', { change: { kind: 'border', ...ask } })
  const staff = posts.map((p) => ({ postingId: p.postingId, to: p.followers.slice(0, 1) }))
  await world.ask(moveBorder, 'net', { ...ask, staff })
}

test('a leaving or a merge taken back after the border moved puts nobody, and no visit, into the grid of before', async () => {
  const point = (y: number) => ({ lng: 120.2 + 1.5 / 100, lat: 31.6 + y / 100 })
  const placeId = world.at['grid1']!
  const kind = 'left-behind'
  const [left, merged, kept] = [
    await settleHousehold(world, 'village', { point: point(1), placeId, no: '1', kind }),
    await settleHousehold(world, 'village', { point: point(2), placeId, no: '2', kind }),
    await settleHousehold(world, 'village', { point: point(3), placeId, no: '3', kind }),
  ]
  const { matters } = await world.ask(listMatters, 'rules', { setCode: '000', onlyInForce: 'yes' })
  await world.ask(saveCampaign, 'village', {
    id: freshId(),
    matterId: matters.find((m) => m.code === '000-D03')!.id,
    name: '走访',
    placeId: world.at['village']!,
    selector: 'left-behind',
    formCode: 'left-behind',
    fromOn: today,
    toOn: '2026-03-20',
    minutes: 20,
  })
  const leaving = freshId()
  const gone = { id: leaving, personId: left.person, kind: 'moved', onDay: today, seenBy: 'neighbour' } as const
  await world.ask(leavePerson, 'village', gone)
  const { changeId } = await world.ask(mergePersons, 'village', {
    keepId: kept.person,
    keepVersion: await versionOf(kept.person),
    dropId: merged.person,
    dropVersion: await versionOf(merged.person),
    reason: '同一人',
  })
  await moveHalf()
  await world.ask(undoLeaving, 'village', { id: leaving, personId: left.person, reason: '登记错了人' })
  await world.ask(unmergePersons, 'village', { changeId, reason: '是两个人' })
  for (const { house, person } of [left, merged, kept]) {
    assert.equal(await gridOf(house), world.at['grid2'])
    assert.equal(await gridOf(person), world.at['grid2'], 'where his house lies')
  }
  const { tasks } = await world.ask(listTasks, 'village', { state: 'open' })
  const theirs = tasks.filter((task) => [left, merged, kept].some((h) => h.person === task.subjectId))
  assert.equal(theirs.length, 3)
  assert.ok(
    theirs.every((task) => task.gridId === world.at['grid2']),
    JSON.stringify(theirs.map((task) => task.gridId)),
  )
})
