/** How much came in, ended and was open, day by day: the two weeks of a first page. */
import { z } from 'zod'
import { endpoint, type Endpoint } from '../../kernel/endpoint.ts'
import { Id } from '../../kernel/id.ts'

/** As many days are told, today being the last. */
export const daysTold = 14

export const countEventDays = endpoint({
  name: 'countEventDays',
  method: 'GET',
  path: '/api/events/days',
  duty: 'event.read',
  summary: '两周进出 Events reported, ended and open by day',
  ask: z.strictObject({
    /** Without it all that the caller sees. */
    placeId: Id.optional(),
  }),
  reply: z.strictObject({
    /** The oldest first; of what the caller's own lists show, and no more. */
    days: z.array(
      z.strictObject({
        on: z.iso.date(),
        reported: z.int(),
        /** Closed, refused, joined to another or taken back; what was opened again is not among them. */
        ended: z.int(),
        /** At the end of that day, today as it is now. */
        open: z.int(),
      }),
    ),
  }),
  refusals: [],
  pace: 'heavy',
})

export const eventDaysContract = [countEventDays] as Endpoint[]
