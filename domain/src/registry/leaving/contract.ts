/** Endpoints about people who leave the register, come back, or ask to be deleted. */
import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import { Id, RequestId } from '../../kernel/id.ts'
import { AskedDay } from '../../kernel/moments.ts'
import { Line } from '../../kernel/text.ts'
import { Leaving, SaidLeaving, Witness } from './terms.ts'

const Done = z.strictObject({ done: z.literal(true) })

export const leavePerson = endpoint({
  name: 'leavePerson',
  method: 'POST',
  path: '/api/registry/leave',
  duty: 'registry.write',
  summary: '人员注销：搬走、去世、登记错误 Somebody moved away, died, or never was',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    personId: Id,
    kind: SaidLeaving,
    onDay: AskedDay,
    /** Where to; empty where nobody knows. */
    toWhere: Line(120, 0).default(''),
    seenBy: Witness,
    reason: Line(200, 0).default(''),
  }),
  /** `newHead`: who heads the household now, where its head left. */
  reply: z.strictObject({ done: z.literal(true), undoUntil: z.string(), newHead: z.string().nullable() }),
  refusals: [
    'record.unknown',
    'person.left',
    'leaving.day',
    'leaving.before-came',
    'leaving.death-day',
    'leaving.desk',
    'leaving.quota',
  ],
})
export const undoLeaving = endpoint({
  name: 'undoLeaving',
  method: 'POST',
  path: '/api/registry/undo-leaving',
  duty: 'registry.write',
  summary: '撤回注销 Take a leaving back as if it had not been',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    personId: Id,
    reason: Line(200),
    /** Where his household has another head by now, which is refused until it is said: he heads it again, or is a member. */
    headIs: z.enum(['again', 'member']).optional(),
  }),
  reply: Done,
  refusals: ['record.unknown', 'leaving.closed', 'leaving.two', 'leaving.term', 'leaving.headed'],
})
export const returnPerson = endpoint({
  name: 'returnPerson',
  method: 'POST',
  path: '/api/registry/return',
  duty: 'registry.write',
  summary: '回来了 Somebody who had moved away is here again',
  ask: z.strictObject({ requestId: RequestId, id: Id, personId: Id, onDay: AskedDay }),
  reply: Done,
  refusals: ['record.unknown', 'leaving.closed', 'leaving.no-return', 'leaving.day'],
})
export const listLeavings = endpoint({
  name: 'listLeavings',
  method: 'GET',
  path: '/api/registry/leavings',
  duty: 'registry.read',
  summary: '注销记录 Who left: of one person, or the latest of one’s places',
  ask: z.strictObject({ personId: Id.optional(), placeId: Id.optional() }),
  reply: z.strictObject({ leavings: z.array(Leaving) }),
  refusals: ['record.unknown'],
})

export const erasureBases = ['withdrawn', 'purpose-over', 'unlawful', 'other'] as const
/** over: nobody decided before all was deleted. */
export const erasureStates = ['open', 'agreed', 'refused', 'over'] as const
/** erase: he asks to be deleted. undo: what two agreed to is to be taken back while anything is left of him. */
export const erasureAims = ['erase', 'undo'] as const
export const Erasure = z.strictObject({
  id: Id,
  personId: Id,
  name: z.string(),
  gridName: z.string().nullable(),
  aim: z.enum(erasureAims),
  basis: z.enum(erasureBases),
  /** How he showed who he is; of an undoing, who wants it and why. For desks and for who took it; else empty. */
  shownBy: z.string(),
  state: z.enum(erasureStates),
  askedBy: z.string(),
  askedAt: z.string(),
  reason: z.string(),
  canDecide: z.boolean(),
})
export type Erasure = z.infer<typeof Erasure>

export const askErasure = endpoint({
  name: 'askErasure',
  method: 'POST',
  path: '/api/registry/ask-erasure',
  duty: 'registry.write',
  summary:
    '受理本人删除申请（或撤回已同意的删除） Take somebody’s request to be deleted (PIPL art. 47), or to have it taken back',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    personId: Id,
    aim: z.enum(erasureAims).default('erase'),
    basis: z.enum(erasureBases),
    shownBy: Line(120),
  }),
  reply: Done,
  refusals: ['record.unknown', 'person.left', 'leaving.closed', 'erasure.there', 'leaving.quota'],
})
export const decideErasure = endpoint({
  name: 'decideErasure',
  method: 'POST',
  path: '/api/registry/decide-erasure',
  duty: 'registry.correct',
  summary: '审核删除申请 Agree to it or refuse it, as a second person',
  ask: z.strictObject({ requestId: RequestId, id: Id, isAgreed: z.boolean(), reason: Line(200, 0).default('') }),
  reply: Done,
  refusals: [
    'record.unknown',
    'person.left',
    'leaving.closed',
    'erasure.own',
    'erasure.decided',
    'erasure.reason',
    'leaving.quota',
  ],
})
export const listErasures = endpoint({
  name: 'listErasures',
  method: 'GET',
  path: '/api/registry/erasures',
  duty: 'registry.write',
  summary: '删除申请 Requests to be deleted',
  /** Those that wait first, the oldest first; then those decided, the latest first. A page holds fifty. */
  ask: z.strictObject({ page: z.coerce.number().int().min(1).max(10_000).default(1) }),
  reply: z.strictObject({ erasures: z.array(Erasure), total: z.int(), open: z.int() }),
  refusals: [],
})

export const leavingContract = [
  leavePerson,
  undoLeaving,
  returnPerson,
  listLeavings,
  askErasure,
  decideErasure,
  listErasures,
]
