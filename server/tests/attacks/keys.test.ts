/** Keys that are changed, and sealed values that are put where they do not belong. */
import assert from 'node:assert/strict'
import { createCipheriv, createHmac } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { read, utils } from '@e965/xlsx'
import { ledgerStates } from '@fengge/domain/registry/ledger-contract'
import { createApp } from '../../src/app.ts'
import { isDone, rotateKeys } from '../../src/rotate-keys.ts'
import { sealedTables } from '../../src/sealed-tables.ts'
import { rowOf, rowsOf, run, sql } from '../../src/kernel/db/sql.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { createSealer, type SealedAt } from '../../src/kernel/seal.ts'
import { deriveKey } from '../../src/kernel/settings.ts'
import { seedAt } from '../../src/identity/store/accounts.ts'
import { playRichly, type Played } from '../rich-play.ts'
import { clientOf, idOf } from '../world.ts'

let played: Played
const secrets = { next: 'another secret for the data alone, 36', wrong: 'a secret that nobody has ever had, 36' }
before(async () => {
  played = await playRichly()
})
after(() => played.world.close())
const database = () => played.world.engine.database

interface Column {
  readonly table: string
  readonly column: string
}
const named = new Set(sealedTables.flatMap((t) => t.covers.map((c) => `${t.table}.${c}`)))

test('every column that is called sealed, a digest or a seed is in the list of what is turned, and everything in it is there', async () => {
  const columns = await rowsOf<Column & { type: string }>(
    database().read,
    sql`
      select table_schema || '.' || table_name as "table", column_name as "column", data_type as type
      from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_type = 'BASE TABLE'
        and table_schema not in ('pg_catalog', 'information_schema', 'jobs')
    `,
  )
  const seemsSecret = ({ column, type }: (typeof columns)[number]) =>
    type === 'bytea' || (type !== 'integer' && type !== 'bigint' && /sealed|_index$|_tail$|^totp_(?!last)/.test(column))
  const found = columns.filter(seemsSecret).map((c) => `${c.table}.${c.column}`)
  assert.deepEqual(
    found.filter((name) => !named.has(name)),
    [],
  )
  const there = new Set(columns.map((c) => `${c.table}.${c.column}`))
  assert.deepEqual(
    [...named].filter((name) => !there.has(name)),
    [],
  )
})

/** Columns anywhere in the database that hold something sealed, found by its look. */
async function sealedColumns(): Promise<string[]> {
  const tables = await rowsOf<{ table: string }>(
    database().read,
    sql`
      select table_schema || '.' || table_name as "table"
      from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema', 'jobs')
    `,
  )
  const found: string[] = []
  for (const { table } of tables) {
    const rows = await rowsOf<{ column: string }>(
      database().read,
      sql`
        select distinct c.key as "column"
        from ${sql.table(table)} t, jsonb_each_text(to_jsonb(t)) c
        where c.value ~ '[is][12][.][A-Za-z0-9_-]{38,}'
      `,
    )
    found.push(...rows.map((r) => `${table}.${r.column}`))
  }
  return found
}

test('after a rich play nothing sealed lies in a column that would not be turned, and no column of the list is empty', async () => {
  const found = await sealedColumns()
  assert.deepEqual(
    found.filter((name) => !named.has(name)),
    [],
  )
  const alone = [...named].filter((name) => !/_index$|_tail$/.test(name) && !found.includes(name))
  // Of the other kinds of records no field is sealed today, or none that the play fills.
  const others = ['building', 'estate', 'facility', 'house', 'unit'].map((kind) => `registry.${kind}.sealed`)
  // Where somebody moved to is tried in arriving's own tests.
  assert.deepEqual(alone.toSorted(), ['registry.arrival.where_sealed', ...others])
})

