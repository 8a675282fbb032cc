/**
 * Search of persons by those who answer for a place without keeping its registry: the desks of town and county. They
 * know whom they look for, by the whole name, number or phone, say what for, and hear where he is to be asked after.
 */
import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { Id } from '../kernel/id.ts'
import { Line } from '../kernel/text.ts'
import { ownKinds } from './documents/document-kinds.ts'

export const tracePurposes = ['event', 'service', 'verify', 'emergency'] as const
/** More than so many of one name are not listed; whoever asks narrows it by a place or a year. */
export const mostTraced = 20

const Traced = z.strictObject({
  name: z.string(),
  sex: z.string(),
  bornYear: z.int().nullable(),
  /** From the town down to the grid, as far as it is known. */
  trail: z.array(z.string()),
})
export type Traced = z.infer<typeof Traced>

export const tracePersons = endpoint({
  name: 'tracePersons',
  method: 'POST',
  path: '/api/registry/trace',
  isSecret: true,
  duty: 'registry.trace',
  summary: '查找人员（说明用途，留痕） Find out where somebody is registered, with a purpose',
  ask: z.strictObject({
    /** The whole name, a whole identity number, or a whole phone. */
    text: z.string().min(2).max(40),
    /** The document that the number is of, where it is no citizen's. */
    idKind: z.enum(ownKinds).optional(),
    placeId: Id.optional(),
    bornYear: z.int().min(1880).max(2200).optional(),
    purpose: z.enum(tracePurposes),
    note: Line(200, 4),
    eventId: Id.nullable().default(null),
  }),
  reply: z.strictObject({
    persons: z.array(Traced),
    /** There are more of this name than are listed. */
    isMore: z.boolean(),
  }),
  refusals: ['search.quota', 'trace.unclear'],
  pace: 'search',
})
export const registryTraceContract = [tracePersons]
