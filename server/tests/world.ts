/**
 * The invented world that tests play in: one county with real codes, a square village of two grids, and the
 * people who serve it. Made once a run as a template; each test file gets a copy of its own.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import type { Action } from '@fengge/domain/events/acts'
import type { Endpoint, ReplyOf, SentOf } from '@fengge/domain/kernel/endpoint'
import { composeId } from '@fengge/domain/kernel/id'
import { createApp } from '../src/app.ts'
import { setUpCounty } from '../src/county.ts'
import { saveAccount } from '../src/identity/store/accounts.ts'
import { saveDepartmentRow, savePosting } from '../src/identity/store/postings.ts'
import { saveSession } from '../src/identity/store/sessions.ts'
import { forgetBlocks } from '../src/events/numbers.ts'
import { forgetRules } from '../src/events/rule-book.ts'
import { actAs } from '../src/kernel/act-as.ts'
import { systemCaller } from '../src/kernel/context.ts'
import { sql, run } from '../src/kernel/db/sql.ts'
import { migrate } from '../src/kernel/db/migrate.ts'
import type { Engine } from '../src/kernel/engine.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { hashToken } from '../src/kernel/sessions.ts'
import { readSettings } from '../src/kernel/settings.ts'
import { setClock } from '../src/kernel/stand-ins/set-clock.ts'
import { createEngine } from '../src/main.ts'
import { placeTree, refreshTree } from '../src/places/door.ts'
import { saveBoundary, saveIssuedCode, savePlace } from '../src/places/store.ts'
import { roles } from '@fengge/domain/identity/roles'

export const county = '320206'
/** Monday morning of a week without holidays. */
export const monday = '2026-03-02T09:00:00+08:00'
/** A stable id for a name, so that a template and its copies agree. */
export const idOf = (name: string) =>
  composeId(
    1_770_000_000_000,
    Uint8Array.from({ length: 10 }, (_, i) => (name.charCodeAt(i % name.length) * 31 + i * 7 + name.length) % 256),
  )

type Position = [number, number]
export const square = (x: number, y: number, w: number, h: number) => {
  const at = (i: number, j: number): Position => [
    Number((120.2 + i / 100).toFixed(6)),
    Number((31.6 + j / 100).toFixed(6)),
  ]
  return {
    type: 'MultiPolygon' as const,
    coordinates: [[[at(x, y), at(x + w, y), at(x + w, y + h), at(x, y + h), at(x, y)]]],
  }
}

const codes = { county: '320206000000', town: '320206001000', otherTown: '320206002000', village: '', otherVillage: '' }

/** Who serves where: login, role, place, department. */
const cast: readonly (readonly [login: string, role: string, place: string, department?: string])[] = [
  ['worker', 'grid-worker', 'grid1'],
  ['worker2', 'grid-worker', 'grid2'],
  ['liaison', 'liaison', 'grid1'],
  ['leader1', 'grid-leader', 'grid1'],
  ['village', 'village-officer', 'village'],
  ['village', 'handler', 'village', 'village-office'],
  ['chief', 'duty-chief', 'village'],
  ['othervillage', 'village-officer', 'otherVillage'],
  ['town', 'dispatcher', 'town'],
  ['townchief', 'duty-chief', 'town'],
  ['townleader', 'leader', 'town'],
  ['othertown', 'dispatcher', 'otherTown'],
  ['works', 'handler', 'town', 'town-works'],
  ['urban', 'handler', 'town', 'town-urban'],
  ['county', 'dispatcher', 'county'],
  ['countychief', 'duty-chief', 'county'],
  ['leader', 'leader', 'county'],
  ['supervisor', 'supervisor', 'county'],
  ['bureau', 'handler', 'county', 'county-police'],
  ['hotline', 'hotline-operator', 'county'],
  ['net', 'net-editor', 'county'],
  ['rules', 'rules-editor', 'county'],
  ['keeper', 'overlay-keeper', 'village'],
  ['sysadmin', 'system-admin', 'county'],
  ['secadmin', 'security-admin', 'county'],
  ['auditor', 'audit-admin', 'county'],
]
export const logins = [...new Set(cast.map(([login]) => login))]
export type Login = (typeof cast)[number][0]

