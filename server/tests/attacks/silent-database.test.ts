/** A database that takes connections and never greets them: nobody waits for ever, and who asked is told to try again. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import Fastify from 'fastify'
import { answerProblem } from '../../src/kernel/answer-problem.ts'
import { ofOneKind } from '../../src/kernel/running/gate.ts'
import { openDatabase, type Database } from '../../src/kernel/db/pool.ts'
import { rowOf, run, sql } from '../../src/kernel/db/sql.ts'
import { listEvents } from '@fengge/domain/events/contract/desk'
import { whoAmI } from '@fengge/domain/identity/contract'
import { serverUrlFor } from '../template.ts'
import { openWorld } from '../world.ts'

const taken = new Set<Socket>()
const silent = createServer((socket) => {
  taken.add(socket)
  socket.on('error', () => undefined)
})
let database: Database
before(async () => {
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  database = openDatabase(`postgres://x:x@127.0.0.1:${port}/x`, 2, '', 300)
})
after(async () => {
  for (const socket of taken) socket.destroy()
  silent.close()
  await database.close()
})

test('a place in the pool is given up when nobody answers, and the answer says when to come again', async () => {
  const app = Fastify()
  app.setErrorHandler(answerProblem)
  app.get('/', () => database.write((tx) => rowOf(tx, sql`select 1 as one`)))
  const answers = await Promise.all(Array.from({ length: 6 }, () => app.inject({ url: '/' })))
  for (const answer of answers) {
    assert.deepEqual([answer.statusCode, answer.json().problem], [503, 'server.draining'])
    assert.equal(answer.headers['retry-after'], '5')
  }
  await app.close()
})

test('who waits for what another holds is told to come again after a while, and holds no place for ever', async () => {
  const two = openDatabase(serverUrlFor('postgres'), 2, '-c lock_timeout=50')
  const app = Fastify()
  app.setErrorHandler(answerProblem)
  const hold = sql`select pg_advisory_xact_lock(1311)`
  app.get('/', () => two.write((tx) => run(tx, hold)))
  await two.write(async (tx) => {
    await run(tx, hold)
    const answer = await app.inject({ url: '/' })
    assert.deepEqual([answer.statusCode, answer.headers['retry-after']], [503, '5'])
  })
  assert.equal((await app.inject({ url: '/' })).statusCode, 200)
  await app.close()
  await two.close()
})

test('while one kind of call hangs on a stuck lock, others, and whoever watches over the server, are answered', async () => {
  const world = await openWorld()
  const owner = openDatabase(world.ownerUrl, 1)
  let hanging: Promise<unknown>[] = []
  await owner.write(async (tx) => {
    await run(tx, sql`lock table events.event in access exclusive mode`)
    hanging = Array.from({ length: 24 }, (_, i) => world.ask(listEvents, i % 2 === 0 ? 'town' : 'village', {}))
    // They hold every session that they may have: their own kind's share, and no more of them comes to stand.
    const stands = () => rowOf<{ n: number }>(tx, sql`select count(*)::int as n from pg_locks where not granted`)
    for (let looks = 0; looks < 50;) {
      const n = (await stands())!.n
      assert.ok(n <= ofOneKind, `${n} stand before the lock`)
      if (n === ofOneKind) looks++
    }
    assert.equal((await world.app.inject('/readyz')).statusCode, 200)
    world.engine.sessions.forget()
    await world.ask(whoAmI, 'works', {})
  })
  await Promise.allSettled(hanging)
  await owner.close()
  await world.close()
})
