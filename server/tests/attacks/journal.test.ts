/** Crimes against the journal by somebody who holds the database, and then its files: each is found. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { listAlarms, verifyJournal as verifyPromise } from '@fengge/domain/audit/contract'
import { openDatabase, type Database } from '../../src/kernel/db/pool.ts'
import { rowsOf, run, sql } from '../../src/kernel/db/sql.ts'
import { journalBook, sealJournal, verifyAll, verifyJournal, verifyNightly } from '../../src/kernel/journal-chain.ts'
import { county, openWorld, type World } from '../world.ts'

const nobodys = '000000'
let world: World
let owner: Database
let elsewhere: string
before(async () => {
  elsewhere = mkdtempSync(join(tmpdir(), 'fengge-anchors-'))
  world = await openWorld()
  owner = openDatabase(world.ownerUrl, 2)
  for (let i = 0; i < 12; i++) await world.report('worker')
  for (let i = 0; i < 4; i++)
    await world.post(null, '/api/session/sign-in', { login: `nobody-${i}`, password: 'wrong password' })
  await seal()
})
after(async () => {
  await owner.close()
  await world.close()
  rmSync(elsewhere, { recursive: true, force: true })
})

const book = () => journalBook({ ...world.engine, settings: { ...world.engine.settings, anchorDir: elsewhere } })
const here = () => join(world.engine.settings.dataDir, 'journal-anchors.log')
const there = () => join(elsewhere, 'journal-anchors.log')
const read = () => world.engine.database.read
/** Seals until nothing is left: rows wait for every transaction on the server that is older, other tests' too. */
async function seal(): Promise<void> {
  for (let i = 0; i < 2000; i++) {
    await sealJournal(world.engine.database, book())
    if ((await rowsOf(read(), sql`select 1 from audit.journal where seq is null limit 1`)).length === 0) return
  }
}
async function tamper(...statements: readonly ReturnType<typeof sql>[]): Promise<void> {
  await owner.write(async (tx) => {
    for (const table of ['journal', 'keyed_from'])
      await run(tx, sql`alter table audit.${sql.ref(table)} disable trigger user`)
    for (const statement of statements) await run(tx, statement)
    for (const table of ['journal', 'keyed_from'])
      await run(tx, sql`alter table audit.${sql.ref(table)} enable trigger user`)
  })
}

interface Kept {
  readonly rows: readonly { readonly row: string }[]
  readonly markers: readonly { readonly row: string }[]
  readonly files: readonly [path: string, text: string][]
}
let kept: Kept | undefined
async function keep(): Promise<Kept> {
  return {
    rows: await rowsOf(read(), sql`select to_jsonb(j)::text as row from audit.journal j`),
    markers: await rowsOf(read(), sql`select to_jsonb(k)::text as row from audit.keyed_from k`),
    files: [here(), there()].map((path) => [path, readFileSync(path, 'utf8')]),
  }
}
/** Everything as it was before the crime. */
beforeEach(async () => {
  if (!kept) {
    kept = await keep()
    return
  }
  const back = (table: string, rows: Kept['rows']) =>
    rows.map(
      ({ row }) => sql`
        insert into audit.${sql.ref(table)}
        select *
        from jsonb_populate_record(null::audit.${sql.ref(table)}, ${row}::jsonb)
      `,
    )
  await tamper(
    sql`delete from audit.journal`,
    sql`delete from audit.keyed_from`,
    ...back('journal', kept.rows),
    ...back('keyed_from', kept.markers),
  )
  for (const [path, text] of kept.files) writeFileSync(path, text)
})

const faultsOf = async (of = county) => (await verifyJournal(read(), of, book())).faults.map((f) => f.fault)

interface Chained {
  readonly id: string
  readonly mac: string
}
/** Numbers and chains rows anew as anybody can who has no key. */
async function chainPlainly(upTo = 1e9): Promise<string> {
  const rows = await rowsOf<Chained>(
    owner.read,
    sql`select id, mac from audit.journal where county_code = ${county} and seq <= ${upTo} order by seq`,
  )
  let chain = ''
  const statements = rows.map(({ id, mac }, i) => {
    chain = createHash('sm3').update(`${chain}.${mac}`).digest('base64url')
    return sql`update audit.journal set seq = ${i + 1}, chain = ${chain} where county_code = ${county} and id = ${id}`
  })
  const out = sql`update audit.journal set seq = seq + 1000000 where county_code = ${county} and seq <= ${upTo}`
  await tamper(out, ...statements)
  return chain
}

