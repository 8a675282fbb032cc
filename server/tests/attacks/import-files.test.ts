/** Files that are sent to be imported fill no disk, and none takes another's place. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { dayLength } from '@fengge/domain/kernel/time'
import { backUp } from '../../src/kernel/backup/back-up.ts'
import { rowOf, sql } from '../../src/kernel/db/sql.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { saveSession } from '../../src/identity/store/sessions.ts'
import { hashToken } from '../../src/kernel/sessions.ts'
import { createSealer } from '../../src/kernel/seal.ts'
import { countFormerImports } from '../../src/registry/bulk/import-file.ts'
import { sweepImports } from '../../src/registry/bulk/receive-file.ts'
import { runImports } from '../../src/registry/bulk/import-turns.ts'
import { rotateKeys } from '../../src/rotate-keys.ts'
import { batchOf, csv, header, numberOf } from '../import-files.ts'
import { readBackup, readFolder } from './planted/reading.ts'
import { hire } from '../people.ts'
import { openWorld, type Login, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
  await world.app.listen({ port: 0, host: '127.0.0.1' })
})
after(() => world.close())

const folder = () => join(world.engine.settings.dataDir, 'imports')
const lying = () => (existsSync(folder()) ? readdirSync(folder()).toSorted((a, b) => a.localeCompare(b)) : [])
const table = (name: string) => `名称,类型\n${name},小区\n`

async function send(
  who: Login | { readonly token: string },
  id: string,
  text: string,
  more: Readonly<Record<string, string>> = {},
) {
  const form = new FormData()
  for (const [name, value] of Object.entries({ id, kind: 'estate', mode: 'trial', ...more })) form.set(name, value)
  form.set('file', new Blob([text]), more['name'] ?? 'a.csv')
  const { port } = world.app.server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}/api/registry/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${typeof who === 'string' ? `token-${who}` : who.token}` },
    body: form,
  })
  const { problem } = (await answer.json()) as { problem?: string }
  return { status: answer.status, problem }
}

/** A body that breaks off behind so many bytes. */
async function breakOff(login: Login, id: string, bytes: number): Promise<void> {
  const { port } = world.app.server.address() as AddressInfo
  const field = (name: string, value: string) =>
    `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const file = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
  const body = field('id', id) + field('kind', 'estate') + field('mode', 'trial') + file + 'x'.repeat(bytes)
  const head = [
    'POST /api/registry/import HTTP/1.1',
    'host: x',
    `authorization: Bearer token-${login}`,
    'content-type: multipart/form-data; boundary=x',
    `content-length: ${body.length + 1_000_000}`,
  ]
  const answered = new Promise<void>((resolve) =>
    world.app.server.once('connection', (socket) => socket.once('close', resolve)),
  )
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
  await answered
}

/** The server hears of it in its own time. */
async function lieEmpty(what?: string): Promise<void> {
  const until = AbortSignal.timeout(20_000)
  while (lying().length > 0 && !until.aborted) await new Promise(setImmediate)
  assert.deepEqual(lying(), [], what)
}

test('a file that breaks off on its way leaves nothing behind', async () => {
  const id = freshId()
  await breakOff('village', id, 300_000)
  await lieEmpty()
  assert.equal((await send('village', freshId(), 'PK\u0003\u0004', { name: 'a.csv' })).problem, 'file.type')
  await lieEmpty('nor does one that is refused')
})

test('a file never takes the place of another’s that waits', async () => {
  const id = freshId()
  assert.equal((await send('village', id, table('先来花园'))).status, 200)
  const path = join(folder(), `${id}.csv`)
  const first = readFileSync(path, 'utf8')
  assert.deepEqual(await send('othervillage', id, table('后来花园')), { status: 409, problem: 'request.reused' })
  assert.equal((await send('village', id, table('后来花园'))).status, 200, 'the same id again is the same import')
  assert.equal(readFileSync(path, 'utf8'), first)
  assert.deepEqual(lying(), [`${id}.csv`])
  await runImports(world.engine)
  assert.equal((await batchOf(world, id)).rows, 1)
  assert.deepEqual(lying(), [])
})

test('five files of one account wait at the most, whoever else sends is taken', async () => {
  for (let sent = 0; sent < 5; sent++)
    assert.equal((await send('village', freshId(), table(`第${sent}花园`))).status, 200)
  assert.deepEqual(await send('village', freshId(), table('第六花园')), { status: 429, problem: 'import.waiting' })
  assert.equal((await send('othervillage', freshId(), table('别村花园'))).status, 200)
  assert.equal(lying().length, 6)
  await runImports(world.engine)
  const at = Array.from({ length: 9 }, () => send('village', freshId(), table('同时花园')))
  const answers = await Promise.all(at)
  assert.ok(answers.filter((a) => a.status === 200).length <= 5)
  assert.ok(answers.every((a) => a.status === 200 || a.problem === 'import.waiting'))
  await runImports(world.engine)
})

test('what no import waits for is swept when it is a day old', async () => {
  mkdirSync(folder(), { recursive: true })
  const id = freshId()
  assert.equal((await send('village', id, table('等候花园'))).status, 200)
  const old = new Date(world.clock.now() - 2 * dayLength)
  for (const name of [`${freshId()}.csv`, `${freshId()}.part`, `${id}.csv`]) {
    const path = join(folder(), name)
    if (!existsSync(path)) writeFileSync(path, 'left')
    utimesSync(path, old, old)
  }
  writeFileSync(join(folder(), 'young.part'), 'coming')
  utimesSync(join(folder(), 'young.part'), new Date(world.clock.now()), new Date(world.clock.now()))
  assert.equal(await sweepImports(world.engine), 2)
  assert.deepEqual(lying(), [`${id}.csv`, 'young.part'])
})

test('a file that waits lies sealed on the disk and in backups, and is taken as it was sent', async () => {
  const [idNo, phone, street] = [numberOf(71), '13812345671', '青苔弄九十九号']
  const text = csv([header, ['张三丰', idNo, phone, street, '户主', '']])
  const id = freshId()
  assert.equal((await send('village', id, text, { kind: 'person', mode: 'good' })).status, 200)
  const top = mkdtempSync(join(tmpdir(), 'fengge-backups-'))
  try {
    await backUp({ top, settings: world.engine.settings, url: world.ownerUrl })
    const texts = [...readFolder(folder(), 'file'), ...readBackup(top)]
    assert.ok(texts.some((t) => t.place.startsWith('backup files/')))
    for (const value of [idNo, phone, street])
      assert.deepEqual(
        texts.filter((t) => t.text.includes(value)).map((t) => t.place),
        [],
      )
  } finally {
    rmSync(top, { recursive: true, force: true })
  }
  await runImports(world.engine)
  const { state, rows } = await batchOf(world, id)
  assert.deepEqual([state, rows], ['done', 1])
})

test('a file under the former secret is taken while keys are changed, keeps the change from ending, and opens under no other', async () => {
  const [id, lost] = [freshId(), freshId()]
  const { dataSecret } = world.engine.settings
  for (const one of [id, lost])
    assert.equal((await send('village', one, table(`旧钥${one.slice(-4)}花园`))).status, 200)
  const next = 'the next secret, of thirty-two signs'
  const both = { ...world.engine, sealer: createSealer(next, 'intl', dataSecret) }
  assert.equal(await countFormerImports(both), 2)
  assert.equal((await rotateKeys(both, [])).left['imports'], 2)
  renameSync(join(folder(), `${id}.csv`), join(folder(), `${lost}.csv`))
  writeFileSync(join(folder(), `${id}.csv`), table('明文花园'))
  await runImports(both)
  assert.deepEqual((await rotateKeys(both, [])).left, {})
  for (const one of [id, lost])
    assert.equal((await batchOf(world, one)).problem, 'file.broken', 'in another’s place, or in clear')
  const last = freshId()
  assert.equal((await send('village', last, table('末钥花园'))).status, 200)
  await runImports(both)
  assert.equal((await batchOf(world, last)).state, 'done')
})

/** A long file of 46 persons, one of whom is named again and again. */
async function longTable(from: number): Promise<string> {
  const grid = await rowOf<{ code: string }>(
    world.engine.database.read,
    sql`select code from places.place where id = ${world.at['grid1']}`,
  )
  const rows = Array.from({ length: 9000 }, (_, i) => (i % 200 === 0 ? from + 1 + i / 200 : from))
  return csv([header, ...rows.map((seq) => [`长卷${seq}`, numberOf(seq), '', '', '', grid!.code])])
}

/** One more officer of the village, signed in with both factors. */
async function officer(login: string): Promise<{ readonly token: string }> {
  const accountId = await hire(world, login, { role: 'village-officer', place: 'village' })
  const now = world.clock.now()
  const token = `token-${login}`
  const way = { device: 'desk', hasSecondFactor: true, now, expiresAt: now + dayLength } as const
  await world.engine.database.write((tx) => saveSession(tx, { hash: hashToken(token), accountId, ...way }))
  return { token }
}

async function endedAt(id: string): Promise<number> {
  const row = await rowOf<{ finished_at: Date }>(
    world.engine.database.read,
    sql`select finished_at from registry.batch where id = ${id}`,
  )
  return row!.finished_at.getTime()
}

test('long files of several accounts are taken in turn, and a short one that comes after them is done first', async () => {
  const persons = { kind: 'person' }
  const [trial, second, good, short] = [freshId(), freshId(), freshId(), freshId()]
  const [long, quick] = await Promise.all(['takes.long', 'takes.short'].map(officer))
  assert.equal((await send('village', trial, await longTable(100), persons)).status, 200)
  world.clock.pass(1000)
  assert.equal((await send('village', second, await longTable(200), persons)).status, 200)
  assert.equal((await send(long!, good, await longTable(300), { ...persons, mode: 'good' })).status, 200)
  assert.equal((await send(quick!, short, table('短卷花园'))).status, 200)
  let now = world.clock.now()
  const ticking = { ...world.engine, clock: { ...world.engine.clock, now: () => now++ } }
  assert.equal(await runImports(ticking), 4)
  const order = await Promise.all([short, trial, good, second].map(endedAt))
  assert.deepEqual(
    order.toSorted((a, b) => a - b),
    order,
    'the short one first, an account’s own in their order',
  )
  for (const id of [trial, second, good]) {
    const { state, rows, created, faults } = await batchOf(world, id)
    assert.deepEqual([state, rows, created, faults], ['done', 9000, 46, 8954])
  }
})
