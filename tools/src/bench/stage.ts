/** What every measure stands on: database, product, bare routes and client in processes of their own, and how they are compared. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rowOf, sql } from '@fengge/server/kernel/db/sql'
import type { Engine } from '@fengge/server/kernel/engine'
import { hashToken } from '@fengge/server/kernel/sessions'
import { readSettings } from '@fengge/server/kernel/settings'
import { saveSession } from '@fengge/server/identity/store/sessions'
import { openEngine } from '@fengge/server/main'
import { systemClock } from '@fengge/server/kernel/clock'
import type { Load, Round } from './loads.ts'
import { feelStrain } from './machine.ts'
import { startCompanion, type Companion } from './processes.ts'

/** How much is measured; smaller and shorter for a try. */
export interface Measures {
  readonly events: number
  readonly people: number
  readonly rounds: number
  readonly seconds: number
}
export type Print = (figure: string, value: number | string, goal: string, more?: object) => void
export interface Comparison {
  readonly ratio: number
  /** 99th percentile of the product over that of the bare route. */
  readonly p99Ratio: number
  readonly more: object
}
export interface Stage {
  readonly engine: Engine
  readonly measures: Measures
  readonly folder: string
  readonly print: Print
  /** URL of the product, started when first needed. */
  readonly product: () => Promise<string>
  /** URL of the product without limiter and looks (product-plain.ts), started when first needed. */
  readonly plain: () => Promise<string>
  readonly productMemory: () => Promise<number>
  /** URL of the bare routes (bare.ts), started when first needed. */
  readonly bare: () => Promise<string>
  /** A session of an account of the demo; as the headers of a call. */
  readonly enter: (login: string) => Promise<{ headers: Record<string, string>; account: string }>
  /** The median round of a load after a warm-up. */
  readonly play: (load: Load) => Promise<Round & { readonly more: object }>
  /** Product against bare route, round by round in turn. */
  readonly compare: (bare: Load, product: Load) => Promise<Comparison>
  /** Ends product and bare routes, so that the next starts on what was filled since. */
  readonly rest: () => Promise<void>
  /** Ends everything but what is on the disk. */
  readonly shut: () => Promise<void>
  readonly remove: () => void
}

const print: Print = (figure, value, goal, more = {}) => {
  const short = typeof value === 'number' ? Number(value.toPrecision(3)) : value
  process.stdout.write(`${JSON.stringify({ figure, value: short, goal, ...more })}\n`)
}

export async function openStage(measures: Measures): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'fengge-bench-'))
  const env = {
    FENGGE_DATA_DIR: folder,
    FENGGE_DEMO: 'off',
    LOG_LEVEL: 'silent',
    FENGGE_RATE_LIMIT: '10000000',
    HOST: '127.0.0.1',
    PORT: '0',
  }
  const opened = await openEngine(readSettings(env), systemClock, 'fengge', 'owner')
  const { engine } = opened
  const companions = new Map<string, Companion>()
  const companion = (file: string) => {
    const found = companions.get(file) ?? startCompanion(file, env)
    companions.set(file, found)
    return found
  }
  const end = async (files: readonly string[]) => {
    for (const file of files) {
      await companions.get(file)?.end()
      companions.delete(file)
    }
  }
  const playOnce = (load: Load, seconds: number) =>
    companion('client.ts').ask<Round>('play', { ...load, seconds: load.seconds ?? seconds })
  const rig = { measures, playOnce }
  return {
    engine,
    measures,
    folder,
    print,
    product: () => companion('product.ts').ask<string>('url'),
    plain: () => companion('product-plain.ts').ask<string>('url'),
    productMemory: () => companion('product.ts').ask<number>('memory'),
    bare: () => companion('bare.ts').ask<string>('url'),
    enter: (login) => enter(engine, login),
    play: (load) => playRounds(rig, load),
    compare: (bare, product) => compareRounds(rig, bare, product),
    rest: () => end(['product.ts', 'product-plain.ts', 'bare.ts']),
    shut: async () => {
      await end([...companions.keys()])
      await opened.close()
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

interface Rig {
  readonly measures: Measures
  readonly playOnce: (load: Load, seconds: number) => Promise<Round>
}
const warmUp = 2
const rounded = (n: number) => Number(n.toPrecision(3))

async function playRounds({ measures, playOnce }: Rig, load: Load): Promise<Round & { readonly more: object }> {
  const strain = await feelStrain()
  await playOnce(load, warmUp)
  const rounds: Round[] = []
  for (let i = 0; i < measures.rounds; i++) rounds.push(await playOnce(load, measures.seconds))
  const of = (pick: (r: Round) => number) => median(rounds.map(pick))
  return { perSecond: of((r) => r.perSecond), p50: of((r) => r.p50), p99: of((r) => r.p99), more: { ...strain } }
}

/** In turn, so that a neighbour of the machine who wakes up meets both. */
async function compareRounds({ measures, playOnce }: Rig, bare: Load, product: Load): Promise<Comparison> {
  const strain = await feelStrain()
  await playOnce(bare, warmUp)
  await playOnce(product, warmUp)
  const pairs: { a: Round; b: Round }[] = []
  for (let i = 0; i < measures.rounds; i++) {
    const a = await playOnce(bare, measures.seconds)
    pairs.push({ a, b: await playOnce(product, measures.seconds) })
  }
  const ratios = pairs.map(({ a, b }) => b.perSecond / a.perSecond)
  return {
    ratio: median(ratios),
    p99Ratio: rounded(median(pairs.map(({ a, b }) => b.p99 / a.p99))),
    more: {
      perSecond: Math.round(median(pairs.map(({ b }) => b.perSecond))),
      bare: Math.round(median(pairs.map(({ a }) => a.perSecond))),
      p99: median(pairs.map(({ b }) => b.p99)),
      bareP99: median(pairs.map(({ a }) => a.p99)),
      rounds: ratios.map(rounded),
      ...strain,
    },
  }
}
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

let entered = 0
async function enter(engine: Engine, login: string): Promise<{ headers: Record<string, string>; account: string }> {
  const token = `bench-${login}-${++entered}`
  const account = await rowOf<{ id: string }>(
    engine.database.read,
    sql`select id from identity.account where login = ${login}`,
  )
  await openSession(engine, account!.id, token)
  return { headers: { authorization: `Bearer ${token}` }, account: account!.id }
}
/** A session of the field for a day. */
export async function openSession(engine: Engine, accountId: string, token: string): Promise<void> {
  const now = Date.now()
  await engine.database.write((tx) =>
    saveSession(tx, {
      hash: hashToken(token),
      accountId,
      device: 'field',
      hasSecondFactor: false,
      now,
      expiresAt: now + 86_400_000,
    }),
  )
}
