/** What happens to week logs and meetings, as the journal keeps it. */
import { z } from 'zod'
import { recorded } from '../kernel/fact.ts'

export const weekAdded = recorded('week.added', z.strictObject({ from: z.string() }))
export const weekConfirmed = recorded('week.confirmed', z.strictObject({ from: z.string(), lines: z.int() }))
export const meetingCalled = recorded('meeting.called', z.strictObject({ agenda: z.int(), asked: z.int() }))
export const meetingHeld = recorded('meeting.held', z.strictObject({ came: z.int(), resolutions: z.int() }))
