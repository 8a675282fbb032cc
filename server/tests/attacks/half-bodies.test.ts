/** Half of a body, sent and kept open, fills no memory: of one sender a few are read, and the rest wait unread. */
import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { openWorld, type World } from '../world.ts'
import { baseOf } from './uploading.ts'

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
