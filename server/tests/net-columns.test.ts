/** Every column that can name a grid is known: what follows the net, what is dated history, and what need not (G5). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { getPlace } from '@fengge/domain/places/contract'
import { foreseeChange, splitGrid } from '@fengge/domain/places/net-contract'
import { openDatabase } from '../src/kernel/db/pool.ts'
import { rowsOf, run, sql } from '../src/kernel/db/sql.ts'
import type { Reading, Tx } from '../src/kernel/db/tx.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { checkBoard } from '../src/identity/door.ts'
import { county, idOf, openWorld, square, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

/** Rows that follow a change of the net, by the condition that tells a row in use from one that is history. */
const follows: Readonly<Record<string, string>> = {
  'events.event.grid_id': 'is_open',
  'events.notice.place_id': 'true',
  'events.saved_view.filter': 'true',
  'identity.asked_post.place_id': "state = 'asked'",
  'identity.department.place_id': 'true',
  'identity.grid_card.place_id': 'true',
  'identity.posting.place_id': "to_on is null or to_on > '2026-03-02'",
  'identity.two_step.place_id': "state = 'asked'",
  'places.folding.grid_ids': 'withdrawn_at is null',
  'registry.arrival.grid_id': "state in ('offered', 'desk')",
  'registry.batch.place_id': "state in ('waiting', 'running')",
  'registry.building.grid_id': "state = 'live'",
  'registry.estate.grid_id': "state = 'live'",
  'registry.facility.grid_id': "state = 'live'",
  'registry.house.grid_id': "state = 'live'",
  'registry.house.micro_id': "state = 'live'",
  'registry.ledger_row.grid_id': 'true',
  'registry.person.grid_id': "state = 'live'",
  'registry.unit.grid_id': "state = 'live'",
  'sensors.device.grid_id': 'ended_at is null',
  'sync.inbox.place_id': "state = 'open'",
  'visits.campaign.place_id': 'is_open',
  'visits.hazard.grid_id': "state = 'open'",
  'visits.rule.place_id': 'true',
  'visits.service.grid_id': "state not in ('told', 'withdrawn')",
  'visits.task.grid_id': "state = 'open'",
  'worklog.meeting.place_id': "state = 'called'",
}
/** What stays, and why. */
const stays: Readonly<Record<string, string>> = {
  'events.event.desk_place_id': 'a desk is that of a village, a town or the county',
  'events.export_request.filter': 'as it was asked for: of a grid that has ended nothing is given',
  'events.export_request.place_id': 'where it was asked, dated',
  'matters.refused_order.place_id': 'what was turned away, where, dated',
  'places.boundary.place_id': 'borders, each with its days',
  'places.folding.feature_id': 'an area of a department, not of ours',
  'places.issued_code.place_id': 'a code is of one grid for good',
  'places.net_order.ask': 'as it was ordered: refused on its day where a grid has ended',
  'places.net_order.grid_ids': 'as it was ordered: refused on its day where a grid has ended',
  'places.place.parent_id': 'held by the database: nothing in force lies in what has ended',
  'registry.departure.grid_id': 'where something was taken from a phone, dated',
  'registry.export_request.place_id': 'as it was asked for: of a grid that has ended nothing is given',
  'registry.ledger_run.place_id': 'where two ledgers were compared, dated',
  'registry.tally.place_id': 'counted by the database out of what is counted',
  'visits.safety.place_id': 'where somebody is within, for some hours',
  'visits.visit.grid_id': 'where somebody was, dated',
}

/** Columns that may name a grid: by their name, by a key to places, and filters and asks that hold such names. */
async function naming(reading: Reading): Promise<string[]> {
  const rows = await rowsOf<{ name: string }>(
    reading,
    sql`
      select distinct n.nspname || '.' || c.relname || '.' || a.attname as name
      from pg_attribute a
        join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p') and not c.relispartition
        join pg_namespace n on n.oid = c.relnamespace and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss')
        left join pg_constraint k on k.conrelid = c.oid and k.contype = 'f' and a.attnum = any(k.conkey)
        and k.confrelid = 'places.place'::regclass
      where a.attnum > 0 and not a.attisdropped
        and (
          k.oid is not null
          or (a.atttypid in ('uuid'::regtype, 'uuid[]'::regtype) and a.attname ~ '(^|_)(grid|micro|place|area|feature)s?(_id|_ids)?$')
          or (a.atttypid in ('jsonb'::regtype, 'json'::regtype) and a.attname in ('filter', 'ask', 'scope'))
        )
      order by 1
    `,
  )
  return rows.map((r) => r.name)
}

const known = () => [...Object.keys(follows), ...Object.keys(stays)].toSorted()

test('every column that can name a grid follows the net, is dated, or stays for a reason', async () => {
  assert.deepEqual(await naming(world.engine.database.read), known())
})

