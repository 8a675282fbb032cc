/** Endpoints about shops, homes and buildings that are there no more. */
import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import { Id, RequestId } from '../../kernel/id.ts'
import { AskedDay } from '../../kernel/moments.ts'
import { Line } from '../../kernel/text.ts'
import { Closing, ClosingKind } from './terms.ts'

export const closeRecord = endpoint({
  name: 'closeRecord',
  method: 'POST',
  path: '/api/registry/close',
  duty: 'registry.write',
  summary: '单位、房屋、楼栋、设施注销：歇业、迁出、拆除、登记错误 A shop, home, building or thing is there no more',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    recordId: Id,
    kind: ClosingKind,
    onDay: AskedDay,
    reason: Line(200, 0).default(''),
  }),
  /** `rooms`: how many went with their building. */
  reply: z.strictObject({ done: z.literal(true), undoUntil: z.string(), rooms: z.int() }),
  refusals: [
    'record.unknown',
    'record.closed',
    'record.has-children',
    'closing.kind',
    'closing.lived-in',
    'leaving.day',
    'leaving.desk',
    'leaving.quota',
  ],
})
export const reopenRecord = endpoint({
  name: 'reopenRecord',
  method: 'POST',
  path: '/api/registry/reopen',
  duty: 'registry.write',
  summary: '撤回注销：还在 It is there after all, with the rooms that went along',
  ask: z.strictObject({ requestId: RequestId, id: Id, recordId: Id, reason: Line(200) }),
  reply: z.strictObject({ done: z.literal(true) }),
  refusals: ['record.unknown', 'record.not-closed', 'record.parent-gone', 'closing.place-ended', 'leaving.term'],
})
export const listClosings = endpoint({
  name: 'listClosings',
  method: 'GET',
  path: '/api/registry/closings',
  duty: 'registry.read',
  summary: '房屋、单位注销记录 What was closed: of one record, or the latest of one’s places',
  /** A page holds fifty. */
  ask: z.strictObject({
    recordId: Id.optional(),
    placeId: Id.optional(),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
  }),
  reply: z.strictObject({ closings: z.array(Closing), total: z.int() }),
  refusals: ['record.unknown'],
})

export const closingContract = [closeRecord, reopenRecord, listClosings]
