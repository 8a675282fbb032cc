/** The two weeks of a first page, and what is due before the day is over: of what the caller's own lists show. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { countEvents, searchEvents } from '@fengge/domain/events/contract/desk'
import { countEventDays, daysTold } from '@fengge/domain/events/contract/days'
import { countOpenByGrid } from '@fengge/domain/events/contract/grids'
import { dayLength, dayOf } from '@fengge/domain/kernel/time'
import { listMatters } from '@fengge/domain/matters/contract'
import { listTasks, orderTask } from '@fengge/domain/visits/contract/desk'
import { countGridTasks } from '@fengge/domain/visits/contract/today'
import { recordVisit } from '@fengge/domain/visits/contract/worker'
import { freshId } from '../src/kernel/fresh-id.ts'
import { openWorld, type Login, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const days = async (login: Login, ask = {}) => (await world.ask(countEventDays, login, ask)).days
const lastOf = async (login: Login) => (await days(login)).at(-1)!

test('what came in, ended and was open is told day by day', async () => {
  const ids = [
    await world.report('worker', { categoryCode: '5001' }),
    await world.report('worker', { categoryCode: '5001' }),
  ]
  assert.deepEqual(await lastOf('village'), { on: dayOf(world.clock.now()), reported: 2, ended: 0, open: 2 })
  world.clock.pass(dayLength)
  await world.wake()
  const intoEventId = ids[0]!
  const joined = await world.act('village', await world.report('worker', { categoryCode: '5001' }), 'merge', {
    intoEventId,
  })
  assert.equal(joined.status, 200, JSON.stringify(joined.body))
  const told = await days('village')
  assert.equal(told.length, daysTold)
  assert.deepEqual(
    told.slice(-3).map(({ reported, ended, open }) => [reported, ended, open]),
    [
      [0, 0, 0],
      [2, 0, 2],
      [1, 1, 2],
    ],
  )
  const { total } = await world.ask(countEvents, 'village', { isOpen: 'yes' })
  assert.equal(told.at(-1)!.open, total, 'as many as the list has')
})

test('open events are counted by grid as the lists of the grids have them', async () => {
  const gridId = world.at['grid1']!
  const { total } = await world.ask(countEvents, 'village', { placeId: gridId, isOpen: 'yes' })
  assert.ok(total > 0)
  assert.deepEqual((await world.ask(countOpenByGrid, 'village', {})).grids, [{ gridId, open: total }])
  assert.deepEqual((await world.ask(countOpenByGrid, 'othertown', {})).grids, [])
})

test('tasks of today are counted by grid: what is due until today, and what was done today', async () => {
  const gridId = world.at['grid1']!
  const { matters } = await world.ask(listMatters, 'village', { onlyInForce: 'yes' })
  const matterId = matters[0]!.id
  const order = (dueOn: string) => ({
    id: freshId(),
    matterId,
    gridIds: [gridId],
    title: '看看楼道',
    dueOn,
    minutes: 5,
    windowFrom: null,
    windowTo: null,
  })
  const today = dayOf(world.clock.now())
  await world.ask(orderTask, 'village', order(today))
  await world.ask(orderTask, 'village', order(dayOf(world.clock.now() + 3 * dayLength)))
  assert.deepEqual((await world.ask(countGridTasks, 'village', {})).grids, [{ gridId, done: 0, due: 1 }])
  assert.deepEqual((await world.ask(countGridTasks, 'town', {})).grids, [{ gridId, done: 0, due: 1 }])
  const { tasks } = await world.ask(listTasks, 'village', {})
  const due = tasks.find(({ dueOn }) => dueOn === today)!
  await world.ask(recordVisit, 'worker', {
    id: freshId(),
    taskId: due.id,
    matterId,
    formCode: due.formCode,
    subjectKind: due.subjectKind,
    subjectId: due.subjectId!,
    madeAt: new Date(world.clock.now()).toISOString(),
    outcome: 'met',
    answers: { state: 'good' },
  })
  assert.deepEqual((await world.ask(countGridTasks, 'village', {})).grids, [{ gridId, done: 1, due: 0 }])
  assert.equal((await world.ask(countGridTasks, 'othertown', {})).grids.length, 0)
})

test('who sees a place is told of that place alone, and of nothing that was told to others in confidence', async () => {
  assert.deepEqual(await lastOf('othertown'), { on: dayOf(world.clock.now()), reported: 0, ended: 0, open: 0 })
  const before = await lastOf('supervisor')
  await world.report('worker', { categoryCode: '1003', isSecret: true, title: '求保密的一件' })
  assert.deepEqual(await lastOf('supervisor'), before)
  assert.equal((await lastOf('village')).reported, 2)
  assert.deepEqual(
    (await days('county', { placeId: world.at['otherVillage'] })).filter((d) => d.reported + d.open > 0),
    [],
  )
})

test('the list of what is due today holds what is due before midnight and not what is late', async () => {
  const asked = { due: 'today', order: 'due', size: 100 } as const
  const dueOf = async () => (await world.ask(searchEvents, 'village', asked)).events.map((e) => Date.parse(e.dueAt!))
  const all = (await world.ask(searchEvents, 'village', { isOpen: 'yes', size: 100 })).events
  const expected = () => {
    const now = world.clock.now()
    const dues = all.flatMap((e) => (e.dueAt === null ? [] : [Date.parse(e.dueAt)]))
    return dues.filter((due) => due >= now && dayOf(due) === dayOf(now)).toSorted((a, b) => a - b)
  }
  const next = Math.min(...all.flatMap((e) => (e.dueAt === null ? [] : [Date.parse(e.dueAt)])))
  world.clock.at(next - 60_000)
  await world.wake()
  assert.ok(expected().includes(next))
  assert.deepEqual(await dueOf(), expected())
  world.clock.at(next + 60_000)
  await world.wake()
  assert.ok(!(await dueOf()).includes(next), 'late, and no longer due today')
})
