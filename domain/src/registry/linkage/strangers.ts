/** How often two different people agree, measured on the ledgers themselves. */
import { compare, levelCounts } from './compare.ts'
import type { LinkRecord } from './records.ts'

const samples = 100_000
/** The least chance of a level that no sampled pair reached. */
const unseen = 2e-6
/** Two people never have one number; a typed one may be wrong all the same. */
const sameNumber = 1e-9,
  samePhone = 1e-7

export function frequencies(records: readonly LinkRecord[], of: (r: LinkRecord) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const r of records) {
    const value = of(r)
    if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}

/** Chance that two records of one ledger have the same value: different people, save for few doubles. */
export function collision(counts: ReadonlyMap<string, number>): number {
  let alike = 0,
    all = 0
  for (const n of counts.values()) {
    alike += n * (n - 1)
    all += n
  }
  return all < 2 ? 0 : alike / (all * (all - 1))
}

export function measureStrangers(left: readonly LinkRecord[], right: readonly LinkRecord[]): number[][] {
  const u = levelCounts.map((n) => Array.from({ length: n }, () => 0))
  const seen = levelCounts.map(() => 0)
  // A fixed walk over pairs, so that the same ledgers give the same answer.
  for (let i = 0, a = 7, b = 13; i < samples && left.length > 0 && right.length > 0; i++) {
    a = (a * 48271) % 2147483647
    b = (b * 16807) % 2147483647
    compare(left[a % left.length]!, right[b % right.length]!).forEach((level, k) => {
      if (level > 0) {
        u[k]![level]! += 1
        seen[k]! += 1
      }
    })
  }
  const table = u.map((row, k) =>
    row.map((x, level) => (level === 0 ? 1 : Math.max(unseen, seen[k] === 0 ? 0 : x / seen[k]!))),
  )
  const larger = left.length >= right.length ? left : right
  const measured = (of: (r: LinkRecord) => string) => Math.max(1e-8, collision(frequencies(larger, of)))
  table[0]![5] = measured((r) => r.name)
  table[1]![5] = sameNumber
  table[1]![4] = sameNumber * 20
  table[1]![3] = Math.min(table[1]![3]!, 1e-7)
  table[1]![2] = Math.min(table[1]![2]!, 3e-6)
  table[2]![3] = samePhone
  table[3]![4] = measured((r) => r.born)
  table[4]![5] = measured((r) =>
    r.address && r.address.room !== '' ? `${r.address.estate}/${r.address.building}/${r.address.room}` : '',
  )
  return table
}
