/**
 * `npm run bench`: starts its own server and database, fills a county with a million events, and prints one JSON
 * line a figure. Ratios are taken against bare routes on the same machine in the same run. `--events N` for less,
 * `--only report,pages` for some of it.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import autocannon from 'autocannon'
import Fastify from 'fastify'
import { composeId } from '@fengge/domain/kernel/id'
import { listQuery } from '@fengge/server/events/queries/list-events'
import { createApp } from '@fengge/server/app'
import { findCaller, hashToken } from '@fengge/server/kernel/sessions'
import { saveSession } from '@fengge/server/identity/store'
import { openDatabase } from '@fengge/server/kernel/db/pool'
import { rowOf, rowsOf, sql, run } from '@fengge/server/kernel/db/sql'
import type { Engine } from '@fengge/server/kernel/engine'
import { readSettings } from '@fengge/server/kernel/settings'
import { openEngine } from '@fengge/server/main'
import { placeTree } from '@fengge/server/places/door'
import { buildTree } from '@fengge/server/places/tree'
import { makeDemo } from '../demo/make-county.ts'
import { evaluateLedgers } from '../ledgers/evaluate.ts'
import { measureField } from './field.ts'
import { fillEvents } from './fill.ts'
import { measureRegistry } from './registry.ts'

const wantedEvents = Number(process.argv[process.argv.indexOf('--events') + 1]) || 1_000_000
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1]!.split(',') : undefined
const isWanted = (part: string) => only === undefined || only.includes(part)
const seconds = 6
const print = (figure: string, value: number | string, goal: string, more: object = {}) =>
  process.stdout.write(
    `${JSON.stringify({ figure, value: typeof value === 'number' ? Number(value.toPrecision(3)) : value, goal, ...more })}\n`,
  )
const folder = mkdtempSync(join(tmpdir(), 'fengge-bench-'))
const settings = readSettings({
  FENGGE_DATA_DIR: folder,
  FENGGE_DEMO: 'off',
  LOG_LEVEL: 'silent',
  FENGGE_RATE_LIMIT: '10000000',
  HOST: '127.0.0.1',
  PORT: '0',
})

const opened = await openEngine(settings)
const { engine } = opened
try {
  await makeDemo(engine, { county: '320206', scale: 0.01, days: 20, from: '2026-01-01', seed: 7, say: () => undefined })
  if (only?.every((p) => ['registry', 'ledgers', 'grid', 'tree', 'weight', 'start', 'field'].includes(p)) !== true)
    await fillEvents(engine, wantedEvents)
  const { app } = await createApp(engine)
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const token = await enter(engine)
  if (isWanted('list')) await measureList(url, token)
  if (isWanted('pages')) await measurePages(url, token)
  if (isWanted('report')) await measureReport(url, token)
  if (isWanted('grid')) measureGrid()
  if (isWanted('tree')) measureTree()
  if (isWanted('export')) await measureExport(url, token)
  if (isWanted('ledgers')) measureLedgers()
  if (isWanted('registry')) await measureRegistry({ engine, url, load, print })
  if (isWanted('field')) await measureField({ engine, url, print })
  if (isWanted('weight')) measureWeight(await (await fetch(`${url}/report`)).text())
  await app.close()
} finally {
  await opened.close()
}
if (isWanted('start')) await measureStart()
rmSync(folder, { recursive: true, force: true })
process.exit(0)

async function enter(e: Engine): Promise<Record<'town' | 'worker' | 'county', string>> {
  const tokens = { town: 'bench-town', worker: 'bench-worker', county: 'bench-county' }
  for (const [login, token] of Object.entries(tokens)) {
    const account = await rowOf<{ id: string }>(
      e.database.read,
      sql`select id from identity.account where login = ${login}`,
    )
    await e.database.write((tx) =>
      saveSession(tx, {
        hash: hashToken(token),
        accountId: account!.id,
        device: 'field',
        hasSecondFactor: false,
        now: Date.now(),
        expiresAt: Date.now() + 86_400_000,
      }),
    )
  }
  return tokens
}

async function load(url: string, options: Partial<autocannon.Options>): Promise<autocannon.Result> {
  await autocannon({ url, connections: 20, duration: 2, ...options })
  const result = await autocannon({ url, connections: 20, duration: seconds, ...options })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(
      `${url}: ${result.non2xx} refused, ${result.errors} failed ${JSON.stringify(result.statusCodeStats)}`,
    )
  return result
}
function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` }
}

async function measureList(url: string, token: Record<string, string>): Promise<void> {
  const account = await rowOf<{ id: string }>(
    engine.database.read,
    sql`select id from identity.account where login = 'town'`,
  )
  const caller = (await findCaller(engine.database.read, account!.id, Date.now()))!
  const ask = { queue: 'all', isOpen: 'yes', order: 'newest', size: 25 } as Parameters<typeof listQuery>[0]
  const bare = Fastify()
  const database = openDatabase(engine.database.url)
  bare.get('/', async () => rowsOf(database.read, listQuery(ask, caller, Date.now())))
  const bareUrl = await bare.listen({ port: 0, host: '127.0.0.1' })
  const [a, b] = [
    await load(bareUrl, {}),
    await load(`${url}/api/events?isOpen=yes&size=25`, { headers: bearer(token['town']!) }),
  ]
  print('list of 25 open events of a town, ratio to a bare route', b.requests.average / a.requests.average, '>= 0.6', {
    perSecond: Math.round(b.requests.average),
    bare: Math.round(a.requests.average),
  })
  await bare.close()
  await database.close()
}

async function measureReport(url: string, token: Record<string, string>): Promise<void> {
  await engine.database.write((tx) =>
    run(
      tx,
      sql`
        create table if not exists public.bare (id uuid primary key, title text not null, content text not null, at timestamptz not null)
      `,
    ),
  )
  const bare = Fastify()
  const database = openDatabase(engine.database.url)
  bare.post('/', async (request) => {
    const b = request.body as { id: string; title: string; content: string }
    await database.write((tx) =>
      run(tx, sql`insert into public.bare values (${b.id}, ${b.title}, ${b.content}, now())`),
    )
    return { id: b.id }
  })
  const bareUrl = await bare.listen({ port: 0, host: '127.0.0.1' })
  let n = 0
  const boxes = placeTree().below(placeTree().byCode('320206000000')!.id, 'grid')
  const body = () => {
    const id = composeId(
      Date.now(),
      Uint8Array.from({ length: 10 }, (_, i) => ((++n * 2654435761) >>> (i * 3)) & 255),
    )
    return JSON.stringify({
      requestId: id,
      id,
      title: '楼道堆放杂物影响通行',
      content: '巡查发现三单元楼道堆放杂物，影响通行，已拍照。',
      categoryCode: '5002',
      gridId: boxes[n % boxes.length],
      placeText: '阳光苑 3 幢',
      point: { lng: 120.25 + (n % 100) / 2000, lat: 31.65 + (n % 77) / 2000 },
    })
  }
  const posting = (headers: Record<string, string>, make: () => string): Partial<autocannon.Options> => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    setupClient: (client) => {
      client.setBody(make())
      client.on('response', () => client.setBody(make()))
    },
  })
  const [a, b] = [
    await load(bareUrl, posting({}, body)),
    await load(`${url}/api/events/report`, posting(bearer(token['worker']!), body)),
  ]
  print('report an event, ratio to a bare single-row insert', b.requests.average / a.requests.average, '>= 0.25', {
    perSecond: Math.round(b.requests.average),
    bare: Math.round(a.requests.average),
  })
  await bare.close()
  await database.close()
}

async function measurePages(url: string, token: Record<string, string>): Promise<void> {
  const village = placeTree().below(placeTree().byCode('320206000000')!.id, 'village')[3]
  const pages: [string, string, string][] = [
    ['town newest', 'town', '?size=25'],
    ['town late', 'town', '?queue=late&order=due'],
    ['county newest', 'county', '?size=25'],
    ['county open by village', 'county', `?isOpen=yes&placeId=${village}`],
    ['search common word, county', 'county', '?text=道路'],
    ['search two words, town', 'town', '?text=道路 积水'],
    ['search rare word, county', 'county', '?text=鹧鸪'],
    ['search word and status, town', 'town', '?text=垃圾&statuses=closed'],
    ['to dispatch, town', 'town', '?queue=to-dispatch'],
    ['category of county', 'county', '?categoryCode=5002'],
  ]
  for (const [name, login, query] of pages) {
    const result = await load(`${url}/api/events${encodeURI(query)}`, { headers: bearer(token[login]!), duration: 4 })
    print(`page: ${name}, p99 ms`, result.latency.p99, '< 100', { perSecond: Math.round(result.requests.average) })
  }
}

function measureLedgers(): void {
  const v = evaluateLedgers(9001)
  print('two ledgers, 100,000 x 50,000: F1 without labels', v.f1, '>= 0.975', { baseline: v.baseline })
  print('two ledgers: precision of what is accepted by itself', v.surePrecision, '>= 0.9995', { recall: v.sureRecall })
  print('two ledgers: seconds on one thread', v.ms / 1000, '<= 3', { candidates: v.candidates })
}

function measureGrid(): void {
  const tree = placeTree()
  const rounds = 2_000_000
  let found = 0
  const began = performance.now()
  for (let i = 0; i < rounds; i++)
    if (tree.locate(120.15 + ((i * 7919) % 10000) / 50_000, 31.58 + ((i * 104729) % 10000) / 55_000)) found++
  print('point to grid, look-ups a second', rounds / ((performance.now() - began) / 1000), '>= 1e6', {
    grids: tree.below(tree.byCode('320206000000')!.id, 'grid').length,
    found: found / rounds,
  })
}

function measureTree(): void {
  const rows = Array.from({ length: 100_000 }, (_, i) => ({
    id: `n${i}`,
    code: `${320206000000 + i}`,
    name: `${'东西南北中上下新老大小前后'[i % 13]}${'河桥村庄湾园里街'[i % 8]}第${i}网格`,
    level: 'grid',
    tier: 'grid' as const,
    parent_id: i === 0 ? null : `n${Math.floor((i - 1) / 40)}`,
    county_code: '320206',
    geometry: null,
  }))
  const began = performance.now()
  const tree = buildTree(rows)
  const built = performance.now() - began
  tree.search('dongheqiao', undefined, [], 30)
  const worst = ['东', '河', '第99', 'dhd', 'zhongwan', '320206'].map((text) => {
    const at = performance.now()
    tree.search(text, undefined, [], 30)
    return performance.now() - at
  })
  print('tree of 100,000 nodes: typing in search, worst ms', Math.max(...worst), '<= 50')
  const opened_ = performance.now()
  for (let i = 0; i < 100; i++) {
    tree.children(`n${i}`)
    tree.line(`n${99_999 - i}`)
  }
  print('tree of 100,000 nodes: open a node, ms', (performance.now() - opened_) / 100, '<= 300', {
    buildMs: Math.round(built),
  })
}

async function measureExport(url: string, token: Record<string, string>): Promise<void> {
  const before = process.memoryUsage().rss
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 50)
  const began = performance.now()
  const answer = await fetch(`${url}/api/events/export`, { headers: bearer(token['county']!) })
  let bytes = 0
  for await (const chunk of answer.body!) bytes += (chunk as Uint8Array).length
  clearInterval(watch)
  print('export of the county to Excel, MB of memory above rest', (most - before) / 1e6, '< 200', {
    seconds: Math.round((performance.now() - began) / 1000),
    megabytes: Math.round(bytes / 1e6),
  })
}

/** First load of the apps: what index.html names, gzipped; the resident page as it is. */
function measureWeight(report: string): void {
  const root = join(import.meta.dirname, '../../../apps')
  for (const [app, most] of [
    ['field', 200],
    ['console', 450],
  ] as const) {
    const dist = join(root, app, 'dist')
    const html = readFileSync(join(dist, 'index.html'), 'utf8')
    const named = [...html.matchAll(/(?:src|href)="\/\w+\/(assets\/[^"]+)"/g)].map((m) => m[1]!)
    const first =
      app === 'console'
        ? readdirSync(join(dist, 'assets'))
            .filter(
              (f) =>
                /^(EventList|table|select|date-picker|input|EventTags|useEvents|usePlaces|tree)/.test(f) &&
                f.endsWith('.js'),
            )
            .map((f) => `assets/${f}`)
        : []
    const files = [...new Set([...named, ...first])]
    const size = files.reduce((sum, f) => sum + gzipSync(readFileSync(join(dist, f))).length, gzipSync(html).length)
    print(`first load of ${app}, KB gzip`, size / 1024, `<= ${most}`, {
      files: files.length,
      raw: Math.round(files.reduce((s, f) => s + statSync(join(dist, f)).size, 0) / 1024),
    })
  }
  print('resident report page, KB', Buffer.byteLength(report) / 1024, '<= 60', {
    gzip: Number((gzipSync(report).length / 1024).toFixed(1)),
  })
}

/** A start after the first: from the command to a ready server, on the filled database. */
async function measureStart(): Promise<void> {
  const began = performance.now()
  const port = 20_000 + (process.pid % 20_000)
  const child: ChildProcess = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../start.ts')],
    {
      env: {
        ...process.env,
        FENGGE_DATA_DIR: folder,
        FENGGE_DEMO: 'off',
        PORT: String(port),
        HOST: '127.0.0.1',
        LOG_LEVEL: 'silent',
      },
      stdio: 'ignore',
    },
  )
  for (;;) {
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (r) => r.ok,
      () => false,
    )
    if (ready || performance.now() - began > 60_000) break
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  print('start to ready, seconds', (performance.now() - began) / 1000, '< 5')
  child.kill('SIGTERM')
  await new Promise((resolve) => child.on('exit', resolve))
}
