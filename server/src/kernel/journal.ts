/**
 * The journal: what happened, written in the same transaction as what it changed. Each row carries a keyed
 * digest (HMAC-SM3) over its facts from the moment it is written. The sealer numbers committed rows without
 * gaps and chains them, h(n) = SM3(h(n-1) ‖ digest(n)), and keeps the head outside the database, so that a
 * changed, added, removed or cut-off row is found (domain.md A12). Rows seconds old may be unsealed; their
 * digests are checked all the same.
 */
import { createHash, createHmac, type KeyObject } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Asking, Entry } from './context.ts'
import type { Transactions } from './db/pool.ts'
import type { Reading, Tx } from './db/tx.ts'
import * as store from './store.ts'
import type { JournalLink, JournalRow, Link, RequestRow } from './store.ts'

/** One text for one value: keys in order, so that the digest does not hang on how the database stores JSON. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value !== null && typeof value === 'object')
    return `{${Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`)
      .join(',')}}`
  return JSON.stringify(value)
}

export function digestOf(row: Omit<JournalRow, 'mac' | 'at'> & { readonly at: string | Date }, key: KeyObject): string {
  const text = canonical([
    row.county_code,
    row.id,
    new Date(row.at).toISOString(),
    row.kind,
    row.fact,
    row.account_id,
    row.posting_id,
    row.subject,
    row.detail,
    row.ip,
  ])
  return createHmac('sm3', key).update(text).digest('base64url')
}

function rowFor(ctx: Asking, entry: Entry, key: KeyObject): JournalRow {
  const detail = JSON.parse(JSON.stringify(entry.detail)) as Record<string, unknown>
  const row = {
    county_code: ctx.caller.countyCode,
    id: entry.id,
    at: new Date(ctx.now).toISOString(),
    kind: entry.kind,
    fact: entry.fact,
    account_id: ctx.caller.accountId,
    posting_id: entry.postingId,
    subject: entry.subject,
    detail,
    ip: ctx.ip,
  }
  return { ...row, mac: digestOf(row, key) }
}

/** What a context told, as rows of the journal. */
export const journalRows = (ctx: Asking, key: KeyObject): JournalRow[] => ctx.entries.map((e) => rowFor(ctx, e, key))

/** An answered request, remembered so that a repeat gets the same answer. */
export function requestRow(ctx: Asking, endpoint: string, askHash: string, reply: unknown): RequestRow {
  return {
    county_code: ctx.caller.countyCode,
    request_id: ctx.requestId,
    endpoint,
    account_id: ctx.caller.accountId,
    ask_hash: askHash,
    reply: JSON.stringify(reply),
    at: new Date(ctx.now),
  }
}

export async function writeJournal(tx: Tx, ctx: Asking, key: KeyObject): Promise<void> {
  await store.saveJournal(tx, journalRows(ctx, key))
}

const link = (previous: string, mac: string) => createHash('sm3').update(`${previous}.${mac}`).digest('base64url')

/** Seals what has surely committed: rows of transactions older than any still running. Safe to run anywhere, any time. */
export async function sealJournal(database: Transactions, dataDir: string, most = 20_000): Promise<number> {
  return database.write(async (tx) => {
    await store.lockSealing(tx)
    const heads = new Map<string, Link>()
    const sealed: (Link & { county_code: string; id: string })[] = []
    for (const row of await store.listUnsealed(tx, most)) {
      const head = heads.get(row.county_code) ?? (await store.findHead(tx, row.county_code)) ?? { seq: 0, chain: '' }
      const next = { seq: head.seq + 1, chain: link(head.chain, row.mac) }
      heads.set(row.county_code, next)
      sealed.push({ county_code: row.county_code, id: row.id, ...next })
    }
    if (sealed.length > 0) {
      await store.saveLinks(tx, sealed)
      for (const [county, head] of heads)
        appendFileSync(anchorFile(dataDir), `${county} ${head.seq} ${head.chain}\n`, { mode: 0o600 })
    }
    return sealed.length
  })
}

const anchorFile = (dataDir: string) => join(dataDir, 'journal-anchors.log')

export interface Fault {
  readonly seq: number | null
  readonly id: string | null
  readonly fault: 'changed' | 'chain-broken' | 'missing' | 'cut-off'
}
export interface Verdict {
  readonly isWhole: boolean
  readonly sealed: number
  readonly unsealed: number
  readonly faults: Fault[]
}

/** Walks a county's journal from the first row and names every fault (the first 100). */
export async function verifyJournal(
  reading: Reading,
  county: string,
  key: KeyObject,
  dataDir: string,
): Promise<Verdict> {
  const faults: Fault[] = []
  const chains = new Map<number, string>()
  const anchors = readAnchors(dataDir, county)
  let expected = 1
  let chain = ''
  let unsealed = 0
  const check = (row: JournalLink) => {
    if (digestOf(row, key) !== row.mac) faults.push({ seq: row.seq, id: row.id, fault: 'changed' })
    if (row.seq === null) {
      unsealed++
      return
    }
    if (row.seq !== expected) faults.push({ seq: expected, id: null, fault: 'missing' })
    chain = link(chain, row.mac)
    if (row.seq === expected && chain !== row.chain) faults.push({ seq: row.seq, id: row.id, fault: 'chain-broken' })
    chain = row.chain ?? ''
    if (anchors.has(row.seq)) chains.set(row.seq, chain)
    expected = row.seq + 1
  }
  for (let after = { seq: 0, id: '00000000-0000-0000-0000-000000000000' }; ;) {
    const page = await store.listLinks(reading, county, after)
    page.forEach(check)
    const last = page.at(-1)
    if (!last || faults.length >= 100) break
    after = { seq: last.seq ?? 9e18, id: last.id }
  }
  for (const [seq, anchored] of anchors)
    if (chains.get(seq) !== anchored)
      faults.push({ seq, id: null, fault: seq >= expected ? 'cut-off' : 'chain-broken' })
  return { isWhole: faults.length === 0, sealed: expected - 1, unsealed, faults: faults.slice(0, 100) }
}

function readAnchors(dataDir: string, county: string): Map<number, string> {
  const file = anchorFile(dataDir)
  if (!existsSync(file)) return new Map()
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .map((l) => l.split(' '))
    .filter(([c]) => c === county)
  return new Map(lines.map(([, seq, chain]) => [Number(seq), chain ?? '']))
}
