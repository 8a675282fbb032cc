/**
 * The way of a body from its line to whoever takes it: who sends it and how often is judged before a byte of it is read,
 * nothing is unpacked, what is no file comes as JSON, and how much a text of JSON holds is counted before it is parsed.
 * A body that has to be answered unread is never sent to its end here: where it were waited for, the test would not end.
 */
import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { after, before, test, type TestContext } from 'node:test'
import { contract } from '@fengge/domain/contract'
import { importBorders, importLayer } from '@fengge/domain/places/contract'
import { sendImport } from '@fengge/domain/registry/bulk-contract'
import { sendLedgers } from '@fengge/domain/registry/ledger-contract'
import { push } from '@fengge/domain/sync/contract'
import { createApp } from '../../src/app.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { openWorld, type World } from '../world.ts'

let world: World
let app: World['app']
/** Routes of which a body came as far as a parser. */
const read: string[] = []
const sockets: Socket[] = []
before(async () => {
  world = await openWorld()
  const watched = await createApp(world.engine, (it) => {
    it.addHook('preParsing', async ({ method, routeOptions }) => void read.push(`${method} ${routeOptions.url}`))
  })
  app = watched.app
  await app.listen({ port: 0, host: '127.0.0.1' })
})
after(async () => {
  for (const socket of sockets) socket.destroy()
  await app.close()
  await world.close()
})

/** The status that a body is answered with of which only the beginning comes. */
function answerTo(method: string, path: string, headers: readonly string[], begun: string | Buffer): Promise<number> {
  const { port } = app.server.address() as { port: number }
  const socket = connect({ port, host: '127.0.0.1' })
  sockets.push(socket)
  socket.on('error', () => undefined)
  socket.write([`${method} ${path} HTTP/1.1`, 'host: 127.0.0.1', ...headers, '', ''].join('\r\n'))
  socket.write(begun)
  return new Promise((resolve) =>
    socket.once('data', (data) => {
      resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(String(data))?.[1]))
      socket.destroy()
    }),
  )
}

const types = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=edge',
  'application/offset+octet-stream',
  'application/octet-stream',
  'text/plain',
  '',
]
const begunJson = `{"device":"x","a":"${'a'.repeat(1000)}`

/** Where a stranger’s body of that kind is read: what a resident fills in, the first signs of what a phone hands in. */
const isTaken = (route: string, type: string): boolean =>
  (/^POST \/(report|follow|grid)\b/.test(route) && type.startsWith('multipart')) ||
  (route === 'POST /api/sync/hand-in' && type === 'application/json')

test('on every route the large body of a stranger is answered before it has come, and goes to no parser', async (t) => {
  const routes = [...world.routes].filter((route) => !/^(GET|HEAD) /.test(route))
  assert.ok(routes.length > 200, `${routes.length} routes`)
  const parsing = t.mock.method(JSON, 'parse')
  const ask = async (route: string, type: string) => {
    const [method = '', url = ''] = route.split(' ')
    const path = url.replace(':id', freshId())
    const headers = [
      ...(type === '' ? [] : [`content-type: ${type}`]),
      'content-length: 200000',
      'tus-resumable: 1.0.0',
    ]
    const status = await answerTo(method, path, headers, begunJson)
    assert.ok(status >= 400 && status < 500, `${route} ${type}: ${status}`)
  }
  for (const route of routes)
    await Promise.all(types.filter((type) => !isTaken(route, type)).map((type) => ask(route, type)))
  assert.equal(
    await answerTo(
      'POST',
      '/api/sync/hand-in',
      ['content-type: application/json', 'content-length: 200000'],
      begunJson,
    ),
    404,
  )
  const api = read.filter((route) => route.includes('/api/') && !openToAll.has(route))
  assert.deepEqual(api, [], 'no body but of what is open to all came as far as a parser')
  assert.ok(parsing.mock.calls.every(({ arguments: [text] }) => String(text).length < 100_000))
})
const openToAll: ReadonlySet<string> = new Set(
  contract.filter((p) => p.duty === 'public').map((p) => `${p.method} ${p.path}`),
)

