/** The one way in for a phone that is signed in no more: it says who it is first. */
import assert from 'node:assert/strict'
import { createCipheriv, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { enrolDevice, handIn, wipeDevice } from '@fengge/domain/sync/contract'
import { freshId } from '../../src/kernel/fresh-id.ts'
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
