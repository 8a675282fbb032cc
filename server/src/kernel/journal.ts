/**
 * The journal: what happened, written in the same transaction as what it changed. Each row carries a keyed
 * digest (HMAC-SM3) over its facts from the moment it is written. The sealer (journal-chain.ts) numbers committed
 * rows without gaps and chains them, so that a changed, added, removed or cut-off row is found (domain.md A12). Rows
 * seconds old may be unsealed; their digests are checked all the same.
 */
import { createHmac, type KeyObject } from 'node:crypto'
import type { Asking, Entry } from './context.ts'
import type { Tx } from './db/tx.ts'
import * as store from './store.ts'
import type { JournalRow, RequestRow } from './store.ts'

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
