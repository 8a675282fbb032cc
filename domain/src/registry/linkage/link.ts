/**
 * Two ledgers compared: block → compare → weigh → one-to-one, and the rooms of one person within the rental
 * ledger. Works on records only; who may see what comes of it is decided elsewhere. Source: algorithms.md 2.
 */
import { compare, type Agreement } from './compare.ts'
import type { LinkRecord } from './records.ts'
import { collision, frequencies, measureStrangers } from './strangers.ts'
import { agreementOf, chanceOf, learnWeights, patternOf, weightOf, type Weights } from './weigh.ts'

export interface Pair {
  readonly a: number
  readonly b: number
  readonly probability: number
  readonly agreement: Agreement
}
export interface Comparison {
  /** One-to-one, more likely than not, best first. */
  readonly links: readonly Pair[]
  /** Every candidate that is neither surely one person nor surely two. */
  readonly doubtful: readonly Pair[]
  readonly weights: Weights
  readonly candidates: number
}

export const sure = 0.99
export const doubt = 0.1
/** A phone or a key that more records than this share says nothing about a person (team phones). */
const mostSharing = 20
const mostBlock = 400
/**
 * So many others one record is compared with, those of its rarest keys first, and so many of them are kept: more alike say
 * nothing about a person, and a ledger written to be all alike would take a machine's whole memory.
 */
const mostCompared = 150
const mostPairs = 12

/** Records that share one of these are compared. */
function keysOf(r: LinkRecord): string[] {
  const keys: string[] = []
  if (r.id) keys.push(`i${r.id.body}`)
  if (r.phone !== '') keys.push(`p${r.phone}`)
  if (r.name === '') return keys
  if (r.born !== '') keys.push(`b${r.folded}/${r.born}`, `s${r.sounds[0]}/${r.born}`)
  if (r.phone !== '') keys.push(`l${r.folded}/${r.phone.slice(-4)}`)
  if (r.id) keys.push(`t${r.folded}/${r.id.body.slice(-4)}`, `h${r.folded}/${r.id.body.slice(0, 8)}`)
  if (r.address && r.address.building !== '') keys.push(`a${r.folded}/${r.address.estate}/${r.address.building}`)
  if (r.address && r.address.room === '') keys.push(`e${r.folded}/${r.address.estate}`)
  return keys
}

/** @param isSelf one ledger against itself: pairs are taken once, and never a record with itself */
function candidates(left: readonly LinkRecord[], right: readonly LinkRecord[], isSelf: boolean): Float64Array {
  const index = new Map<string, number[]>()
  right.forEach((r, j) => {
    for (const key of keysOf(r)) {
      const list = index.get(key)
      if (list) list.push(j)
      else index.set(key, [j])
    }
  })
  const width = right.length
  const seenFrom = new Int32Array(width).fill(-1)
  let found = new Float64Array(left.length * 2 + 16)
  let kept = 0
  left.forEach((r, i) => {
    const from = kept
    const blocks = keysOf(r).map((key) => index.get(key) ?? [])
    for (const list of blocks.filter((b) => b.length <= mostBlock).toSorted((a, b) => a.length - b.length))
      for (const j of list) {
        if (kept - from >= mostCompared) break
        if (seenFrom[j] === i || (isSelf && j <= i)) continue
        seenFrom[j] = i
        if (kept === found.length) found = doubled(found)
        found[kept++] = i * width + j
      }
    found.subarray(from, kept).sort()
  })
  return found.subarray(0, kept)
}

function doubled(numbers: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const more = new Float64Array(numbers.length * 2)
  more.set(numbers)
  return more
}

/** Drops phones that many share: they are a team's, a landlord's or made up. */
function dropSharedPhones(records: readonly LinkRecord[]): LinkRecord[] {
  const phones = frequencies(records, (r) => r.phone)
  return records.map((r) => ((phones.get(r.phone) ?? 0) > mostSharing ? { ...r, phone: '' } : r))
}

/** How much more or less a name says than the average name: a rare one more, 王伟 less. */
function nameWeigher(records: readonly LinkRecord[]): (a: LinkRecord, level: number) => number {
  const build = (of: (r: LinkRecord) => string) => {
    const counts = frequencies(records, of)
    const average = Math.max(1e-8, collision(counts))
    return (value: string) => Math.max(-4, Math.min(3, Math.log(average / ((counts.get(value) ?? 1) / records.length))))
  }
  const byName = build((r) => r.name),
    byFold = build((r) => r.folded)
  return (a, level) => {
    if (level === 5) return byName(a.name)
    return level === 4 || level === 3 ? byFold(a.folded) : 0
  }
}

