/** What holds of every table, asked of the catalogue; each is asked of a table that breaks it as well. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openDatabase } from '../src/kernel/db/pool.ts'
import type { Reading } from '../src/kernel/db/tx.ts'
import { rowsOf, run, sql } from '../src/kernel/db/sql.ts'
import { openWorld, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

/** Foreign keys that no index follows: an act on the other end would read the whole table. */
async function unfollowed(reading: Reading): Promise<string[]> {
  const rows = await rowsOf<{ key: string }>(
    reading,
    sql`
      select c.conrelid::regclass || '.' || c.conname as key
      from pg_constraint c
      where c.contype = 'f'
        and c.connamespace::regnamespace::text not in ('pgboss', 'pg_catalog')
        and not exists (
          select 1
          from pg_index i
          where i.indrelid = c.conrelid and c.conkey <@ (i.indkey::int2[]) [0:cardinality(c.conkey)]
        )
    `,
  )
  return rows.map((r) => r.key)
}

/** Tables without a word of what they hold. */
async function uncommented(reading: Reading): Promise<string[]> {
  const rows = await rowsOf<{ name: string }>(
    reading,
    sql`
      select c.oid::regclass::text as name
      from pg_class c
      where c.relkind in ('r', 'p') and not c.relispartition
        and c.relnamespace::regnamespace::text not in ('pgboss', 'jobs', 'public', 'pg_catalog', 'information_schema')
        and obj_description(c.oid, 'pg_class') is null
    `,
  )
  return rows.map((r) => r.name)
}

test('every foreign key can be followed by an index, every table says what it holds', async () => {
  assert.deepEqual(await unfollowed(world.engine.database.read), [])
  assert.deepEqual(await uncommented(world.engine.database.read), [])
})

test('a table that breaks these is found', async () => {
  const owner = openDatabase(world.ownerUrl, 1)
  const undone = new Error('undone')
  await assert.rejects(
    owner.write(async (tx) => {
      await run(
        tx,
        sql`
          create table kernel.lost (
            place_id uuid,
            constraint lost_place foreign key (place_id) references places.place (id)
          )
        `,
      )
      assert.deepEqual(await unfollowed(tx), ['kernel.lost.lost_place'])
      assert.deepEqual(await uncommented(tx), ['kernel.lost'])
      throw undone
    }),
    undone,
  )
  await owner.close()
})