const offices = [
  ['village-office', 'village', '示例社区', 'village-office'],
  ['town-works', 'town', '市政管理所', 'works'],
  ['town-urban', 'town', '综合行政执法队', 'urban'],
  ['county-police', 'county', '公安分局', 'police'],
] as const

function settingsFor(dataDir: string) {
  return readSettings({
    FENGGE_DATA_DIR: dataDir,
    FENGGE_SECRET: 'a secret for tests only, 32 characters',
    LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
    FENGGE_DEMO: 'off',
    FENGGE_RATE_LIMIT: '100000',
  })
}
const adminUrl = () =>
  process.env['TEST_DATABASE_URL'] ??
  (() => {
    throw new Error('run tests with `npm test`, which starts a database')
  })()
const urlFor = (database: string) => adminUrl().replace(/\/[^/]*$/, `/${database}`)

async function admin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl() })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

/** Makes the template; called once before the test files run. */
export async function makeTemplate(): Promise<void> {
  await admin("create database world template template0 encoding 'UTF8' locale 'C'")
  await migrate(urlFor('world'))
  const dataDir = mkdtempSync(join(tmpdir(), 'fengge-template-'))
  const engine = createEngine(settingsFor(dataDir), urlFor('world'), setClock(monday))
  await setUpCounty(engine, county)
  await actAs(engine, systemCaller(county), 'test:world', async (ctx) => {
    const ids = places()
    for (const [name, shape] of [
      ['county', square(-5, -5, 40, 40)],
      ['town', square(0, 0, 10, 10)],
      ['village', square(0, 0, 4, 4)],
      ['otherVillage', square(4, 0, 4, 4)],
    ] as const)
      await saveBoundary(ctx.tx, ids[name]!, shape, '2026-01-01')
    for (const [i, name] of (['grid1', 'grid2'] as const).entries()) {
      const code = `${codes.village}00${i + 1}`
      await savePlace(ctx.tx, {
        id: idOf(name),
        code,
        name: `第${i + 1}网格`,
        level: 'grid',
        parent_id: ids['village']!,
        county_code: county,
        kind: 'general',
        dedicated_kind: null,
        households: 400,
        people: 900,
        norm_reason: null,
        valid_from: '2026-01-01',
      })
      await saveIssuedCode(ctx.tx, code, idOf(name), '2026-01-01')
      await saveBoundary(ctx.tx, idOf(name), square(i * 2, 0, 2, 4), '2026-01-01')
    }
    const at = { ...ids, grid1: idOf('grid1'), grid2: idOf('grid2') } as Record<string, string>
    for (const [key, place, name, kind] of offices)
      await saveDepartmentRow(ctx.tx, { id: idOf(key), county, placeId: at[place]!, name, kind, status: 'active' })
    for (const login of logins) {
      await saveAccount(ctx.tx, {
        id: idOf(login),
        county,
        login,
        name: `演员${login}`,
        kind: 'person',
        hash: null,
        mustChange: false,
        isInvented: true,
        now: ctx.now,
      })
      await saveSession(ctx.tx, {
        hash: hashToken(`token-${login}`),
        accountId: idOf(login),
        device: 'field',
        hasSecondFactor: true,
        now: ctx.now,
        expiresAt: ctx.now + 3000 * 86_400_000,
      })
    }
    for (const [i, [login, role, place, department]] of cast.entries())
      await savePosting(ctx.tx, {
        id: idOf(`post${i}-${login}`),
        accountId: idOf(login),
        roleCode: role,
        roleKind: roles.find((r) => r.code === role)!.kind,
        placeId: at[place]!,
        departmentId: department === undefined ? null : idOf(department),
        fromOn: '2025-01-01',
        toOn: null,
      })
  })
  await engine.database.close()
  rmSync(dataDir, { recursive: true })
}

