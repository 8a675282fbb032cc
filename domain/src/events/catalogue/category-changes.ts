/** What a later version of a category says otherwise than an earlier one. Pure; how it reads is the screen's (A5). */
import { milestones, type Category } from '../terms.ts'

export interface CategoryChange {
  /** A field of the category; limits by their milestone: `limits.handle`. */
  readonly field: string
  readonly from: unknown
  readonly to: unknown
}

const compared = [
  'name',
  'nameEn',
  'className',
  'lead',
  'keywords',
  'order',
  'level',
  'urgency',
  'isSensitive',
  'isAboutStaff',
  'evidence',
  'stopNotice',
  'stopNoticeEn',
  'source',
] as const satisfies readonly (keyof Category)[]

export function changesBetween(before: Category, after: Category): CategoryChange[] {
  const fields = compared.map((field) => ({ field, from: before[field], to: after[field] }))
  const limits = milestones.map((m) => ({
    field: `limits.${m}`,
    from: before.limits[m] ?? null,
    to: after.limits[m] ?? null,
  }))
  return [...fields, ...limits].filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to))
}
