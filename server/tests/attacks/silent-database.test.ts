/** A database that takes connections and never greets them: nobody waits for ever, and who asked is told to try again. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import Fastify from 'fastify'
import { answerProblem } from '../../src/kernel/answer-problem.ts'
import { openDatabase, type Database } from '../../src/kernel/db/pool.ts'
import { rowOf, sql } from '../../src/kernel/db/sql.ts'

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
