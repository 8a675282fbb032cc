/** `npx fengge ledgers evaluate --seed S`: the comparison judged on invented ledgers whose truth is known. */
import { clusterLedger, linkLedgers, sure } from '@fengge/domain/registry/linkage/link'
import { readRecords } from './compare-files.ts'
import { inventLedgers } from './invent-ledgers.ts'

export interface Verdict {
  seed: number
  noise: string
  f1: number
  precision: number
  recall: number
  surePrecision: number
  sureRecall: number
  baseline: number
  review: number
  roomsF1: number
  overMerged: number
  candidates: number
  ms: number
}

export function evaluateLedgers(
  seed: number,
  noise: 'first' | 'other' = 'first',
  sizes?: { employers: number; rentals: number; both: number },
): Verdict {
  const { employers, rentals, truth, manyRooms } = inventLedgers(seed, sizes, noise)
  const began = performance.now()
  const left = readRecords(employers),
    right = readRecords(rentals)
  const { links, doubtful, candidates } = linkLedgers(left, right)
  const ms = performance.now() - began
  // A worker with two rooms is linked rightly with either.
  const roomsOf = new Map<number, number[]>()
  for (const rooms of manyRooms) for (const room of rooms) roomsOf.set(room, rooms)
  const isTrue = (a: number, b: number) =>
    truth.get(a) === b || (truth.has(a) && (roomsOf.get(truth.get(a)!)?.includes(b) ?? false))
  const measure = (list: readonly { a: number; b: number }[]) => {
    const right_ = list.filter((l) => isTrue(l.a, l.b)).length
    const precision = right_ / Math.max(1, list.length),
      recall = right_ / truth.size
    return { precision, recall, f1: (2 * precision * recall) / Math.max(1e-9, precision + recall) }
  }
  const all = measure(links),
    tier = measure(links.filter((l) => l.probability >= sure))
  const clusters = clusterLedger(right)
  const wantedPairs = new Set(manyRooms.flatMap(pairsOf)),
    foundPairs = clusters.flatMap((c) => pairsOf(c.members))
  const hits = foundPairs.filter((p) => wantedPairs.has(p)).length
  const baseline = measure(ruleLinks(left, right))
  const four = (x: number) => Math.round(x * 10_000) / 10_000
  return {
    seed,
    noise,
    f1: four(all.f1),
    precision: four(all.precision),
    recall: four(all.recall),
    surePrecision: Math.round(tier.precision * 1e5) / 1e5,
    sureRecall: four(tier.recall),
    baseline: four(baseline.f1),
    review: four(doubtful.length / Math.min(left.length, right.length)),
    roomsF1: four((2 * hits) / Math.max(1, wantedPairs.size + foundPairs.length)),
    overMerged: four((foundPairs.length - hits) / Math.max(1, right.length)),
    candidates,
    ms: Math.round(ms),
  }
}

const pairsOf = (members: readonly number[]) =>
  members.flatMap((x, i) => members.slice(i + 1).map((y) => `${Math.min(x, y)}/${Math.max(x, y)}`))

/** What a rule would do: the same number, else the same name and phone. */
function ruleLinks(left: ReturnType<typeof readRecords>, right: typeof left): { a: number; b: number }[] {
  const byId = new Map(right.map((r, j) => [r.id?.body ?? '', j])),
    byPhone = new Map(right.map((r, j) => [`${r.name}/${r.phone}`, j]))
  const used = new Set<number>()
  return left.flatMap((r, a) => {
    const b = (r.id && byId.get(r.id.body)) ?? (r.phone === '' ? undefined : byPhone.get(`${r.name}/${r.phone}`))
    if (b === undefined || used.has(b)) return []
    used.add(b)
    return [{ a, b }]
  })
}
