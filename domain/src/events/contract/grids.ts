/** How many events are open in each grid: for the first page of a desk. */
import { z } from 'zod'
import { endpoint, type Endpoint } from '../../kernel/endpoint.ts'
import { Id } from '../../kernel/id.ts'

export const countOpenByGrid = endpoint({
  name: 'countOpenByGrid',
  method: 'GET',
  path: '/api/events/open-by-grid',
  duty: 'event.read',
  summary: '各网格在办 Open events by grid',
  ask: z.strictObject({ placeId: Id.optional() }),
  reply: z.strictObject({
    /** Grids that have any, in no order; of what the caller's own lists show. */
    grids: z.array(z.strictObject({ gridId: Id, open: z.int() })),
  }),
  refusals: [],
  pace: 'read',
})

export const eventGridsContract = [countOpenByGrid] as Endpoint[]
