/**
 * The chain of the journal. The sealer numbers committed rows without gaps, a county at a time, and chains them:
 * h(n) = HMAC-SM3(key; county, n, h(n-1), digest(n)), so that whoever holds the database alone cannot chain anew what
 * he changed. Rows sealed before the chain had a key stand in front of a marker, which is signed, and are walked by the
 * plain digest they were chained with. The heads are kept outside the database (journal-anchors.ts).
 */
import { createHash, createHmac, type KeyObject } from 'node:crypto'
import type { Transactions } from './db/pool.ts'
import type { Reading } from './db/tx.ts'
import type { Ground } from './ground.ts'
import { anchorFilesOf, readAnchors, thinAnchors, writeAnchors, type Anchors } from './journal-anchors.ts'
import { digestOf } from './journal.ts'
import * as store from './store.ts'
import type { JournalLink, KeyedFrom, Link } from './store.ts'

/** What the chain is made and judged by. */
export interface JournalBook {
  readonly key: KeyObject
  readonly anchorFiles: readonly string[]
}
export const journalBook = ({ journalKey, settings }: Pick<Ground, 'journalKey' | 'settings'>): JournalBook => ({
  key: journalKey,
  anchorFiles: anchorFilesOf(settings),
})

/** A link of the chain as it was before it had a key. */
const plainLink = (previous: string, mac: string) => createHash('sm3').update(`${previous}.${mac}`).digest('base64url')
const keyedLink = (key: KeyObject, county: string, { seq, chain }: Link, mac: string) =>
  `k1.${createHmac('sm3', key).update(`link\0${county}.${seq}.${chain}.${mac}`).digest('base64url')}`
const markerMac = (key: KeyObject, { county_code, seq, chain }: Omit<KeyedFrom, 'mac'>) =>
  createHmac('sm3', key).update(`keyed\0${county_code}.${seq}.${chain}`).digest('base64url')

/** Rows of a batch; so many may be sealed and not yet anchored, when a server is killed between the two. */
const batch = 20_000

/** Seals what has surely committed: rows of transactions older than any still running. Safe to run anywhere, any time. */
export async function sealJournal(database: Transactions, book: JournalBook, most = batch): Promise<number> {
  const heads = new Map<string, Link>()
  const count = await database.write(async (tx) => {
    heads.clear()
    await store.lockSealing(tx)
    const sealed: (Link & { county_code: string; id: string })[] = []
    for (const { county_code: county, id, mac } of await store.listUnsealed(tx, most)) {
      const head = heads.get(county) ?? (await store.findHead(tx, county)) ?? { seq: 0, chain: '' }
      const seq = head.seq + 1
      if (head.seq > 0 && !head.chain.startsWith('k1.')) {
        const marker = { county_code: county, seq, chain: head.chain }
        await store.saveKeyedFrom(tx, { ...marker, mac: markerMac(book.key, marker) })
      }
      const next = { seq, chain: keyedLink(book.key, county, { seq, chain: head.chain }, mac) }
      heads.set(county, next)
      sealed.push({ county_code: county, id, ...next })
    }
    if (sealed.length > 0) await store.saveLinks(tx, sealed)
    return sealed.length
  })
  writeAnchors(book.anchorFiles, heads)
  return count
}

export interface Fault {
  readonly seq: number | null
  readonly id: string | null
  readonly fault: 'changed' | 'chain-broken' | 'missing' | 'cut-off' | 'anchor-missing' | 'marker-forged'
}
export interface Verdict {
  readonly isWhole: boolean
  readonly sealed: number
  readonly unsealed: number
  readonly faults: Fault[]
}

const mostFaults = 100

/** Walks a county's journal from the first row and names every fault (the first 100). */
export async function verifyJournal(
  reading: Reading,
  county: string,
  book: JournalBook,
  anchors: readonly Anchors[] = book.anchorFiles.map(readAnchors),
): Promise<Verdict> {
  const kept = anchors.map((place) => place.get(county) ?? [])
  const walk = new Walk(book.key, county, await store.findKeyedFrom(reading, county), kept)
  for (let after = { seq: 0, id: '00000000-0000-0000-0000-000000000000' }; ;) {
    const page = await store.listLinks(reading, county, after)
    for (const row of page) walk.check(row)
    const last = page.at(-1)
    if (!last || walk.faults.length >= mostFaults) break
    after = { seq: last.seq ?? 9e18, id: last.id }
  }
  return walk.verdict()
}

