/** What models learn from: texts with their label, cut into bags of words. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { countWords, type Bag, type Example } from '@fengge/domain/events/suggesting/triage'
import { meaningWords } from '../words.ts'

/** A text whose label is known, and how much it counts. */
export interface Taught {
  readonly label: string
  readonly title: string
  readonly body: string
  readonly weight: number
}
export type Taxonomy = readonly { readonly level1: string; readonly level2: string; readonly level3: string }[]

/** Cut anew each time they are walked through, so that the bags of all never lie in memory together. */
export const bagsOf = (taught: readonly Taught[]): Iterable<Example> => ({
  *[Symbol.iterator]() {
    for (const { label, title, body, weight } of taught) yield { label, bag: bagOf(title, body), weight }
  },
})

/** The bag of words of a text; placeholders such as `A3区` and figures say nothing. */
export function bagOf(title: string, body: string): Bag {
  const clean = (t: string) => t.replace(/[A-Z]\d*[市区县]?/g, ' ').replace(/\d+/g, ' ')
  const pairs = (t: string) => (clean(t).match(/\p{Script=Han}+/gu) ?? []).flatMap((run) => pairsOf(Array.from(run)))
  return countWords(meaningWords(clean(title)), meaningWords(clean(body)), pairs(title), pairs(body))
}

const pairsOf = (signs: readonly string[]) => signs.slice(1).map((sign, i) => signs[i]! + sign)

/** What is known of topics before any letter is read: our own words a topic, and a taxonomy when there is one. */
export function topicKnowledge(taxonomy: Taxonomy, only?: ReadonlySet<string>): Taught[] {
  const own: { topic: string; words: string }[] = parse(
    readFileSync(join(import.meta.dirname, '../../../data/topic-words.csv'), 'utf8'),
    { columns: true, bom: true },
  )
  const wanted = (label: string) => only === undefined || only.has(label)
  return [
    ...taxonomy
      .filter((t) => wanted(t.level1))
      .map((t) => ({ label: t.level1, title: '', body: `${t.level2} ${t.level3}`, weight: 2 })),
    ...own
      .filter((t) => wanted(t.topic))
      .flatMap((t) => t.words.split(' ').map((word) => ({ label: t.topic, title: '', body: word, weight: 1 }))),
  ]
}
