/**
 * The process of bare routes: the same framework, the same pool and the same SQL as the product, and nothing of what
 * the product does around it. A ratio to them says what sessions, duties, checks, journal and headers cost.
 */
import helmet from '@fastify/helmet'
import Fastify, { type FastifyInstance } from 'fastify'
import { listQuery } from '@fengge/server/events/queries/list-events'
import { rowOf, rowsOf, run, sql } from '@fengge/server/kernel/db/sql'
import type { Engine } from '@fengge/server/kernel/engine'
import { findCaller } from '@fengge/server/identity/door'
import { readSettings } from '@fengge/server/kernel/settings'
import { openEngine } from '@fengge/server/main'
import { systemClock } from '@fengge/server/kernel/clock'
import { readHousehold } from './household-bare.ts'
import { answerMessages } from './processes.ts'

const { engine } = await openEngine(readSettings(process.env), systemClock, 'fengge', 'owner')
const bare = Fastify()
await bare.register(async (plain) => {
  await addLists(plain, engine)
  addInsert(plain, engine)
  plain.get('/household', async (request) =>
    readHousehold(engine.database, (request.query as { houseId: string }).houseId),
  )
})
await bare.register(
  async (guarded) => {
    await guarded.register(helmet)
    await addLists(guarded, engine)
  },
  { prefix: '/headers' },
)
await bare.register(
  async (known) => {
    known.addHook('onRequest', async (request, reply) => {
      const token = request.headers.authorization?.slice('Bearer '.length) ?? ''
      if (!(await engine.sessions.find(token, Date.now()))) await reply.status(401).send('')
    })
    await addLists(known, engine)
  },
  { prefix: '/session' },
)
const url = await bare.listen({ port: 0, host: '127.0.0.1' })
answerMessages({ url: async () => url })

/** The open events of a town, as its dispatcher sees them. */
async function addLists(routes: FastifyInstance, { database, shelf }: Engine): Promise<void> {
  const account = await rowOf<{ id: string }>(database.read, sql`select id from identity.account where login = 'town'`)
  const caller = (await findCaller(database.read, account!.id, Date.now()))!
  const ask: Parameters<typeof listQuery>[0] = { queue: 'all', isOpen: 'yes', order: 'newest', size: 25 }
  routes.get('/list', async () => rowsOf(database.read, listQuery(ask, { caller, shelf, now: Date.now() })))
}

/** One row into a table with one index, in a transaction of its own. */
function addInsert(routes: FastifyInstance, { database }: Engine): void {
  routes.post('/insert', async (request) => {
    const { id, title, content } = request.body as { id: string; title: string; content: string }
    await database.write((tx) =>
      run(tx, sql`insert into public.bare (id, title, content, at) values (${id}, ${title}, ${content}, now())`),
    )
    return { id }
  })
}