class Walk {
  readonly faults: Fault[] = []
  private expected = 1
  private chain = ''
  private unsealed = 0
  private readonly chains = new Map<number, string>()
  private readonly key: KeyObject
  private readonly county: string
  private readonly marker: KeyedFrom | undefined
  /** By place, in the order of the files. */
  private readonly anchors: readonly (readonly Link[])[]
  constructor(key: KeyObject, county: string, marker: KeyedFrom | undefined, anchors: readonly (readonly Link[])[]) {
    this.key = key
    this.county = county
    this.marker = marker
    this.anchors = anchors
    for (const { seq } of anchors.flat()) this.chains.set(seq, '')
    if (marker && marker.mac !== markerMac(key, marker)) this.find('marker-forged', marker.seq)
  }

  check(row: JournalLink): void {
    if (digestOf(row, this.key) !== row.mac) this.find('changed', row.seq, row.id)
    if (row.seq === null) {
      this.unsealed++
      return
    }
    if (row.seq !== this.expected) this.find('missing', this.expected)
    else if (this.linkAt(row.seq, row.mac) !== row.chain) this.find('chain-broken', row.seq, row.id)
    this.chain = row.chain ?? ''
    if (this.chains.has(row.seq)) this.chains.set(row.seq, this.chain)
    this.expected = row.seq + 1
  }

  /** What the link of a row must be. Where the chain begins to have a key, it goes on from what the marker signed. */
  private linkAt(seq: number, mac: string): string {
    const from = this.marker?.seq ?? 1
    if (seq < from) return plainLink(this.chain, mac)
    const previous = seq === this.marker?.seq ? this.marker.chain : this.chain
    if (previous !== this.chain) return ''
    return keyedLink(this.key, this.county, { seq, chain: previous }, mac)
  }

  verdict(): Verdict {
    const sealed = this.expected - 1
    for (const place of this.anchors) this.judgeAnchors(place, sealed)
    const { faults, unsealed } = this
    return { isWhole: faults.length === 0, sealed, unsealed, faults: faults.slice(0, mostFaults) }
  }

  private judgeAnchors(place: readonly Link[], sealed: number): void {
    for (const { seq, chain } of place)
      if (this.chains.get(seq) !== chain) this.find(seq > sealed ? 'cut-off' : 'chain-broken', seq)
    const newest = place.at(-1)?.seq ?? 0
    if (sealed > 0 && (newest === 0 || sealed - newest > batch)) this.find('anchor-missing', sealed)
  }

  private find(fault: Fault['fault'], seq: number | null, id: string | null = null): void {
    this.faults.push({ seq, id, fault })
  }
}

/** Every county that the journal, its markers or an anchor names, the installation's own 000000 among them. */
export async function listJournalCounties(
  reading: Reading,
  book: JournalBook,
  anchors: readonly Anchors[] = book.anchorFiles.map(readAnchors),
): Promise<string[]> {
  const anchored = anchors.flatMap((place) => [...place.keys()])
  return [...new Set([...(await store.listCountiesTold(reading)), ...anchored])].toSorted()
}

/** Verifies all of it, each night and on demand. @returns the verdict of each county */
export async function verifyAll(reading: Reading, book: JournalBook): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>()
  const anchors = book.anchorFiles.map(readAnchors)
  for (const county of await listJournalCounties(reading, book, anchors))
    verdicts.set(county, await verifyJournal(reading, county, book, anchors))
  return verdicts
}

/** Every night: what was found is kept for who audits, and in the figures. Where all is whole, old anchors are thinned. */
export async function verifyNightly(ground: Ground): Promise<void> {
  const book = journalBook(ground)
  const verdicts = await verifyAll(ground.database.read, book)
  await ground.database.write(async (tx) => {
    for (const [county_code, { isWhole, sealed, faults }] of verdicts)
      await store.saveVerdict(tx, {
        county_code,
        at: new Date(ground.clock.now()),
        is_whole: isWhole,
        sealed,
        faults: faults.length,
      })
  })
  if ([...verdicts.values()].every((v) => v.isWhole)) book.anchorFiles.forEach((file) => thinAnchors(file))
}
