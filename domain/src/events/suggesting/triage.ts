/**
 * Which label a text belongs to: complement naive Bayes over tf-idf weighted words (Rennie et al. 2003), which
 * holds up where labels are few and uneven. It suggests and gives its words; a person decides.
 * Pure: words come cut, examples come weighted. Not modelled: several labels for one text.
 */
export type Bag = ReadonlyMap<string, number>
export interface Example {
  readonly label: string
  readonly bag: Bag
  readonly weight: number
}

export interface Model {
  readonly labels: readonly string[]
  readonly examples: number
  /** Word → inverse document frequency and one weight a label. */
  readonly words: Readonly<Record<string, readonly number[]>>
}
export interface Guess {
  readonly label: string
  readonly share: number
  readonly words: readonly string[]
}

const smoothing = 0.1
const sharpness = 18

/** Counts words, the title twice; pairs of signs help where the cutter fails. */
export function countWords(
  title: readonly string[],
  body: readonly string[],
  titlePairs: readonly string[],
  bodyPairs: readonly string[],
): Bag {
  const bag = new Map<string, number>()
  const add = (word: string, weight: number) => bag.set(word, (bag.get(word) ?? 0) + weight)
  for (const w of title) add(w, 2)
  for (const w of body) add(w, 1)
  for (const p of titlePairs) add(`·${p}`, 0.6)
  for (const p of bodyPairs) add(`·${p}`, 0.3)
  return bag
}

/** What a model holds at most: it is read by the server that answers. */
export interface Bounds {
  /** Labels with the most weight of examples. */
  readonly labels: number
  /** Words that stand in the most examples. */
  readonly words: number
  /** Words by labels: of many labels fewer words. */
  readonly cells: number
}
export const usualBounds: Bounds = { labels: 120, words: 20_000, cells: 1_000_000 }

/** @param examples are walked through several times, and need not be the same objects each time */
export function learn(examples: Iterable<Example>, most: Bounds = usualBounds): Model {
  const { labels, seen, count } = survey(examples, most)
  const idf = (word: string) => Math.log((count + 1) / ((seen.get(word) ?? 0) + 0.5))
  const at = new Map(labels.map((l, i) => [l, i]))
  const sums = new Map<string, number[]>()
  const totals = labels.map(() => 0)
  for (const e of examples) {
    const column = at.get(e.label)
    if (column === undefined) continue
    for (const [word, value] of weigh(e.bag, (w) => (seen.has(w) ? idf(w) : undefined))) {
      const row = sums.get(word) ?? labels.map(() => 0)
      if (!sums.has(word)) sums.set(word, row)
      row[column]! += value * e.weight
      totals[column]! += value * e.weight
    }
  }
  return { labels, examples: count, words: complement(sums, totals, idf) }
}

interface Survey {
  readonly labels: string[]
  readonly seen: ReadonlyMap<string, number>
  readonly count: number
}

/** Which labels and words a model takes, and in how many examples each word stands. */
function survey(examples: Iterable<Example>, most: Bounds): Survey {
  const weights = new Map<string, number>()
  let seen = new Map<string, number>()
  let room = most.words * 30
  let count = 0
  for (const { label, bag, weight } of examples) {
    count++
    weights.set(label, (weights.get(label) ?? 0) + weight)
    for (const word of bag.keys()) seen.set(word, (seen.get(word) ?? 0) + 1)
    if (seen.size <= room) continue
    // Of very many words most stand in one text alone and teach nothing.
    seen = new Map([...seen].filter(([, n]) => n > 1))
    room = Math.max(room, seen.size * 2)
  }
  const labels = heaviest(weights, most.labels).toSorted()
  const words = Math.min(most.words, Math.floor(most.cells / Math.max(1, labels.length)))
  return { labels, seen: keep(seen, words), count }
}

function heaviest(weights: ReadonlyMap<string, number>, most: number): string[] {
  if (weights.size <= most) return [...weights.keys()]
  return [...weights]
    .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, most)
    .map(([name]) => name)
}

const keep = (seen: ReadonlyMap<string, number>, most: number): ReadonlyMap<string, number> =>
  seen.size <= most ? seen : new Map(heaviest(seen, most).map((word) => [word, seen.get(word)!]))

