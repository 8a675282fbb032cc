/** Who is kept from somebody sees nothing that she told of or is in, and does nothing with it; it waits for others. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listJournal } from '@fengge/domain/audit/contract'
import { countQueues, getEvent, listEvents } from '@fengge/domain/events/contract/desk'
import { submitTicket } from '@fengge/domain/events/contract/rules'
import { roles } from '@fengge/domain/identity/roles'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { listMatters } from '@fengge/domain/matters/contract'
import { askLift, askRecusal, decideLift, decideRecusal } from '@fengge/domain/registry/recusal/contract'
import { pull } from '@fengge/domain/sync/contract'
import { recordVisit } from '@fengge/domain/visits/contract/worker'
import { jobs } from '../../src/house.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { openRegistry, type Registry } from '../registry-world.ts'
import type { Login, World } from '../world.ts'
import { as, hire } from './told/people.ts'

const phone = '13711115501'
let r: Registry
let world: World
let she: string
let met: string
let calls = 0
before(async () => {
  r = await openRegistry()
  world = r.world
  she = await r.person({ name: '避让人', phone })
  await r.link(she, r.house)
  await hire(
    r,
    'registrar',
    roles.find((role) => role.code === 'registrar')!,
    world.at['village']!,
  )
  met = await world.report('leader1', { title: '燃气软管老化' })
  await visitHer(met)
})
after(() => world.close())

/** The worker was with her, and an event was found there. */
async function visitHer(eventId: string): Promise<void> {
  const { matters } = await world.ask(listMatters, 'village', {})
  const visit = { id: freshId(), taskId: null, matterId: matters[0]!.id, formCode: 'care', hazards: [], note: '' }
  const found = { subjectKind: 'person', subjectId: she, outcome: 'met', answers: { state: 'calm' } } as const
  const madeAt = new Date(world.clock.now()).toISOString()
  await world.ask(recordVisit, 'worker', { ...visit, ...found, eventIds: [eventId], madeAt })
}

/** She calls the hotline about something in the first grid. */
async function call(title: string, callerPhone = phone): Promise<string> {
  const ticket = { ticketNo: `R-${7000 + ++calls}`, title, content: `${title}，请处理`, categoryCode: '5001' }
  const from = { point: { lng: 120.205, lat: 31.61 }, callerName: '避某', callerPhone }
  return (await world.ask(submitTicket, 'hotline', { ...ticket, ...from })).id
}
async function keepAway(login: Login): Promise<string> {
  const id = freshId()
  const untilOn = addDays(dayOf(world.clock.now()), 90)
  const ask = { id, personId: she, login, untilOn, reason: '系其前夫，本人申请保护' }
  await world.ask(askRecusal, as('registrar'), ask)
  await world.ask(decideRecusal, 'townchief', { id, isAgreed: true })
  return id
}
const keepFrom = () => jobs.find((job) => job.name === 'events.keep-from')!.run(world.engine)
const sees = async (login: Login, id: string) => (await world.get(login, getEvent.path, { id })).status === 200
const told = async (login: Login) => {
  const { events } = await world.ask(listEvents, login, { queue: 'all' })
  return events.map((e) => e.id)
}
const waits = async (login: Login, queue: 'to-verify' | 'to-dispatch', id: string) =>
  (await world.ask(listEvents, login, { queue })).events.some((e) => e.id === id)
const held = async (login: Login) => {
  const { rows } = await world.ask(pull, login, { cursor: '', part: 'all' })
  return JSON.stringify([rows.event, rows.notice])
}

test('who is kept from her sees nothing that she told of, by whatever call, and does nothing with it', async () => {
  const before = await call('楼上漏水')
  assert.ok((await sees('worker', before)) && (await sees('worker', met)))
  assert.match(await held('worker'), /楼上漏水/)
  await keepAway('worker')
  const after = await call('门锁被撬')
  const other = await call('路灯不亮', '13711115502')
  for (const id of [before, after]) {
    assert.equal(await sees('worker', id), false)
    assert.ok(!(await told('worker')).includes(id))
    const verify = { requestId: freshId(), eventId: id, version: 1, finding: 'exists', note: '' }
    assert.equal((await world.post('worker', '/api/events/act/verify', verify)).status, 404)
    assert.ok(await sees('village', id), 'others see it as before')
  }
  assert.ok(await sees('worker', other), 'what others told of he sees')
  assert.doesNotMatch(await held('worker'), /楼上漏水|门锁被撬/)
  assert.match(await held('worker'), /路灯不亮/)
  const notices = await world.get('worker', '/api/events/notices')
  assert.doesNotMatch(JSON.stringify(notices.body), /楼上漏水|门锁被撬/)
  const { rows } = await world.ask(listJournal, 'auditor', { subject: before })
  assert.ok(rows.some((row) => row.kind === 'refused' && row.accountName === '演员worker'))
})

test('no figure of his tells that there is one more, nor does his phone begin anew', async () => {
  const before = await world.ask(countQueues, 'worker', {})
  const first = await world.ask(pull, 'worker', { cursor: '', part: 'all' })
  await call('又来一件')
  await keepFrom()
  world.clock.pass(6000)
  assert.deepEqual(await world.ask(countQueues, 'worker', {}), before)
  const next = await world.ask(pull, 'worker', { cursor: first.cursor, part: 'all' })
  assert.deepEqual([next.scope, next.rows.event, next.rows.person], [first.scope, [], []])
})

test('what she told of from a number that she gave up stays hidden, and what she tells of from the new one is', async () => {
  const old = await call('旧号来电')
  const { version } = await r.see('village', she)
  await r.save('village', 'person', { phone: '13711115503' }, { id: she, version })
  world.clock.pass(6000)
  const fresh = await call('新号来电', '13711115503')
  assert.deepEqual([await sees('worker', old), await sees('worker', fresh)], [false, false])
})

test('what was found on a visit to her home is hidden too', async () => {
  assert.deepEqual([await sees('worker', met), await sees('leader1', met)], [false, true])
})

test('it waits for who is not kept from it: the desk where nobody of the grid is left, and the town where the desk is not', async () => {
  const id = await call('夜里有人敲门')
  const canVerify = async (login: Login) => (await world.ask(getEvent, login, { id })).can.includes('verify')
  assert.equal(await canVerify('village'), false)
  await keepFrom()
  assert.equal(await canVerify('village'), true)
  const kept = [await keepAway('village'), await keepAway('chief')]
  await keepFrom()
  assert.equal(await sees('village', id), false)
  assert.ok(await waits('town', 'to-verify', id))
  assert.equal((await world.act('town', id, 'verify', { finding: 'exists' })).status, 200)
  assert.ok(await waits('town', 'to-dispatch', id))
  for (const recusal of kept) {
    await world.ask(askLift, as('registrar'), { id: recusal, reason: '双方已无往来，申请解除' })
    await world.ask(decideLift, 'townchief', { id: recusal, isAgreed: true })
  }
  assert.ok(await sees('village', id), 'with the mark it ends')
})
