import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openDatabase, type Database } from '../src/kernel/db/pool.ts'
import { excessOf } from '../src/kernel/db/server-role.ts'
import { rowsOf, sql, run } from '../src/kernel/db/sql.ts'
import { journalBook, sealJournal, verifyJournal, type Verdict } from '../src/kernel/journal-chain.ts'
import { county, openWorld, type World } from './world.ts'

let world: World
let owner: Database
before(async () => {
  world = await openWorld()
  owner = openDatabase(world.ownerUrl, 2)
})
after(async () => {
  await owner.close()
  await world.close()
})

const verify = (): Promise<Verdict> => verifyJournal(world.engine.database.read, county, journalBook(world.engine))
/** Seals until nothing is left: rows wait for every transaction on the server that is older, other tests' too. */
async function seal(): Promise<void> {
  for (let i = 0; i < 2000; i++) {
    await sealJournal(world.engine.database, journalBook(world.engine))
    if (
      (await rowsOf(world.engine.database.read, sql`select 1 from audit.journal where seq is null limit 1`)).length ===
      0
    )
      return
  }
}
/** Does what somebody with the database in his hands could do. */
async function tamper(statement: ReturnType<typeof sql>): Promise<void> {
  await owner.write(async (tx) => {
    await run(tx, sql`alter table audit.journal disable trigger user`)
    await run(tx, statement)
    await run(tx, sql`alter table audit.journal enable trigger user`)
  })
}

test('what is done is told, sealed without gaps, and whole', async () => {
  for (let i = 0; i < 12; i++) await world.report('worker')
  await seal()
  const verdict = await verify()
  assert.ok(verdict.isWhole, JSON.stringify(verdict.faults))
  assert.ok(verdict.sealed >= 12)
  const screen = (await world.get('auditor', '/api/audit/verify')).body
  assert.equal(screen.isWhole, true)
})

test('the server has no right to change, delete or empty the journal, and its owner is stopped by the table itself', async () => {
  const crimes = [
    sql`update audit.journal set fact = 'x' where seq = 1`,
    sql`update audit.journal set seq = 9 where seq = 1`,
    sql`delete from audit.journal where seq = 1`,
    sql`truncate audit.journal`,
  ]
  for (const crime of crimes) {
    await assert.rejects(
      world.engine.database.write((tx) => run(tx, crime)),
      /permission denied|append-only/,
    )
    await assert.rejects(
      owner.write((tx) => run(tx, crime)),
      /append-only/,
    )
  }
  await assert.rejects(
    world.engine.database.write((tx) => run(tx, sql`alter table audit.journal disable trigger user`)),
    /must be owner/,
  )
  assert.deepEqual(await excessOf(world.engine.database.url), [])
  assert.ok((await excessOf(world.ownerUrl)).length > 3, 'what a role may do too much is named')
})

const crimes: [name: string, crime: ReturnType<typeof sql>, fault: string][] = [
  [
    'a changed row',
    sql`update audit.journal set detail = detail || '{"level":9}' where county_code = ${county} and seq = 3`,
    'changed',
  ],
  [
    'a changed time',
    sql`update audit.journal set at = at - interval '1 hour' where county_code = ${county} and seq = 4`,
    'changed',
  ],
  ['a removed row', sql`delete from audit.journal where county_code = ${county} and seq = 5`, 'missing'],
  ['a cut-off end', sql`delete from audit.journal where county_code = ${county} and seq > 6`, 'cut-off'],
]
for (const [name, crime, fault] of crimes)
  test(`${name} is found`, async () => {
    const kept = await rowsOf<{ row: string }>(
      world.engine.database.read,
      sql`select to_jsonb(j)::text as row from audit.journal j`,
    )
    await tamper(crime)
    const verdict = await verify()
    assert.equal(verdict.isWhole, false)
    assert.ok(
      verdict.faults.some((f) => f.fault === fault),
      JSON.stringify(verdict.faults),
    )
    await tamper(sql`delete from audit.journal`)
    for (const { row } of kept)
      await world.engine.database.write((tx) =>
        run(
          tx,
          sql`
            insert into audit.journal
            select *
            from jsonb_populate_record(null::audit.journal, ${row}::jsonb)
          `,
        ),
      )
    assert.ok((await verify()).isWhole, 'and the original is whole again')
  })

test('looks at a reporter are kept with their purpose, and the auditor reads them', async () => {
  const ticket = await world.post('hotline', '/api/hotline/tickets', {
    ticketNo: 'T-9001',
    title: '停水',
    content: '全楼停水',
    categoryCode: '5002',
    callerName: '李四',
    callerPhone: '13900000000',
  })
  await world.post('county', '/api/events/reveal-reporter', {
    requestId: crypto.randomUUID(),
    eventId: ticket.body.id,
    purpose: '联系核实',
  })
  const rows = (await world.get('auditor', '/api/audit/journal', { fact: 'reporter.revealed' })).body.rows
  assert.equal(rows[0].detail.purpose, '联系核实')
  assert.ok(!JSON.stringify(rows).includes('13900000000'))
  const stored = await rowsOf<{ text: string }>(
    world.engine.database.read,
    sql`select to_jsonb(r)::text as text from events.reporter r`,
  )
  assert.ok(
    stored.every((s) => !s.text.includes('13900000000') && !s.text.includes('李四')),
    'nothing personal in clear at rest',
  )
})