function complement(
  sums: ReadonlyMap<string, readonly number[]>,
  totals: readonly number[],
  idf: (word: string) => number,
): Record<string, number[]> {
  const all = totals.reduce((a, b) => a + b, 0)
  const raw = new Map(
    [...sums].map(([word, row]) => {
      const sum = row.reduce((a, b) => a + b, 0)
      return [
        word,
        row.map((value, c) => -Math.log((sum - value + smoothing) / (all - totals[c]! + smoothing * sums.size))),
      ] as const
    }),
  )
  const norms = totals.map((_, c) => [...raw.values()].reduce((s, row) => s + Math.abs(row[c]!), 0))
  const words: Record<string, number[]> = Object.create(null) as Record<string, number[]>
  for (const [word, row] of raw)
    words[word] = [round(idf(word)), ...row.map((value, c) => round((value / norms[c]!) * 1000))]
  return words
}

const round = (value: number) => Math.round(value * 1e5) / 1e5

function* weigh(bag: Bag, idfOf: (word: string) => number | undefined): Generator<[string, number]> {
  const weighted: [string, number][] = []
  for (const [word, count] of bag) {
    const idf = idfOf(word)
    if (idf !== undefined) weighted.push([word, (count < 1 ? count : 1 + Math.log(count)) * idf])
  }
  const length = Math.sqrt(weighted.reduce((s, [, v]) => s + v * v, 0)) || 1
  for (const [word, value] of weighted) yield [word, value / length]
}

/** Labels by likelihood, each with its share and the words that spoke for it. Empty for a model without examples. */
export function guess(model: Model, bag: Bag, most = 3): Guess[] {
  const known = [...weigh(bag, (w) => model.words[w]?.[0])]
  if (model.labels.length === 0 || known.length === 0) return []
  const scores = model.labels.map((_, c) =>
    known.reduce((s, [word, value]) => s + value * model.words[word]![c + 1]!, 0),
  )
  const top = Math.max(...scores)
  const heat = scores.map((s) => Math.exp((s - top) * sharpness))
  const sum = heat.reduce((a, b) => a + b, 0)
  const mean = (word: string) => model.words[word]!.slice(1).reduce((a, b) => a + b, 0) / model.labels.length
  const speaks = (c: number) =>
    known
      .filter(([w]) => !w.startsWith('·'))
      .map(([word, value]) => [word, value * (model.words[word]![c + 1]! - mean(word))] as const)
      .filter(([, v]) => v > 0)
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, 4)
      .map(([w]) => w)
  return heat
    .map((h, c) => ({ label: model.labels[c]!, share: Math.round((h / sum) * 1000) / 1000, c }))
    .toSorted((a, b) => b.share - a.share || scores[b.c]! - scores[a.c]!)
    .slice(0, most)
    .map(({ label, share, c }) => ({ label, share, words: speaks(c) }))
}

export interface Score {
  readonly n: number
  readonly top1: number
  readonly top3: number
  readonly macroF1: number
}

/** Accuracy of guesses against the truth; macro-F1 is the mean over the labels that occur. */
export function scoreGuesses(pairs: readonly { truth: string; guesses: readonly string[] }[]): Score {
  const labels = [...new Set(pairs.map((p) => p.truth))]
  const f1 = labels.map((label) => {
    const hit = pairs.filter((p) => p.truth === label && p.guesses[0] === label).length
    const told = pairs.filter((p) => p.guesses[0] === label).length
    const real = pairs.filter((p) => p.truth === label).length
    return hit === 0 ? 0 : (2 * hit) / (told + real)
  })
  const share = (n: number) => (pairs.length === 0 ? 0 : n / pairs.length)
  return {
    n: pairs.length,
    top1: share(pairs.filter((p) => p.guesses[0] === p.truth).length),
    top3: share(pairs.filter((p) => p.guesses.slice(0, 3).includes(p.truth)).length),
    macroF1: labels.length === 0 ? 0 : f1.reduce((a, b) => a + b, 0) / labels.length,
  }
}
