/** Weeks and meetings count what was done; they name events and tasks, no residents. */
import { tellNothing, type Tells } from '../kernel/tells.ts'

export const worklogTells: Tells = tellNothing(
  'getWeek',
  'addToWeek',
  'confirmWeek',
  'listWeeks',
  'callMeeting',
  'closeMeeting',
  'listMeetings',
)
