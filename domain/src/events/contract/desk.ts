/** Endpoints of events for people with an account. */
import { z } from 'zod'
import { endpoint, type Endpoint } from '../../kernel/endpoint.ts'
import { Id, RequestId } from '../../kernel/id.ts'
import { AskedInstant } from '../../kernel/moments.ts'
import { Line } from '../../kernel/text.ts'
import { actions, acts, type Action } from '../acts.ts'
import { Caller, CallerPhone, TicketNo } from '../forms/caller.ts'
import { evidencePhases } from '../forms/evidence.ts'
import { dutyOf, moves } from '../moves.ts'
import { CategoryCode, EventSource, Scale, Urgency } from '../terms.ts'
import { Suggestion } from '../suggestion.ts'
import { actRefusals } from './refusals.ts'
import { EventFilter, EventRow, EventView, Queue } from './views.ts'

const Done = z.strictObject({ done: z.literal(true) })
const Phase = z.enum(evidencePhases)
const Point = z.strictObject({ lng: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) })

export const Report = z.strictObject({
  requestId: RequestId,
  id: Id,
  title: Line(50),
  content: Line(800),
  categoryCode: CategoryCode,
  source: EventSource.default('grid-worker'),
  urgency: Urgency.default(0),
  scale: Scale.default('single'),
  people: z.int().min(0).max(100_000).default(0),
  point: Point.nullable().default(null),
  gridId: Id.nullable().default(null),
  placeText: Line(200, 0).default(''),
  occurredAt: AskedInstant.nullable().default(null),
  evidenceIds: z.array(Id).max(12).default([]),
  stopNoticeRead: z.boolean().default(false),
  /** For whom it is reported, where not for oneself. Without a default: a repeat from before there was such a field is the same ask. */
  onBehalfOf: Line(30).optional(),
  /** Who called or came, of sources `hotline` and `window`: he is who reported, not the one who types. */
  caller: Caller.optional(),
  /** The number that the hotline gave the call. */
  ticketNo: TicketNo.optional(),
  /** By when the hotline wants it done. */
  externalDueAt: AskedInstant.optional(),
  /** He wants it kept among those who handle it. */
  isSecret: z.boolean().optional(),
})
export type Report = z.output<typeof Report>

export const reportEvent = endpoint({
  name: 'reportEvent',
  method: 'POST',
  path: '/api/events/report',
  duty: 'event.report',
  summary: '上报事件 Report an event',
  ask: Report,
  reply: z.strictObject({
    id: Id,
    no: z.string(),
    status: z.string(),
    dueAt: z.string().nullable(),
    followCode: z.string(),
  }),
  refusals: [
    'category.unknown',
    'category.stop-notice',
    'event.date-future',
    'event.date-long-ago',
    'event.outside-county',
    'event.source-not-yours',
    'event.ticket-taken',
    'place.unknown',
    'evidence.unknown',
  ],
  isSecret: true,
})
const page = {
  /** `pressing`: the most urgent first, among them what is due first; what has no limit comes last. */
  order: z.enum(['due', 'newest', 'oldest', 'pressing']).default('newest'),
  after: z.string().max(200).optional(),
  size: z.coerce.number().int().min(1).max(100).default(25),
}
const EventPage = z.strictObject({ events: z.array(EventRow), next: z.string().nullable() })

