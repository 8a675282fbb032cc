/** What a town does not answer in its time falls up to the county: listed there, told there, and answered there. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { countQueues, getEvent, listEvents, listNotices } from '@fengge/domain/events/contract/desk'
import { submitTicket } from '@fengge/domain/events/contract/rules'
import { hour } from '@fengge/domain/kernel/time'
import { fireAlarms } from '../src/events/jobs.ts'
import { run, sql } from '../src/kernel/db/sql.ts'
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
const rowFor = async (login: Login, id: string) =>
  (await world.ask(listEvents, login, { queue: 'to-decide', size: 100 })).events.find((e) => e.id === id)
const isListed = async (login: Login, id: string) => (await rowFor(login, id)) !== undefined
const told = async (login: Login, id: string) =>
  (await world.ask(listNotices, login, {})).notices.find((n) => n.eventId === id)
const at = async (when: string) => {
  world.clock.at(when)
  await world.wake()
  for (let i = 0; i < 12 && (await fireAlarms(world.engine)) > 0; i++);
}

let calls = 0
/** Somebody rings the hotline about something in the first grid. */
async function call(categoryCode: string, isSecret = false): Promise<string> {
  const { id } = await world.ask(submitTicket, 'hotline', {
    ticketNo: `FALL-${++calls}`,
    title: '路面坑洼',
    content: '路面坑洼积水，影响出行。',
    categoryCode,
    point: { lng: 120.205, lat: 31.61 },
    isSecret,
  })
  return id
}

/** Of the town, in the hands of its works office. */
async function inTown(id?: string): Promise<string> {
  id ??= await world.report('worker', { categoryCode: '5002' })
  await act('town', 'dispatch', id, { departmentId: office('town-works') })
  await act('works', 'sign', id)
  return id
}
const handBack = (login: Login, id: string, to: string) =>
  act(login, 'return', id, { note: '不在本所职责范围内', suggestedDepartmentId: office(to as 'town-works') })
/** Returned a second time: somebody must rule whose it is. */
async function inRuling(known?: string): Promise<string> {
  const id = await inTown(known)
  await handBack('works', id, 'town-urban')
  await act('townchief', 'agree-return', id)
  await act('town', 'dispatch', id, { departmentId: office('town-urban') })
  await handBack('urban', id, 'town-works')
  return id
}

test('a ruling is the town’s for one working day, then the county’s too: in its list, since when and from whom, and told', async () => {
  await at('2026-03-06T15:00:00+08:00')
  const id = await inRuling()
  const [request] = (await rowFor('townchief', id))!.requests
  assert.deepEqual(request, {
    kind: 'decision',
    since: '2026-03-06T07:00:00.000Z',
    dueAt: '2026-03-09T09:30:00.000Z',
  })
  await at('2026-03-09T17:29:00+08:00')
  assert.ok(!(await isListed('countychief', id)), 'over the weekend nobody was silent')
  const before = (await world.ask(countQueues, 'countychief', {})).counts['to-decide']
  await at('2026-03-09T17:31:00+08:00')
  const row = (await rowFor('countychief', id))!
  assert.deepEqual(row.requests, [request])
  assert.deepEqual([row.level, row.townName !== null, row.departmentName], [2, true, '综合行政执法队'])
  assert.equal((await world.ask(countQueues, 'countychief', {})).counts['to-decide'], before + 1)
  assert.equal((await told('countychief', id))?.kind, 'fell-up')
  assert.equal((await told('townchief', id))?.kind, 'alarm-unanswered')
  assert.ok(await isListed('townchief', id), 'who was silent may still answer')
  assert.ok(!(await isListed('leader', id)) && !(await isListed('county', id)), 'a ruling is the chief’s')
  world.clock.pass(hour)
  await act('countychief', 'rule', id, { departmentId: office('town-works'), note: '按权责清单由市政所承担' })
  assert.ok(!(await isListed('countychief', id)) && !(await isListed('townchief', id)))
  assert.equal((await told('countychief', id))?.isRead, true, 'what was answered asks for nothing any more')
})

test('a ruling asked for before rulings had a clock gets its working day, and so does one whose calendar changed', async () => {
  await at('2026-03-06T15:00:00+08:00')
  const id = await inRuling()
  // As migration 0084 leaves what was asked for before it.
  await world.engine.database.write((tx) =>
    run(
      tx,
      sql`
        update events.event
        set answer_due_at = asked_at + interval '1 day', next_alarm_at = asked_at + interval '1 day'
        where id = ${id}
      `,
    ),
  )
  await at('2026-03-07T15:01:00+08:00')
  assert.ok(!(await isListed('countychief', id)), 'a Saturday is no working day')
  assert.equal((await rowFor('townchief', id))!.requests[0]!.dueAt, '2026-03-09T09:30:00.000Z')
  await at('2026-03-09T17:31:00+08:00')
  assert.ok(await isListed('countychief', id))
})

