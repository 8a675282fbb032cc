/** What a command is handed cannot write where it has no transaction. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import Fastify from 'fastify'
import { reportEvent } from '@fengge/domain/events/contract/desk'
import { systemCaller, type Asking, type Caller } from '../../src/kernel/context.ts'
import { rowsOf, sql } from '../../src/kernel/db/sql.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { createServe } from '../../src/kernel/serve.ts'
import { county, openWorld, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

test('a command that only inserts is handed no session that could write or delete by itself', async () => {
  const serve = createServe(Fastify(), world.engine)
  const refusals: unknown[] = []
  const write = async (ctx: Asking, statement: ReturnType<typeof sql>) =>
    rowsOf(ctx.tx, statement).catch((error: { code?: string }) => refusals.push(error.code))
  serve.insert(reportEvent, {}, async (ctx) => {
    await write(ctx, sql`delete from registry.overlay returning id`)
    await write(ctx, sql`update identity.account set name = name returning id`)
    await write(ctx, sql`select id from identity.account for update`)
    throw new Error('seen')
  })
  const post = { roleCode: '', roleName: '', departmentId: null, officeName: '', duties: new Set(['event.report']) }
  const caller = {
    ...systemCaller(county),
    posts: [{ ...post, id: freshId(), placeId: world.at['grid1']! }],
  } as Caller
  const ask = { requestId: freshId(), id: freshId(), title: '井盖缺失', content: '井盖缺失', categoryCode: '5001' }
  await assert.rejects(serve.invoke(reportEvent, caller, ask, { ip: '' }), /seen/)
  assert.deepEqual(refusals, ['25006', '25006', '25006'], 'PostgreSQL: read_only_sql_transaction')
})
