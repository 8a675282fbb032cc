import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { identityCheck } from '@fengge/domain/kernel/checksum'
import { rowsOf, sql } from '../server/src/kernel/db/sql.ts'
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
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../tools/src/start.ts')],
    {
      stdio: 'ignore',
      env: {
        ...process.env,
        DATABASE_URL: world.engine.database.url,
        FENGGE_DATA_DIR: folder,
        FENGGE_SECRET: 'a secret for tests only, 32 characters',
        PORT: String(port),
        HOST: '127.0.0.1',
        FENGGE_RATE_LIMIT: '100000',
        LOG_LEVEL: 'silent',
      },
    },
  )
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const url = `http://127.0.0.1:${port}`
  for (let i = 0; i < 400; i++) {
    if (
      await fetch(`${url}/readyz`).then(
        (r) => r.ok,
        () => false,
      )
    )
      return { child, url, ended }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the server did not come up')
}

const send = (url: string, id: string) =>
  fetch(`${url}/api/events/report`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer token-worker' },
    body: JSON.stringify({
      requestId: id,
      id,
      title: '路灯',
      content: '路灯不亮',
      categoryCode: '5008',
      gridId: world.at['grid1'],
    }),
  }).then(
    (r) => r.ok,
    () => false,
  )

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
  const kept = async () =>
    (
      await rowsOf<{ id: string }>(world.engine.database.read, sql`select id from events.event where title = '路灯'`)
    ).map((r) => r.id)
  const after_ = new Set(await kept())
  assert.deepEqual(
    [...acknowledged].filter((id) => !after_.has(id)),
    [],
  )
  for (const id of ids) assert.ok(await send(second.url, id), 'each is accepted when sent again')
  assert.deepEqual((await kept()).toSorted(), ids.toSorted())
  second.child.kill('SIGTERM')
  assert.equal(await second.ended, 0, 'asked to stop, it drains and ends well')
})

/** A file of people with houses, as a village office sends it. */
function peopleForm(id: string, rows: number): FormData {
  const body = new FormData()
  for (const [name, value] of Object.entries({ id, kind: 'person', mode: 'good' })) body.append(name, value)
  const lines = Array.from({ length: rows }, (_, i) => {
    const b = `${900_000 + Math.floor(i / 1000)}19900304${String(i % 1000).padStart(3, '0')}`
    return `人${i},${b}${identityCheck(b)},阳光花园${1 + Math.floor(i / 1000)}幢${101 + (i % 500)}室`
  })
  body.append('file', new Blob([`姓名,身份证号,地址\n${lines.join('\n')}\n`]), 'people.csv')
  return body
}

test('an import killed half way goes on after the start, and no row is lost or doubled', async () => {
  const rows = 30_000
  const first = await start()
  const id = freshId()
  assert.equal(
    (
      await fetch(`${first.url}/api/registry/import`, {
        method: 'POST',
        headers: { authorization: 'Bearer token-village' },
        body: peopleForm(id, rows),
      })
    ).status,
    200,
  )
  const batch = async () =>
    (
      await rowsOf<{ state: string; created: number; done: number }>(
        world.engine.database.read,
        sql`select state, created, done from registry.batch where id = ${id}`,
      )
    )[0]!
  const until = async (fits: (b: Awaited<ReturnType<typeof batch>>) => boolean) => {
    for (let i = 0; i < 1200; i++) {
      const b = await batch()
      if (fits(b)) return b
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    throw new Error(JSON.stringify(await batch()))
  }
  const half = await until((b) => b.created >= 4000)
  first.child.kill('SIGKILL')
  await first.ended
  assert.ok(half.created < rows, 'it was killed on the way')
  const second = await start()
  const whole = await until((b) => b.state === 'done')
  assert.equal(whole.created, rows)
  const [kept] = await rowsOf<{ people: number; numbers: number; links: number; tally: number }>(
    world.engine.database.read,
    sql`
      select
        (select count(*) from registry.person) as people,
        (select count(distinct id_index) from registry.person) as numbers,
        (select count(*) from registry.link) as links,
        (select sum(n) from registry.tally where kind = 'person') as tally
    `,
  )
  assert.deepEqual({ ...kept, tally: Number(kept!.tally) }, { people: rows, numbers: rows, links: rows, tally: rows })
  second.child.kill('SIGTERM')
  assert.equal(await second.ended, 0)
})
