/** Desks: a report without a grid is put into one, and whoever must decide is told and finds it in his list. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  actEndpoints,
  countQueues,
  getEvent,
  listEvents,
  listNotices,
  reportEvent,
} from '@fengge/domain/events/contract/desk'
import { dayLength } from '@fengge/domain/kernel/time'
import { reportAsResident } from '../src/events/door.ts'
import { fireAlarms } from '../src/events/jobs.ts'
import { actAs } from '../src/kernel/act-as.ts'
import { residentCaller } from '../src/kernel/context.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { county, idOf, office, openWorld, type Login, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const idsIn = async (login: Login, queue: 'to-verify' | 'to-decide' | 'to-dispatch') =>
  (await world.ask(listEvents, login, { queue })).events.map((e) => e.id)
const noticed = async (login: Login, eventId: string) =>
  (await world.ask(listNotices, login, {})).notices.filter((n) => n.eventId === eventId).map((n) => n.kind)

/** A resident's report as his page sends it: with a community, a grid, or neither. */
async function tell(gridId: string | null): Promise<string> {
  const id = freshId(world.clock.now())
  const report = {
    id,
    title: '路灯不亮',
    content: '第1网格三幢楼下路灯不亮',
    placeText: '三幢楼下',
    categoryCode: '4012',
    point: null,
    gridId,
    name: '周先生',
    phone: '13800004444',
    stopNoticeRead: true,
  }
  await actAs(world.engine, residentCaller(county), 'resident:report', (ctx) => reportAsResident(ctx, report))
  return id
}

test('a report that named only its community gets a grid from the desk, and its worker verifies it', async () => {
  const id = await tell(world.at['village']!)
  const seen = await world.ask(getEvent, 'village', { id })
  assert.ok(!seen.can.includes('ask-verify') && seen.can.includes('place'), seen.can.join())
  const ask = { eventId: id, version: seen.version }
  assert.equal((await world.refusal(actEndpoints['ask-verify'], 'village', ask)).problem, 'event.no-grid')
  assert.ok((await idsIn('village', 'to-verify')).includes(id))
  const placed = await world.ask(actEndpoints.place, 'village', { ...ask, gridId: idOf('grid1') })
  assert.deepEqual(await noticed('worker', id), ['to-verify'])
  const sent = await world.ask(actEndpoints['ask-verify'], 'village', { eventId: id, version: placed.version })
  const done = await world.ask(actEndpoints.verify, 'worker', { eventId: id, version: sent.version, finding: 'exists' })
  assert.equal(done.status, 'registered')
  const { flow } = await world.ask(getEvent, 'village', { id })
  assert.deepEqual(Object.values(flow.find((f) => f.action === 'place')!.names), ['第1网格'])
})

test('a report that named no place at all stands before the county’s desk and comes down to its community', async () => {
  const id = await tell(null)
  assert.ok((await idsIn('county', 'to-verify')).includes(id))
  const before = await world.ask(getEvent, 'county', { id })
  assert.deepEqual([before.level, before.townName], [3, null])
  const ask = { eventId: id, version: before.version }
  assert.equal(
    (await world.refusal(actEndpoints.place, 'village', { ...ask, gridId: idOf('grid1') })).problem,
    'event.not-found',
  )
  const elsewhere = { ...ask, gridId: world.at['town']! }
  assert.equal((await world.refusal(actEndpoints.place, 'county', elsewhere)).problem, 'place.unknown')
  await world.ask(actEndpoints.place, 'county', { ...ask, gridId: idOf('grid1') })
  const after = await world.ask(getEvent, 'village', { id })
  assert.deepEqual([after.level, after.deskPlaceId, after.gridId], [1, world.at['village'], idOf('grid1')])
  assert.ok(!(await idsIn('county', 'to-verify')).includes(id))
  assert.ok((await idsIn('village', 'to-verify')).includes(id))
  const found = await world.ask(listEvents, 'village', { queue: 'to-verify', placeId: world.at['village']! })
  assert.ok(found.events.some((e) => e.id === id))
})

test('what lies in the wrong grid is moved by the desk or by one above it, and goes to the worker of the right one', async () => {
  const id = await tell(idOf('grid2'))
  const { version } = await world.ask(getEvent, 'town', { id })
  assert.equal(
    (await world.refusal(actEndpoints.place, 'town', { eventId: id, version, gridId: idOf('grid2') })).problem,
    'event.same-grid',
  )
  await world.ask(actEndpoints.place, 'town', { eventId: id, version, gridId: idOf('grid1') })
  assert.ok((await idsIn('worker', 'to-verify')).includes(id))
  assert.equal((await world.refusal(getEvent, 'worker2', { id })).problem, 'event.not-found')
})

