/** Endpoints by which somebody says whether a name that came in is a known estate or another one (R1, R9). */
import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { Id, RequestId } from '../kernel/id.ts'

/** Why something is not called so. */
export const namingRefusals = [
  'estate.known',
  'estate.too-many',
  'estate.alias-part',
  'estate.alias-taken',
  'estate.aliases-many',
] as const

/** A known estate that may be meant. */
const Near = z.strictObject({ id: Id, name: z.string() })
const HeldEstate = z.strictObject({
  /** As it was written in the file. */
  written: z.string(),
  /** Rows of the file that wait for it. */
  rows: z.int(),
  near: z.array(Near),
})
export type HeldEstate = z.infer<typeof HeldEstate>

export const listHeldEstates = endpoint({
  name: 'listHeldEstates',
  method: 'GET',
  path: '/api/registry/held-estates',
  duty: 'registry.import',
  summary: '待确认的小区名 Names of estates that wait for an answer',
  ask: z.strictObject({ id: Id }),
  reply: z.strictObject({ estates: z.array(HeldEstate) }),
  refusals: ['record.unknown'],
})

export const settleEstate = endpoint({
  name: 'settleEstate',
  method: 'POST',
  path: '/api/registry/settle-estate',
  duty: 'registry.import',
  summary: '确认小区名：同一小区或新小区 Say whether a name is a known estate or a new one',
  ask: z.strictObject({
    requestId: RequestId,
    /** The import whose rows wait. */
    id: Id,
    written: z.string().min(1).max(200),
    /** The estate that is meant; null: another one, which is registered now. */
    estateId: Id.nullable(),
  }),
  reply: z.strictObject({
    /** Rows that are taken now, as an import of their own; none after a trial. */
    rows: z.int(),
  }),
  refusals: ['record.unknown', 'record.stale', 'record.out-of-place', ...namingRefusals],
})
export const registryEstatesContract = [listHeldEstates, settleEstate]
