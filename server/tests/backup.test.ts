/**
 * A county that works is backed up, put back elsewhere, and goes on: nothing of it is lost, nothing false is cried, and
 * whoever has read from it before begins anew.
 */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { attachEvidence, getEvent } from '@fengge/domain/events/contract/desk'
import { listTicketChanges, submitTicket } from '@fengge/domain/events/contract/rules'
import { pull } from '@fengge/domain/sync/contract'
import { createApp } from '../src/app.ts'
import { checkFiles } from '../src/events/door.ts'
import { saveSession } from '../src/identity/store/sessions.ts'
import { backUp, type BackupDone } from '../src/kernel/backup/back-up.ts'
import { listBackups } from '../src/kernel/backup/manifest.ts'
import { putBack } from '../src/kernel/backup/put-back.ts'
import { rowOf, run, sql } from '../src/kernel/db/sql.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { journalBook, sealJournal, verifyAll } from '../src/kernel/journal-chain.ts'
import { hashToken } from '../src/kernel/sessions.ts'
import { openEngine, type Opened } from '../src/main.ts'
import { drill } from '../../tools/src/drill.ts'
import { baseOf, photosOf } from './attacks/uploading.ts'
import { lieBelowHorizon } from './horizon.ts'
import { admin, idOf, serverUrlFor, settingsFor, urlFor } from './template.ts'
import { clientOf, openWorld, type Login, type World } from './world.ts'

let world: World
const top = mkdtempSync(join(tmpdir(), 'fengge-backups-'))
const elsewhere = mkdtempSync(join(tmpdir(), 'fengge-elsewhere-'))
const name = `restored_${process.pid}`
before(async () => {
  world = await openWorld()
  await world.app.listen({ port: 0, host: '127.0.0.1' })
})
after(async () => {
  await world.close()
  await admin(`drop database if exists ${name} with (force)`)
  for (const folder of [top, elsewhere]) rmSync(folder, { recursive: true, force: true })
})

/** An event with a photo, as a worker makes it. */
async function reportWithPhoto(): Promise<string> {
  const eventId = await world.report('worker')
  const [evidenceId] = await photosOf(baseOf(world), 'worker', ['before'])
  await world.ask(attachEvidence, 'worker', { eventId, evidenceIds: [evidenceId!], phase: 'before' })
  return eventId
}
const ticketOf = (to: Pick<World, 'ask'>) =>
  to.ask(submitTicket, 'hotline', {
    ticketNo: `T${freshId()}`,
    title: '村口路面坑洼积水',
    content: '村口道路坑洼积水，出行不便',
    categoryCode: '4012',
    areaCode: '320206001000',
    callerName: '王小芳',
  })
const pulled = (to: Pick<World, 'ask'>, cursor: string) => to.ask(pull, 'worker', { cursor })

let first: BackupDone
let second: BackupDone
let kept = ''
let late = ''
let phone = ''
let hotline = ''
test('a backup while people work is one instant of rows with every file they name; the next copies what is new', async () => {
  kept = await reportWithPhoto()
  await ticketOf(world)
  phone = (await pulled(world, '')).cursor
  await lieBelowHorizon(world.engine.database)
  hotline = (await world.ask(listTicketChanges, 'hotline', {})).next
  await sealJournal(world.engine.database, journalBook(world.engine))
  const plan = { top, settings: world.engine.settings, url: world.ownerUrl }
  first = await backUp({
    ...plan,
    meanwhile: async () => {
      late = await reportWithPhoto()
      await lieBelowHorizon(world.engine.database)
      await sealJournal(world.engine.database, journalBook(world.engine))
    },
  })
  assert.ok(first.copied >= 2, 'the photo that came meanwhile lies in it, though no row names it')
  await reportWithPhoto()
  second = await backUp({ ...plan, keep: 2 })
  assert.equal(second.files, first.files + 2, 'a photo and its small one')
  assert.equal(second.copied, 2)
  assert.deepEqual(await listBackups(top), [first.folder, second.folder])
  assert.equal(statSync(first.folder).mode & 0o077, 0, 'for its owner’s eyes')
  const said = readFileSync(join(first.folder, 'manifest.json'), 'utf8')
  assert.ok(!said.includes(world.engine.settings.secret), 'it tells the secret by a digest only')
  await assert.rejects(backUp({ ...plan, top: join(world.engine.settings.dataDir, 'b') }), /备份目录不能放在数据目录/)
})

