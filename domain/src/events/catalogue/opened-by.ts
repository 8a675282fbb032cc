/**
 * Which of what keeps the matters of a category close a later version would take off: that it is about staff, that it is
 * told in confidence, or the level of such a one. That is said by two of the county, as of one matter (security review of
 * 2026-11-28). Left out: ending a category.
 */
import type { Category } from '../terms.ts'

type Guarded = Pick<Category, 'isAboutStaff' | 'isSensitive' | 'level'>

/** @param before versions that it follows or takes the place of */
export function openedBy(before: readonly Guarded[], after: Guarded): (keyof Guarded)[] {
  const isClose = ({ isAboutStaff, isSensitive }: Guarded) => isAboutStaff || isSensitive
  const opened = {
    isAboutStaff: before.some((b) => b.isAboutStaff) && !after.isAboutStaff,
    isSensitive: before.some((b) => b.isSensitive) && !after.isSensitive,
    level: before.some((b) => isClose(b) && b.level > after.level),
  }
  return (['isAboutStaff', 'isSensitive', 'level'] as const).filter((field) => opened[field])
}
