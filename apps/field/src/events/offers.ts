/** Which category a text is of: as the desk would suggest where there is a line, by keywords where there is none. */
import { suggestForReport } from '@fengge/domain/events/contract/desk'
import { sureEnough } from '@fengge/domain/events/suggestion'
import type { Config } from '@fengge/domain/sync/config'
import { call } from '@fengge/web/api/call.ts'

type Catalogue = Config['catalogue']
export interface Offer {
  readonly code: string
  readonly isSure: boolean
}

/** The likeliest first; only one that is likely enough is taken unasked. */
export const offersOf = (categories: readonly { readonly code: string; readonly share: number }[]): Offer[] =>
  categories.map(({ code, share }) => ({ code, isSure: share >= sureEnough }))

/** Without a line: categories whose keywords occur in the text, most first; sure where none has as many. */
export function offersByWords(catalogue: Catalogue, text: string): Offer[] {
  if (text.trim().length < 4) return []
  const found = catalogue
    .map(([code, , , , , words]) => ({ code, hits: words.filter((w) => w !== '' && text.includes(w)).length }))
    .filter((c) => c.hits > 0)
    .toSorted((a, b) => b.hits - a.hits)
    .slice(0, 3)
  return found.map(({ code, hits }, i) => ({ code, isSure: i === 0 && hits > (found[1]?.hits ?? 0) }))
}

interface Asked {
  readonly text: string
  readonly catalogue: Catalogue
  readonly isOnline: boolean
}
export async function askOffers({ text, catalogue, isOnline }: Asked): Promise<Offer[]> {
  const told = isOnline ? await call(suggestForReport, { text }).catch(() => undefined) : undefined
  return told ? offersOf(told.categories) : offersByWords(catalogue, text)
}

export const sureOf = (offers: readonly Offer[]): string | undefined => (offers[0]?.isSure ? offers[0].code : undefined)
