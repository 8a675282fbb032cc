/** Whoever writes much, or long, delays himself: others write, sign in and read as if he were not there. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { importTickets, submitTicket } from '@fengge/domain/events/contract/rules'
import { exportTasks } from '@fengge/domain/visits/contract/desk'
import { openDatabase, type Database } from '../../src/kernel/db/pool.ts'
import { rowsOf, run, sql } from '../../src/kernel/db/sql.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { AccountGate } from '../../src/kernel/db/account-gate.ts'
import { problemOf } from '../../src/kernel/problems.ts'
import { goodPassword, hire, trySignIn } from '../people.ts'
import { openRegistry, type Registry } from '../registry-world.ts'

let registry: Registry
let owner: Database
before(async () => {
  registry = await openRegistry()
  owner = openDatabase(registry.world.ownerUrl, 2)
  await hire(registry.world, 'newcomer', { role: 'grid-worker' })
})
after(async () => {
  await owner.close()
  await registry.world.close()
})

/** Holds a house as a long transaction does. @returns what lets it go */
async function holdHouse(): Promise<() => Promise<void>> {
  let letGo = () => {}
  const door = new Promise<void>((resolve) => (letGo = resolve))
  let isHeld = () => {}
  const held = new Promise<void>((resolve) => (isHeld = resolve))
  const holding = owner.write(async (tx) => {
    await run(tx, sql`update registry.house set version = version where id = ${registry.house}`)
    isHeld()
    await door
  })
  await held
  return () => {
    letGo()
    return holding
  }
}

test('one account that waits with a dozen writes holds nobody up: others write, sign in and read', async () => {
  const { world } = registry
  const letGo = await holdHouse()
  const version = (await registry.see('worker', registry.house)).version
  const save = () => registry.save('worker', 'house', { use: 'self' }, { id: registry.house, version })
  const waiting = Array.from({ length: 14 }, save)
  // Others are answered while all of these wait; before, they got 503 after half a minute.
  const written = await world.post('town', '/api/notices/read', { requestId: freshId(), ids: [] })
  const signedIn = await trySignIn(world, 'newcomer', goodPassword)
  const read = await world.get('town', '/api/events')
  const busy = world.engine.database.writePool.totalCount - world.engine.database.writePool.idleCount
  await letGo()
  assert.deepEqual(
    [written.status, signedIn.status, read.status],
    [200, 200, 200],
    `${written.status} ${signedIn.problem}`,
  )
  assert.equal(busy, 2, 'so many sessions one account has')
  const answers = await Promise.all(waiting)
  assert.deepEqual(
    answers.map((a) => a.status).filter((s) => ![200, 409].includes(s)),
    [],
  )
})

