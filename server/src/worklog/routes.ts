import * as c from '@fengge/domain/worklog/contract'
import type { Serve } from '../kernel/serve.ts'
import { callMeeting, closeMeeting, listMeetings } from './meetings.ts'
import { addToWeek, confirmWeek, getWeek, listWeeks } from './week.ts'

export function worklogRoutes(serve: Serve): void {
  serve.read(c.getWeek, getWeek)
  serve.write(c.addToWeek, addToWeek)
  serve.write(c.confirmWeek, confirmWeek)
  serve.read(c.listWeeks, listWeeks)
  serve.write(c.callMeeting, callMeeting)
  serve.write(c.closeMeeting, closeMeeting)
  serve.read(c.listMeetings, listMeetings)
}
