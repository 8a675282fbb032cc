/** What an event may be joined to, found by whoever joins: by number, words, place and nearness, each with its reasons. */
import { z } from 'zod'
import { endpoint, type Endpoint } from '../../kernel/endpoint.ts'
import { Id } from '../../kernel/id.ts'
import { EventStatus } from '../terms.ts'

export const findMergeTargets = endpoint({
  name: 'findMergeTargets',
  method: 'GET',
  path: '/api/events/merge-targets',
  duty: 'event.merge',
  summary: '可并入的事件 Open events of the same matter that an event may be joined to',
  ask: z.strictObject({
    eventId: Id,
    /** A number, or words of what it is and where; without it the likeliest. */
    text: z.string().max(60).default(''),
  }),
  reply: z.strictObject({
    /** The likeliest first, twenty at most. */
    targets: z.array(
      z.strictObject({
        id: Id,
        no: z.string(),
        title: z.string(),
        status: EventStatus,
        placeText: z.string(),
        gridName: z.string().nullable(),
        reportedAt: z.string(),
        /** As suggestions give them: `near:32` in metres, `caller`, `words:…`, `grid`, `day`. */
        reasons: z.array(z.string()),
      }),
    ),
  }),
  refusals: ['event.not-found'],
})

export const mergingContract = [findMergeTargets] as Endpoint[]