/** A matter of the town, with the department that has it. */
async function handled(): Promise<{ id: string; version: number }> {
  const id = `${freshId(world.clock.now()).slice(0, -4)}0001`
  const what = { id, title: '路面坑洼', content: '村口路面坑洼', categoryCode: '5002', gridId: idOf('grid1') }
  await world.ask(reportEvent, 'worker', what)
  const sent = await world.ask(actEndpoints.dispatch, 'town', {
    eventId: id,
    version: 1,
    departmentId: office('town-works'),
  })
  const { version } = await world.ask(actEndpoints.sign, 'works', { eventId: id, version: sent.version })
  return { id, version }
}

test('who must decide is told and has it in his list, and the asker has not', async () => {
  const { id, version } = await handled()
  const due = Date.parse((await world.ask(getEvent, 'works', { id })).handleDueAt!)
  const asks = [
    [
      'ask-suspension',
      { reason: 'works', until: new Date(due + 86_400_000).toISOString(), note: '列入计划' },
      'refuse-suspension',
    ],
    [
      'ask-extension',
      { until: new Date(due + 3_600_000).toISOString(), note: '材料未到', plan: '到货即修' },
      'refuse-extension',
    ],
    ['return', { suggestedDepartmentId: office('town-urban'), note: '应由执法队承办' }, 'refuse-return'],
  ] as const
  let at = version
  for (const [action, fields, answer] of asks) {
    const asked = await world.act('works', id, action, fields)
    assert.equal(asked.status, 200, `${action} ${JSON.stringify(asked.body)}`)
    assert.ok((await idsIn('townchief', 'to-decide')).includes(id), action)
    assert.deepEqual(await noticed('townchief', id), ['to-decide'], action)
    at = (await world.act('townchief', id, answer, { note: '不同意' })).body.version
  }
  const { counts } = await world.ask(countQueues, 'townleader', {})
  const forced = { eventId: id, version: at, note: '权属争议已诉至法院' }
  await world.ask(actEndpoints['force-close'], 'townchief', forced)
  for (const login of ['townleader', 'leader'] as const) {
    assert.ok((await idsIn(login, 'to-decide')).includes(id), login)
    assert.ok((await noticed(login, id)).includes('to-decide'), login)
  }
  assert.equal((await world.ask(countQueues, 'townleader', {})).counts['to-decide'], counts['to-decide'] + 1)
  assert.ok(!(await idsIn('townchief', 'to-decide')).includes(id))
  assert.ok(!(await idsIn('othertown', 'to-decide')).includes(id))
})

test('of an event one notice stands, the newest, and it is settled when the matter goes on or is over', async () => {
  const id = await world.report('worker', { categoryCode: '4012' })
  const told = async (login: Login) =>
    (await world.ask(listNotices, login, {})).notices.filter((n) => n.eventId === id).map((n) => [n.kind, n.isRead])
  assert.deepEqual(await told('village'), [['to-dispatch', false]])
  for (let day = 0; day < 5; day++) {
    world.clock.pass(dayLength)
    while ((await fireAlarms(world.engine)) > 0);
  }
  assert.deepEqual(await told('village'), [['alarm-late', false]], 'one line, whatever was said how often')
  world.clock.pass(1000)
  const sent = { eventId: id, version: 1, departmentId: office('village-office') }
  const { version } = await world.ask(actEndpoints.dispatch, 'village', sent)
  assert.deepEqual(
    (await told('village')).filter(([kind, isRead]) => kind === 'alarm-late' && isRead === false),
    [],
    'it was sent on',
  )
  world.clock.pass(1000)
  const { version: next } = await world.ask(actEndpoints.urge, 'town', { eventId: id, version, note: '请抓紧' })
  assert.deepEqual(await told('village'), [['urge', false]])
  world.clock.pass(1000)
  const done = await world.ask(actEndpoints.finish, 'village', { eventId: id, version: next, result: '已清理' })
  world.clock.pass(1000)
  await world.ask(actEndpoints.pass, 'worker', { eventId: id, version: done.version })
  assert.deepEqual(
    (await told('village')).filter(([, isRead]) => !isRead),
    [],
    'what is over asks for nothing',
  )
  assert.deepEqual(await told('worker'), [['closed', false]])
})
