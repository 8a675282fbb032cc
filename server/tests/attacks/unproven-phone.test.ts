/** The one way in for a phone that is signed in no more: it says who it is first. */
import assert from 'node:assert/strict'
import { createCipheriv, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import { redeemCode } from '@fengge/domain/identity/contract/accounts'
import { signIn } from '@fengge/domain/identity/contract'
import { enrolDevice, handIn, listDevices, pull, wipeDevice } from '@fengge/domain/sync/contract'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { bodyWithin, cutOff } from '../../src/kernel/slow-bodies.ts'
import { openHandInGate, slowest } from '../../src/sync/hand-in-gate.ts'
import { openWorld, type Login, type World } from '../world.ts'

let world: World
let port: number
before(async () => {
  world = await openWorld()
  await world.app.listen({ port: 0, host: '127.0.0.1' })
  port = (world.app.server.address() as { port: number }).port
})
after(() => world.close())

/** Sends the head of a body of fifteen megabytes and waits for what is said to it. */
async function beginning(body: string): Promise<string> {
  const line = connect(port, '127.0.0.1')
  const head = [
    'POST /api/sync/hand-in HTTP/1.1',
    'host: x',
    'content-type: application/json',
    'content-length: 15000000',
  ]
  line.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  let said = ''
  line.on('data', (piece) => (said += piece.toString()))
  await once(line, 'data')
  line.destroy()
  return said
}

test('of a body of fifteen megabytes a stranger sends no more than its head', async () => {
  const id = freshId()
  await world.ask(enrolDevice, 'worker', { id, name: '手机', dataKey: 'A'.repeat(43) })
  for (const head of [
    `{"device":"${freshId()}","token":"guessed","sealed":["xxxx`,
    `{"device":"${id}","token":"guessed","sealed":["xxxx`,
    `{"sealed":["${'x'.repeat(1000)}`,
  ])
    assert.match(await beginning(head), /^HTTP\/1.1 404 [^]*device\.unknown/)
})

test('an old phone that sends all at once, and its token in the body, still hands in', async () => {
  const key = randomBytes(32)
  const device = freshId()
  const dataKey = key.toString('base64url')
  const { token } = await world.ask(enrolDevice, 'worker', { id: device, name: '手机', dataKey })
  const acts = Array.from({ length: 60 }, (_, i) => {
    const remark = `${i}`.padEnd(30_000, '长')
    const act = {
      requestId: freshId(world.clock.now()),
      seq: i,
      name: 'saveRecord',
      ask: { id: freshId(), kind: 'house', version: 1, values: { remark } },
      madeAt: new Date(world.clock.now()).toISOString(),
    }
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, iv)
    const text = Buffer.concat([cipher.update(JSON.stringify({ act })), cipher.final()])
    return Buffer.concat([iv, text, cipher.getAuthTag()]).toString('base64url')
  })
  assert.ok(acts.join('').length > 5_000_000)
  await world.ask(wipeDevice, 'village', { id: device, reason: '手机丢失' })
  await world.signBackIn('worker')
  assert.equal((await world.ask(handIn, null, { device, token, sealed: [] })).wipe, true)
  const answer = await fetch(`http://127.0.0.1:${port}/api/sync/hand-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ device, token, isLeaving: false, sealed: acts }),
  })
  assert.deepEqual(await answer.json(), { wipe: true, kept: 60, photos: 0 })
})

async function enrol(login: Login = 'worker'): Promise<{ readonly device: string; readonly token: string }> {
  const asked = { id: freshId(), name: '手机', dataKey: 'A'.repeat(43) }
  const { id, token } = await world.ask(enrolDevice, login, asked)
  return { device: id, token }
}

test('bodies that one account sends half, on however many phones, hold up nobody else', async () => {
  const halves = await Promise.all(Array.from({ length: 4 }, () => enrol()))
  const honest = await enrol('worker2')
  const lines: Socket[] = []
  let closed = 0
  const allButOne = Promise.withResolvers<void>()
  for (const half of halves) {
    const line = connect(port, '127.0.0.1')
    line.on('error', () => {})
    line.on('close', () => {
      if (++closed === halves.length - 1) allButOne.resolve()
    })
    const head = 'POST /api/sync/hand-in HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'
    line.write(`${head}content-length: 15000000\r\n\r\n{"device":"${half.device}","token":"${half.token}","sealed":["`)
    lines.push(line)
    await once(line, 'connect')
  }
  const late = setTimeout(() => allButOne.reject(new Error(`${closed} were given up`)), 30_000)
  await allButOne.promise.finally(() => clearTimeout(late))
  const answer = await fetch(`http://127.0.0.1:${port}/api/sync/hand-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...honest, sealed: [] }),
    signal: AbortSignal.timeout(60_000),
  }).finally(() => lines.forEach((line) => line.destroy()))
  assert.equal(answer.status, 200)
})

test('a body that does not come to its end is cut off', async () => {
  const body = new Readable({ read() {} })
  cutOff(body, 1)
  await once(body, 'close', { signal: AbortSignal.timeout(60_000) })
})

test('half a body at the door of sign-in is not waited for longer than some seconds', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  for (const { path } of [signIn, redeemCode]) {
    const line = connect(port, '127.0.0.1')
    const head = `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 400\r\n\r\n{"login":"`
    line.on('error', () => {})
    line.write(head)
    await once(world.app.server, 'request')
    const closed = once(line, 'close', { signal: AbortSignal.timeout(60_000) })
    const ticking = setInterval(() => t.mock.timers.tick(bodyWithin.strangers), 1)
    await closed.finally(() => clearInterval(ticking))
  }
  assert.ok(bodyWithin.strangers <= 10_000)
})

test('an account holds five phones: one more is refused while all are in use, and the one silent longest makes room later', async () => {
  const asked = () => ({ id: freshId(), name: '手机', dataKey: 'A'.repeat(43) })
  const more = () => world.post('leader1', enrolDevice.path, { requestId: freshId(), ...asked() })
  const answers = await Promise.all(Array.from({ length: 8 }, more))
  const ids = answers.flatMap((a) => (a.status === 200 ? [a.body.id as string] : []))
  assert.equal(ids.length, 5)
  assert.deepEqual(
    answers.filter((a) => a.status !== 200).map((a) => [a.status, a.body.problem, a.body.details.most]),
    Array(3).fill([409, 'device.too-many', 5]),
  )
  await world.ask(wipeDevice, 'village', { id: ids[0]!, reason: '不用了' })
  await world.signBackIn('leader1')
  const { id } = await world.ask(enrolDevice, 'leader1', asked())

  world.clock.pass(10 * 86_400_000)
  await world.wake()
  for (const device of [...ids.slice(2), id]) await world.ask(pull, 'leader1', { device })
  world.clock.pass(5 * 86_400_000)
  await world.wake()
  await world.ask(enrolDevice, 'leader1', asked())
  const { devices, bounds, most } = await world.ask(listDevices, 'village', { only: 'all' })
  assert.deepEqual([bounds, most], [[{ fromOn: null, most: 5, basis: '' }], 5], 'and how many an account may hold')
  const toWipe = devices.filter((d) => d.login === 'leader1' && d.causes.includes('to-wipe'))
  assert.deepEqual(new Set(toWipe.map((d) => d.id)), new Set(ids.slice(0, 2)), 'the desk sees which it is')
  assert.equal((await world.refusal(enrolDevice, 'leader1', asked())).problem, 'device.too-many')
})

/** Bodies that come at a pace each, before a gate with a clock of its own, a second at a time. */
function openStage() {
  let now = 0
  const gate = openHandInGate(slowest, () => now)
  const sent: { readonly body: Readable; bytes: number; readonly perMs: number; isIn: boolean }[] = []
  const send = (holder: string, perMs: number, again: boolean) => {
    const body = new Readable({ read() {} })
    const one = { body, bytes: 0, perMs, isIn: false }
    sent.push(one)
    const closed = new Promise<void>((resolve) => void body.once('close', resolve))
    void gate.enter({ holder, body, readSoFar: () => one.bytes, closed }).then(() => (one.isIn = !body.destroyed))
    if (again) void closed.then(() => send(holder, perMs, again))
    return one
  }
  const pass = async (seconds: number) => {
    for (let i = 0; i < seconds; i++) {
      now += 1000
      for (const one of sent) if (one.isIn && !one.body.destroyed) one.bytes += one.perMs * 1000
      gate.sweep()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { send, pass }
}

test('a body that trickles is cut off, and one that comes at the pace of a slow line is not while nobody waits', async () => {
  const { send, pass } = openStage()
  const [slow, quick] = [send('a', 15, false), send('b', 17, false)]
  await pass(200)
  assert.deepEqual([slow.body.destroyed, quick.body.destroyed], [true, false])
  await pass(101)
  assert.equal(quick.body.destroyed, true, 'five minutes are the most')
})

for (const many of [4, 8, 16])
  test(`${many} accounts that trickle at the slowest pace, and come again at once, keep an honest phone waiting for some seconds`, async () => {
    const { send, pass } = openStage()
    for (let i = 0; i < many; i++) send(`trickler${i}`, 17, true)
    await pass(30)
    for (let turn = 0; turn < 3; turn++) {
      const honest = send('honest', 400, false)
      await pass(5)
      assert.equal(honest.isIn, true)
      await pass(20)
      assert.equal(honest.body.destroyed, false, 'and it is not cut off')
      honest.body.destroy()
      await pass(1)
    }
  })
