/**
 * When two reports may be one event: same class or like words, close in place and time. Shown with its
 * reason, decided by a person. Source: domain.md D2 (same place, category, 24 h), C7 (repeats), FixMyStreet's
 * radius per category as the model.
 */
import { dayLength } from '../../kernel/time.ts'

export interface Likeness {
  readonly gridId: string | null
  readonly categoryCode: string
  readonly point: { readonly lng: number; readonly lat: number } | null
  readonly at: number
  readonly words: ReadonlySet<string>
}

export interface Sameness {
  readonly score: number
  readonly reasons: readonly string[]
}

/** 0 to 1, with the reasons that made it. Above `sameEnough` a person is asked. */
export function measureSameness(a: Likeness, b: Likeness): Sameness {
  const reasons: string[] = []
  let score = 0
  const shared = [...a.words].filter((w) => b.words.has(w))
  const overlap = shared.length / Math.max(1, Math.min(a.words.size, b.words.size))
  score += 0.55 * overlap
  if (overlap >= 0.3)
    reasons.push(
      `words:${shared
        .toSorted((x, y) => y.length - x.length)
        .slice(0, 4)
        .join('、')}`,
    )
  if (a.categoryCode === b.categoryCode) {
    score += 0.2
    reasons.push('category')
  }
  const metres = a.point && b.point ? distance(a.point, b.point) : undefined
  if (metres !== undefined && metres <= 200) {
    score += 0.2
    reasons.push(`distance:${Math.round(metres)}`)
  } else if (a.gridId !== null && a.gridId === b.gridId) {
    score += 0.1
    reasons.push('grid')
  }
  if (Math.abs(a.at - b.at) <= dayLength) {
    score += 0.1
    reasons.push('day')
  }
  return { score, reasons }
}

export const sameEnough = 0.5

/** Metres between two points, good to a per cent over a county. */
export function distance(a: { lng: number; lat: number }, b: { lng: number; lat: number }): number {
  const x = (b.lng - a.lng) * 111_320 * Math.cos(((a.lat + b.lat) / 2) * (Math.PI / 180))
  return Math.hypot(x, (b.lat - a.lat) * 110_574)
}
