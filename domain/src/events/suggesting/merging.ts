/**
 * Which of the events that one may be joined to are likely the same: at the same place, told by the same caller, in the
 * same words. Shown with its reasons to a person, who decides. Source: domain.md D2 (same place, category), C7 (repeats).
 */
import { distance, measureSameness, type Likeness } from './sameness.ts'

/** Two points so near stand before the same thing, in metres. */
export const samePlace = 80

export interface Told extends Likeness {
  /** Somebody told of both from one number. */
  readonly isSameCaller: boolean
}

/** 0 and more, with the reasons that made it; the category is the same anyhow. */
export function weighTarget(event: Likeness, target: Told): { readonly score: number; readonly reasons: string[] } {
  const { score, reasons } = measureSameness(event, target)
  const metres = event.point && target.point ? distance(event.point, target.point) : undefined
  const isNear = metres !== undefined && metres <= samePlace
  return {
    score: score + (isNear ? 0.4 : 0) + (target.isSameCaller ? 0.4 : 0),
    reasons: [
      ...(isNear ? [`near:${Math.round(metres)}`] : []),
      ...(target.isSameCaller ? ['caller'] : []),
      ...reasons.filter((reason) => reason !== 'category' && !(isNear && reason.startsWith('distance:'))),
    ],
  }
}