test('what a town does not say to a suspension falls up after a day, and dies there when the town answers after all', async () => {
  await at('2026-03-10T09:00:00+08:00')
  const id = await inTown()
  const until = '2026-04-10T09:00:00+08:00'
  await act('works', 'ask-suspension', id, { reason: 'works', until, note: '道路施工' })
  await at('2026-03-11T08:59:00+08:00')
  assert.ok(!(await isListed('countychief', id)))
  await at('2026-03-11T09:00:00+08:00')
  assert.ok(await isListed('countychief', id))
  await act('townchief', 'refuse-suspension', id, { note: '可先行处置' })
  assert.ok(!(await isListed('countychief', id)))
})

test('a claim that a wish was unreasonable falls to the leader above', async () => {
  await at('2026-03-12T09:00:00+08:00')
  const id = await call('4012')
  await act('worker', 'verify', id, { finding: 'exists' })
  await act('village', 'report-up', id, { note: '社区办不了' })
  await act('town', 'dispatch', id, { departmentId: office('town-works') })
  await act('works', 'sign', id)
  await act('works', 'finish', id, { result: '已清理', answer: '已清理，谢谢您反映。' })
  await act('worker', 'pass', id)
  await act('town', 'call-back', id, { outcome: 'unreasonable', score: 1, isSolved: false, note: '要求过高' })
  await at('2026-03-13T08:59:00+08:00')
  assert.ok((await isListed('townleader', id)) && !(await isListed('leader', id)))
  await at('2026-03-13T09:00:00+08:00')
  assert.ok((await isListed('leader', id)) && !(await isListed('countychief', id)))
  assert.deepEqual(
    [(await told('leader', id))?.kind, (await told('townleader', id))?.kind],
    ['fell-up', 'alarm-unanswered'],
  )
  await act('leader', 'confirm-unreasonable', id, { note: '已尽责，证据见附件' })
})

test('a request to take a report back falls to the desk above', async () => {
  await at('2026-03-16T09:00:00+08:00')
  const id = await inTown()
  await act('worker', 'ask-cancel', id, { note: '点错了类别和地点' })
  await at('2026-03-17T08:59:00+08:00')
  assert.ok(!(await isListed('county', id)))
  await at('2026-03-17T09:00:00+08:00')
  const row = (await rowFor('county', id))!
  assert.deepEqual(
    row.requests.map((r) => [r.kind, r.since]),
    [['take-back', '2026-03-16T01:00:00.000Z']],
  )
  assert.equal((await told('county', id))?.kind, 'back-fell-up')
  world.clock.pass(hour)
  await act('town', 'refuse-cancel', id, { note: '现场确有此事' })
  assert.ok(!(await isListed('county', id)))
  assert.equal((await told('county', id))?.isRead, true)
})

test('what was told in confidence is seen above once it has fallen up, and not before', async () => {
  await at('2026-03-18T09:00:00+08:00')
  const secret = await call('5002', true)
  await act('town', 'register', secret)
  const id = await inRuling(secret)
  const before = await world.refusal(getEvent, 'countychief', { id })
  assert.equal(before.problem, 'event.not-found')
  await at('2026-03-19T17:31:00+08:00')
  assert.ok(await isListed('countychief', id))
  assert.equal((await world.ask(getEvent, 'countychief', { id })).status, 'ruling')
  assert.equal((await world.refusal(getEvent, 'supervisor', { id })).problem, 'event.not-found')
})

test('a community’s request lies before its town from the beginning, and never before the county', async () => {
  await at('2026-03-23T09:00:00+08:00')
  const id = await world.report('worker', { categoryCode: '1002' })
  await act('village', 'dispatch', id, { departmentId: office('village-office') })
  const until = new Date(world.clock.now() + 40 * 24 * hour).toISOString()
  await act('village', 'ask-suspension', id, { reason: 'season', until, note: '雨季' })
  assert.ok(await isListed('townchief', id))
  await at('2026-03-25T09:00:00+08:00')
  assert.ok((await isListed('townchief', id)) && !(await isListed('countychief', id)))
})
