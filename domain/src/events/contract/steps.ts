/** The life of an event in pages. */
import { z } from 'zod'
import { endpoint, type Endpoint } from '../../kernel/endpoint.ts'
import { Id } from '../../kernel/id.ts'
import { FlowRow, stepsAPage } from './views.ts'

/** Of a long life the steps that `getEvent` left out, a page at a time. */
export const listSteps = endpoint({
  name: 'listSteps',
  method: 'GET',
  path: '/api/events/steps',
  duty: 'event.read',
  summary: '事件经过（分页） Steps of an event, those after one, the earliest first',
  ask: z.strictObject({ id: Id, after: z.coerce.number().int().min(0).max(10_000_000) }),
  reply: z.strictObject({ steps: z.array(FlowRow).max(stepsAPage) }),
  refusals: ['event.not-found'],
})

export const stepsContract = [listSteps] as Endpoint[]