test('of long answers one account has its share of sessions, statement by statement: others read meanwhile', async () => {
  const { world } = registry
  const door = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  const holding = owner.write(async (tx) => {
    await run(tx, sql`lock table visits.task in access exclusive mode`)
    held.resolve()
    await door.promise
  })
  await held.promise
  const waiting = async () =>
    (
      await rowsOf(
        owner.read,
        sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
    ).length
  const taken = Array.from({ length: 9 }, () => world.post('village', exportTasks.path, { purpose: '年度核对' }))
  const read = await world.get('town', '/api/events')
  while ((await waiting()) < share) await world.get('town', '/api/events')
  const most = await waiting()
  door.resolve()
  await holding
  assert.deepEqual([read.status, most], [200, share], 'so many sessions of one account wait')
  for (const answer of await Promise.all(taken)) assert.equal(answer.status, 200)
})
/** Sessions that one account has while nobody else asks for more. */
const share = 6

const fileOf = (calls: readonly string[]) => ({
  fileName: 'calls.csv',
  base64: Buffer.from(`工单号,标题,内容\n${calls.join('\n')}\n`).toString('base64'),
})
const numbered = (from: number, most: number) =>
  Array.from({ length: most }, (_, i) => `GD-P-${from + i},路灯不亮,第${from + i}盏路灯不亮`)

test('a file of calls is taken page by page, and sent again it adds nothing', async () => {
  const { world } = registry
  const file = { requestId: freshId(), ...fileOf(numbered(0, 60)) }
  const taken = await world.ask(importTickets, 'hotline', file)
  assert.deepEqual(taken, { added: 60, known: 0, errors: [] })
  const rows = await rowsOf<{ n: number }>(
    owner.read,
    sql`
      select count(*) as n
      from audit.journal
      where fact = 'event.reported'
      group by wrote_in
    `,
  )
  assert.deepEqual(
    rows.map((r) => r.n).toSorted((a, b) => a - b),
    [10, 50],
  )
  assert.deepEqual(await world.ask(importTickets, 'hotline', file), taken, 'the same request has its answer')
  const again = await world.ask(importTickets, 'hotline', fileOf(numbered(0, 60)))
  assert.deepEqual([again.added, again.known], [0, 60])
})

test('a file of calls with one that is refused is refused whole, tried or not', async () => {
  const { world } = registry
  await world.ask(submitTicket, 'hotline', { ticketNo: 'GD-P-last', title: '别的', content: '别的事' })
  const file = fileOf([...numbered(100, 60), 'GD-P-last,路灯不亮,又一盏路灯不亮'])
  for (const isTrial of [true, false]) {
    const refused = await world.refusal(importTickets, 'hotline', { ...file, isTrial })
    assert.deepEqual([refused.problem, refused['details']], ['event.ticket-taken', { ticketNo: 'GD-P-last' }])
  }
  const none = await world.ask(importTickets, 'hotline', fileOf(numbered(100, 1)))
  assert.equal(none.added, 1)
})

test('a gate lets so many of one in, others at once, and tells whoever waits for too long or behind too many', async () => {
  const gate = new AccountGate({ own: 2, all: 3, waiting: 2 })
  const doors = Array.from({ length: 6 }, () => Promise.withResolvers<void>())
  const entered: string[] = []
  const pass = (who: string, i: number) =>
    gate
      .pass(who, async () => {
        entered.push(`${who}${i}`)
        await doors[i]!.promise
      })
      .catch((error: unknown) => entered.push(`${who}${i} ${problemOf(error)?.status}`))
  const all = [pass('a', 0), pass('a', 1), pass('a', 2), pass('b', 3), pass('a', 4)]
  await pass('a', 5)
  assert.deepEqual(entered, ['a0', 'a1', 'b3', 'a5 429'], 'of one two, and another at once; his line is full')
  doors[3]!.resolve()
  await all[3]
  assert.equal(entered.length, 4, 'a place that another leaves is none for whoever has his')
  for (const door of doors) door.resolve()
  await Promise.all(all)
  assert.deepEqual(entered.slice(4), ['a2', 'a4'])
  assert.equal(await gate.pass(null, async () => 'nobody’s own'), 'nobody’s own')

  const roomy = new AccountGate({ own: 1, roomy: 2, all: 9, waiting: 1 })
  const out = Promise.withResolvers<void>()
  const held = [1, 2, 3].map(() => roomy.pass('a', () => out.promise))
  assert.equal(await roomy.pass('b', async () => 'at once'), 'at once')
  await assert.rejects(
    roomy.pass('a', async () => undefined),
    'two are in while there is room, and one waits',
  )
  out.resolve()
  await Promise.all(held)

  const hasty = new AccountGate({ own: 1, all: 1, waiting: 5 }, 1)
  const inside = Promise.withResolvers<void>()
  const first = hasty.pass('a', () => inside.promise)
  await assert.rejects(
    hasty.pass('a', async () => undefined),
    (error) => problemOf(error)?.details?.['retryAfter'] === 5,
  )
  inside.resolve()
  await first
  assert.equal(await hasty.pass('a', async () => 'free'), 'free')
})