function places(): Record<string, string> {
  const tree = placeTree()
  const town = tree.byCode(codes.town)!
  const [village, otherVillage] = tree.children(town.id)
  codes.village = village!.code
  return {
    county: tree.byCode(codes.county)!.id,
    town: town.id,
    otherTown: tree.byCode(codes.otherTown)!.id,
    village: village!.id,
    otherVillage: otherVillage!.id,
    province: tree.byCode('320000000000')!.id,
  }
}

export interface Answer {
  readonly status: number
  readonly body: any
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
  readonly clock: ReturnType<typeof setClock>
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
  readonly see: (login: Login, eventId: string) => Promise<any>
  /** Everybody has just been seen, whatever the clock says. */
  readonly wake: () => Promise<void>
  readonly close: () => Promise<void>
}

let copies = 0

export async function openWorld(): Promise<World> {
  const name = `world_${process.pid}_${++copies}`
  await admin(`create database ${name} template world`)
  const dataDir = mkdtempSync(join(tmpdir(), 'fengge-test-'))
  const clock = setClock(monday)
  const engine = createEngine(settingsFor(dataDir), urlFor(name), clock)
  forgetBlocks()
  forgetRules()
  await refreshTree(engine)
  const routes = new Set<string>()
  const { app } = await createApp(engine, (it) => {
    it.addHook('onRoute', ({ method, url }) => {
      for (const m of [method].flat()) routes.add(`${m} ${url}`)
    })
  })
  await app.ready()
  const send = async (
    login: Login | null,
    method: 'GET' | 'POST',
    url: string,
    payload?: Record<string, unknown>,
  ): Promise<Answer> => {
    const headers = login === null ? {} : { authorization: `Bearer token-${login}` }
    const response = await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
    const isJson = String(response.headers['content-type'] ?? '').includes('json')
    return {
      status: response.statusCode,
      body: isJson ? response.json() : response.body,
      raw: response.rawPayload,
      headers: response.headers,
    }
  }
  const at = { ...places(), grid1: idOf('grid1'), grid2: idOf('grid2') }
  const answerOf = (promise: Endpoint, login: Login | null, ask: object): Promise<Answer> =>
    promise.method === 'GET'
      ? world.get(login, promise.path, { ...ask })
      : world.post(login, promise.path, { requestId: freshId(), ...ask })
  const world: World = {
    app,
    engine,
    clock,
    routes,
    at,
    get: (login, path, query = {}) =>
      send(
        login,
        'GET',
        `${path}?${new URLSearchParams(
          Object.entries(query)
            .filter(([, value]) => value !== undefined)
            .map(([key, value]) => [key, String(value)]),
        ).toString()}`,
      ),
    post: (login, path, body) => send(login, 'POST', path, body),
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
    report: async (login, more = {}) => {
      const id = freshId(clock.now()).slice(0, -4) + '0001'
      const answer = await world.post(login, '/api/events/report', {
        requestId: freshId(),
        id,
        title: '楼道堆放杂物',
        content: '三单元楼道堆放杂物，影响通行。',
        categoryCode: '5001',
        gridId: at.grid1,
        ...more,
      })
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
      return answer.body.id as string
    },
    see: async (login, id) => (await world.get(login, '/api/events/one', { id })).body,
    act: async (login, eventId, action, fields = {}) => {
      const { version } = await world.see(login, eventId)
      return world.post(login, `/api/events/act/${action}`, {
        requestId: freshId(),
        eventId,
        version: version ?? 1,
        ...fields,
      })
    },
    wake: async () => {
      await engine.database.write((tx) => run(tx, sql`update identity.session set seen_at = ${new Date(clock.now())}`))
      engine.sessions.forget()
    },
    close: async () => {
      await app.close()
      await engine.database.close()
      await admin(`drop database ${name} with (force)`)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  return world
}
export const office = (key: (typeof offices)[number][0]) => idOf(key)
