/**
 * Whoever may write to the folder of backups, and has no secret: nothing that he put there becomes the server's, and what
 * he broke there ends no backup that is made after it.
 */
import assert from 'node:assert/strict'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import pg from 'pg'
import { attachEvidence } from '@fengge/domain/events/contract/desk'
import { dayLength } from '@fengge/domain/kernel/time'
import { backUp, type BackupDone } from '../../src/kernel/backup/back-up.ts'
import { listBackups, writeManifest, type Manifest } from '../../src/kernel/backup/manifest.ts'
import { putBack } from '../../src/kernel/backup/put-back.ts'
import { admin, serverUrlFor, settingsFor, urlFor } from '../template.ts'
import { openWorld, type World } from '../world.ts'
import { baseOf, photosOf } from './uploading.ts'

let world: World
let made: BackupDone
const scratch = mkdtempSync(join(tmpdir(), 'fengge-forged-'))
const top = join(scratch, 'backups')
const name = `forged_${process.pid}`
before(async () => {
  world = await openWorld()
  await world.app.listen({ port: 0, host: '127.0.0.1' })
  const eventId = await world.report('worker')
  const [evidenceId] = await photosOf(baseOf(world), 'worker', ['before'])
  await world.ask(attachEvidence, 'worker', { eventId, evidenceIds: [evidenceId!], phase: 'before' })
  made = await backUp({ top, settings: world.engine.settings, url: world.ownerUrl })
  await admin(`create database ${name} template template0 encoding 'UTF8' locale 'C'`)
})
after(async () => {
  await world.close()
  await admin(`drop database if exists ${name} with (force)`)
  rmSync(scratch, { recursive: true, force: true })
})

interface Forged {
  readonly top: string
  readonly folder: string
}
let copies = 0
/** A copy of the backup, changed. */
function forge(change: (it: Forged) => void): Forged {
  const to = join(scratch, `copy-${++copies}`)
  cpSync(top, to, { recursive: true })
  const it = { top: to, folder: join(to, 'backups', basename(made.folder)) }
  change(it)
  return it
}
const manifestAt = ({ folder }: Forged) => join(folder, 'manifest.json')
const readSaid = (it: Forged) => JSON.parse(readFileSync(manifestAt(it), 'utf8')) as Manifest
const writeSaid = (it: Forged, said: object) => writeFileSync(manifestAt(it), `${JSON.stringify(said)}\n`)

/** Where it is put back: nothing is there but a secret. */
function emptyPlace() {
  const dataDir = mkdtempSync(join(scratch, 'data-'))
  writeFileSync(join(dataDir, 'secret'), world.engine.settings.secret)
  const settings = settingsFor(dataDir, { DATABASE_URL: serverUrlFor(name), DATABASE_OWNER_URL: urlFor(name) })
  const put = (it: Forged, isUnprovenTaken = false) =>
    putBack({ ...it, settings, openOwner: async () => urlFor(name), isUnprovenTaken })
  return { dataDir, put }
}
const within = async (text: string) => {
  const client = new pg.Client({ connectionString: urlFor(name) })
  await client.connect()
  return client
    .query<{ said: string }>(text)
    .then(
      ({ rows }) => rows.map((r) => r.said),
      () => [],
    )
    .finally(() => client.end())
}
async function assertNothingWasPut(dataDir: string): Promise<void> {
  assert.deepEqual(readdirSync(dataDir), ['secret'])
  assert.equal(readFileSync(join(dataDir, 'secret'), 'utf8'), world.engine.settings.secret)
  assert.deepEqual(await within('select name as said from identity.account'), [])
}

test('a manifest that somebody changed is refused before anything is put back, and one without its proof unless that is asked for', async () => {
  const changes: readonly ((said: Manifest) => object)[] = [
    (said) => ({ ...said, at: said.at + 1 }),
    (said) => ({ ...said, files: said.files.map((f) => ({ ...f, path: 'secret' })) }),
    (said) => ({ ...said, tables: said.tables.slice(1) }),
  ]
  const { dataDir, put } = emptyPlace()
  for (const change of changes) {
    const it = forge((one) => writeSaid(one, change(readSaid(one))))
    await assert.rejects(put(it), /清单.*manifest/s)
    await assert.rejects(put(it, true), /清单.*manifest/s, 'a false proof is refused in any case')
  }
  const bare = forge(({ folder }) => rmSync(join(folder, 'manifest.hmac')))
  await assert.rejects(put(bare), /--unproven/)
  await assertNothingWasPut(dataDir)
})