const packed = gzipSync(`[${'{},'.repeat(300_000)}{}]`)
test('a packed body is refused as it is, by whoever and wherever it is sent', async () => {
  for (const encoding of ['gzip', 'br', 'deflate', 'zstd', 'gzip, identity', 'x-gzip', 'GZIP'])
    for (const [path, token] of [
      ['/api/files', ''],
      [push.path, 'worker'],
      ['/api/session/sign-in', ''],
      ['/report', ''],
    ] as const) {
      const headers = [
        'content-type: application/json',
        `content-encoding: ${encoding}`,
        `content-length: ${packed.length * 2}`,
        ...(token === '' ? [] : [`authorization: Bearer token-${token}`]),
      ]
      assert.equal(await answerTo('POST', path, headers, packed), 415, `${encoding} ${path}`)
    }
})

/** The status of a body that came whole, and how many things were made of text meanwhile that is longer than a hundred thousand signs. */
async function whole(t: TestContext, login: string, path: string, payload: string) {
  const parsing = t.mock.method(JSON, 'parse')
  const headers = { authorization: `Bearer token-${login}`, 'content-type': 'application/json' }
  const { statusCode, body } = await app.inject({ method: 'POST', url: path, headers, payload })
  const parsed = parsing.mock.calls.filter(({ arguments: [text] }) => String(text).length > 100_000).length
  parsing.mock.restore()
  return { status: statusCode, body, parsed }
}

test('a push that holds more than any phone sends, or nests without end, is refused before it is parsed', async (t) => {
  const acts = (inner: string) => `{"device":"","acts":${inner}}`
  for (const [payload, fault] of [
    [`[${'{},'.repeat(660_000)}{}]`, 'too_big'],
    [acts(`[${'{},'.repeat(600_000)}{}]`), 'too_big'],
    [acts(`[${'"a",'.repeat(450_000)}""]`), 'too_big'],
    [acts(`${'['.repeat(200_000)}${']'.repeat(200_000)}`), 'too-deep'],
    [acts(`[{"ask":${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}}]`), 'too-deep'],
  ] as const) {
    const { status, body, parsed } = await whole(t, 'worker', push.path, payload)
    assert.deepEqual([status, parsed], [400, 0], payload.slice(0, 60))
    assert.ok(body.includes(`"${fault}"`), body)
  }
})

test('a long text within an ask is no many things, and is judged by its schema', async (t) => {
  const { status, parsed } = await whole(t, 'worker', push.path, `{"device":"${',['.repeat(500_000)}","acts":[]}`)
  assert.deepEqual([status, parsed], [400, 1])
})

test('borders of as many points as an ask may hold are parsed and judged by their schema', async (t) => {
  for (const promise of [importBorders, importLayer]) {
    const ring = `[${'[120.12345,31.12345],'.repeat(19_900)}[120.12345,31.12345]]`
    const geometry = `{"type":"Polygon","coordinates":[${ring}]}`
    const feature = `{"code":"x","geometry":${geometry}}`
    const payload = `{"features":[${Array.from({ length: 3 }, () => feature).join(',')}]}`
    const { status, body, parsed } = await whole(t, 'net', promise.path, payload)
    assert.deepEqual([status, parsed], [400, 1], promise.name)
    assert.ok(!body.includes('too_big'), body)
  }
})

test('on every endpoint a body holds no more values than its promise says, and files come as files', async (t) => {
  for (const promise of [sendImport, sendLedgers]) {
    const { status, parsed } = await whole(t, 'village', promise.path, `[${'{},'.repeat(100_000)}{}]`)
    assert.deepEqual([status, parsed], [415, 0], promise.name)
  }
  const large = contract.filter((p) => (p.bodyLimit ?? 0) > 131_072 && p.method === 'POST' && !p.isForm)
  assert.ok(large.length > 5)
  for (const promise of large)
    for (const login of ['worker', 'village', 'net', 'rules'] as const) {
      const { parsed } = await whole(
        t,
        login,
        promise.path,
        `[${'{},'.repeat(Math.min(300_000, promise.bodyLimit! / 4))}{}]`,
      )
      assert.equal(parsed, 0, `${promise.name} ${login}`)
    }
})

test('a form with files says how long it is, and no longer than it may be', async () => {
  const type = 'content-type: multipart/form-data; boundary=edge'
  const begun = '--edge\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
  const village = 'authorization: Bearer token-village'
  for (const length of ['content-length: 99000000', 'transfer-encoding: chunked'])
    for (const [path, who] of [
      ['/report', []],
      [sendLedgers.path, [village]],
    ] as const) {
      const head = length.startsWith('t') ? `${begun.length.toString(16)}\r\n${begun}\r\n` : begun
      assert.equal(await answerTo('POST', path, [type, length, ...who], head), 413, `${path} ${length}`)
    }
})
