/** Words of the work log: weeks that write themselves, meetings whose resolutions become tasks. Source: requirements.md V2, V3. */
import { z } from 'zod'
import { Id } from '../kernel/id.ts'

const Day = z.iso.date()

/** A sentence about the week, with the count in it and what it counts. */
export const WeekLine = z.strictObject({
  key: z.string(),
  text: z.string(),
  textEn: z.string(),
  count: z.int(),
  ids: z.array(Id),
})
export type WeekLine = z.infer<typeof WeekLine>

export const Week = z.strictObject({
  from: Day,
  to: Day,
  holder: z.string(),
  gridName: z.string(),
  lines: z.array(WeekLine),
  added: z.array(z.strictObject({ id: Id, text: z.string(), at: z.string() })),
  confirmedAt: z.string().nullable(),
})
export type Week = z.infer<typeof Week>

export const MeetingKind = z.enum(['regular', 'special'])
export const MeetingState = z.enum(['called', 'held', 'cancelled'])

export const AgendaItem = z.strictObject({ text: z.string(), eventId: Id.nullable(), taskId: Id.nullable() })
export type AgendaItem = z.infer<typeof AgendaItem>

export const Attendant = z.strictObject({
  accountId: Id.nullable(),
  name: z.string(),
  role: z.string(),
  state: z.enum(['asked', 'came', 'excused', 'absent']),
})
export type Attendant = z.infer<typeof Attendant>

export const Resolution = z.strictObject({ text: z.string(), gridId: Id.nullable(), dueOn: Day, tasks: z.int() })
export type Resolution = z.infer<typeof Resolution>

export const Meeting = z.strictObject({
  id: Id,
  placeId: Id,
  placeName: z.string(),
  kind: MeetingKind,
  title: z.string(),
  at: z.string(),
  where: z.string(),
  state: MeetingState,
  agenda: z.array(AgendaItem),
  attendance: z.array(Attendant),
  minutes: z.string(),
  resolutions: z.array(Resolution),
  version: z.int(),
})
export type Meeting = z.infer<typeof Meeting>
