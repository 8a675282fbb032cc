import * as c from '@fengge/domain/worklog/contract'
import type { Serve } from '../kernel/serve.ts'
import { addToWeek } from './commands/add-to-week.ts'
import { callMeeting } from './commands/call-meeting.ts'
import { closeMeeting } from './commands/close-meeting.ts'
import { confirmWeek } from './commands/confirm-week.ts'
import { getWeek } from './queries/get-week.ts'
import { listMeetings } from './queries/list-meetings.ts'
import { listWeeks } from './queries/list-weeks.ts'

export function worklogRoutes(serve: Serve): void {
  serve.read(c.getWeek, getWeek)
  serve.write(c.addToWeek, addToWeek)
  serve.write(c.confirmWeek, confirmWeek)
  serve.read(c.listWeeks, listWeeks)
  serve.write(c.callMeeting, callMeeting)
  serve.write(c.closeMeeting, closeMeeting)
  serve.read(c.listMeetings, listMeetings)
}