test('the journal is whole, in every county and where there is none', async () => {
  const verdicts = await verifyAll(read(), book())
  assert.deepEqual([...verdicts.keys()], [nobodys, county])
  for (const [of, verdict] of verdicts)
    assert.ok(verdict.isWhole && verdict.sealed > 3, `${of} ${JSON.stringify(verdict)}`)
})

test('a row that was deleted, with all others numbered and chained anew, is found without any anchor', async () => {
  await tamper(sql`delete from audit.journal where county_code = ${county} and seq = 5`)
  await chainPlainly()
  for (const path of [here(), there()]) writeFileSync(path, '')
  assert.ok((await faultsOf()).includes('chain-broken'))
})

test('anchors that are missing are a fault, in either place', async () => {
  rmSync(here())
  assert.deepEqual(await faultsOf(), ['anchor-missing'])
  writeFileSync(here(), kept!.files[0]![1])
  writeFileSync(there(), '')
  assert.deepEqual(await faultsOf(), ['anchor-missing'])
})

test('an end that is cut off in the database and in the file beside it is found by the anchors elsewhere', async () => {
  const lines = readFileSync(here(), 'utf8').trim().split('\n')
  await tamper(sql`delete from audit.journal where county_code = ${county} and seq > 3`)
  // As clever as can be: no anchor beyond what is left.
  writeFileSync(here(), lines.filter((l) => !l.startsWith(county)).join('\n'))
  assert.ok((await faultsOf()).includes('cut-off'))
})

test('what belongs to no county cannot vanish either, and its auditor is told', async () => {
  await tamper(sql`delete from audit.journal where county_code = ${nobodys}`)
  assert.ok((await faultsOf(nobodys)).includes('cut-off'))
  const screen = await world.ask(verifyPromise, 'auditor', {})
  assert.equal(screen.isWhole, false)
  assert.deepEqual(new Set(screen.faults.map((f) => f.county)), new Set([nobodys]))
})

test('a chain that began without a key goes on with one, and neither part can be changed', async () => {
  // As an installation was before the key: chained plainly, its head beside it.
  await tamper(sql`delete from audit.keyed_from`)
  const chain = await chainPlainly()
  const [{ seq }] = (await rowsOf<{ seq: number }>(
    read(),
    sql`select max(seq) as seq from audit.journal where county_code = ${county}`,
  )) as [{ seq: number }]
  for (const path of [here(), there()])
    writeFileSync(
      path,
      `${readFileSync(path, 'utf8').replaceAll(new RegExp(`^${county}.*\n`, 'gm'), '')}${county} ${seq} ${chain}\n`,
    )
  await world.report('worker')
  await seal()
  assert.deepEqual(await faultsOf(), [])
  const whole = await keep()

  await tamper(sql`delete from audit.journal where county_code = ${county} and seq = 4`)
  await chainPlainly(seq)
  assert.ok((await faultsOf()).includes('chain-broken') || (await faultsOf()).includes('missing'))
  const old = kept
  kept = whole
  await tamper(sql`update audit.keyed_from set seq = seq + 1`)
  assert.ok((await faultsOf()).includes('marker-forged'))
  await tamper(sql`delete from audit.keyed_from`)
  assert.ok((await faultsOf()).includes('chain-broken'))
  kept = old
})

test('every night it is walked through, and who audits and the figures say what was found', async () => {
  const told = async () => (await world.ask(listAlarms, 'auditor', {})).verdict
  assert.equal(await told(), null)
  const night = { ...world.engine, settings: { ...world.engine.settings, anchorDir: elsewhere } }
  await verifyNightly(night)
  assert.equal((await told())?.isWhole, true)
  await tamper(sql`delete from audit.journal where county_code = ${county} and seq = 2`)
  world.clock.pass(86_400_000)
  await world.wake()
  await verifyNightly(night)
  const verdict = await told()
  assert.ok(verdict && !verdict.isWhole && verdict.faults > 0)
  const figures = (await world.app.inject({ url: '/metrics' })).body
  assert.match(figures, new RegExp(`fengge_journal_faults\\{county="${county}"\\} [1-9]`))
  assert.match(figures, /fengge_journal_verified_seconds\{county="000000"\} \d{10}/)
})

test('the heads lie in both places, readable by their owner alone', () => {
  assert.ok(existsSync(there()))
  assert.equal(readFileSync(here(), 'utf8'), readFileSync(there(), 'utf8'))
})
