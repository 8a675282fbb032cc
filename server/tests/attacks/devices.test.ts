/** Whoever has the key of a device, or none, can do what that device can and nothing else (E3). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listEvents, getEvent } from '@fengge/domain/events/contract/desk'
import { listJournal } from '@fengge/domain/audit/contract'
import { contract } from '@fengge/domain/contract'
import { endSensor, listSensors, renewSensorKey, takeReading } from '@fengge/domain/sensors/contract'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { register, say, type TestDevice } from '../devices.ts'
import { openWorld, type World } from '../world.ts'

let world: World
let device: TestDevice
before(async () => {
  world = await openWorld({ FENGGE_RATE_LIMIT: '600' })
  device = await register(world)
})
after(() => world.close())

const send = (headers: Record<string, string>, payload: string | object, url: string = takeReading.path) =>
  world.app.inject({ method: 'POST', url, headers, payload })
const keyed = (key = device.key) => ({ authorization: `Bearer ${key}` })
const beat = () => ({ message: freshId(), reading: 'heartbeat' }) as const

test('the key of a device opens no other endpoint, and no session opens the endpoint of devices', async () => {
  for (const p of contract.filter((each) => each.duty !== 'public' && each.duty !== 'device')) {
    const answer = await world.app.inject({
      method: p.method,
      url: p.path,
      headers: keyed(),
      ...(p.method === 'POST' ? { payload: {} } : {}),
    })
    assert.equal(answer.statusCode, 401, p.name)
    world.clock.pass(1000)
  }
  assert.equal((await say(world.app, 'token-worker', beat())).status, 401)
  assert.equal((await say(world.app, 'token-net', beat())).status, 401)
})

test('a key that is unknown, was changed, has ended or is beyond its day is answered alike, and the journal has it', async () => {
  const [changed, ended, expired] = await Promise.all([
    register(world),
    register(world),
    register(world, { validTo: '2026-03-02' }),
  ])
  assert.equal((await say(world.app, expired.key, beat())).status, 200)
  await world.ask(renewSensorKey, 'net', { id: changed.id })
  await world.ask(endSensor, 'net', { id: ended.id, reason: '拆除' })
  world.clock.pass(86_400_000)
  const strange = 'x'.repeat(43)
  const answers = await Promise.all(
    [strange, changed.key, ended.key, expired.key].map((k) => say(world.app, k, beat())),
  )
  for (const { status, body } of answers) {
    assert.equal(status, 401)
    assert.deepEqual({ ...body, trace: '' }, { ...answers[0]!.body, trace: '' })
  }
  await world.wake()
  const { rows } = await world.ask(listJournal, 'auditor', { fact: 'sensor.turned-away' })
  assert.deepEqual(new Set(rows.map((r) => r.subject)), new Set([ended.id, expired.id]))
})

test('a device chooses no place, no matter and no words, and its body is small and nothing but JSON', async () => {
  const fields = {
    placeId: world.at['otherVillage'],
    gridId: freshId(),
    point: { lng: 1, lat: 1 },
    categoryCode: '2013',
  }
  for (const [field, value] of Object.entries({ ...fields, title: '王芳打人', urgency: 2, device: freshId() }))
    assert.equal((await send(keyed(), { ...beat(), [field]: value })).statusCode, 400, field)
  for (const bad of [
    { ...beat(), message: '' },
    { ...beat(), message: 'x'.repeat(65) },
    { ...beat(), message: '王芳' },
    { ...beat(), message: 5 },
    { ...beat(), reading: 'film' },
    { ...beat(), value: 1e9 },
    { ...beat(), value: '5' },
    { ...beat(), battery: 101 },
    { ...beat(), at: 'yesterday' },
    { ...beat(), at: '0001-01-01T00:00:00Z' },
    [],
    'null',
  ])
    assert.equal((await send({ ...keyed(), 'content-type': 'application/json' }, bad)).statusCode, 400)
  assert.equal((await send(keyed(), { ...beat(), message: 'x'.repeat(3000) })).statusCode, 413)
  assert.equal((await send({ ...keyed(), 'content-type': 'text/plain' }, 'x')).statusCode, 415)
  const { events } = await world.ask(listEvents, 'county', { source: 'sensor' })
  assert.deepEqual(events, [])
})

test('a device that floods is told to wait, alone; what it made is one event, which names nobody', async () => {
  world.clock.pass(3_600_000)
  const [loud, quiet] = [await register(world), await register(world)]
  const answers = await Promise.all(Array.from({ length: 45 }, (_, i) => say(world.app, loud.key, { message: `${i}` })))
  const statuses = answers.map((a) => a.status)
  assert.equal(statuses.filter((s) => s === 200).length, 30)
  const told = answers.find((a) => a.status === 429)!
  assert.ok(Number(told.headers['retry-after']) > 0)
  assert.equal((await say(world.app, quiet.key, beat())).status, 200)
  const { events } = await world.ask(listEvents, 'county', { source: 'sensor' })
  assert.equal(events.length, 1)
  const event = await world.ask(getEvent, 'county', { id: events[0]!.id })
  assert.equal(event.reporterName, null)
})

test('no list shows a key, and of guessing many keys an address is told to wait', async () => {
  const page = await world.ask(listSensors, 'net', { size: 100 })
  assert.ok(!JSON.stringify(page).includes(device.key))
  const guesses = await Promise.all(
    Array.from({ length: 40 }, () => say(world.app, freshId().replaceAll('-', ''), beat())),
  )
  assert.ok(guesses.some((g) => g.status === 429))
  assert.equal((await say(world.app, device.key, beat())).status, 200, 'who has a key is heard all the same')
})
