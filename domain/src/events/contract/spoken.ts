/**
 * What a citizen says by telephone or at a window of a matter that staff typed for him. Whoever typed it holds his code and
 * knows his number, so that neither proves him: it is written down by somebody who had no part in the matter, and who is
 * told the code by him. Source: docs/decisions/0008-secrets-kept.md; requirements.md E3.
 */
import { z } from 'zod'
import { endpoint, type Endpoint } from '../../kernel/endpoint.ts'
import { Id, RequestId } from '../../kernel/id.ts'
import { Line } from '../../kernel/text.ts'
import { actRefusals } from './refusals.ts'

export const spokenActions = ['rate', 'appeal', 'cancel', 'urge'] as const
export const spokenWays = ['phone', 'window'] as const

export const speakFor = endpoint({
  name: 'speakFor',
  method: 'POST',
  path: '/api/events/speak-for',
  duty: 'event.find-calls',
  summary: '代诉求人记录评价、申诉、撤回、催办（登记、办理以外的人） Write down what a citizen says of his matter',
  ask: z.strictObject({
    requestId: RequestId,
    /** The code by which he follows it, as he tells it. */
    code: z.string().max(20),
    action: z.enum(spokenActions),
    way: z.enum(spokenWays),
    /** Of a rating. */
    score: z.int().min(1).max(5).optional(),
    isSolved: z.boolean().optional(),
    /** In his words; an appeal needs his reasons. */
    note: Line(480, 0).default(''),
  }),
  reply: z.strictObject({ id: Id, no: z.string() }),
  refusals: actRefusals,
  isSecret: true,
  pace: 'look',
})

export const spokenContract = [speakFor] as Endpoint[]
