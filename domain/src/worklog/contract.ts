/** The week log that writes itself, and meetings whose resolutions become tasks. Source: requirements.md V2, V3. */
import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { Id, RequestId } from '../kernel/id.ts'
import { AskedDay, AskedInstant } from '../kernel/moments.ts'
import { Line } from '../kernel/text.ts'
import { misfits } from '../matters/fit.ts'
import { Meeting, MeetingKind, Week } from './terms.ts'

const Done = z.strictObject({ done: z.literal(true) })
export const getWeek = endpoint({
  name: 'getWeek',
  method: 'GET',
  path: '/api/worklog/week',
  duty: 'visit.write',
  summary: '工作周志 My week, written from what was done',
  ask: z.strictObject({ on: AskedDay.optional() }),
  reply: Week,
  refusals: [],
})
export const addToWeek = endpoint({
  name: 'addToWeek',
  method: 'POST',
  path: '/api/worklog/add',
  duty: 'visit.write',
  summary: '补充周志 Add a line to the week',
  ask: z.strictObject({ requestId: RequestId, id: Id, on: AskedDay, text: Line(300, 2) }),
  reply: Done,
  refusals: ['week.confirmed', 'week.future'],
})
export const confirmWeek = endpoint({
  name: 'confirmWeek',
  method: 'POST',
  path: '/api/worklog/confirm',
  duty: 'visit.write',
  summary: '确认周志 Confirm the week',
  ask: z.strictObject({ requestId: RequestId, on: AskedDay }),
  reply: Week,
  refusals: ['week.confirmed', 'week.future'],
})
export const listWeeks = endpoint({
  name: 'listWeeks',
  method: 'GET',
  path: '/api/worklog/weeks',
  duty: 'visit.read',
  summary: '网格员周志 Weeks of the grid workers of a place',
  ask: z.strictObject({ on: AskedDay, placeId: Id.optional() }),
  reply: z.strictObject({ weeks: z.array(Week) }),
  refusals: [],
})

export const callMeeting = endpoint({
  name: 'callMeeting',
  method: 'POST',
  path: '/api/worklog/meeting',
  duty: 'meeting.hold',
  summary: '召集例会 Call a meeting; the agenda comes from what is open',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    placeId: Id,
    kind: MeetingKind,
    title: Line(60),
    at: AskedInstant,
    where: Line(60),
    more: z.array(Line(120)).max(20).default([]),
  }),
  reply: Meeting,
  refusals: ['place.unknown'],
})
export const closeMeeting = endpoint({
  name: 'closeMeeting',
  method: 'POST',
  path: '/api/worklog/meeting/close',
  duty: 'meeting.hold',
  summary: '会议纪要与决议 Minutes, attendance, and resolutions that become tasks',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    version: z.int(),
    minutes: Line(4000),
    attendance: z.array(z.strictObject({ name: Line(50), state: z.enum(['came', 'excused', 'absent']) })).max(200),
    resolutions: z
      .array(
        z.strictObject({
          text: Line(120, 2),
          gridId: Id,
          matterId: Id,
          dueOn: AskedDay,
          minutes: z.int().min(1).max(480),
        }),
      )
      .max(20),
  }),
  reply: Meeting,
  refusals: [
    'meeting.unknown',
    'meeting.closed',
    'meeting.stale',
    'matter.unknown',
    ...misfits,
    'matter.not-in-force',
    'place.unknown',
    'task.date',
  ],
})
export const listMeetings = endpoint({
  name: 'listMeetings',
  method: 'GET',
  path: '/api/worklog/meetings',
  duty: ['visit.read', 'visit.write'],
  summary: '例会记录 Meetings',
  ask: z.strictObject({ placeId: Id.optional() }),
  reply: z.strictObject({ meetings: z.array(Meeting) }),
  refusals: [],
})
export const worklogContract = [getWeek, addToWeek, confirmWeek, listWeeks, callMeeting, closeMeeting, listMeetings]