const settingsElsewhere = (more: Readonly<Record<string, string>> = {}) =>
  settingsFor(elsewhere, { DATABASE_URL: serverUrlFor(name), DATABASE_OWNER_URL: urlFor(name), ...more })
const putFirst = (more: Readonly<Record<string, string>> = {}) =>
  putBack({ top, folder: first.folder, settings: settingsElsewhere(more), openOwner: async () => urlFor(name) })

test('it is put back elsewhere under its own secret only, and never over a county', async () => {
  await admin(`create database ${name} template template0 encoding 'UTF8' locale 'C'`)
  await assert.rejects(
    putFirst({ FENGGE_SECRET: 'another secret of thirty-two signs' }),
    /密钥与备份时的不同：FENGGE_SECRET/,
  )
  await putFirst()
  await assert.rejects(putFirst(), /已有数据，不能覆盖/)
})

/** A server over the restored database, with people signed in anew. */
async function serveRestored(): Promise<{
  opened: Opened
  app: FastifyInstance
  client: Pick<World, 'ask' | 'refusal'>
}> {
  const opened = await openEngine(settingsElsewhere(), world.clock)
  const { app } = await createApp(opened.engine)
  return { opened, app, client: clientOf(app) }
}
const signIn = ({ engine }: Opened, logins: readonly Login[]) =>
  engine.database.write(async (tx) => {
    const [now, expiresAt] = [world.clock.now(), world.clock.now() + 86_400_000]
    const way = { device: 'field', hasSecondFactor: true, now, expiresAt } as const
    for (const login of logins)
      await saveSession(tx, { hash: hashToken(`token-${login}`), accountId: idOf(login), ...way })
  })

/** What hangs on the tables, as the catalogue writes it. */
async function schemaOf(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const all = client.query<{ said: string }>(`
    select said
    from (
      select pg_get_indexdef(indexrelid) as said, indrelid as of from pg_index
      union all select conname || ' ' || pg_get_constraintdef(oid), conrelid from pg_constraint where conrelid <> 0
      union all select pg_get_triggerdef(oid) || tgenabled::text, tgrelid from pg_trigger where not tgisinternal
    ) as all_of_it join pg_class c on c.oid = of join pg_namespace n on n.oid = c.relnamespace
    where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'jobs')
    order by said collate "C"
  `)
  const { rows } = await all.finally(() => client.end())
  return rows.map((r) => r.said)
}

test('what is restored goes on: everything is there, nothing false is cried, and who read before begins anew', async () => {
  const { opened, app, client } = await serveRestored()
  try {
    assert.deepEqual(await schemaOf(urlFor(name)), await schemaOf(world.ownerUrl), 'no index, key or trigger is lost')
    assert.equal((await client.refusal(getEvent, 'town', { id: kept })).problem, 'signed-out', 'sessions are not kept')
    await signIn(opened, ['worker', 'town', 'hotline'])
    assert.equal((await client.ask(getEvent, 'town', { id: kept })).evidence.length, 1)
    assert.equal((await client.refusal(getEvent, 'town', { id: late })).problem, 'event.not-found')
    const files = await checkFiles(opened.engine)
    assert.deepEqual([files.missing, files.changed, files.orphaned], [[], [], []])
    const before_ = await verifyAll(opened.engine.database.read, journalBook(opened.engine))
    assert.deepEqual(
      [...before_.values()].flatMap((v) => v.faults),
      [],
    )
    const again = await pulled(client, phone)
    assert.ok(again.isWhole, 'a phone that read in another life pulls whole')
    assert.ok(!(await pulled(client, again.cursor)).isWhole, 'and then what is new')
    const told = await client.ask(listTicketChanges, 'hotline', { after: hotline })
    assert.equal(told.changes.length, 1, 'the hotline is told everything once more')
    const fresh = await ticketOf(client)
    await lieBelowHorizon(opened.engine.database)
    const news = await client.ask(listTicketChanges, 'hotline', { after: told.next })
    assert.deepEqual(
      news.changes.map((c) => c.no),
      [fresh.no],
    )
    await lieBelowHorizon(opened.engine.database)
    await sealJournal(opened.engine.database, journalBook(opened.engine))
    const after_ = await verifyAll(opened.engine.database.read, journalBook(opened.engine))
    for (const v of after_.values()) assert.deepEqual([v.isWhole, v.unsealed], [true, 0])
  } finally {
    await app.close()
    await opened.close()
  }
})

