/**
 * JSON that the work log keeps, and its shapes; the number stands in a column beside it. Add a field: raise `now`,
 * lift the old shape in `upcasts`, and add a row of it to `stored.test.ts`.
 */
import { z } from 'zod'
import { shaped } from '../kernel/shape.ts'
import { AgendaItem, Attendant, Resolution, WeekLine } from './terms.ts'

/** worklog.week.lines */
export const StoredLines = shaped({ name: 'worklog.week', now: 1, schema: z.array(WeekLine), upcasts: {} })

/** worklog.meeting.agenda, attendance and resolutions: one number for the three */
export const StoredMeeting = shaped({
  name: 'worklog.meeting',
  now: 1,
  schema: z.strictObject({
    agenda: z.array(AgendaItem),
    attendance: z.array(Attendant),
    resolutions: z.array(Resolution),
  }),
  upcasts: {},
})
