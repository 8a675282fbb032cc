/**
 * Somebody moves within the county: the place he leaves says where to, the place he comes to looks for him. The old
 * place is told nothing of what came of it, the new one nothing of where he comes from. Where a place says so again of
 * somebody who was looked for in vain, a desk looks first: nobody finds out by trying. Source: requirements.md R2.
 */
import type { Home } from '../facts.ts'
import type { ArrivalState } from './terms.ts'

/** Whom one account may offer in a day. */
export const offerQuota = 20
/** How long after an offer that came to nothing another goes before a desk first, in days. */
export const doubtDays = 180
/** How far ahead a move may be said, in days. */
export const aheadDays = 90

const endings = /(社区居民委员会|村民委员会|社区居委会|村委会|居委会|社区|街道|镇|乡|村)$/

/** Whether words of an address name a town or community, in full or in short. @example saysPlace('陈家桥丁香花园1幢', '陈家桥社区居委会') // true */
export function saysPlace(text: string, name: string): boolean {
  const short = name.replace(endings, '')
  return short.length >= 2 && text.includes(short)
}

/**
 * Which towns and communities words of an address name. Of several that are called alike in short, those of which most is
 * said: 堰桥社区 is the community and not the town 堰桥街道; 堰桥 may be either.
 */
export function namedIn<P extends { readonly name: string }>(text: string, places: readonly P[]): P[] {
  const said = places.flatMap((place) => {
    if (!saysPlace(text, place.name)) return []
    const short = place.name.replace(endings, '')
    let length = short.length
    while (length < place.name.length && text.includes(place.name.slice(0, length + 1))) length++
    return [{ place, short, length }]
  })
  const most = new Map<string, number>()
  for (const { short, length } of said) most.set(short, Math.max(length, most.get(short) ?? 0))
  return said.filter((s) => s.length === most.get(s.short)).map((s) => s.place)
}

/** What begins so is no place and an estate after it, but an estate called after the place: 陈家桥花园. */
const goesOn = /^(花园|小区|新村|公寓|家园|大厦|广场|佳苑|苑|里|城|路|街|巷|弄)/

/** Words of an address without the towns and communities before it, as houses are looked for. @example insideOf('陈家桥社区丁香花园1幢', ['陈家桥社区居委会']) // '丁香花园1幢' */
export function insideOf(text: string, names: readonly string[]): string {
  let rest = text.trim()
  for (const name of names) {
    const short = name.replace(endings, '')
    if (short.length < 2 || !rest.startsWith(short)) continue
    const cut = rest
      .slice(short.length)
      .replace(/^(社区居民委员会|村民委员会|社区居委会|村委会|居委会|社区|街道|镇|乡|村)/, '')
    if (cut !== '' && !goesOn.test(cut)) rest = cut
  }
  return rest
}

export interface Course extends Home {
  readonly state: Extract<ArrivalState, 'offered' | 'desk'>
}

/**
 * Where an offer goes: to the grid where all that the words may mean lies in one, else before the desk of the smallest
 * place that holds it, at last the county's (no place at all).
 * @param places where the words may mean; @param isDoubtful somebody was looked for in vain before
 */
export function courseOf(places: readonly Home[], isDoubtful: boolean): Course {
  const one = (tier: keyof Home): string | null => {
    const found = new Set(places.map((p) => p[tier]))
    return found.size === 1 ? ([...found][0] ?? null) : null
  }
  const [gridId, villageId, townId] = [one('gridId'), one('villageId'), one('townId')]
  return { gridId, villageId, townId, state: gridId === null || isDoubtful ? 'desk' : 'offered' }
}
