/**
 * Fellegi–Sunter weights learnt without labels: EM over the counted patterns of agreement, begun from pairs
 * that are surely one person. Beside links and strangers there is a third class, people of one household, who
 * share a home and often a phone and are not one person. How often strangers agree is measured, not learnt.
 * Source: algorithms.md 2.2, 2.5.
 */
import { levelCounts, type Agreement } from './compare.ts'

type Table = readonly (readonly number[])[]
export interface Weights {
  /** Shares among all pairs: links, household members; the rest are strangers. */
  readonly links: number
  readonly kin: number
  /** For each field and level: how likely among links, household members and strangers. */
  readonly m: Table
  readonly h: Table
  readonly u: Table
}
interface Counted {
  readonly levels: Agreement
  readonly count: number
}

const floor = 1e-7
const [name, , phone, , address] = [0, 1, 2, 3, 4]

export const patternOf = (a: Agreement): number => a.reduce((code, level, i) => code * levelCounts[i]! + level, 0)
export function agreementOf(pattern: number): Agreement {
  const levels: number[] = []
  for (let i = levelCounts.length - 1, rest = pattern; i >= 0; i--) {
    levels.unshift(rest % levelCounts[i]!)
    rest = Math.floor(rest / levelCounts[i]!)
  }
  return levels as unknown as Agreement
}

/** Surely one person: the same checked number, or the same name with the same phone. */
const isSure = ([n, id, p, born]: Agreement) =>
  (id === 5 && n >= 2) || (id === 0 && n === 5 && p === 3 && (born === 0 || born === 4))

/**
 * @param counts candidates by pattern
 * @param u how often strangers reach each level of each field
 * @param pairs all pairs of the two ledgers, candidates or not
 */
export function learnWeights(counts: ReadonlyMap<number, number>, u: Table, pairs: number, rounds = 40): Weights {
  const patterns = [...counts].map(([pattern, count]) => ({ levels: agreementOf(pattern), count }))
  const begin = patterns.map(({ levels }) => guess(levels))
  let weights = maximise(patterns, begin, u, pairs)
  for (let round = 0; round < rounds; round++) {
    const next = maximise(
      patterns,
      patterns.map(({ levels }) => believe(weights, levels)),
      u,
      pairs,
    )
    const moved = Math.abs(next.links - weights.links) / weights.links
    weights = next
    if (moved < 1e-6) break
  }
  return weights
}

/** What is believed of a pattern before anything is learnt: one person, kin of one home, or neither. */
function guess(levels: Agreement): [link: number, kin: number] {
  if (isSure(levels)) return [1, 0]
  if (levels[1] !== 1 && levels[name] !== 1) return [0.3, 0]
  return [0, levels[phone] === 3 || levels[address]! >= 4 ? 0.5 : 0]
}

function maximise(
  patterns: readonly Counted[],
  belief: readonly (readonly [number, number])[],
  u: Table,
  pairs: number,
): Weights {
  const m = levelCounts.map((n) => Array.from({ length: n }, () => 0))
  const h = levelCounts.map((n) => Array.from({ length: n }, () => 0))
  let links = 0,
    kin = 0
  patterns.forEach(({ levels, count }, i) => {
    const [asLink, asKin] = belief[i]!
    links += asLink * count
    kin += asKin * count
    levels.forEach((level, k) => {
      if (level === 0) return
      m[k]![level]! += asLink * count
      h[k]![level]! += asKin * count
    })
  })
  const spread = (row: readonly number[]) => {
    const sum = row.reduce((a, b) => a + b, 0)
    return row.map((x, level) => (level === 0 ? 1 : Math.max(floor, sum === 0 ? 1 / (row.length - 1) : x / sum)))
  }
  // Members of a household are strangers in everything but home and phone.
  return {
    links: Math.max(1, links) / pairs,
    kin: Math.max(0.5, kin) / pairs,
    m: m
      .map(spread)
      .map((row, k) => row.map((x, level) => (level === row.length - 1 ? Math.max(x, u[k]![level]!) : x))),
    h: h.map((row, k) => (k === phone || k === address ? spread(row) : u[k]!)),
    u,
  }
}

function likelihood(table: Table, levels: Agreement): number {
  let product = 1
  for (let k = 0; k < levels.length; k++) if (levels[k] !== 0) product *= table[k]![levels[k]!]!
  return product
}

function believe(w: Weights, levels: Agreement): [number, number] {
  const link = w.links * likelihood(w.m, levels),
    kin = w.kin * likelihood(w.h, levels),
    stranger = (1 - w.links - w.kin) * likelihood(w.u, levels)
  const sum = link + kin + stranger
  return [link / sum, kin / sum]
}

/** Log-odds that a pair is one person. */
export function weightOf(w: Weights, levels: Agreement): number {
  return (
    Math.log(w.links * likelihood(w.m, levels)) -
    Math.log(w.kin * likelihood(w.h, levels) + (1 - w.links - w.kin) * likelihood(w.u, levels))
  )
}
export const chanceOf = (odds: number): number => 1 / (1 + Math.exp(-odds))
