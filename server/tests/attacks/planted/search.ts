/** Looks for marks in texts: which of them lies in which place. */
import { digestsOf, shapesOf, type Mark } from './marks.ts'

export interface Found {
  readonly what: string
  readonly place: string
  /** In clear, or as a digest that a guess can be held against. */
  readonly as: 'clear' | 'digest'
}

/** Words that may be digests: hex or base 64, as long as one. */
const digestLike = /[A-Za-z0-9+/_-]{22,128}/g

export function openSearch(marks: readonly Mark[]) {
  const clear = marks.flatMap(({ what, value }) =>
    shapesOf(value, !what.startsWith('played')).map((shape) => ({ what, shape })),
  )
  const digests = new Map(marks.flatMap(({ what, value }) => digestsOf(value).map((d) => [d, what] as const)))
  const seen = new Map<string, { what: string; as: Found['as'] }[]>()
  const look = (text: string) => {
    const hits = new Map<string, { what: string; as: Found['as'] }>()
    for (const { what, shape } of clear) if (text.includes(shape)) hits.set(`${what} clear`, { what, as: 'clear' })
    for (const [word] of text.matchAll(digestLike)) {
      const what = digests.get(word)
      if (what !== undefined) hits.set(`${what} digest`, { what, as: 'digest' })
    }
    return [...hits.values()]
  }
  return {
    /** @returns what of the marks lies in the text of a place */
    find(place: string, text: string): Found[] {
      const hits = seen.get(text) ?? look(text)
      if (text.length < 100_000) seen.set(text, hits)
      return hits.map((hit) => ({ ...hit, place }))
    },
  }
}
