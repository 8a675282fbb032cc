import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { rowsOf, sql } from '../server/src/kernel/db/pool.ts'
import { findFreePort } from '../server/src/kernel/db/embedded.ts'
import { freshId } from '../server/src/kernel/fresh-id.ts'
import { openWorld, type World } from '../server/tests/world.ts'

let world: World
let folder: string
before(async () => {
  world = await openWorld()
  world.clock.at(Date.now())
  await world.wake()
  folder = mkdtempSync(join(tmpdir(), 'fengge-kill-'))
})
after(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A server of its own on the test's database; ready when it answers. */
async function start(): Promise<{ child: ChildProcess; url: string; ended: Promise<number | null> }> {
  const port = await findFreePort()
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../tools/src/start.ts')], { stdio: 'ignore', env: { ...process.env, DATABASE_URL: world.engine.database.url, FENGGE_DATA_DIR: folder, FENGGE_SECRET: 'a secret for tests only, 32 characters', PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'silent' } })
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const url = `http://127.0.0.1:${port}`
  for (let i = 0; i < 400; i++) {
    if (await fetch(`${url}/readyz`).then((r) => r.ok, () => false)) return { child, url, ended }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the server did not come up')
}

const send = (url: string, id: string) => fetch(`${url}/api/events/report`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: 'Bearer token-worker' }, body: JSON.stringify({ requestId: id, id, title: '路灯', content: '路灯不亮', categoryCode: '5008', gridId: world.at['grid1'] }) }).then((r) => r.ok, () => false)

test('a server killed while people report loses nothing it acknowledged and doubles nothing that is sent again', async () => {
  const first = await start()
  const ids = Array.from({ length: 400 }, () => freshId())
  const acknowledged = new Set<string>()
  let sent = 0
  const lanes = Array.from({ length: 8 }, async () => {
    for (let id = ids[sent++]; id; id = ids[sent++]) {
      if (await send(first.url, id)) acknowledged.add(id)
      if (acknowledged.size === 60) first.child.kill('SIGKILL')
    }
  })
  await Promise.all(lanes)
  await first.ended
  assert.ok(acknowledged.size >= 60 && acknowledged.size < 400)
  const second = await start()
  const kept = async () => (await rowsOf<{ id: string }>(world.engine.database.read, sql`select id from events.event where title = '路灯'`)).map((r) => r.id)
  const after_ = new Set(await kept())
  assert.deepEqual([...acknowledged].filter((id) => !after_.has(id)), [])
  for (const id of ids) assert.ok(await send(second.url, id), 'each is accepted when sent again')
  assert.deepEqual((await kept()).toSorted(), ids.toSorted())
  second.child.kill('SIGTERM')
  assert.equal(await second.ended, 0, 'asked to stop, it drains and ends well')
})
