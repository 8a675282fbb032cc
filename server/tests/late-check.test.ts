/** A check that its worker lets lie past its limit is anybody's of the grid and the centre's: listed, told and taken there. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { getEvent, listEvents, listNotices } from '@fengge/domain/events/contract/desk'
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
const isListed = async (login: Login, id: string) =>
  (await world.ask(listEvents, login, { queue: 'to-check', size: 100 })).events.some((e) => e.id === id)
const told = async (login: Login, id: string) =>
  (await world.ask(listNotices, login, {})).notices.find((n) => n.eventId === id)?.kind
const at = async (when: string) => {
  world.clock.at(when)
  await world.wake()
  for (let i = 0; i < 12 && (await fireAlarms(world.engine)) > 0; i++);
}

/** Reported by the worker of the grid, done by a department of the town: his to check. */
async function handledByWorks(): Promise<string> {
  const id = await world.report('worker', { categoryCode: '1002' })
  await act('village', 'report-up', id, { note: '社区办不了' })
  await act('town', 'dispatch', id, { departmentId: office('town-works') })
  await act('works', 'sign', id)
  await act('works', 'finish', id, { result: '已处理' })
  return id
}

test('a check past its limit is the grid’s and the centre’s too, told to them, and never the handler’s', async () => {
  await hire(world, 'colleague', { role: 'grid-worker', place: 'grid1' })
  const { token } = await trySignIn(world, 'colleague', goodPassword)
  const colleagueCan = async (id: string) => (await askWith(world, token, `/api/events/one?id=${id}`)).body['can']
  await at('2026-03-03T09:00:00+08:00')
  const id = await handledByWorks()
  assert.ok((await isListed('worker', id)) && !(await isListed('town', id)))
  assert.equal((await world.act('town', id, 'pass')).body.problem, 'not-allowed')
  await at('2026-03-04T17:31:00+08:00')
  for (const login of ['worker', 'town', 'townchief'] as const) assert.ok(await isListed(login, id), login)
  assert.equal(await told('town', id), 'check-fell')
  assert.ok(!(await isListed('village', id)) && !(await isListed('county', id)), 'the centre whose turn it is')
  assert.ok(
    !(await world.ask(getEvent, 'town', { id })).can.includes('check-unable'),
    'who could go is not the centre’s to say',
  )
  assert.ok(((await colleagueCan(id)) as string[]).includes('pass'))
  await act('town', 'pass', id, { note: '电话核实，现场已处理' })
  assert.ok(!(await isListed('worker', id)))
})

test('what a community handled itself is then its town’s, and told in confidence it is seen there only from that day', async () => {
  await at('2026-03-09T09:00:00+08:00')
  const id = await world.report('worker', { categoryCode: '1002', isSecret: true })
  await act('village', 'dispatch', id, { departmentId: office('village-office') })
  await act('village', 'finish', id, { result: '已处理' })
  assert.equal((await world.refusal(getEvent, 'townchief', { id })).problem, 'event.not-found')
  await at('2026-03-10T17:31:00+08:00')
  assert.ok(!(await isListed('village', id)), 'not who handled it')
  assert.ok(await isListed('townchief', id))
  assert.equal((await world.refusal(getEvent, 'supervisor', { id })).problem, 'event.not-found')
  await act('townchief', 'fail', id, { reason: 'not-done', note: '现场仍未处理' })
})
