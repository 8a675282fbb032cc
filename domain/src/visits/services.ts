/**
 * Services by proxy: what a resident asks for at the door, followed until the resident was told (V5). Told is the
 * end: an answer that nobody told the resident is not yet a service. Left out: how the office handles the request.
 */
import { z } from 'zod'
import { Id } from '../kernel/id.ts'
import type { Day } from '../kernel/time.ts'

export const serviceStates = ['taken', 'handed-in', 'answered', 'told', 'withdrawn'] as const
export const ServiceState = z.enum(serviceStates)
export type ServiceState = z.infer<typeof ServiceState>

/** What was done for it, in order; the first is that it was taken. */
export const ServiceStep = z.strictObject({ state: ServiceState, at: z.string(), byName: z.string(), note: z.string() })
export type ServiceStep = z.infer<typeof ServiceStep>

export const Service = z.strictObject({
  id: Id,
  no: z.string(),
  what: z.string(),
  askedBy: z.string(),
  personId: Id.nullable(),
  gridId: Id.nullable(),
  gridName: z.string().nullable(),
  state: ServiceState,
  dueOn: z.string(),
  takenBy: z.string(),
  version: z.int(),
  steps: z.array(ServiceStep),
})
export type Service = z.infer<typeof Service>

/** Steps that a worker takes after a service was taken. */
export const ServiceMove = z.enum(['handed-in', 'answered', 'told', 'withdrawn'])
export type ServiceMove = z.infer<typeof ServiceMove>

/** What may follow what; the buttons of the phone and the guard of the server are this table. */
export const serviceMoves: Readonly<Record<ServiceState, readonly ServiceMove[]>> = {
  taken: ['handed-in', 'answered', 'withdrawn'],
  'handed-in': ['answered', 'withdrawn'],
  answered: ['told', 'handed-in'],
  told: [],
  withdrawn: [],
}

/** Services that nobody need follow any more. */
export const endedServices: readonly ServiceState[] = ['told', 'withdrawn']

const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/**
 * 代20261121-4F7A2C9K: the day and eight signs of the id (40 bits), so that who takes a request without signal can
 * tell its number at once.
 * @param id a UUID; its last forty bits go into the number
 */
export function serviceNumber(id: string, day: Day): string {
  let bits = BigInt(`0x${id.replaceAll('-', '').slice(-10)}`),
    text = ''
  for (let i = 0; i < 8; i++, bits >>= 5n) text = signs[Number(bits & 31n)]! + text
  return `代${day.replaceAll('-', '')}-${text}`
}
