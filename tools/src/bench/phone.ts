/** What the phone costs: bytes, an idle phone asking, a whole county syncing at once, search and plan on the phone. */
import { Agent, request } from 'node:http'
import { brotliDecompressSync } from 'node:zlib'
import { liveYear } from '@fengge/domain/visits/planning/grid-year'
import { freshId } from '@fengge/server/kernel/fresh-id'
import { rowsOf, sql } from '@fengge/server/kernel/db/sql'
import { Holdings, type PulledRows } from '@fengge/web/offline/holdings.ts'
import { makeToday } from '@fengge/web/offline/today.ts'
import { measureInBrowser } from './browser.ts'
import { openSession, type Print, type Stage } from './stage.ts'

interface Worker {
  readonly id: string
  readonly grid: string
  readonly token: string
}
const agent = new Agent({ keepAlive: true, maxSockets: Infinity })

interface Answer {
  readonly status: number
  readonly bytes: number
  readonly text: string
  readonly ms: number
}
/** One call as a phone makes it; counts the bytes of the body on the wire. */
function ask(url: string, token: string, body?: object): Promise<Answer> {
  const began = performance.now()
  const text = body === undefined ? undefined : JSON.stringify(body)
  const headers = {
    authorization: `Bearer ${token}`,
    'accept-encoding': 'br',
    ...(text === undefined ? {} : { 'content-type': 'application/json' }),
  }
  return new Promise((resolve, reject) => {
    const call = request(url, { agent, method: text === undefined ? 'GET' : 'POST', headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => {
        const raw = Buffer.concat(parts)
        const plain = answer.headers['content-encoding'] === 'br' ? brotliDecompressSync(raw) : raw
        const ms = performance.now() - began
        resolve({ status: answer.statusCode ?? 0, bytes: raw.length, text: plain.toString('utf8'), ms })
      })
    })
    call.on('error', reject)
    call.end(text)
  })
}

/** Up to 557 workers of grids, each with a session; the worker of the demo first. */
async function listWorkers({ engine }: Stage, most = 557): Promise<Worker[]> {
  const rows = await rowsOf<{ id: string; grid: string }>(
    engine.database.read,
    sql`
      select distinct on (a.login = 'worker', a.id) a.id, p.place_id as grid
      from identity.posting p join identity.account a on a.id = p.account_id
      where p.role_code = 'grid-worker'
      order by a.login = 'worker' desc, a.id
      limit ${most}
    `,
  )
  const workers = rows.map((w) => ({ ...w, token: `bench-field-${freshId()}` }))
  for (const w of workers) await openSession(engine, w.id, w.token)
  return workers
}

/** Phones that hold everything and ask again: what most calls of a day are. */
export async function measurePull(stage: Stage): Promise<void> {
  const url = await stage.product()
  const workers = await listWorkers(stage, 50)
  const paths: string[] = []
  for (const { token } of workers) {
    const { text } = await ask(`${url}/api/sync/pull`, token)
    const { cursor } = JSON.parse(text) as { cursor: string }
    // The configuration went with the first pull, so the second is of a phone that lacks nothing.
    const again = JSON.parse((await ask(`${url}/api/sync/pull?cursor=${cursor}`, token)).text) as { cursor: string }
    paths.push(`?cursor=${again.cursor}`)
  }
  const headers = workers.map((w) => ({ authorization: `Bearer ${w.token}` }))
  const { perSecond, p99, more } = await stage.play({ url: `${url}/api/sync/pull`, paths, headers })
  stage.print('pull of an idle phone, a second', perSecond, '>= 3000', { p99, phones: workers.length, ...more })
}

export async function measurePhone(stage: Stage): Promise<void> {
  const { print } = stage
  const url = await stage.product()
  const workers = await listWorkers(stage)
  const { token } = workers[0]!
  await ask(`${url}/api/sync/pull`, token)
  const whole = await ask(`${url}/api/sync/pull`, token)
  const pulled = JSON.parse(whole.text) as PulledRows
  const sizes = Object.fromEntries(Object.entries(pulled.rows).map(([k, rows]) => [k, rows?.length ?? 0]))
  print('first sync of a grid, KB on the wire', whole.bytes / 1024, '<= 600', {
    ms: Math.round(whole.ms),
    goalMs: 3000,
    ...sizes,
  })
  print('page of today alone, KB on the wire', (await ask(`${url}/api/sync/pull?part=day`, token)).bytes / 1024, '')
  const holdings = new Holdings()
  holdings.apply(pulled)
  measureSearch(holdings, print)
  measurePlan(holdings, print)
  await measureDay({ url, token, print }, holdings)
  await measureCounty(url, workers, print)
  await measureInBrowser(url, (await stage.enter('worker')).headers['authorization']!.slice('Bearer '.length), print)
}

