import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { rowsOf, sql } from '../src/kernel/db/sql.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { createApp } from '../src/app.ts'
import { openWorld, type Login, type World } from './world.ts'

let world: World
let base: string
let photo: Buffer
before(async () => {
  world = await openWorld()
  await world.app.listen({ port: 0, host: '127.0.0.1' })
  base = baseOf(world.app)
  photo = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#a33' } })
    .jpeg()
    .toBuffer()
})
after(() => world.close())

const baseOf = (app: World['app']) => `http://127.0.0.1:${(app.server.address() as { port: number }).port}`
const b64 = (text: string) => Buffer.from(text).toString('base64')
const asks = (login: Login) => ({ authorization: `Bearer token-${login}`, 'tus-resumable': '1.0.0' })
const begin = (login: Login, id: string, bytes = photo) =>
  fetch(`${base}/api/files`, {
    method: 'POST',
    headers: {
      ...asks(login),
      'upload-length': String(bytes.length),
      'upload-metadata': `id ${b64(id)},name ${b64('a.jpg')},phase ${b64('before')},type ${b64('image/jpeg')}`,
    },
  })
const goOn = (login: Login, path: string, from: number, more: Buffer = photo.subarray(from)) =>
  fetch(`${base}${path}`, {
    method: 'PATCH',
    headers: { ...asks(login), 'content-type': 'application/offset+octet-stream', 'upload-offset': String(from) },
    body: new Uint8Array(more),
  })
const askAfter = (login: Login, path: string) => fetch(`${base}${path}`, { method: 'HEAD', headers: asks(login) })
const drop = (login: Login, path: string) => fetch(`${base}${path}`, { method: 'DELETE', headers: asks(login) })

test('an upload belongs to the account that began it: nobody else asks after it, adds to it or drops it', async () => {
  const id = freshId()
  assert.equal((await begin('worker', id)).status, 201)
  const path = `/api/files/${id}`
  for (const login of ['worker2', 'town', 'auditor'] as const) {
    const refused = login === 'auditor' ? 403 : 404
    assert.equal((await askAfter(login, path)).status, refused, `${login} asks`)
    assert.equal((await goOn(login, path, 0, photo.subarray(0, 100))).status, refused, `${login} adds`)
    assert.equal((await drop(login, path)).status, refused, `${login} drops`)
  }
  assert.equal((await askAfter('worker', path)).headers.get('upload-offset'), '0')
  assert.equal((await goOn('worker', path, 0)).status, 204)
})

test('the name of an own upload does not open one of another by a trick of the address', async () => {
  const [mine, other] = [freshId(), freshId()]
  assert.equal((await begin('worker', other)).status, 201)
  assert.equal((await begin('worker2', mine)).status, 201)
  for (const path of [`/api/files/${mine}?x=/${other}`, `/api/files/${mine}/${other}`, `/api/files/${other}/`])
    await drop('worker2', path)
  assert.equal((await askAfter('worker', `/api/files/${other}`)).status, 200)
})

test('whoever may not see events cannot begin an upload', async () => {
  for (const login of ['auditor', 'sysadmin', 'secadmin'] as const)
    assert.equal((await begin(login, freshId())).status, 403, login)
  for (const login of ['worker', 'works', 'townchief'] as const)
    assert.equal((await begin(login, freshId())).status, 201, login)
})

test('an id that another account has begun or sent cannot be begun anew, and what was sent stays as it is', async () => {
  const id = freshId()
  assert.equal((await begin('worker', id)).status, 201)
  assert.equal((await begin('worker2', id)).status, 409)
  assert.equal((await begin('worker', id)).status, 201, 'the phone may begin its own again')
  assert.equal((await goOn('worker', `/api/files/${id}`, 0)).status, 204)
  assert.equal((await begin('worker2', id)).status, 409)
  const seen = () => rowsOf(world.engine.database.read, sql`select sha256 from events.evidence where id = ${id}`)
  const sent = await seen()
  assert.equal(sent.length, 1)
  const forged = await sharp({ create: { width: 10, height: 10, channels: 3, background: '#000' } })
    .jpeg()
    .toBuffer()
  assert.equal((await begin('worker', id, forged)).status, 201, 'the answer to the last piece was lost')
  assert.equal((await goOn('worker', `/api/files/${id}`, 0, forged)).status, 204)
  assert.deepEqual(await seen(), sent)
  const file = await world.get('worker', '/api/evidence/file', { id })
  const meta = await sharp(file.raw).metadata()
  assert.equal(meta.width, 800, 'the first file stands')
})

test('an upload goes on after a restart, for its owner alone', async () => {
  const id = freshId()
  const path = `/api/files/${id}`
  const half = Math.floor(photo.length / 2)
  assert.equal((await begin('worker', id)).status, 201)
  assert.equal((await goOn('worker', path, 0, photo.subarray(0, half))).status, 204)
  const again = await createApp(world.engine)
  await again.app.listen({ port: 0, host: '127.0.0.1' })
  const first = base
  base = baseOf(again.app)
  try {
    assert.equal((await askAfter('worker2', path)).status, 404)
    assert.equal((await askAfter('worker', path)).headers.get('upload-offset'), String(half))
    assert.equal((await goOn('worker', path, half)).status, 204)
  } finally {
    base = first
    await again.app.close()
  }
  assert.ok(!existsSync(join(world.engine.settings.dataDir, 'uploads', id)))
})

test('an upload without a name, or signed out, is refused before a byte is kept', async () => {
  const bare = { 'tus-resumable': '1.0.0', 'upload-length': '1' }
  assert.equal((await fetch(`${base}/api/files`, { method: 'POST', headers: bare })).status, 401)
  const nameless = await fetch(`${base}/api/files`, { method: 'POST', headers: { ...bare, ...asks('worker') } })
  assert.equal(nameless.status, 400)
  assert.equal(((await nameless.json()) as { problem: string }).problem, 'ask.invalid')
})

/** A file system of one megabyte, where this machine lets one be made. */
function makeSmallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'fengge-small-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', folder])
  return status === 0 ? folder : undefined
}

test('a photo that finds no room is told so, leaves nothing behind, and is taken when there is room', async (t) => {
  const small = makeSmallDisk()
  if (small === undefined) return t.skip('no file system can be mounted here')
  const { dataDir } = world.engine.settings
  const send = async (id: string) => {
    await begin('worker', id)
    return goOn('worker', `/api/files/${id}`, 0)
  }
  try {
    Object.assign(world.engine.settings, { dataDir: small })
    const id = freshId()
    writeFileSync(join(small, 'all'), Buffer.alloc(900_000))
    const filler = openSync(join(small, 'rest'), 'w')
    // What is left of the megabyte is filled to its last byte.
    for (let size = 65_536; size >= 1;)
      try {
        writeSync(filler, Buffer.alloc(size))
      } catch {
        size = Math.floor(size / 2)
      }
    closeSync(filler)
    const full = await send(id)
    const refused = (await full.json()) as { problem: string }
    assert.deepEqual([full.status, refused.problem], [507, 'server.disk-full'])
    rmSync(join(small, 'all'))
    assert.equal((await send(id)).status, 204)
  } finally {
    Object.assign(world.engine.settings, { dataDir })
    spawnSync('umount', ['-l', small])
    rmSync(small, { recursive: true, force: true })
  }
})
