/** What screens see of an event. */
import { z } from 'zod'
import { Id } from '../../kernel/id.ts'
import { AskedDay } from '../../kernel/moments.ts'
import { actions } from '../acts.ts'
import { waiterStates } from '../calling.ts'
import { evidencePhases } from '../forms/evidence.ts'
import { Suggestion } from '../suggestion.ts'
import { EventSource, EventStatus, Level, Limit, milestones, Stage, Urgency } from '../terms.ts'

const Instant = z.string()
/** What waits for an answer: since when, and until when it is owed; after that it is the turn of who stands above too. */
export const RequestRow = z.strictObject({ kind: z.enum(['decision', 'take-back']), since: Instant, dueAt: Instant })
export const EventRow = z.strictObject({
  id: Id,
  no: z.string(),
  title: z.string(),
  categoryCode: z.string(),
  status: EventStatus,
  level: Level,
  source: EventSource,
  urgency: Urgency,
  isSensitive: z.boolean(),
  townName: z.string().nullable(),
  villageName: z.string().nullable(),
  gridName: z.string().nullable(),
  departmentName: z.string().nullable(),
  reportedAt: Instant,
  stage: Stage,
  stageStartedAt: Instant,
  dueAt: Instant.nullable(),
  /** When half and four fifths of the limit are used, in its own kind of time. */
  halfAt: Instant.nullable(),
  soonAt: Instant.nullable(),
  supervision: z.int(),
  reworks: z.int(),
  reopens: z.int(),
  requests: z.array(RequestRow),
  /** Whose check it is, or will be; past its limit a worker's is anybody's of the grid and the centre's too. */
  checkBy: z.enum(['worker', 'centre']),
  version: z.int(),
  point: z.strictObject({ lng: z.number(), lat: z.number() }).nullable(),
  /** Whether it stands in a work list of who asks; told by lists that are read from page to page, left out elsewhere. */
  isMine: z.boolean().optional(),
})
export type RequestRow = z.infer<typeof RequestRow>
export type EventRow = z.infer<typeof EventRow>

/** Of a long life so many steps from its beginning and so many from its end are shown at once. */
export const stepsShown = { first: 20, last: 100 } as const
export const stepsAPage = 100
/** So many words (notes, remarks, urging) and additions one account leaves at one event within a day. */
export const mostWordsADay = 20

export const FlowRow = z.strictObject({
  seq: z.int(),
  action: z.string(),
  from: EventStatus.nullable(),
  to: EventStatus,
  at: Instant,
  actorName: z.string().nullable(),
  actorRole: z.string().nullable(),
  actorOffice: z.string().nullable(),
  reason: z.string(),
  detail: z.record(z.string(), z.unknown()),
  /** Names of the departments and places whose ids stand in `detail`. */
  names: z.record(z.string(), z.string()),
  evidenceIds: z.array(Id),
})
export type FlowRow = z.infer<typeof FlowRow>

export const EvidenceRow = z.strictObject({
  id: Id,
  kind: z.enum(['photo', 'audio', 'video', 'document']),
  phase: z.enum(evidencePhases),
  name: z.string(),
  mime: z.string(),
  size: z.int(),
  sha256: z.string(),
  hasThumbnail: z.boolean(),
  at: Instant,
})
export type EvidenceRow = z.infer<typeof EvidenceRow>

