/** Finds articles by words, on the phone as on the server: every word must occur, titles count more than keywords, keywords more than text. */
interface Findable {
  readonly title: string
  readonly keywords: string
  readonly body: string
}

export function findArticles<A extends Findable>(articles: readonly A[], text: string): A[] {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s，、,。？?！!]+/)
    .filter((w) => w !== '')
  if (words.length === 0) return [...articles]
  const asked = words.flatMap((w) => (/^\p{Script=Han}{3,}$/u.test(w) ? pairsOf(w) : [w]))
  const scored = articles.map((a) => ({
    a,
    score: asked.reduce((sum, w) => sum + worth(a, w), 0),
    hits: asked.filter((w) => worth(a, w) > 0).length,
  }))
  // A sentence is seldom met word by word: half of its pairs will do.
  return scored
    .filter((s) => s.hits * 2 >= asked.length)
    .toSorted((x, y) => y.score - x.score || (x.a.title < y.a.title ? -1 : 1))
    .map((s) => s.a)
}
const worth = (a: Findable, word: string) =>
  (a.title.toLowerCase().includes(word) ? 4 : 0) +
  (a.keywords.toLowerCase().includes(word) ? 3 : 0) +
  (a.body.toLowerCase().includes(word) ? 1 : 0)
const pairsOf = (word: string) => Array.from({ length: word.length - 1 }, (_, i) => word.slice(i, i + 2))
