/** Half of a body, sent and kept open, fills no memory: of one sender a few are read, and the rest wait unread. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { bodyWithin } from '../../src/kernel/slow-bodies.ts'
import { openWorld, type World } from '../world.ts'
import { bars, measured } from './measured.ts'
import { baseOf, upload } from './uploading.ts'

let world: World
let port: number
const sockets: Socket[] = []
before(async () => {
  world = await openWorld()
  await world.app.listen({ port: 0, host: '127.0.0.1' })
  port = Number(new URL(baseOf(world)).port)
})
after(async () => {
  for (const socket of sockets) socket.destroy()
  await world.close()
})

interface Sent {
  readonly socket: Socket
  /** Settles with the first line of the answer. */
  readonly answered: Promise<string>
}

/** Sends a request by hand; of a half one the end of the body stays out. */
function send(
  path: string,
  { isHalf, from = '127.0.0.1', token }: { isHalf: boolean; from?: string; token?: string },
): Sent {
  const body = `--edge\r\ncontent-disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n${'a'.repeat(4_000_000)}\r\n--edge--\r\n`
  const head = [
    `POST ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    ...(token === undefined ? [] : [`authorization: Bearer ${token}`]),
    'content-type: multipart/form-data; boundary=edge',
    `content-length: ${body.length}`,
    'connection: close',
  ].join('\r\n')
  const socket = connect({ port, host: '127.0.0.1', localAddress: from })
  sockets.push(socket)
  socket.on('error', () => undefined)
  socket.write(`${head}\r\n\r\n${isHalf ? body.slice(0, 2_000_000) : body}`)
  const answered = new Promise<string>((resolve) => {
    socket.once('data', (data) => resolve(String(data).split('\r\n')[0]!))
  })
  return { socket, answered }
}

/** Whether an answer came while others were answered that were sent later. */
async function isAnswered({ answered }: Sent): Promise<boolean> {
  await fetch(`${baseOf(world)}/healthz`)
  return Promise.race([answered.then(() => true), fetch(`${baseOf(world)}/healthz`).then(() => false)])
}

for (const [who, path, most, own, elsewhere] of [
  ['a stranger', '/report', 3, {}, { from: '127.0.0.2' }],
  ['one desk', '/api/registry/ledgers', 2, { token: 'token-village' }, { token: 'token-chief' }],
] as const)
  test(`of ${who} who sends half bodies no more is read than a few, and others go on`, async () => {
    const halves = Array.from({ length: most }, () => send(path, { isHalf: true, ...own }))
    await new Promise((resolve) => halves.at(-1)!.socket.once('connect', resolve))
    await fetch(`${baseOf(world)}/healthz`)
    const other = send(path, { isHalf: false, ...elsewhere })
    assert.match(await other.answered, /^HTTP\/1\.1 4\d\d/, 'another is read and judged')
    const next = send(path, { isHalf: false, ...own })
    assert.equal(await isAnswered(next), false)
    halves[0]!.socket.destroy()
    assert.match(await next.answered, /^HTTP\/1\.1 4\d\d/)
    for (const { socket } of halves) socket.destroy()
  })

test('a form of nothing but fields is refused before it is read, and one that is too long before it has come', async () => {
  const post = (payload: string) => async () =>
    (
      await world.app.inject({
        method: 'POST',
        url: '/grid/near',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload,
      })
    ).statusCode
  for (const [payload, status] of [
    ['a&'.repeat(500_000), 413],
    [`${'a&'.repeat(30_000)}lng=120`, 400],
    ['lng=120.3&lat=31.6', 200],
  ] as const) {
    const { value, longest } = await measured(() => post(payload))
    assert.equal(value, status)
    assert.ok(longest < bars.turn, `a turn of ${longest} ms`)
  }
})

test('what is sent to no address is not read', async () => {
  const socket = connect({ port, host: '127.0.0.1' })
  sockets.push(socket)
  const head =
    'POST /api/nothing HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: 900000\r\n\r\n{"a":"'
  socket.write(head)
  const [answer] = (await once(socket, 'data')) as [Buffer]
  assert.match(String(answer), /^HTTP\/1\.1 404/)
  await once(socket, 'close')
})

test('half a form of a page is cut off', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const socket = connect({ port, host: '127.0.0.1' })
  sockets.push(socket)
  socket.on('error', () => undefined)
  socket.write(
    'POST /follow HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 400\r\n\r\ncode=',
  )
  await once(world.app.server, 'request')
  const closed = once(socket, 'close', { signal: AbortSignal.timeout(60_000) })
  const ticking = setInterval(() => t.mock.timers.tick(bodyWithin.pages), 1)
  await closed.finally(() => clearInterval(ticking))
})

test('answers that nobody reads keep a few places for their own account, and others are served', async () => {
  const film = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(12_000_000, 32), Buffer.from('\n%%EOF\n')])
  const { id, status } = await upload(baseOf(world), 'worker', film, { type: 'application/pdf', name: 'a.pdf' })
  assert.equal(status, 204)
  const ask = () => {
    const socket = connect({ port, host: '127.0.0.1' })
    sockets.push(socket)
    socket.on('error', () => undefined)
    socket.write(
      `GET /api/evidence/file?id=${id} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer token-worker\r\n\r\n`,
    )
    const begun = once(socket, 'readable').then(() => true)
    return { socket, begun }
  }
  const unread = [ask(), ask(), ask()]
  for (const { begun } of unread) await begun
  const fourth = ask()
  const health = () => fetch(`${baseOf(world)}/healthz`).then(() => false)
  await health()
  assert.equal(await Promise.race([fourth.begun, health()]), false)
  assert.equal((await world.get('village', '/api/session/me')).status, 200)
  unread[0]!.socket.destroy()
  assert.equal(await fourth.begun, true)
})

test('the files of the programs are packed once, not for each who asks', async (t) => {
  const folder = join(import.meta.dirname, '../../../apps/console/dist/assets')
  const packed = existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith('.js.br')) : undefined
  if (packed === undefined) return t.skip('the programs are not built')
  const { headers, rawPayload } = await world.app.inject({
    url: `/console/assets/${packed.slice(0, -3)}`,
    headers: { 'accept-encoding': 'gzip, br' },
  })
  assert.equal(headers['content-encoding'], 'br')
  assert.deepEqual(rawPayload, readFileSync(join(folder, packed)))
})

test('who only asks stands in no line of bodies', async () => {
  const asked = await Promise.all(Array.from({ length: 40 }, () => world.get('village', '/api/session/me')))
  assert.ok(asked.every((a) => a.status === 200))
})
