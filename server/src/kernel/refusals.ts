/**
 * Refusals for want of a right or of a place, as the journal keeps them: of one account, endpoint and problem the first
 * of a day, the tenth, the hundredth and so on, each with how many there were; so that whoever tries doors is seen, and
 * fills nothing. MLPS 8.1.4.3 b. Left out: two servers over one database count each for itself.
 */
import { dayOf } from '@fengge/domain/kernel/time'
import { keptOnShelf, type HasShelf } from './shelf.ts'

const mostKept = 20_000
const kept = keptOnShelf(() => ({ day: '', times: new Map<string, number>() }))

/** Counts one more. @returns how many there were today, where that is to be written down */
export function countRefusal(home: HasShelf, what: readonly string[], now: number): number | undefined {
  const book = kept(home)
  const day = dayOf(now)
  if (book.day !== day || book.times.size >= mostKept) {
    book.day = day
    book.times.clear()
  }
  const key = what.join(' ')
  const times = (book.times.get(key) ?? 0) + 1
  book.times.set(key, times)
  return /^10*$/.test(String(times)) ? times : undefined
}
