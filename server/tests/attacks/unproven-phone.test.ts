/** The one way in for a phone that is signed in no more: it says who it is first. */
import assert from 'node:assert/strict'
import { createCipheriv, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import { enrolDevice, handIn, wipeDevice } from '@fengge/domain/sync/contract'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { cutOff } from '../../src/sync/prove-device.ts'
import { openWorld, type World } from '../world.ts'

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
  assert.equal((await world.ask(handIn, null, { device, token, sealed: [] })).wipe, true)
  const answer = await fetch(`http://127.0.0.1:${port}/api/sync/hand-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ device, token, isLeaving: false, sealed: acts }),
  })
  assert.deepEqual(await answer.json(), { wipe: true, kept: 60, photos: 0 })
})

async function enrol(): Promise<{ readonly device: string; readonly token: string }> {
  const asked = { id: freshId(), name: '手机', dataKey: 'A'.repeat(43) }
  const { id, token } = await world.ask(enrolDevice, 'worker', asked)
  return { device: id, token }
}

test('bodies that a phone sends half hold up nobody else: who begins anew has given up what it began', async () => {
  const [half, honest] = [await enrol(), await enrol()]
  const lines: Socket[] = []
  for (let i = 0; i < 6; i++) {
    const line = connect(port, '127.0.0.1')
    line.on('error', () => {})
    const head = 'POST /api/sync/hand-in HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'
    line.write(`${head}content-length: 15000000\r\n\r\n{"device":"${half.device}","token":"${half.token}","sealed":["`)
    lines.push(line)
    await once(line, 'connect')
  }
  const answer = await fetch(`http://127.0.0.1:${port}/api/sync/hand-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...honest, sealed: [] }),
    signal: AbortSignal.timeout(10_000),
  }).finally(() => lines.forEach((line) => line.destroy()))
  assert.equal(answer.status, 200)
})

test('a body that does not come to its end is cut off', async () => {
  const body = new Readable({ read() {} })
  cutOff(body, 1)
  await once(body, 'close', { signal: AbortSignal.timeout(10_000) })
})
