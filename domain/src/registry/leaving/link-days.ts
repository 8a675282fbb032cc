/**
 * Days of a link: somebody lives somewhere from a day that has come, and leaves on one that has come. Whoever moves in
 * next month is linked next month: until then he lives where he is. Source: requirements.md R4.
 */
import { problem, type Problem } from '../../kernel/problem.ts'
import type { Day } from '../../kernel/time.ts'

/** @returns `link.dates` where a link would begin after today */
export const refuseStart = (fromOn: Day, today: Day): Problem | undefined =>
  fromOn > today ? problem('link.dates', 422) : undefined

/**
 * @returns `link.dates` where it would end after today, or before it began; one that was written down to begin later
 * than today ends on the day it begins
 */
export const refuseEnd = (fromOn: Day, toOn: Day, today: Day): Problem | undefined =>
  toOn < fromOn || (toOn > today && toOn > fromOn) ? problem('link.dates', 422) : undefined
