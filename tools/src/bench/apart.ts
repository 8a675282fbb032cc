/** What needs no load: look-ups and search in the tree of places, two ledgers, weight of the apps, the start. */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { placeTree } from '@fengge/server/places/door'
import { buildTree } from '@fengge/server/places/tree'
import { evaluateLedgers } from '../ledgers/evaluate.ts'
import type { Stage } from './stage.ts'

export async function measureLedgers({ print }: Stage): Promise<void> {
  const v = evaluateLedgers(9001)
  print('two ledgers, 100,000 x 50,000: F1 without labels', v.f1, '>= 0.975', { baseline: v.baseline })
  print('two ledgers: precision of what is accepted by itself', v.surePrecision, '>= 0.9995', { recall: v.sureRecall })
  print('two ledgers: seconds on one thread', v.ms / 1000, '<= 3', { candidates: v.candidates })
}

export async function measureGrid({ engine, print }: Stage): Promise<void> {
  const tree = placeTree(engine)
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

export async function measureTree({ print }: Stage): Promise<void> {
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
  const opening = performance.now()
  for (let i = 0; i < 100; i++) {
    tree.children(`n${i}`)
    tree.line(`n${99_999 - i}`)
  }
  print('tree of 100,000 nodes: open a node, ms', (performance.now() - opening) / 100, '<= 300', {
    buildMs: Math.round(built),
  })
}

/** First load of the apps: what index.html names, gzipped; the resident page as it is. */
export async function measureWeight(stage: Stage): Promise<void> {
  const root = join(import.meta.dirname, '../../../apps')
  for (const [app, most] of [
    ['field', 200],
    ['console', 450],
  ] as const) {
    const dist = join(root, app, 'dist')
    const html = readFileSync(join(dist, 'index.html'), 'utf8')
    const files = firstFiles(app, dist, html)
    const size = files.reduce((sum, f) => sum + gzipSync(readFileSync(join(dist, f))).length, gzipSync(html).length)
    stage.print(`first load of ${app}, KB gzip`, size / 1024, `<= ${most}`, {
      files: files.length,
      raw: Math.round(files.reduce((s, f) => s + statSync(join(dist, f)).size, 0) / 1024),
    })
  }
  const report = await (await fetch(`${await stage.product()}/report`)).text()
  stage.print('resident report page, KB', Buffer.byteLength(report) / 1024, '<= 60', {
    gzip: Number((gzipSync(report).length / 1024).toFixed(1)),
  })
}
const firstOfConsole = /^(EventList|table|select|date-picker|input|EventTags|useEvents|usePlaces|tree)/
function firstFiles(app: 'field' | 'console', dist: string, html: string): string[] {
  const named = [...html.matchAll(/(?:src|href)="\/\w+\/(assets\/[^"]+)"/g)].map((m) => m[1]!)
  if (app === 'field') return [...new Set(named)]
  const later = readdirSync(join(dist, 'assets')).filter((f) => firstOfConsole.test(f) && f.endsWith('.js'))
  return [...new Set([...named, ...later.map((f) => `assets/${f}`)])]
}

/** A start after the first: from the command to a ready server, on what was filled. */
export async function measureStart({ folder, print }: Stage): Promise<void> {
  const began = performance.now()
  const port = 20_000 + (process.pid % 20_000)
  const settings = { FENGGE_DATA_DIR: folder, FENGGE_DEMO: 'off', PORT: String(port), HOST: '127.0.0.1' }
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../start.ts')],
    { env: { ...process.env, ...settings, LOG_LEVEL: 'silent' }, stdio: 'ignore' },
  )
  for (;;) {
    const isReady = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (r) => r.ok,
      () => false,
    )
    if (isReady || performance.now() - began > 60_000) break
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  print('start to ready, seconds', (performance.now() - began) / 1000, '< 5')
  child.kill('SIGTERM')
  await new Promise((resolve) => child.on('exit', resolve))
}
