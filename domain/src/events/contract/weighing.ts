/** What speaks for a department at a dispatch, in figures: what it did of this kind and what it has in hand. */
import { z } from 'zod'
import { endpoint, type Endpoint } from '../../kernel/endpoint.ts'
import { Id } from '../../kernel/id.ts'

/** Of each department its newest matters of a year, at most so many. */
export const mostWeighed = 500

export const weighDepartments = endpoint({
  name: 'weighDepartments',
  method: 'POST',
  path: '/api/events/weigh-departments',
  duty: 'event.dispatch',
  summary: '各部门办理同类事件的情况 What departments did of this kind, and what they have in hand',
  ask: z.strictObject({ eventId: Id, departmentIds: z.array(Id).min(1).max(8) }),
  reply: z.strictObject({
    /** Those of the desk of the event, of what lies in reach; nothing that was told in confidence is counted. */
    departments: z.array(
      z.strictObject({
        id: Id,
        /** Of the category of the event: how many it was given, and how many of them are closed. */
        given: z.int(),
        closed: z.int(),
        /** How long it handled those that are closed, in milliseconds on average; null where there is none. */
        handleMs: z.number().nullable(),
        /** In hand now, of any category, and how many of them are over their limit. */
        open: z.int(),
        late: z.int(),
      }),
    ),
  }),
  refusals: ['event.not-found'],
  pace: 'read',
})

export const weighingContract = [weighDepartments] as Endpoint[]