/** Without a text: words that may name people travel in bodies, not in addresses. */
export const listEvents = endpoint({
  name: 'listEvents',
  method: 'GET',
  path: '/api/events',
  duty: 'event.read',
  summary: '事件列表 Events',
  ask: EventFilter.omit({ text: true }).extend(page),
  reply: EventPage,
  refusals: [],
})
export const searchEvents = endpoint({
  name: 'searchEvents',
  method: 'POST',
  path: '/api/events/search',
  duty: 'event.read',
  summary: '搜索事件 Search events',
  ask: EventFilter.extend(page),
  reply: EventPage,
  refusals: [],
  pace: 'read',
})
/** Counting stops here: beyond it a list says that there are more. */
export const mostCounted = 10_000
export const countEvents = endpoint({
  name: 'countEvents',
  method: 'POST',
  path: '/api/events/count',
  duty: 'event.read',
  summary: '事件件数 How many events a list has',
  ask: EventFilter,
  reply: z.strictObject({ total: z.int(), isMore: z.boolean() }),
  refusals: [],
  pace: 'read',
})
export const countQueues = endpoint({
  name: 'countQueues',
  method: 'GET',
  path: '/api/events/queues',
  duty: 'event.read',
  summary: '待办数量 Queue counts',
  ask: z.strictObject({}),
  reply: z.strictObject({ counts: z.record(Queue, z.int()) }),
  refusals: [],
})
export const getEvent = endpoint({
  name: 'getEvent',
  method: 'GET',
  path: '/api/events/one',
  duty: 'event.read',
  summary: '事件详情 One event',
  ask: z.strictObject({ id: Id }),
  reply: EventView,
  refusals: ['event.not-found'],
})
export const mapEvents = endpoint({
  name: 'mapEvents',
  method: 'GET',
  path: '/api/events/map',
  duty: 'event.read',
  summary: '事件地图 Events on the map',
  ask: z.strictObject({ placeId: Id.optional() }),
  reply: z.strictObject({ events: z.array(EventRow) }),
  refusals: [],
})
export const revealReporter = endpoint({
  name: 'revealReporter',
  method: 'POST',
  path: '/api/events/reveal-reporter',
  duty: 'event.reveal-reporter',
  summary: '查看诉求人联系方式（留痕） Reveal the reporter',
  ask: z.strictObject({ requestId: RequestId, eventId: Id, purpose: Line(100, 2) }),
  reply: z.strictObject({ reporters: z.array(z.strictObject({ id: Id, name: z.string(), phone: z.string() })) }),
  refusals: ['event.not-found', 'look.quota'],
  isSecret: true,
  pace: 'look',
})
/** Before a call is written down: what the same number told of before, as far as the asker's place reaches. */
export const findCalls = endpoint({
  name: 'findCalls',
  method: 'POST',
  path: '/api/events/calls',
  duty: 'event.find-calls',
  summary: '同号码的历史来电（留痕） Earlier calls of a number',
  ask: z.strictObject({ requestId: RequestId, phone: CallerPhone }),
  reply: z.strictObject({
    calls: z.array(EventRow.pick({ id: true, no: true, title: true, status: true, reportedAt: true, dueAt: true })),
    more: z.int(),
  }),
  refusals: ['look.quota'],
  isSecret: true,
  pace: 'look',
})
/** Of phones from before `suggestForReport`, whose address holds what is reported. */
export const suggestForText = endpoint({
  name: 'suggestForText',
  method: 'GET',
  path: '/api/events/suggest',
  duty: 'event.report',
  summary: '类别与重复提示（旧版手机） Suggest category and duplicates, for older phones',
  ask: z.strictObject({
    text: z.string().max(1000),
    lng: z.coerce.number().optional(),
    lat: z.coerce.number().optional(),
  }),
  reply: Suggestion,
  refusals: [],
})
export const suggestForReport = endpoint({
  name: 'suggestForReport',
  method: 'POST',
  path: '/api/events/suggestions',
  duty: 'event.report',
  summary: '类别与重复提示 Suggest category and duplicates',
  ask: z.strictObject({
    text: z.string().max(1000),
    lng: z.number().min(-180).max(180).optional(),
    lat: z.number().min(-90).max(90).optional(),
  }),
  reply: Suggestion,
  refusals: [],
})
/**
 * Whoever sees events may add to those he sees: the duty of `attachEvidence`. Unknown keys, as other clients send, are
 * left out. A file goes into the phase it is sent for; one sent for `during`, or for none, into that of the act it comes with.
 */