test('rows, files and paths that are not what was written are refused, even under a right proof, and nothing is left of them', async () => {
  const { dataDir, put } = emptyPlace()
  const rows = forge(({ folder }) => {
    const file = join(folder, 'database/identity.account.jsonl.zst')
    const text = zstdDecompressSync(readFileSync(file)).toString('utf8')
    writeFileSync(file, zstdCompressSync(text.replace('演员', '伪造')))
  })
  await assert.rejects(put(rows), /identity\.account/)
  const resigned = async (change: (said: Manifest) => Manifest) => {
    const it = forge(() => undefined)
    await writeManifest(it.folder, change(readSaid(it)), world.engine.settings.secret)
    return it
  }
  for (const path of ['secret', 'pg/postgresql.auto.conf', 'files/../secret', 'files/./../../x', 'imports\\..\\secret'])
    await assert.rejects(
      put(await resigned((said) => ({ ...said, files: said.files.map((f) => ({ ...f, path })) }))),
      path,
    )
  const anchors = forge(({ folder }) => writeFileSync(join(folder, 'journal-anchors.log'), 'forged\n'))
  await assert.rejects(put(anchors), /journal-anchors/)
  await assertNothingWasPut(dataDir)
})

test('names and types come from the tables, whatever a manifest says of them', async () => {
  const { dataDir, put } = emptyPlace()
  const it = forge((one) => {
    rmSync(join(one.folder, 'manifest.hmac'))
    const said = readSaid(one)
    const tables = said.tables.map((t) => ({
      ...t,
      file: '../manifest.json',
      columns: t.columns.map((c) => (c.type === 'text' ? { ...c, type: `text || current_user` } : c)),
    }))
    writeSaid(one, { ...said, tables })
  })
  await put(it, true)
  const names = await within('select name as said from identity.account order by id')
  assert.ok(names.length > 10 && names.every((n) => !n.endsWith('fengge') && !n.endsWith('postgres')))
  assert.ok(existsSync(join(dataDir, 'files')))
})

const cut = (folder: string) => {
  const file = join(folder, 'manifest.json')
  writeFileSync(file, readFileSync(file).subarray(0, 100))
}

test('a manifest that was cut ends no backup and takes none away, and is told', async () => {
  const plan = { top: join(scratch, 'nightly'), settings: world.engine.settings, url: world.ownerUrl }
  const first = await backUp(plan)
  cut(first.folder)
  const second = await backUp({ ...plan, keep: 1 })
  assert.equal(second.copied, second.files, 'what cannot be believed saves no reading')
  assert.match(second.told.join(), new RegExp(basename(first.folder)))
  const third = await backUp({ ...plan, keep: 1 })
  assert.deepEqual([third.copied, third.told.length > 0], [0, true])
  assert.deepEqual(await listBackups(plan.top), [first.folder, third.folder], 'it stays until somebody looks')
  assert.ok(third.files > 0 && readdirSync(join(plan.top, 'files')).length > 0)
})

test('what somebody put there without a proof pushes out none that has one', async () => {
  const plan = { top: join(scratch, 'pushed'), settings: world.engine.settings, url: world.ownerUrl }
  const legacy = await backUp(plan)
  rmSync(join(legacy.folder, 'manifest.hmac'))
  const first = await backUp(plan)
  for (const day of [1, 2, 3]) {
    const forged = join(plan.top, `backups/2099010${day}T000000.000Z`)
    cpSync(first.folder, forged, { recursive: true })
    rmSync(join(forged, 'manifest.hmac'))
  }
  const second = await backUp({ ...plan, keep: 2 })
  assert.deepEqual(
    [legacy, first, second].map(({ folder }) => existsSync(folder)),
    [false, true, true],
    'of those that are proven two are left; one of before there were proofs goes first',
  )
  assert.match(second.told.join(), /20990101/)
})

test('what a backup that was killed left is swept when it is a day old', async () => {
  const plan = { top: join(scratch, 'killed'), settings: world.engine.settings, url: world.ownerUrl }
  await backUp(plan)
  const half = join(plan.top, 'backups/20260101T000000.000Z')
  const young = join(plan.top, 'backups/20260102T000000.000Z')
  const foreign = join(plan.top, 'backups/notes')
  for (const folder of [half, young, foreign]) mkdirSync(join(folder, 'database'), { recursive: true })
  const part = join(plan.top, 'files/new.0123456789ab.part')
  writeFileSync(part, 'half')
  const old = new Date(Date.now() - 2 * dayLength)
  for (const path of [half, foreign, part]) utimesSync(path, old, old)
  const { told } = await backUp(plan)
  assert.deepEqual(
    [half, part, young, foreign].map((p) => existsSync(p)),
    [false, false, true, true],
  )
  assert.equal(told.length, 2, told.join())
  assert.equal(dirname(half), dirname(young))
})
