/** Where a page of a list ended: what the list is ordered by, in its order, and last the id. */
import { refuse } from './problems.ts'

export type Mark = string | number | Date | null
const textOf = (mark: Mark) => (mark instanceof Date ? mark.toISOString() : String(mark ?? ''))

/** @example packCursor(row.due_on, row.id) */
export const packCursor = (...marks: readonly Mark[]): string => marks.map(textOf).join('~')

/**
 * A page of what was read with one row more than fits.
 * @param marks what the list is ordered by, for the cursor of its last row
 */
export function pageOf<R>(rows: readonly R[], size: number, marks: (row: R) => readonly Mark[]) {
  const page = rows.slice(0, size)
  const last = rows.length > size ? page.at(-1) : undefined
  return { page, next: last === undefined ? null : packCursor(...marks(last)) }
}

const shapes = {
  id: /^[0-9a-f]{8}-[0-9a-f-]{27}$/,
  day: /^\d{4}-\d{2}-\d{2}$/,
  /** Empty where there is none. */
  moment: /^(?:\d{4}-\d{2}-\d{2}T[\d:.]+Z)?$/,
  number: /^-?\d{1,9}$/,
} as const
export type MarkShape = keyof typeof shapes

/** The marks of a cursor that came back; anything else than what was given out is refused. */
export function readCursor(text: string, expected: readonly MarkShape[]): string[] {
  const marks = text.split('~')
  const isSound =
    marks.length === expected.length &&
    marks.every((mark, i) => shapes[expected[i]!].test(mark) && !(expected[i] === 'moment' && isNoMoment(mark)))
  return isSound ? marks : refuse('ask.invalid', 400, { fields: [{ field: 'after', fault: 'invalid' }] })
}
const isNoMoment = (text: string) => text !== '' && Number.isNaN(Date.parse(text))
