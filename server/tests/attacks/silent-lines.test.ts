/** Who opens connections and says nothing on them shuts out nobody: there is a bar for his address, his network and all, and his oldest go first. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { after, test, type TestContext } from 'node:test'
import { guardLines, roomyBars, speaksForMany, type LineBars } from '../../src/kernel/running/open-lines.ts'
import { openWorld } from '../world.ts'

const sockets: Socket[] = []
after(() => sockets.forEach((socket) => socket.destroy()))

interface Guarded {
  readonly server: Server
  /** Answers that wait to be given. */
  readonly open: ServerResponse[]
}

async function guarded(
  t: TestContext,
  bars: Partial<LineBars>,
  isExempt = (_address: string) => false,
): Promise<Guarded> {
  const open: ServerResponse[] = []
  const server = createServer((_request, answer) => void open.push(answer))
  guardLines(server, { address: 100, network: 100, all: 100, ...bars }, isExempt)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { server, open }
}

/** A connection that the server has taken, and which it may have closed since. */
async function line({ server }: Guarded, from = '127.0.0.1') {
  const taken = once(server, 'connection')
  const socket = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', localAddress: from })
  sockets.push(socket)
  socket.on('error', () => undefined).resume()
  const closed = new Promise<true>((resolve) => void socket.once('close', () => resolve(true)))
  const [held] = (await taken) as [Socket]
  return { socket, closed, isOpen: () => !held.destroyed }
}

/** A request that the server has begun to work on. */
async function ask({ server }: Guarded, socket: Socket): Promise<void> {
  const begun = once(server, 'request')
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
  await begun
}

test('of one address the line that has said nothing longest makes room for the next, and others keep theirs', async (t) => {
  const at = await guarded(t, { address: 3 })
  const other = await line(at, '127.0.1.9')
  const silent = [await line(at), await line(at), await line(at)]
  assert.ok(silent.every((one) => one.isOpen()))
  const more = [await line(at), await line(at)]
  await Promise.all([silent[0]!.closed, silent[1]!.closed])
  assert.deepEqual(
    [...silent, ...more, other].map((one) => one.isOpen()),
    [false, false, true, true, true, true],
  )
})

test('half of a head is as good as nothing said, and a line with work under way is never closed for another', async (t) => {
  const at = await guarded(t, { address: 3 })
  const [asking, half, last] = [await line(at), await line(at), await line(at)]
  half.socket.write('GET / HTTP/1.1\r\nhost')
  await ask(at, asking.socket)
  await ask(at, last.socket)
  const next = await line(at)
  await half.closed
  await ask(at, next.socket)
  const refused = await line(at)
  await refused.closed
  assert.deepEqual(
    [asking, last, next].map((one) => one.isOpen()),
    [true, true, true],
  )
  const answered = once(at.open[0]!, 'close')
  at.open[0]!.end()
  await answered
  await line(at)
  await asking.closed
})

test('a network has a bar of its own beside that of its addresses', async (t) => {
  const at = await guarded(t, { address: 2, network: 3 })
  const near = [await line(at, '127.0.0.2'), await line(at, '127.0.0.3'), await line(at, '127.0.0.4')]
  const far = await line(at, '127.0.1.2')
  await line(at, '127.0.0.5')
  await near[0]!.closed
  assert.deepEqual(
    [near[1]!, near[2]!, far].map((one) => one.isOpen()),
    [true, true, true],
  )
})

test('of all that are open the one that lay idle longest goes first, whoever’s it is', async (t) => {
  const at = await guarded(t, { all: 3 }, (address) => address === '127.0.0.1')
  const proxy = await line(at)
  await ask(at, proxy.socket)
  const [first, second] = [await line(at, '127.0.0.2'), await line(at, '127.0.0.3')]
  const answered = once(at.open[0]!, 'close')
  at.open[0]!.end()
  await answered
  await line(at, '127.0.0.4')
  await first.closed
  await line(at, '127.0.0.5')
  await second.closed
  assert.ok(proxy.isOpen())
  await line(at, '127.0.0.6')
  await proxy.closed
})

test('a listed proxy and this machine itself speak for many, and nobody else does', () => {
  const isExempt = speaksForMany(['10.0.0.0/24', '192.0.2.7', '2001:db8::/32'])
  for (const address of [
    '127.0.0.1',
    '::1',
    '::ffff:127.0.0.1',
    '10.0.0.200',
    '::ffff:10.0.0.9',
    '192.0.2.7',
    '2001:db8:1::1',
  ])
    assert.equal(isExempt(address), true, address)
  for (const address of ['10.0.1.1', '192.0.2.8', '::ffff:192.0.2.8', '2001:db9::1', '203.0.113.5', ''])
    assert.equal(isExempt(address), false, address)
})

test('there is room below the descriptors that the system gives', () => {
  for (const [descriptors, all] of [
    [1024, 512],
    [4096, 3072],
    [16_384, 10_000],
    [1_048_576, 10_000],
  ] as const) {
    const bars = roomyBars(descriptors)
    assert.equal(bars.all, all)
    assert.ok(bars.address < bars.network && bars.network < bars.all)
  }
})

test('the server gives a head ten seconds, looks every two, and its figures say how many lines there are', async () => {
  const world = await openWorld()
  await world.app.listen({ port: 0, host: '127.0.0.1' })
  try {
    assert.equal(world.app.server.headersTimeout, 10_000)
    const { port } = world.app.server.address() as AddressInfo
    const text = await fetch(`http://127.0.0.1:${port}/metrics`).then((answer) => answer.text())
    assert.ok(Number(/^fengge_lines_open (\d+)/m.exec(text)?.[1]) >= 1)
    assert.ok(Number(/^fengge_lines_most (\d+)/m.exec(text)?.[1]) >= 512)
    assert.match(text, /^# TYPE fengge_lines_closed_total counter/m)
  } finally {
    await world.close()
  }
})
