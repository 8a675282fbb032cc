/**
 * Days and instants as they are asked: within the years that a working life and a database count with, so that the
 * day after, the week of and the deadline from them are days too. What is answered is not bounded: it may be older.
 */
import { z } from 'zod'

export const earliestDay = '1900-01-01'
export const latestDay = '2199-12-31'

/** `YYYY-MM-DD` from 1900 to 2199. What is no day is asked nothing further: no rule beside it reckons with it. */
export const AskedDay = z.iso
  .date({ abort: true })
  .refine((day) => day >= earliestDay && day <= latestDay, { error: 'day.too-far' })

/** An instant with its zone, from 1900 to 2199. */
export const AskedInstant = z.iso
  .datetime({ offset: true, abort: true })
  .refine((at) => isNear(Date.parse(at)), { error: 'day.too-far' })

const first = Date.parse(`${earliestDay}T00:00:00Z`)
const last = Date.parse(`${latestDay}T00:00:00Z`)
const isNear = (at: number): boolean => at >= first && at <= last