/** Asks everything that opens a seal or looks for a digest. */
async function askAll(app: FastifyInstance): Promise<void> {
  const { get, post } = clientOf(app)
  const p = played
  const ok = async (answer: ReturnType<typeof get>, holds: string, what: string) => {
    const { status, body } = await answer
    assert.equal(status, 200, `${what}: ${JSON.stringify(body)}`)
    assert.ok(JSON.stringify(body).includes(holds), `${what} holds ${holds}: ${JSON.stringify(body).slice(0, 500)}`)
  }
  await ok(get('worker', '/api/sync/pull'), p.personId, 'pull')
  await ok(get('worker', '/api/visits'), p.visitNote, 'visits')
  await ok(get('worker', '/api/badges/my-photo'), '/9j/', 'the photo on his badge')
  await ok(get('worker', '/api/visits/services', { state: 'all' }), p.askedBy, 'services')
  await ok(get('village', '/api/sync/inbox'), '"field":"remark"', 'inbox')
  await ok(post('worker', '/api/sync/recover', { requestId: freshId(), id: p.device }), p.dataKey, 'recover')
  const fresh = { ...p.reveal, requestId: freshId() }
  await ok(post('worker', '/api/registry/reveal', fresh), p.phone, 'reveal')
  await ok(post('worker', '/api/registry/reveal', p.reveal), p.phone, 'the repeat of a reveal')
  await ok(get('village', '/api/registry/record', { id: p.personId }), '131****9999', 'record')
  await ok(get('village', '/api/registry/history', { id: p.personId }), '131****8888', 'history')
  await ok(get('keeper', '/api/registry/overlays', { personId: p.personId }), p.care, 'overlays')
  const lists = await Promise.all(
    ledgerStates.map((state) => get('village', '/api/registry/ledger-rows', { runId: p.runId, state })),
  )
  assert.match(JSON.stringify(lists.map((l) => l.body)), /只(上班|租房)/, 'ledgers')
  await ok(get('county', '/api/events/one', { id: p.eventId }), '"reporterName":"李**"', 'event')
  const look = { requestId: freshId(), eventId: p.eventId, purpose: '回访' }
  await ok(post('county', '/api/events/reveal-reporter', look), p.caller.phone, 'reporter')
  for (const text of [p.idNo, p.phone])
    await ok(post('village', '/api/registry/search', { text }), p.personId, `search by ${text.length} digits`)
  const faults = await get('village', '/api/registry/faults', { id: p.batchId })
  const cells = utils.sheet_to_json<string[]>(read(faults.raw).Sheets['Sheet1']!, { header: 1 })
  assert.ok(JSON.stringify(cells).includes(p.badCell), 'rows that came back')
}

const appWith = async (sealer: ReturnType<typeof createSealer>) =>
  (await createApp({ ...played.world.engine, sealer })).app

test('a rotation that stops in the middle is found unfinished, goes on, and leaves nothing that needs the former secret', async () => {
  await askAll(played.world.app)
  const former = played.world.engine.settings.dataSecret
  const between = { ...played.world.engine, sealer: createSealer(secrets.next, 'sm', former) }
  // It stops when people are turned, and what follows is not.
  const people = sealedTables.findIndex((t) => t.table === 'registry.person')
  const part = await rotateKeys(between, sealedTables.slice(0, people + 1))
  assert.ok(isDone(part), JSON.stringify(part))
  const during = await appWith(between.sealer)
  await askAll(during)
  // A server that still runs under the former secret writes meanwhile.
  await playedOn(played.world.engine.sealer)
  const rest = await rotateKeys(between)
  assert.ok(isDone(rest), JSON.stringify(rest))
  assert.deepEqual(Object.keys(rest.written).toSorted(), sealedTables.map((t) => t.table).toSorted())
  const again = await rotateKeys(between)
  assert.ok(isDone(again) && Object.values(again.written).every((n) => n === 0), 'what is done is left alone')
  await during.close()
})

/** A value under the former secret, in a row that was turned already. */
async function playedOn(sealer: ReturnType<typeof createSealer>): Promise<void> {
  const id = idOf('auditor')
  await database().write((tx) =>
    run(tx, sql`update identity.account set totp_pending = ${sealer.seal('late', seedAt(id))} where id = ${id}`),
  )
}

test('with the new secret alone every endpoint answers what it answered before', async () => {
  const sealer = createSealer(secrets.next, 'sm')
  const app = await appWith(sealer)
  await askAll(app)
  const row = (await rowOf<{ totp_secret: string }>(
    database().read,
    sql`select totp_secret from identity.account where id = ${idOf('auditor')}`,
  ))!
  assert.equal(sealer.open(row.totp_secret, seedAt(idOf('auditor'))), played.seed)
  const digest = (await rowOf<{ phone_index: string }>(
    database().read,
    sql`select phone_index from events.reporter where event_id = ${played.eventId}`,
  ))!
  assert.equal(digest.phone_index, sealer.index(played.caller.phone))
  await app.close()
})