export const sendEvidence = endpoint({
  name: 'sendEvidence',
  method: 'POST',
  path: '/api/files',
  duty: 'event.read',
  summary: '上传附件（可续传） Send evidence, resumable',
  ask: z.object({
    id: Id,
    phase: Phase.catch('during').default('during'),
    name: z.string().default(''),
    type: z.string().default(''),
  }),
  reply: z.unknown(),
  refusals: [
    'file.broken',
    'file.type',
    'file.mislabelled',
    'file.unsafe',
    'file.too-much',
    'file.busy',
    'file.quota',
    'upload.offset',
    'upload.busy',
  ],
  isUpload: true,
})
export const attachEvidence = endpoint({
  name: 'attachEvidence',
  method: 'POST',
  path: '/api/evidence/attach',
  duty: 'event.read',
  summary: '添加附件 Attach evidence',
  ask: z.strictObject({
    requestId: RequestId,
    eventId: Id,
    evidenceIds: z.array(Id).min(1).max(12),
    phase: Phase,
  }),
  reply: Done,
  refusals: ['event.not-found', 'event.out-of-turn', 'evidence.unknown', 'event.words-full'],
})
export const readEvidence = endpoint({
  name: 'readEvidence',
  method: 'GET',
  path: '/api/evidence/file',
  duty: 'event.read',
  summary: '查看附件 Read evidence',
  ask: z.strictObject({ id: Id, size: z.enum(['full', 'small']).default('full') }),
  reply: z.unknown(),
  refusals: ['evidence.unknown', 'evidence.damaged'],
  isStream: true,
})
export const listViews = endpoint({
  name: 'listViews',
  method: 'GET',
  path: '/api/views',
  duty: 'signed-in',
  summary: '我的视图 Saved views',
  ask: z.strictObject({}),
  reply: z.strictObject({
    views: z.array(z.strictObject({ id: Id, name: z.string(), filter: z.record(z.string(), z.string()) })),
  }),
  refusals: [],
})
export const saveView = endpoint({
  name: 'saveView',
  method: 'POST',
  path: '/api/views/save',
  duty: 'signed-in',
  summary: '保存视图 Save a view',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    name: Line(30),
    filter: z.record(z.string().max(30), z.string().max(400)),
  }),
  reply: Done,
  refusals: ['view.too-many'],
})
export const dropView = endpoint({
  name: 'dropView',
  method: 'POST',
  path: '/api/views/drop',
  duty: 'signed-in',
  summary: '删除视图 Drop a view',
  ask: z.strictObject({ requestId: RequestId, id: Id }),
  reply: Done,
  refusals: [],
})
export const listNotices = endpoint({
  name: 'listNotices',
  method: 'GET',
  path: '/api/notices',
  duty: 'event.read',
  summary: '提醒 Notices',
  ask: z.strictObject({}),
  reply: z.strictObject({
    notices: z.array(
      z.strictObject({
        id: Id,
        eventId: Id,
        no: z.string(),
        title: z.string(),
        kind: z.string(),
        at: z.string(),
        isRead: z.boolean(),
      }),
    ),
    unread: z.int(),
  }),
  refusals: [],
})
export const readNotices = endpoint({
  name: 'readNotices',
  method: 'POST',
  path: '/api/notices/read',
  duty: 'event.read',
  summary: '标记已读 Mark read',
  ask: z.strictObject({ requestId: RequestId, ids: z.array(Id).max(200) }),
  reply: Done,
  refusals: [],
})

/** Actions that a person with an account may take; residents and clocks act without an endpoint here. */
export const personActions = actions.filter((a) => moves[a].by.some((r) => r !== 'system' && r !== 'resident'))

const ActAsk = { requestId: RequestId, eventId: Id, version: z.int(), evidenceIds: z.array(Id).max(12).default([]) }
const ActReply = z.strictObject({
  id: Id,
  status: z.string(),
  version: z.int(),
  dueAt: z.string().nullable(),
  can: z.array(z.string()),
})
/** The endpoint of one action: what every action asks, and what this one does besides. */
export type ActEndpoint<A extends Action> = (typeof acts)[A] extends infer Fields extends z.ZodRawShape
  ? Endpoint<z.ZodObject<typeof ActAsk & Fields, z.core.$strict>, typeof ActReply>
  : never

/** What every action asks, whatever it asks besides. */
export type ActAsked = z.output<z.ZodObject<typeof ActAsk>>
type ActSent = z.input<z.ZodObject<typeof ActAsk>>
/** The endpoint of an action of which only its name is known, with the fields of a form made from its schema. */
export const actEndpoint = (action: Action): Endpoint<z.ZodType<ActAsked, ActSent>, typeof ActReply> =>
  endpoint({
    name: `act:${action}`,
    method: 'POST',
    path: `/api/events/act/${action}`,
    duty: dutyOf(action),
    summary: `事件动作 ${action}`,
    ask: z.strictObject({ ...ActAsk, ...acts[action] }),
    reply: ActReply,
    refusals: actRefusals,
  })

/** One endpoint an action: POST /api/events/act/dispatch, with the duty event.dispatch. */
export const actContract = personActions.map((action) => ({ action, promise: actEndpoint(action) }))
/** The same by action, for whoever knows which he means. */
export const actEndpoints = Object.fromEntries(actContract.map(({ action, promise }) => [action, promise])) as {
  readonly [A in Action]: ActEndpoint<A>
}

export const deskContract = [
  reportEvent,
  listEvents,
  searchEvents,
  countEvents,
  countQueues,
  getEvent,
  mapEvents,
  revealReporter,
  findCalls,
  suggestForText,
  suggestForReport,
  sendEvidence,
  attachEvidence,
  readEvidence,
  listViews,
  saveView,
  dropView,
  listNotices,
  readNotices,
  ...actContract.map((a) => a.promise),
] as Endpoint[]
