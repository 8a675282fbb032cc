/** Endpoints of labels: how a county calls its roles and centres. */
import { z } from 'zod'
import { endpoint, type Endpoint } from '../../kernel/endpoint.ts'
import { RequestId } from '../../kernel/id.ts'
import { Line } from '../../kernel/text.ts'
import { labelKinds } from '../labels.ts'

export const Label = z.strictObject({
  kind: z.enum(labelKinds),
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  /** The word of the ready set, which holds where the county has none of its own. */
  ready: z.string(),
  readyEn: z.string(),
})
export type Label = z.infer<typeof Label>

export const listLabels = endpoint({
  name: 'listLabels',
  method: 'GET',
  path: '/api/labels',
  duty: 'signed-in',
  summary: '称谓 How the county calls its roles and centres',
  ask: z.strictObject({}),
  reply: z.strictObject({ labels: z.array(Label), mayEdit: z.boolean() }),
  refusals: [],
})
export const saveLabel = endpoint({
  name: 'saveLabel',
  method: 'POST',
  path: '/api/labels/save',
  duty: 'catalogue.edit',
  summary: '修改称谓，留空则用缺省 Call a role or a centre by the county’s own word; empty for the ready one',
  ask: z.strictObject({
    requestId: RequestId,
    kind: z.enum(labelKinds),
    code: z.string().max(40),
    name: Line(30, 0),
    nameEn: Line(60, 0),
  }),
  reply: z.strictObject({ done: z.literal(true) }),
  refusals: ['label.unknown'],
})
export const labelsContract = [listLabels, saveLabel] as Endpoint[]
