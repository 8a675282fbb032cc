/** A matter has more than one date: the hotline's, the first one of its handling. What comes first makes it late. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { actEndpoints, getEvent, listEvents, listNotices, reportEvent } from '@fengge/domain/events/contract/desk'
import { submitTicket } from '@fengge/domain/events/contract/rules'
import { freshId } from '../src/kernel/fresh-id.ts'
import { fireAlarms } from '../src/events/jobs.ts'
import { askWith, goodPassword, hire, trySignIn } from './people.ts'
import { office, openWorld, type Login, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const act = async (login: Login, action: Parameters<World['act']>[2], id: string, fields: object = {}) => {
  const { status, body } = await world.act(login, id, action, { ...fields })
  assert.equal(status, 200, `${login} ${action}: ${JSON.stringify(body)}`)
}
const lateFor = async (login: Login, id: string) =>
  (await world.ask(listEvents, login, { queue: 'late', size: 100 })).events.find((e) => e.id === id)
const at = async (when: string) => {
  world.clock.at(when)
  await world.wake()
  for (let i = 0; i < 12 && (await fireAlarms(world.engine)) > 0; i++);
}
async function inWorks(id: string): Promise<string> {
  await act('town', 'dispatch', id, { departmentId: office('town-works') })
  await act('works', 'sign', id)
  return id
}

test('by the hotline’s own date a matter is late, told of and red, though its category gives more', async () => {
  await at('2026-03-02T09:00:00+08:00')
  const externalDueAt = '2026-03-03T04:00:00.000Z'
  const { id } = await world.ask(submitTicket, 'hotline', {
    ticketNo: 'CLOCK-1',
    title: '路面坑洼',
    content: '路面坑洼积水，影响出行。',
    categoryCode: '5002',
    point: { lng: 120.205, lat: 31.61 },
    externalDueAt,
  })
  await act('town', 'register', id)
  await inWorks(id)
  const seen = await world.ask(getEvent, 'works', { id })
  assert.deepEqual([seen.dueAt, seen.externalDueAt], [externalDueAt, externalDueAt])
  assert.ok(Date.parse(seen.handleDueAt!) > Date.parse(externalDueAt), 'the limit of its category is kept beside it')
  await at('2026-03-03T11:59:00+08:00')
  assert.ok(!(await lateFor('works', id)))
  await at('2026-03-03T12:01:00+08:00')
  assert.equal((await lateFor('works', id))?.dueAt, externalDueAt)
  const { notices } = await world.ask(listNotices, 'works', {})
  assert.equal(notices.find((n) => n.eventId === id)?.kind, 'alarm-due')
})

test('who types a call gives the hotline’s date too, with or without its number, and nobody else does', async () => {
  await at('2026-03-04T09:00:00+08:00')
  const externalDueAt = '2026-03-05T04:00:00.000Z'
  const report = {
    id: freshId(world.clock.now()),
    title: '楼上漏水',
    content: '楼上漏水到客厅，多次沟通没有结果',
    categoryCode: '4012',
    gridId: world.at['village']!,
    externalDueAt,
  }
  const refusal = await world.refusal(reportEvent, 'worker', report)
  assert.equal(refusal.problem, 'event.source-not-yours')
  const { dueAt } = await world.ask(reportEvent, 'hotline', {
    ...report,
    source: 'hotline',
    caller: { isAnonymous: true },
  })
  assert.ok(dueAt !== null)
  const seen = await world.ask(getEvent, 'village', { id: report.id })
  assert.deepEqual([seen.externalDueAt, seen.ticketNo], [externalDueAt, null])
  await at('2026-03-05T12:01:00+08:00')
  assert.ok(await lateFor('village', report.id))
})

test('what is late is stopped no more than it is extended', async () => {
  await at('2026-03-09T09:00:00+08:00')
  const id = await inWorks(await world.report('worker', { categoryCode: '5002' }))
  await at('2026-03-25T09:00:00+08:00')
  const { version } = await world.ask(getEvent, 'works', { id })
  const ask = { eventId: id, version, reason: 'works', until: '2026-12-01T09:00:00+08:00', note: '道路施工' } as const
  assert.equal((await world.refusal(actEndpoints['ask-suspension'], 'works', ask)).problem, 'event.overdue')
  assert.ok(await lateFor('townchief', id))
})

test('a return gives the next department its time, and the matter is late by its first date all the same', async () => {
  await at('2026-04-07T09:00:00+08:00')
  const id = await inWorks(await world.report('worker', { categoryCode: '5002' }))
  const first = (await world.ask(getEvent, 'town', { id })).totalDueAt!
  await at('2026-04-08T09:00:00+08:00')
  await act('works', 'return', id, { note: '不在本所职责范围内', suggestedDepartmentId: office('town-urban') })
  await act('townchief', 'agree-return', id)
  await act('town', 'dispatch', id, { departmentId: office('town-urban') })
  const again = await world.ask(getEvent, 'town', { id })
  assert.deepEqual([again.dueAt, again.totalDueAt], [first, first])
  assert.ok(Date.parse(again.handleDueAt!) > Date.parse(first))
  world.clock.at(first)
  world.clock.pass(60_000)
  await world.wake()
  assert.ok(await lateFor('town', id))
})

test('a slip of the year is asked again', async () => {
  const report = { id: freshId(world.clock.now()), title: '路面坑洼', content: '路面坑洼积水', categoryCode: '5002' }
  const asked = await world.refusal(reportEvent, 'worker', { ...report, occurredAt: '1999-01-01T08:00:00+08:00' })
  assert.equal(asked.problem, 'event.date-long-ago')
})

test('what lies in the archive is opened again by its centre alone, with all that was done', async () => {
  await at('2026-04-20T09:00:00+08:00')
  const id = await world.report('worker', { categoryCode: '1002' })
  await act('worker', 'self-close', id, { result: '已劝导' })
  await at('2026-05-25T09:00:00+08:00')
  assert.equal((await world.ask(getEvent, 'village', { id })).status, 'archived')
  assert.equal((await world.act('worker', id, 'reopen', { note: '又吵了' })).body.problem, 'not-allowed')
  await act('village', 'reopen', id, { note: '又吵了' })
  const { status, flow, dueAt } = await world.ask(getEvent, 'village', { id })
  assert.deepEqual([status, flow.map((f) => f.action)], ['reopened', ['report', 'self-close', 'archive', 'reopen']])
  assert.ok(Date.parse(dueAt!) > world.clock.now())
})

test('an officer of a department in the grid reports as himself', async () => {
  await hire(world, 'sunk', { role: 'sunk-officer', place: 'grid1' })
  const { token } = await trySignIn(world, 'sunk', goodPassword)
  const id = freshId(world.clock.now())
  const report = { requestId: id, id, title: '路面坑洼', content: '路面坑洼积水', categoryCode: '5002' }
  const { status, body } = await askWith(world, token, reportEvent.path, { ...report, gridId: world.at['grid1'] })
  assert.equal(status, 200, JSON.stringify(body))
  const seen = await world.ask(getEvent, 'village', { id })
  assert.deepEqual([seen.source, seen.status], ['sunk-officer', 'registered'])
})