export const EventView = EventRow.extend({
  content: z.string(),
  placeText: z.string(),
  people: z.int(),
  occurredAt: Instant.nullable(),
  gridId: Id.nullable(),
  villageId: Id.nullable(),
  townId: Id.nullable(),
  deskPlaceId: Id,
  deskName: z.string(),
  departmentId: Id.nullable(),
  ticketNo: z.string().nullable(),
  externalDueAt: Instant.nullable(),
  onBehalfOf: z.string(),
  answer: z.string().nullable(),
  closeKind: z.string().nullable(),
  closedAt: Instant.nullable(),
  satisfaction: z.int().nullable(),
  isSolved: z.boolean().nullable(),
  parentId: Id.nullable(),
  mergedInto: Id.nullable(),
  handleDueAt: Instant.nullable(),
  totalDueAt: Instant.nullable(),
  /** How long each step may take, by its category and urgency as they were when it came. */
  limits: z.record(z.enum(milestones), Limit),
  spent: z.record(z.string(), z.number()),
  pausedMs: z.number(),
  suspension: z.strictObject({ reason: z.string(), until: Instant }).nullable(),
  pendingExtension: z.strictObject({ until: Instant, reason: z.string(), plan: z.string() }).nullable(),
  forceCloseReason: z.string().nullable(),
  /** Why its reporter asks to take it back. */
  cancelReason: z.string().nullable(),
  /** As what somebody asks to take a matter that is about staff, and why; whoever else serves its desk answers. */
  recodeAsk: z.strictObject({ categoryCode: z.string(), reason: z.string() }).nullable(),
  /** The leader whom a red card names. */
  redLeader: z.string().nullable(),
  /** What the citizen is to read once it is confirmed. */
  forceCloseAnswer: z.string().nullable(),
  coHandlers: z.array(z.strictObject({ departmentId: Id, name: z.string(), isDone: z.boolean() })),
  /** Places whose departments alone may be given it or asked to help, where it is about staff. */
  partPlaceIds: z.array(Id).nullable(),
  reporterName: z.string().nullable(),
  reporterPhone: z.string().nullable(),
  reporters: z.int(),
  /** Whether a citizen waits for an answer: a reporter of his own, or one joined to it. */
  isAwaited: z.boolean(),
  /** Of who reported it nothing is kept; and whether any of them waits for an answer. */
  isAnonymous: z.boolean(),
  isAnswerWanted: z.boolean(),
  isUnsignedFlagged: z.boolean(),
  /** Who is to be asked before it is over, for whoever rings them; empty for everybody else. */
  callList: z.array(
    z.strictObject({
      reporterId: Id,
      /** The surname where it may be shown, else that it is on file; of the phone only that. */
      name: z.string().nullable(),
      phone: z.string().nullable(),
      state: z.enum(waiterStates),
      /** When he was not reached. */
      tries: z.array(Instant),
      /** How many of them count, and of how many. */
      counted: z.int(),
      needed: z.int(),
      /** From when on another try counts; null where it counts now. */
      countsFrom: Instant.nullable(),
    }),
  ),
  related: z.array(
    z.strictObject({
      id: Id,
      no: z.string(),
      title: z.string(),
      status: EventStatus,
      relation: z.enum(['child', 'parent', 'merged', 'target']),
    }),
  ),
  /** The first twenty steps and the last hundred; how many lie between (listSteps). */
  flow: z.array(FlowRow),
  stepsBetween: z.int().optional(),
  evidence: z.array(EvidenceRow),
  suggestion: Suggestion,
  can: z.array(z.enum(actions as [string, ...string[]])),
})
export type EventView = z.infer<typeof EventView>

export const queues = [
  'all',
  'to-verify',
  'to-dispatch',
  'to-handle',
  'to-check',
  'to-decide',
  'to-call',
  'late',
  'mine',
] as const
export const Queue = z.enum(queues)
export type Queue = z.infer<typeof Queue>

const text = (most: number) => z.string().max(most).optional()
/** Filters as they stand in the address of a list. */
export const EventFilter = z.strictObject({
  queue: Queue.default('all'),
  text: text(60),
  statuses: text(400),
  categoryCode: text(4),
  classCode: text(2),
  source: EventSource.optional(),
  level: z.coerce.number().pipe(Level).optional(),
  placeId: Id.optional(),
  departmentId: Id.optional(),
  isOpen: z.enum(['yes', 'no']).optional(),
  supervised: z.enum(['yes']).optional(),
  /** Open, and due before the day is over; what is late already is not. */
  due: z.enum(['today']).optional(),
  from: AskedDay.optional(),
  to: AskedDay.optional(),
})
export type EventFilter = z.output<typeof EventFilter>
