/** How the day stands in each grid: for the first page of a desk. */
import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import { Id } from '../../kernel/id.ts'

export const countGridTasks = endpoint({
  name: 'countGridTasks',
  method: 'GET',
  path: '/api/visits/today',
  duty: 'visit.read',
  summary: '今日走访 Tasks of today by grid',
  ask: z.strictObject({ placeId: Id.optional() }),
  reply: z.strictObject({
    /** Grids that have any, in no order; of the tasks that `listTasks` shows. */
    grids: z.array(
      z.strictObject({
        gridId: Id,
        /** Done today. */
        done: z.int(),
        /** Still open and due today or before. */
        due: z.int(),
      }),
    ),
  }),
  refusals: [],
})