test('a database that was put back by other means is noticed at start: another life, and no row of a time to come', async () => {
  await world.engine.database.write(async (tx) => {
    await run(tx, sql`update events.event set wrote_in = '9000000000'::xid8 where ticket_no is not null`)
    await run(tx, sql`update kernel.life set cluster = 'of another server'`)
  })
  const settings = settingsFor(world.engine.settings.dataDir, {
    DATABASE_URL: world.engine.database.url,
    DATABASE_OWNER_URL: world.ownerUrl,
  })
  const opened = await openEngine(settings, world.clock)
  const { app } = await createApp(opened.engine)
  try {
    const client = clientOf(app)
    const told = await client.ask(listTicketChanges, 'hotline', { after: hotline })
    assert.equal(told.changes.length, 1)
    assert.ok((await pulled(client, phone)).isWhole)
    const life = await rowOf<{ name: string }>(opened.engine.database.read, sql`select name from kernel.life`)
    const same = await openEngine(settings, world.clock)
    assert.deepEqual(await rowOf(same.engine.database.read, sql`select name from kernel.life`), life)
    await same.close()
    const other = { ...settings, secret: 'another secret of thirty-two signs' }
    await assert.rejects(openEngine(other, world.clock), /FENGGE_SECRET: 不是这个数据库原来的密钥/)
    const changing = {
      ...settings,
      dataSecret: 'a new secret for the data, 32 signs',
      formerDataSecret: settings.secret,
    }
    await openEngine(changing, world.clock).then((it) => it.close())
    await assert.rejects(openEngine(settings, world.clock), /FENGGE_DATA_SECRET: 不是/, 'and never back')
  } finally {
    await app.close()
    await opened.close()
  }
})

test('a drill puts the newest back into a cluster of its own, compares, and leaves a record; a file that rotted is named', async () => {
  const { secret } = world.engine.settings
  const scratch = join(elsewhere, 'scratch')
  mkdirSync(scratch)
  const plan = {
    top,
    folder: second.folder,
    environment: { FENGGE_SECRET: secret, FENGGE_DATA_DIR: elsewhere },
    scratch,
  }
  const told = { add: (step: () => unknown) => void step() }
  await assert.rejects(drill({ ...plan, ending: told }))
  assert.deepEqual(readdirSync(scratch), [], 'one that is told to stop leaves nothing either')
  const drilled = await drill(plan)
  assert.deepEqual(
    [drilled.isWell, drilled.differing, drilled.rows, drilled.files],
    [true, [], second.rows, second.files],
  )
  assert.deepEqual(readdirSync(scratch), [], 'nothing is left of it')
  assert.match(readFileSync(join(top, 'drills/latest.html'), 'utf8'), /合格：备份可以恢复/)
  const [rotted] = readdirSync(join(top, 'files'), { recursive: true, withFileTypes: true }).filter((e) => e.isFile())
  writeFileSync(join(rotted!.parentPath, rotted!.name), 'rotted')
  await assert.rejects(drill(plan), /备份中的文件已损坏/)
  assert.deepEqual(readdirSync(scratch), [])
})