test('a table that is added with a grid in it, and says nothing of it, is found', async () => {
  const owner = openDatabase(world.ownerUrl, 1)
  const undone = new Error('undone')
  await assert.rejects(
    owner.write(async (tx) => {
      await run(
        tx,
        sql`create table kernel.planted (grid_id uuid, held jsonb, where_it_is uuid references places.place (id))`,
      )
      const found = (await naming(tx)).filter((name) => !known().includes(name))
      assert.deepEqual(found, ['kernel.planted.grid_id', 'kernel.planted.where_it_is'])
      throw undone
    }),
    (error) => error === undone,
  )
  await owner.close()
})

/** Something of a type, where it matters not what. */
function valueOf(type: string) {
  if (type === 'uuid') return sql`gen_random_uuid()`
  if (type === 'jsonb') return sql`'{}'::jsonb`
  if (type.startsWith('timestamp') || type === 'date') return sql`now()`
  if (type === 'ARRAY') return sql`'{}'`
  return /int|real/.test(type) ? sql`1` : sql`'x'`
}

/** Rows that a split does not make by itself, of a grid, by the columns that must be filled. */
async function fill(tx: Tx, grid: string): Promise<void> {
  const columns = await rowsOf<{ table: string; name: string; type: string }>(
    tx,
    sql`
      select table_schema || '.' || table_name as "table", column_name as name, data_type as type
      from information_schema.columns
      where is_nullable = 'NO' and column_default is null
    `,
  )
  const made: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    ['registry.ledger_row', { grid_id: grid, state: 'doubtful' }],
    ['registry.batch', { place_id: grid, mode: 'all', state: 'waiting' }],
    ['sync.inbox', { place_id: grid }],
    ['worklog.meeting', { place_id: grid, agenda: '[]', attendance: '[]' }],
    ['events.saved_view', { filter: JSON.stringify({ placeId: grid }) }],
    ['identity.department', { id: freshId(), place_id: grid }],
    [
      'identity.two_step',
      {
        kind: 'post-end',
        account_id: idOf('auditor'),
        asked_by: idOf('sysadmin'),
        state: 'asked',
        posting_id: freshId(),
        place_id: grid,
      },
    ],
  ]
  for (const [table, given] of made) {
    const rest = columns.filter((c) => c.table === table && !(c.name in given) && c.name !== 'county_code')
    const names = ['county_code', ...Object.keys(given), ...rest.map((c) => c.name)]
    const values = [county, ...Object.values(given)].map((v) => sql`${v}`)
    await run(
      tx,
      sql`
        insert into ${sql.table(table)} (${sql.join(names.map((n) => sql.ref(n)))})
        values (${sql.join([...values, ...rest.map((c) => valueOf(c.type))])})
      `,
    )
  }
}

async function startCampaign(tx: Tx, grid: string): Promise<void> {
  const [matter] = await rowsOf<{ id: string }>(
    tx,
    sql`select id from matters.matter where county_code = ${county} limit 1`,
  )
  await run(
    tx,
    sql`
      insert into visits.campaign (
          county_code, id, matter_id, name, place_id, selector, form_code, from_on, to_on, note, made_at
        )
      values (${county}, ${freshId()}, ${matter!.id}, '专项', ${grid}, 'house-rental', 'rental', now(), now(), '', now())
    `,
  )
}

test('after a split nothing in use names the grid that ended, and its board says who serves there now', async () => {
  const grid = world.at['grid1']!
  const owner = openDatabase(world.ownerUrl, 1)
  await world.report('worker', {})
  await owner.write((tx) => fill(tx, grid))
  await owner.write((tx) => startCampaign(tx, grid))
  const { version } = (await world.ask(getPlace, 'net', { id: grid })).place
  const parts = [0, 1].map((i) => ({
    id: freshId(),
    name: `半${i + 1}`,
    kind: 'general' as const,
    geometry: square(i, 0, 1, 4),
  }))
  const asked = { id: grid, version, on: '2026-03-02', reason: '过大', parts, rest: parts[1]!.id }
  const { posts } = await world.ask(foreseeChange, 'net', { change: { kind: 'split', ...asked } })
  const staff = posts.map((p) => ({ postingId: p.postingId, to: [parts[0]!.id] }))
  await world.ask(splitGrid, 'net', { ...asked, staff })
  for (const [column, live] of Object.entries(follows)) {
    const [schema, table, name] = column.split('.') as [string, string, string]
    const rows = await rowsOf<{ n: number }>(
      world.engine.database.read,
      sql`
        select count(*)::int as n
        from ${sql.table(`${schema}.${table}`)}
        where ${sql.ref(name)}::text like ${`%${grid}%`} and (${sql.raw(live)})
      `,
    )
    assert.equal(rows[0]!.n, 0, `${column} names a grid that has ended`)
  }
  const { tx, now, shelf } = { tx: world.engine.database.read, now: world.clock.now(), shelf: world.engine.shelf }
  const board = await checkBoard({ tx, now, shelf }, grid)
  assert.ok('printed' in board && board.printed.placeName.includes('半1') && board.printed.placeName.includes('半2'))
  assert.ok('printed' in board && board.printed.people.some((p) => p.name === '演员worker'))
  await owner.close()
})
