/** Bytes that are no request, or half of one, sent over a real line and cut off: the server lives and says nothing of itself. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { openWorld, type World } from '../world.ts'

let world: World
let port: number
before(async () => {
  world = await openWorld()
  await world.app.listen({ port: 0, host: '127.0.0.1' })
  port = (world.app.server.address() as { port: number }).port
})
after(() => world.close())

/** Sends bytes, shuts its own end, and gives what is said until the line is closed. */
function send(bytes: string, isCutOff: boolean): Promise<string> {
  return new Promise((resolve) => {
    const line = connect(port, '127.0.0.1', () => {
      line.write(bytes, 'latin1', () => {
        if (isCutOff) line.destroy()
        else line.end()
      })
    })
    let said = ''
    line.on('data', (piece) => (said += piece.toString('latin1')))
    line.on('error', () => undefined)
    line.on('close', () => resolve(said))
  })
}

const post = (headers: string, body: string, path = '/api/events/report') =>
  `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer token-worker\r\n${headers}\r\n\r\n${body}`
const json = 'content-type: application/json'
const form = 'content-type: multipart/form-data; boundary=b'
const lines: readonly string[] = [
  '',
  '\0\0\0\0',
  'GET / HTTP/1.1\r\n\r\n',
  'GET / HTTP/9.9\r\nhost: x\r\n\r\n',
  `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
  `GET / HTTP/1.1\r\nhost: x\r\n${'x: y\r\n'.repeat(4000)}\r\n`,
  'GET /%00%ff%zz HTTP/1.1\r\nhost: x\r\n\r\n',
  'GET http://evil.example/ HTTP/1.1\r\nhost: x\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n',
  'CONNECT evil.example:443 HTTP/1.1\r\nhost: x\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  post(`${json}\r\ncontent-length: 500`, '{"requestId":"'),
  post(`${json}\r\ncontent-length: 5`, '{"requestId":"much longer"}'),
  post(`${json}\r\ncontent-length: -1`, '{}'),
  post(`${json}\r\ncontent-length: 2\r\ncontent-length: 3`, '{}'),
  post(`${json}\r\ntransfer-encoding: chunked`, 'zz\r\n{}\r\n0\r\n\r\n'),
  post(`${json}\r\ntransfer-encoding: chunked`, '2\r\n{}\r\n'),
  post(`${json}\r\ntransfer-encoding: chunked\r\ncontent-length: 2`, '0\r\n\r\n'),
  post(
    `${form}\r\ncontent-length: 900`,
    '--b\r\ncontent-disposition: form-data; name="photo"; filename="a"\r\n\r\nhalf',
    '/report',
  ),
  post(
    `${form}\r\ncontent-length: 900`,
    '--b\r\ncontent-disposition: form-data; name="id"\r\n\r\n',
    '/api/registry/import',
  ),
  post('content-type: application/offset+octet-stream\r\ntus-resumable: 1.0.0\r\nupload-length: 9', '', '/api/files'),
  post(`${json}\r\ncontent-length: 90`, '{"device":"', '/api/sync/hand-in'),
]

test('whatever comes over a line, whole or cut off, the server goes on and tells nothing of itself', async () => {
  for (const bytes of lines)
    for (const isCutOff of [false, true]) {
      const said = await send(bytes, isCutOff)
      assert.ok(!/^HTTP\/1.1 5/.test(said), `${bytes.slice(0, 200)}: ${said.slice(0, 200)}`)
      assert.ok(!/node_modules|\.ts:\d|node:internal/.test(said), said.slice(0, 300))
    }
  assert.equal((await world.app.inject({ url: '/healthz' })).statusCode, 200)
  assert.match(await send('GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', false), /^HTTP\/1.1 200/)
})
