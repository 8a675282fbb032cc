/** A server over a copy of the invented county (template.ts), with a set clock, asked as a client asks. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Action } from '@fengge/domain/events/acts'
import { contract } from '@fengge/domain/contract'
import { commonRefusals, type Endpoint, type ReplyOf, type SentOf } from '@fengge/domain/kernel/endpoint'
import { createApp } from '../src/app.ts'
import { run, sql } from '../src/kernel/db/sql.ts'
import type { Engine } from '../src/kernel/engine.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { setChance } from '../src/kernel/stand-ins/set-chance.ts'
import { setClock } from '../src/kernel/stand-ins/set-clock.ts'
import { createEngine } from '../src/main.ts'
import { refreshTree } from '../src/places/door.ts'
import {
  admin,
  idOf,
  monday,
  openSession,
  placesOf,
  settingsFor,
  serverUrlFor,
  urlFor,
  type Login,
} from './template.ts'

export { county, idOf, logins, monday, office, square, type Login } from './template.ts'

/** A reply as it comes, for tests that ask what no contract promises. Typed tests call `ask`. */
// oxlint-disable-next-line typescript/no-explicit-any -- the one place where a test may read without a type
export type Loose = any

export interface Answer {
  readonly status: number
  readonly body: Loose
  readonly raw: Buffer
  readonly headers: Record<string, unknown>
}
/** What is sent to an endpoint; the number of the request is made by `ask` itself. */
export type AskedOf<E> = SentOf<E> extends infer S ? (S extends unknown ? Omit<S, 'requestId'> : never) : never
/** How an endpoint refused. */
export interface Refusal {
  readonly status: number
  readonly problem: string
  readonly [detail: string]: unknown
}
export interface World {
  readonly app: FastifyInstance
  readonly engine: Engine
  /** The same database for its owner, who may do more than the server: for tests of what somebody else did to it. */
  readonly ownerUrl: string
  readonly clock: ReturnType<typeof setClock>
  /** Draws no sample unless it is put below `sampleShare`. */
  readonly chance: ReturnType<typeof setChance>
  /** Every route of the server, as the framework knows it: `GET /api/places`. */
  readonly routes: ReadonlySet<string>
  readonly at: Record<string, string>
  readonly get: (login: Login | null, path: string, query?: Record<string, unknown>) => Promise<Answer>
  readonly post: (login: Login | null, path: string, body: Record<string, unknown>) => Promise<Answer>
  /**
   * The reply of an endpoint, typed by its contract, and the only way in for new tests. What is sent is typed too;
   * `requestId` is added. Anything but 200 throws, with the refusal in the message.
   * @example const { tasks } = await world.ask(listTasks, 'village', { state: 'late' })
   */
  readonly ask: <E extends Endpoint>(promise: E, login: Login | null, ask: AskedOf<E>) => Promise<ReplyOf<E>>
  /**
   * How an endpoint refuses: status, code and what stands beside it. Throws where it does not refuse.
   * @example assert.equal((await world.refusal(dropTask, 'worker', { id, reason: '重复' })).problem, 'not-allowed')
   */
  readonly refusal: <E extends Endpoint>(promise: E, login: Login | null, ask: AskedOf<E>) => Promise<Refusal>
  /** Reports as a worker; gives the new event's id. */
  readonly report: (login: Login, more?: Record<string, unknown>) => Promise<string>
  /** Takes an act with the version the actor sees. */
  readonly act: (login: Login, eventId: string, action: Action, fields?: Record<string, unknown>) => Promise<Answer>
  readonly see: (login: Login, eventId: string) => Promise<Loose>
  /** Everybody has just been seen, whatever the clock says. */
  readonly wake: () => Promise<void>
  /** Whose phone was wiped signs in again. */
  readonly signBackIn: (login: Login) => Promise<void>
  readonly close: () => Promise<void>
}

let copies = 0

