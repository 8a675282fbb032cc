/** Endpoints by which somebody who serves is kept from one person: a relative, a former husband. Asked by one, agreed to by another. */
import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import { Id, RequestId } from '../../kernel/id.ts'
import { AskedDay } from '../../kernel/moments.ts'
import { After, Next } from '../../kernel/page.ts'
import { Line } from '../../kernel/text.ts'

const Done = z.strictObject({ done: z.literal(true) })
export const recusalStates = ['asked', 'agreed', 'refused', 'lifted'] as const
/** Days that it may last; whoever needs it longer asks anew. */
export const longestRecusal = 1095
/** What an account may ask for in a day, to set and to lift together. */
export const recusalQuota = 20

export const Recusal = z.strictObject({
  id: Id,
  personName: z.string(),
  gridName: z.string().nullable(),
  /** Who is kept from him. */
  accountName: z.string(),
  reason: z.string(),
  untilOn: z.string(),
  state: z.enum(recusalStates),
  isOver: z.boolean(),
  askedBy: z.string(),
  askedAt: z.string(),
  decidedBy: z.string(),
  canDecide: z.boolean(),
  /** That it was asked to end before its day: in force until a second person agrees. */
  lift: z
    .strictObject({
      reason: z.string(),
      askedBy: z.string(),
      askedAt: z.string(),
      /** Who agreed; empty while it waits. */
      decidedBy: z.string(),
    })
    .nullable(),
  canAskLift: z.boolean(),
  canDecideLift: z.boolean(),
})
export type Recusal = z.infer<typeof Recusal>

export const askRecusal = endpoint({
  name: 'askRecusal',
  method: 'POST',
  path: '/api/registry/ask-recusal',
  duty: 'registry.correct',
  summary: '申请回避：某账号看不到此人及其住户 Ask that an account be kept from a person and his household',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    personId: Id,
    /** The login of who is to be kept from him. */
    login: z.string().min(1).max(60),
    untilOn: AskedDay,
    reason: Line(200, 4),
  }),
  reply: Done,
  /** A login that nobody has, and one that serves elsewhere, are taken alike: whoever decides knows. */
  refusals: ['record.unknown', 'recusal.own', 'recusal.day', 'recusal.quota'],
})
export const decideRecusal = endpoint({
  name: 'decideRecusal',
  method: 'POST',
  path: '/api/registry/decide-recusal',
  duty: 'registry.approve',
  summary: '审批回避 Agree to it or refuse it, as a second person',
  ask: z.strictObject({ requestId: RequestId, id: Id, isAgreed: z.boolean() }),
  reply: Done,
  refusals: ['record.unknown', 'recusal.own', 'recusal.decided', 'recusal.above', 'recusal.account'],
})
export const askLift = endpoint({
  name: 'askLift',
  method: 'POST',
  path: '/api/registry/ask-lift-recusal',
  duty: 'registry.correct',
  summary: '申请提前解除回避 Ask that it end before its day; it holds until somebody above agrees',
  ask: z.strictObject({ requestId: RequestId, id: Id, reason: Line(200, 4) }),
  reply: Done,
  refusals: ['record.unknown', 'recusal.own', 'recusal.not-in-force', 'recusal.lift-waits', 'recusal.quota'],
})
export const decideLift = endpoint({
  name: 'decideLift',
  method: 'POST',
  path: '/api/registry/decide-lift-recusal',
  duty: 'registry.approve',
  summary: '审批提前解除回避 End it before its day or leave it as it is, as a second person who stands above',
  ask: z.strictObject({ requestId: RequestId, id: Id, isAgreed: z.boolean() }),
  reply: Done,
  refusals: [
    'record.unknown',
    'recusal.own',
    'recusal.not-in-force',
    'recusal.decided',
    'recusal.above',
    'recusal.account',
  ],
})
export const listRecusals = endpoint({
  name: 'listRecusals',
  method: 'GET',
  path: '/api/registry/recusals',
  duty: ['registry.correct', 'registry.approve'],
  summary: '回避登记 Who is kept from whom; never told to him',
  ask: z.strictObject({ after: After }),
  /** Those that wait first, the longest waiting before all; fifty a page. `waiting` counts those, `total` all. */
  reply: z.strictObject({ recusals: z.array(Recusal), waiting: z.int(), total: z.int(), next: Next }),
  refusals: [],
})

export const recusalContract = [askRecusal, decideRecusal, askLift, decideLift, listRecusals]