const likeliest = (own: readonly Pair[]): readonly Pair[] =>
  own.length <= mostPairs ? own : own.toSorted((p, q) => q.probability - p.probability || p.b - q.b).slice(0, mostPairs)

function weighAll(
  left: readonly LinkRecord[],
  right: readonly LinkRecord[],
  isSelf: boolean,
): { pairs: Pair[]; weights: Weights; candidates: number } {
  const a = dropSharedPhones(left),
    b = isSelf ? a : dropSharedPhones(right)
  const found = candidates(a, b, isSelf)
  const patterns = new Uint16Array(found.length)
  const counts = new Map<number, number>()
  for (let i = 0; i < found.length; i++) {
    const key = found[i]!
    const pattern = patternOf(compare(a[Math.floor(key / b.length)]!, b[key % b.length]!))
    patterns[i] = pattern
    counts.set(pattern, (counts.get(pattern) ?? 0) + 1)
  }
  const weights = learnWeights(
    counts,
    measureStrangers(a, b),
    isSelf ? (a.length * (a.length - 1)) / 2 : a.length * b.length,
  )
  const base = new Map([...counts.keys()].map((p) => [p, weightOf(weights, agreementOf(p))]))
  const nameWeight = nameWeigher(a.length >= b.length ? a : b)
  const pairs: Pair[] = []
  let own: Pair[] = []
  for (let i = 0; i < found.length; i++) {
    const odds = base.get(patterns[i]!)!
    if (odds < -6) continue
    const x = Math.floor(found[i]! / b.length),
      y = found[i]! % b.length
    const agreement = agreementOf(patterns[i]!)
    const probability = chanceOf(odds + nameWeight(a[x]!, agreement[0]))
    if (own.length > 0 && own[0]!.a !== x) {
      pairs.push(...likeliest(own))
      own = []
    }
    if (probability >= 0.02) own.push({ a: x, b: y, probability, agreement })
  }
  pairs.push(...likeliest(own))
  // Ties break by the rows themselves, so that the order of a file never decides.
  pairs.sort((p, q) => q.probability - p.probability || p.a - q.a || p.b - q.b)
  return { pairs, weights, candidates: found.length }
}

/** Links each record of one ledger with at most one of the other. */
export function linkLedgers(left: readonly LinkRecord[], right: readonly LinkRecord[]): Comparison {
  const { pairs, weights, candidates: n } = weighAll(left, right, false)
  const usedA = new Set<number>(),
    usedB = new Set<number>()
  const links: Pair[] = [],
    doubtful: Pair[] = []
  for (const pair of pairs) {
    if (usedA.has(pair.a) || usedB.has(pair.b)) continue
    if (pair.probability > 0.5) {
      usedA.add(pair.a)
      usedB.add(pair.b)
      links.push(pair)
    }
    if (pair.probability < sure && pair.probability >= doubt) doubtful.push(pair)
  }
  return { links, doubtful, weights, candidates: n }
}

/** Clusters of one ledger that are one person: rooms of one tenant, or doubles. No link may join two different good identity numbers. */
export function clusterLedger(
  records: readonly LinkRecord[],
  least = 0.5,
): { members: number[]; probability: number }[] {
  const { pairs } = weighAll(records, records, true)
  const parent = records.map((_, i) => i)
  const number_ = records.map((r) => (r.id?.check === 'good' ? r.id.body : undefined))
  const lowest = records.map(() => 1)
  const root = (i: number): number => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]!]!
    return i
  }
  for (const pair of pairs) {
    if (pair.probability < least) break
    const x = root(pair.a),
      y = root(pair.b)
    if (x === y || (number_[x] !== undefined && number_[y] !== undefined && number_[x] !== number_[y])) continue
    const [head, tail] = x < y ? [x, y] : [y, x]
    parent[tail] = head
    number_[head] ??= number_[tail]
    lowest[head] = Math.min(lowest[head]!, lowest[tail]!, pair.probability)
  }
  const clusters = Map.groupBy(records.keys(), root)
  return [...clusters]
    .filter(([, members]) => members.length > 1)
    .map(([head, members]) => ({ members, probability: lowest[head]! }))
}