/** @param more settings other than those of every test */
export async function openWorld(more: Readonly<Record<string, string>> = {}): Promise<World> {
  const name = `world_${process.pid}_${++copies}`
  await admin(`create database ${name} template world`)
  const dataDir = mkdtempSync(join(tmpdir(), 'fengge-test-'))
  const clock = setClock(monday)
  const chance = setChance(0.99)
  const engine = createEngine(settingsFor(dataDir, more), serverUrlFor(name), clock, chance)
  await refreshTree(engine)
  const routes = new Set<string>()
  const undeclared = new Set<string>()
  const { app } = await createApp(engine, (it) => {
    it.addHook('onRoute', ({ method, url }) => {
      for (const m of [method].flat()) routes.add(`${m} ${url}`)
    })
    it.addHook('onSend', async ({ method, routeOptions }, { statusCode }, payload) => {
      if (statusCode >= 400)
        for (const code of undeclaredIn(`${method} ${routeOptions.url}`, payload)) undeclared.add(code)
    })
  })
  await app.ready()
  const at = { ...placesOf(engine), grid1: idOf('grid1'), grid2: idOf('grid2') }
  const lines = linesTo(app)
  return {
    app,
    engine,
    ownerUrl: urlFor(name),
    clock,
    chance,
    routes,
    at,
    ...lines,
    ...askingBy(lines),
    ...workingBy(lines, clock, at.grid1),
    wake: async () => {
      await engine.database.write((tx) => run(tx, sql`update identity.session set seen_at = ${new Date(clock.now())}`))
      engine.sessions.forget()
    },
    signBackIn: (login) => engine.database.write((tx) => openSession(tx, login, clock.now())),
    close: async () => {
      await app.close()
      await engine.database.close()
      await admin(`drop database ${name} with (force)`)
      rmSync(dataDir, { recursive: true, force: true })
      assert.deepEqual([...undeclared], [], 'every refusal is one that its endpoint declares')
    },
  }
}

const declared = new Map(
  contract.map((p) => [`${p.method} ${p.path}`, new Set<string>([...commonRefusals, ...p.refusals])]),
)

/** The refusal of an answer, where the endpoint of that route does not declare it. */
export function undeclaredIn(route: string, payload: unknown): string[] {
  const known = declared.get(route.replace(/^(PATCH|HEAD|DELETE) (.*)\/:id$/, 'POST $2'))
  if (!known || typeof payload !== 'string') return []
  const code = /^\{"problem":"([^"]+)"/.exec(payload)?.[1]
  return code === undefined || known.has(code) ? [] : [`${route}: ${code}`]
}

type Lines = Pick<World, 'get' | 'post'>

/** Asks another application, for example over the same database with other keys. */
export function clientOf(app: FastifyInstance): Pick<World, 'get' | 'post' | 'ask' | 'refusal'> {
  const lines = linesTo(app)
  return { ...lines, ...askingBy(lines) }
}

function linesTo(app: FastifyInstance): Lines {
  const send = async (login: Login | null, request: { method: 'GET' | 'POST'; url: string; payload?: object }) => {
    const headers = login === null ? {} : { authorization: `Bearer token-${login}` }
    const response = await app.inject({ ...request, headers })
    const isJson = String(response.headers['content-type'] ?? '').includes('json')
    return {
      status: response.statusCode,
      body: isJson ? response.json() : response.body,
      raw: response.rawPayload,
      headers: response.headers,
    }
  }
  return {
    get: (login, path, query = {}) => {
      const pairs = Object.entries(query).filter(([, value]) => value !== undefined)
      const text = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString()
      return send(login, { method: 'GET', url: `${path}?${text}` })
    },
    post: (login, path, payload) => send(login, { method: 'POST', url: path, payload }),
  }
}

/** Questions that are posted carry no number. */
const isNumbered = (promise: Endpoint): boolean => !('shape' in promise.ask) || 'requestId' in Object(promise.ask.shape)

function askingBy({ get, post }: Lines): Pick<World, 'ask' | 'refusal'> {
  const answerOf = (promise: Endpoint, login: Login | null, ask: object): Promise<Answer> =>
    promise.method === 'GET'
      ? get(login, promise.path, { ...ask })
      : post(login, promise.path, { ...(isNumbered(promise) ? { requestId: freshId() } : {}), ...ask })
  return {
    ask: async (promise, login, ask) => {
      const answer = await answerOf(promise, login, ask)
      if (answer.status !== 200) throw new Error(`${promise.name} ${answer.status}: ${JSON.stringify(answer.body)}`)
      return answer.body as ReplyOf<typeof promise>
    },
    refusal: async (promise, login, ask) => {
      const answer = await answerOf(promise, login, ask)
      if (answer.status === 200) throw new Error(`${promise.name} did not refuse: ${JSON.stringify(answer.body)}`)
      return { ...(answer.body as Refusal), status: answer.status }
    },
  }
}

function workingBy({ get, post }: Lines, clock: World['clock'], gridId: string): Pick<World, 'report' | 'see' | 'act'> {
  const see: World['see'] = async (login, id) => (await get(login, '/api/events/one', { id })).body
  return {
    see,
    report: async (login, more = {}) => {
      const id = freshId(clock.now())
      const answer = await post(login, '/api/events/report', {
        requestId: freshId(),
        id,
        title: '楼道堆放杂物',
        content: '三单元楼道堆放杂物，影响通行。',
        categoryCode: '5001',
        gridId,
        ...more,
      })
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
      return answer.body.id as string
    },
    act: async (login, eventId, action, fields = {}) => {
      const { version } = await see(login, eventId)
      const ask = { requestId: freshId(), eventId, version: version ?? 1, ...fields }
      return post(login, `/api/events/act/${action}`, ask)
    },
  }
}