/** In Node, times four for a slow phone. */
function measureSearch(holdings: Holdings, print: Print): void {
  const names = [...holdings.table('person').values()].map((p) => p.name)
  const wordings = [
    (i: number) => names[(i * 37) % names.length]!.slice(0, 2),
    (i: number) => `${1 + (i % 16)}幢`,
    (i: number) => `0${i % 10}${i % 7}`,
  ]
  const asked = Array.from({ length: 300 }, (_, i) => wordings[i % 3]!(i))
  holdings.search('x')
  const times = asked
    .map((text) => {
      const began = performance.now()
      holdings.search(text)
      return performance.now() - began
    })
    .toSorted((a, b) => a - b)
  print('local search of a grid, p95 ms times four', times[Math.floor(times.length * 0.95)]! * 4, '< 50')
}

function measurePlan(holdings: Holdings, print: Print): void {
  const plans = Array.from({ length: 20 }, (_, i) => {
    const began = performance.now()
    makeToday({ holdings, acts: [], now: Date.now() + i * 86_400_000, start: null, budget: 300, order: [] })
    return performance.now() - began
  }).toSorted((a, b) => a - b)
  print('plan of a day made anew, slowest ms times four', plans.at(-1)! * 4, '< 200', {
    items: holdings.table('task').size,
  })
  const years = [1, 2, 3, 8, 42, 99, 1234, 5678].map((seed) => ({
    plan: liveYear({ seed, days: 240, load: 0.85, missRate: 0, planner: 'plan' }),
    oldest: liveYear({ seed, days: 240, load: 0.85, missRate: 0, planner: 'oldest-first' }),
  }))
  const mean = (of: (y: (typeof years)[number]) => number) => years.reduce((n, y) => n + of(y), 0) / years.length
  const onTime = mean((y) => y.plan.onTime)
  print('year of a grid: visits on time at 85 % load', onTime, '>= 0.995', {
    overVisit: Number(mean((y) => y.plan.overVisit).toFixed(3)),
    walkingAgainstOldestFirst: Number(mean((y) => y.plan.walked / y.oldest.walked).toFixed(2)),
  })
}

interface Phone {
  readonly url: string
  readonly token: string
  readonly print: Print
}
const actOf = (seq: number, name: string, asked: object, subject: string) => ({
  requestId: 'id' in asked ? asked.id : freshId(),
  seq,
  name,
  ask: asked,
  madeAt: new Date().toISOString(),
  needs: [],
  subject,
})

/** A worker's day: thirty acts up, what changed down. */
async function measureDay({ url, token, print }: Phone, holdings: Holdings): Promise<void> {
  const houses = [...holdings.table('house').values()].slice(0, 20)
  const confirmed = houses.map((h, seq) => {
    const ids = [h.id, ...holdings.linksOf(h.id).map((l) => l.personId)]
    return actOf(seq, 'confirmRecords', { ids, houseId: h.id, isAsked: true }, h.id)
  })
  const reported = Array.from({ length: 10 }, (_, i) => {
    const id = freshId()
    const content = '巡查发现三单元楼道堆放杂物，影响通行，已劝导，请物业清理。'
    const report = { id, title: '楼道堆放杂物影响通行', content, categoryCode: '5002', gridId: houses[0]!.gridId }
    return actOf(20 + i, 'reportEvent', report, id)
  })
  const body = { device: '', acts: [...confirmed, ...reported] }
  print('thirty acts of a day, KB sent', JSON.stringify(body).length / 1024, '<= 30')
  const sent = await ask(`${url}/api/sync/push`, token, body)
  const fates = (JSON.parse(sent.text) as { fates: { fate: string }[] }).fates.map((f) => f.fate)
  const delta = await ask(`${url}/api/sync/pull?cursor=${holdings.cursor}`, token)
  print("a day's delta, KB on the wire", delta.bytes / 1024, '<= 40', {
    ms: Math.round(delta.ms),
    done: fates.filter((f) => f === 'done').length,
  })
}

/** Every worker of the county at the same moment: one report up, the delta down. */
async function measureCounty(url: string, workers: readonly Worker[], print: Print): Promise<void> {
  const cursors: string[] = []
  for (const { token } of workers)
    cursors.push((JSON.parse((await ask(`${url}/api/sync/pull`, token)).text) as PulledRows).cursor)
  const sync = async ({ token, grid }: Worker, i: number) => {
    const began = performance.now()
    const id = freshId()
    const report = { id, title: '路灯不亮', content: '路灯不亮，夜间行走不便。', categoryCode: '5002', gridId: grid }
    const up = await ask(`${url}/api/sync/push`, token, { device: '', acts: [actOf(1, 'reportEvent', report, id)] })
    const down = await ask(`${url}/api/sync/pull?cursor=${cursors[i]}`, token)
    const isFine = up.status === 200 && up.text.includes('"done"') && down.status === 200
    return { ms: performance.now() - began, isFine }
  }
  const done = await Promise.all(workers.map(sync))
  const times = done.map((d) => d.ms).toSorted((a, b) => a - b)
  print(`${workers.length} workers syncing at once, p95 ms`, times[Math.floor(times.length * 0.95)]!, '< 2000', {
    refused: done.filter((d) => !d.isFine).length,
    slowest: Math.round(times.at(-1)!),
  })
}