test('what still needs a secret that is not given is counted and keeps the command from ending well', async () => {
  const former = played.world.engine.settings.dataSecret
  await playedOn(createSealer(former, 'intl'))
  const alone = { ...played.world.engine, sealer: createSealer(secrets.next, 'sm') }
  const lost = await rotateKeys(alone)
  assert.deepEqual([lost.left, lost.unreadable, isDone(lost)], [{}, { 'identity.account': 1 }, false])
  const both = { ...played.world.engine, sealer: createSealer(secrets.next, 'sm', former) }
  assert.ok(isDone(await rotateKeys(both)))
})

test('a sealed value opens in its own column and row alone, in both suites', () => {
  const here: SealedAt = 'registry.person.sealed:1/phone'
  for (const suite of ['intl', 'sm'] as const) {
    const sealer = createSealer(secrets.next, suite, secrets.wrong)
    const sealed = sealer.seal('13800001111', here)
    assert.equal(sealer.open(sealed, here), '13800001111')
    for (const there of ['registry.person.sealed:2/phone', 'registry.person.sealed:1/idNo', 'a.b.c:1'] as const) {
      assert.throws(() => sealer.open(sealed, there))
      assert.ok(!sealer.isCurrent(sealed, there))
    }
    assert.throws(() => sealer.open(sealed.replace(/^(.)2/, '$11'), here), 'nor does it pass for one of the first form')
  }
})

test('whoever writes to the database cannot put the number of one person in the place of another', async () => {
  const app = await appWith(createSealer(secrets.next, 'sm'))
  const other = await played.person({ name: '别人', phone: '13700002222' })
  const stolen = await database().write((tx) =>
    run(
      tx,
      sql`
        update registry.person
        set sealed = (select p.sealed from registry.person p where p.id = ${played.personId})
        where id = ${other}
      `,
    ),
  )
  assert.equal(stolen, 1)
  const shown = await clientOf(app).get('village', '/api/registry/record', { id: other })
  assert.equal(shown.status, 500)
  assert.ok(!JSON.stringify(shown.body).includes('9999'))
  await app.close()
})

test('values of the first form, which knew no place, are opened until they are turned', () => {
  const iv = Buffer.alloc(12, 7)
  const cipher = createCipheriv('aes-256-gcm', deriveKey(secrets.next, 'seal'), iv)
  const text = Buffer.concat([cipher.update('王芳'), cipher.final()])
  const intl = `i1.${Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')}`
  const nonce = Buffer.alloc(16, 7)
  const stream = createCipheriv('sm4-ctr', deriveKey(secrets.next, 'seal').subarray(0, 16), nonce)
  const rest = Buffer.concat([nonce, stream.update('王芳'), stream.final()])
  const mac = createHmac('sm3', deriveKey(secrets.next, 'seal-mac')).update(rest).digest()
  const sealer = createSealer(secrets.next, 'intl')
  for (const old of [intl, `s1.${Buffer.concat([mac, rest]).toString('base64url')}`]) {
    assert.equal(sealer.open(old, 'a.b.c:1'), '王芳')
    assert.ok(!sealer.isCurrent(old, 'a.b.c:1'))
  }
})

test('a follow code lies in clear nowhere; one of before goes on working, and is sealed when keys are changed', async () => {
  const sealer = createSealer(secrets.next, 'sm')
  const app = await appWith(sealer)
  const code = 'ABCDEFGH23'
  const ofReport = sql`event_id = ${played.eventId}`
  const follow = async () => (await clientOf(app).get(null, '/follow', { code })).status
  assert.equal(await follow(), 404)
  await database().write((tx) =>
    run(
      tx,
      sql`
        update events.reporter
        set follow_code = ${code}, follow_index = null, follow_sealed = null
        where ${ofReport}
      `,
    ),
  )
  assert.equal(await follow(), 303)
  await rotateKeys({ ...played.world.engine, sealer })
  assert.equal(await follow(), 303)
  const rows = await rowsOf<{ text: string }>(
    database().read,
    sql`select to_jsonb(r)::text as text from events.reporter r where ${ofReport}`,
  )
  assert.ok(rows.length > 0 && rows.every((r) => !r.text.includes(code)))
  await app.close()
})
