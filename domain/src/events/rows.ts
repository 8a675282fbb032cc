/** What a phone holds of events; who reported one is not in it. Source: requirements.md U2. */
import { z } from 'zod'
import { Id } from '../kernel/id.ts'
import { row } from '../kernel/row.ts'
import { actions } from './acts.ts'
import { EventSource, EventStatus, evidenceNeeds, Urgency } from './terms.ts'

/** A step of an event's way: action, when, why, which office. */
export const Flow = z.tuple([z.string(), z.string(), z.string(), z.string().nullable()])
export const event = row('event', {
  id: Id,
  version: z.int(),
  no: z.string(),
  title: z.string(),
  content: z.string(),
  placeText: z.string(),
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  gridId: Id.nullable(),
  reportedAt: z.string(),
  isMine: z.boolean().nullable(),
  status: EventStatus,
  categoryCode: z.string(),
  urgency: Urgency,
  dueAt: z.string().nullable(),
  stageStartedAt: z.string(),
  departmentName: z.string().nullable(),
  answer: z.string().nullable(),
  /** What the holder of the phone may do. */
  can: z.array(z.enum(actions)),
  flow: z.array(Flow).nullable(),
  /** For whom it was reported; null in rows that a phone kept before there was such a column. */
  onBehalfOf: z.string().nullable(),
  /** When half and four fifths of the limit are used; null as above, and where no clock runs. */
  halfAt: z.string().nullable(),
  soonAt: z.string().nullable(),
  /** Whether somebody told of it or a device; null in rows that a phone kept before there was such a column. */
  source: EventSource.nullable(),
})
export const notice = row('notice', {
  id: Id,
  eventId: Id,
  kind: z.string(),
  at: z.string(),
  title: z.string(),
})

/** A category in short: code, name, English name, class, English class, keywords, what is said instead of it, the same in English, the photos that a finish needs. */
export const CategoryBrief = z.tuple([
  z.string(),
  z.string(),
  z.string(),
  z.string(),
  z.string(),
  z.array(z.string()),
  z.string().nullable(),
  z.string().nullable(),
  z.array(z.enum(evidenceNeeds)),
])
export type CategoryBrief = z.output<typeof CategoryBrief>
