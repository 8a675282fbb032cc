/**
 * Finds articles by what is meant, on the phone as on the server. Of a question in plain words the polite and the empty are
 * dropped; words that stand for one thing (senses.ts) count as that thing however either side says it; of the rest each pair of
 * signs counts. Titles count more than keywords, keywords more than text, and what few articles have more than what many have.
 */
import { normal } from '../kernel/text.ts'
import { senses } from './senses.ts'

interface Findable {
  readonly title: string
  readonly keywords: string
  readonly body: string
}

/** Words by which nothing is asked. */
const empty =
  /请问|怎么办|怎么样|怎么|怎样|如何|什么时候|什么|哪里|哪儿|哪个|能不能|可不可以|可以|需要|要不要|是不是|有没有|我们|我家|人家|想要|应该|一下|现在|多久|多少|咋办|咋|了|吗|呢|啊|吧|的|我|要|去|想|办理|办/gu
const breaks = /[\s，、,。？?！!；;：:（）()“”"]+/u

/** What is asked for: a thing with all words for it, or a pair of signs. */
interface Token {
  readonly words: readonly string[]
  readonly isSense: boolean
}

/** So much more than a pair of signs says a thing that was meant. */
const senseWeight = 3
const weights = { title: 4, keywords: 3, body: 1 } as const

/** An article with its texts as they are searched: made once, then searched as often as is asked. */
export interface Page<A> {
  readonly a: A
  readonly title: string
  readonly keywords: string
  readonly body: string
}

export const pageOf = <A extends Findable>(a: A): Page<A> => ({
  a,
  title: plain(a.title),
  keywords: plain(a.keywords),
  body: plain(a.body),
})

export const findArticles = <A extends Findable>(articles: readonly A[], text: string): A[] =>
  findAmong(articles.map(pageOf), text)

export function findAmong<A extends Findable>(pages: readonly Page<A>[], text: string): A[] {
  const asked = tokensOf(text)
  if (asked.length === 0) return pages.map(({ a }) => a)
  const worths = asked.map((token) => pages.map((page) => worth(page, token)))
  const rarity = worths.map((row) => Math.log((pages.length + 1) / (row.filter((w) => w > 0).length + 0.5)))
  // A word that no article has says nothing of which one is meant.
  const weigh = (isCounted: (i: number) => boolean) =>
    asked.reduce((sum, token, i) => sum + (isCounted(i) ? share(token, rarity[i]!) : 0), 0)
  const isKnown = worths.map((row) => row.some((w) => w > 0))
  const isNamed = worths.map((row) => row.some((w) => w >= weights.keywords))
  const most = weigh((i) => isKnown[i]!)
  if (!isNamed.includes(true) && !isMetBy(isKnown)) return []
  const scored = pages.map(({ a }, n) => ({
    a,
    score: asked.reduce((sum, token, i) => sum + worths[i]![n]! * share(token, rarity[i]!), 0),
    met: weigh((i) => worths[i]![n]! > 0),
  }))
  // A sentence is seldom met word by word: a good part of what it weighs will do.
  return scored
    .filter((s) => s.score > 0 && s.met >= most * 0.25)
    .toSorted((x, y) => y.score - x.score || (x.a.title < y.a.title ? -1 : 1))
    .map((s) => s.a)
}

/** Of words that stand in no title and among no keywords, a third must be met somewhere. */
const isMetBy = (isKnown: readonly boolean[]) => isKnown.filter(Boolean).length * 3 >= isKnown.length

const plain = (text: string) => normal(text, 'NFKC').toLowerCase()
const share = ({ isSense }: Token, rarity: number) => Math.max(0.1, rarity) * (isSense ? senseWeight : 1)

function worth(page: Record<keyof typeof weights, string>, { words }: Token): number {
  const has = (part: keyof typeof weights) => (words.some((w) => page[part].includes(w)) ? weights[part] : 0)
  return has('title') + has('keywords') + has('body')
}

const known = senses.map(({ words }) => words.map(plain))

/** The longest words first, so that a long one is not read as the short one in it. */
const spoken = known
  .flatMap((words) => words.map((word) => ({ word, words })))
  .toSorted((a, b) => b.word.length - a.word.length)

function tokensOf(text: string): Token[] {
  let rest = plain(text)
  const meant = new Set<readonly string[]>()
  for (const { word, words } of spoken)
    if (rest.includes(word)) {
      meant.add(words)
      rest = rest.replaceAll(word, ' ')
    }
  const pieces = rest.replaceAll(empty, ' ').split(breaks).flatMap(piecesOf)
  return [
    ...[...meant].map((words) => ({ words, isSense: true })),
    ...[...new Set(pieces)].map((word) => ({ words: [word], isSense: false })),
  ]
}

/** Of Chinese each pair of signs; a single sign alone says too little. */
function piecesOf(word: string): string[] {
  if (!/^\p{Script=Han}+$/u.test(word)) return word.length > 1 ? [word] : []
  return Array.from({ length: Math.max(0, word.length - 1) }, (_, i) => word.slice(i, i + 2))
}
