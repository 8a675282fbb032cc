/** Endpoints of visits for whoever goes to the door: visits, services by proxy, lone visits shared. */
import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import { Id, RequestId } from '../../kernel/id.ts'
import { AskedDay, AskedInstant } from '../../kernel/moments.ts'
import { After, Next } from '../../kernel/page.ts'
import { Line } from '../../kernel/text.ts'
import { Service, ServiceMove, ServiceState } from '../services.ts'
import { Outcome, SubjectKind } from '../terms.ts'

const Done = z.strictObject({ done: z.literal(true) })
const inForce = ['matter.unknown', 'matter.not-in-force'] as const

export const VisitView = z.strictObject({
  id: Id,
  at: z.string(),
  byName: z.string(),
  onBehalfOf: z.string(),
  formCode: z.string(),
  formName: z.string(),
  matterName: z.string(),
  subjectKind: SubjectKind,
  /** None where the caller may not know who it is. */
  subjectId: Id.nullable(),
  subjectName: z.string(),
  outcome: Outcome,
  answers: z.array(z.strictObject({ name: z.string(), nameEn: z.string(), value: z.string(), valueEn: z.string() })),
  note: z.string(),
  eventIds: z.array(Id),
  hazards: z.int(),
})

export const recordVisit = endpoint({
  name: 'recordVisit',
  isSecret: true,
  method: 'POST',
  path: '/api/visits/record',
  duty: 'visit.write',
  summary: '登记走访 Record a visit',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    taskId: Id.nullable(),
    matterId: Id,
    formCode: z.string().max(40),
    subjectKind: SubjectKind,
    subjectId: Id,
    outcome: Outcome,
    answers: z.record(z.string().max(30), z.union([z.string().max(4000), z.boolean()])).default({}),
    note: Line(800, 0).default(''),
    /** When it was done by the phone's corrected clock; never trusted beyond now. */
    madeAt: AskedInstant,
    onBehalfOf: Line(50, 0).default(''),
    isSpoken: z.boolean().default(false),
    /** Hidden dangers found, each with what was ordered and by when it is to be put right. */
    hazards: z
      .array(
        z.strictObject({
          id: Id,
          what: Line(200),
          orderedText: Line(200, 0).default(''),
          fixBy: AskedDay,
          recheckDays: z.int().min(1).max(90),
          eventId: Id.nullable(),
        }),
      )
      .max(5)
      .default([]),
    eventIds: z.array(Id).max(10).default([]),
  }),
  reply: z.strictObject({
    id: Id,
    taskState: z.enum(['open', 'done', 'dropped', 'none']),
    note: z.enum(['', 'task.already-done', 'task.dropped']),
  }),
  refusals: [
    ...inForce,
    'form.unknown',
    'task.unknown',
    'record.unknown',
    'visit.answers',
    'visit.subject',
    'visit.hazard-twice',
    'visit.day-full',
    'visit.after-death',
  ],
})

export const listVisits = endpoint({
  name: 'listVisits',
  method: 'GET',
  path: '/api/visits',
  duty: ['visit.read', 'visit.write'],
  summary: '走访记录 Visits',
  ask: z.strictObject({
    subjectId: Id.optional(),
    eventId: Id.optional(),
    placeId: Id.optional(),
    after: After,
    size: z.coerce.number().int().min(1).max(100).default(30),
  }),
  reply: z.strictObject({ visits: z.array(VisitView), next: Next }),
  refusals: ['record.unknown'],
})

export const takeService = endpoint({
  name: 'takeService',
  isSecret: true,
  method: 'POST',
  path: '/api/visits/service',
  duty: 'visit.write',
  summary: '受理代办 Take a request at the door',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    matterId: Id,
    what: Line(200, 2),
    personId: Id.nullable(),
    askedBy: Line(30),
    phone: Line(20, 0).default(''),
    dueOn: AskedDay,
    gridId: Id,
    madeAt: AskedInstant,
  }),
  reply: z.strictObject({ id: Id, no: z.string() }),
  refusals: [...inForce, 'place.unknown', 'service.too-many'],
})

export const moveService = endpoint({
  name: 'moveService',
  method: 'POST',
  path: '/api/visits/service/move',
  duty: 'visit.write',
  summary: '代办进展 Take the next step of a service; the last tells the resident',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    to: ServiceMove,
    note: Line(400, 2),
  }),
  reply: z.strictObject({ state: ServiceState }),
  refusals: ['service.unknown', 'service.order'],
})

export const listServices = endpoint({
  name: 'listServices',
  method: 'GET',
  path: '/api/visits/services',
  duty: ['visit.read', 'visit.write'],
  summary: '代办事项 Services by proxy',
  ask: z.strictObject({ placeId: Id.optional(), state: z.enum(['open', 'all']).default('open'), after: After }),
  reply: z.strictObject({ services: z.array(Service), total: z.int(), next: Next }),
  refusals: [],
})

export const shareSafety = endpoint({
  name: 'shareSafety',
  method: 'POST',
  path: '/api/visits/safety/share',
  duty: 'visit.write',
  summary: '单独上门报平安 Share a lone visit, by one’s own choice; it ends by itself',
  ask: z.strictObject({ requestId: RequestId, id: Id, where: Line(100), minutes: z.int().min(10).max(240) }),
  reply: z.strictObject({ until: z.string() }),
  refusals: ['safety.running'],
})

export const endSafety = endpoint({
  name: 'endSafety',
  method: 'POST',
  path: '/api/visits/safety/end',
  duty: 'visit.write',
  summary: '已平安返回 I am back',
  ask: z.strictObject({ requestId: RequestId, id: Id }),
  reply: Done,
  refusals: ['safety.unknown'],
})

export const visitsWorkerContract = [
  recordVisit,
  listVisits,
  takeService,
  moveService,
  listServices,
  shareSafety,
  endSafety,
]
