/**
 * Whoever tells of something by telephone or at a window, while somebody else types it in: what is kept of him, and by
 * which number he can be reached. Sources: domain.md A8 (calls, confidential tickets), B5 (ticketNo), D4; requirements.md
 * E3, E10. Left out: the record of the call itself, which stays with the hotline.
 */
import { z } from 'zod'
import { Line, normal } from '../../kernel/text.ts'
import type { EventSource } from '../terms.ts'

/** Numbers that can be rung: a mobile, a landline with or without its area, a service number, one from abroad. */
const numbers = [/^1[3-9]\d{9}$/, /^0\d{9,11}$/, /^[2-9]\d{6,7}$/, /^400\d{7}$/, /^\+(?!86)\d{7,15}$/]

/** A number as it is kept: without what people put between its figures, and at home without the country's. @example plainNumber('+86 138-0000 1234') // '13800001234' */
export const plainNumber = (text: string): string =>
  normal(text, 'NFKC')
    .replaceAll(/[\s()-]/g, '')
    .replace(/^\+?86(?=1[3-9]\d{9}$|0\d{9,11}$)/, '')

/** @example isReachable('12345') // false */
export const isReachable = (phone: string): boolean => numbers.some((shape) => shape.test(plainNumber(phone)))

export const CallerPhone = z.string().max(24, { abort: true }).refine(isReachable).transform(plainNumber)
export const TicketNo = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9-]{4,40}$/)

export const Caller = z.strictObject({
  name: Line(30, 0).default(''),
  phone: z.union([z.literal(''), CallerPhone]).default(''),
  /** Nothing is kept of who he is; he follows it by his code. */
  isAnonymous: z.boolean().default(false),
  /** Without it nobody rings him when it is done. */
  isAnswerWanted: z.boolean().default(true),
})
export type Caller = z.output<typeof Caller>

/** What is kept of a caller: of one who says nothing of himself, or wants it so, nothing. */
export function keptOf(caller: Caller | undefined): Caller {
  if (caller === undefined) return { name: '', phone: '', isAnonymous: true, isAnswerWanted: true }
  return caller.isAnonymous ? { ...caller, name: '', phone: '' } : caller
}

/** Sources behind which a citizen stands who is not the one who types. */
export const isTypedForAnother = (source: EventSource): boolean => source === 'hotline' || source === 'window'
