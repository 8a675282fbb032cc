/** Words of the event slice. Source: domain.md B5, C, D1; glossary. */
import { z } from 'zod'

export const statuses = [
  'reported',
  'verifying',
  'registered',
  'dispatched',
  'in-progress',
  'return-requested',
  'ruling',
  'extend-requested',
  'suspend-requested',
  'suspended',
  'handled',
  'rework',
  'verified',
  'callback',
  'unreasonable-claimed',
  'closed',
  'reopened',
  'rejected',
  'merged',
  'cancelled',
  'archived',
] as const
export const EventStatus = z.enum(statuses)
export type EventStatus = z.infer<typeof EventStatus>

/** States in which somebody still owes something. */
export const openStatuses = statuses.filter(
  (s) => !['closed', 'rejected', 'merged', 'cancelled', 'archived'].includes(s),
)
export function isOpen(status: EventStatus): boolean {
  return (openStatuses as readonly string[]).includes(status)
}

export const sources = [
  'grid-worker',
  'liaison',
  'resident',
  'hotline',
  'department',
  'sensor',
  'leader',
  'inspection',
  'window',
  'sunk-officer',
] as const
export const EventSource = z.enum(sources)
export type EventSource = z.infer<typeof EventSource>

/** Sources behind which a citizen waits for an answer (invariant I5). */
export function hasCitizen(source: EventSource): boolean {
  return source === 'resident' || source === 'hotline' || source === 'window'
}

export const stages = ['accept', 'dispatch', 'handle', 'check', 'callback'] as const
export const Stage = z.enum(stages)
export type Stage = z.infer<typeof Stage>

export const limitKinds = ['natural-hour', 'work-hour', 'work-day', 'natural-day'] as const
export const Limit = z.strictObject({ kind: z.enum(limitKinds), value: z.number().positive().max(400) })
export type Limit = z.infer<typeof Limit>

export const milestones = ['accept', 'dispatch', 'sign', 'handle', 'check', 'callback'] as const
export type Milestone = (typeof milestones)[number]
export const Limits = z.partialRecord(z.enum(milestones), Limit)
export type Limits = z.infer<typeof Limits>

export const Level = z.union([z.literal(1), z.literal(2), z.literal(3)])
export type Level = z.infer<typeof Level>
/** 0 ordinary, 1 urgent, 2 most urgent. */
export const Urgency = z.union([z.literal(0), z.literal(1), z.literal(2)])
export type Urgency = z.infer<typeof Urgency>
export const Scale = z.enum(['single', 'group', 'mass'])
/** 0 none, 1 ordinary, 2 yellow card, 3 red card. */
export const Supervision = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)])
export type Supervision = z.infer<typeof Supervision>

export const evidenceNeeds = ['before', 'after', 'text', 'sound', 'place'] as const
export const CategoryCode = z.string().regex(/^\d{4}$/)

/** A dated row of the catalogue: what kind of matter this is, whose, and how long each step may take. */
export const Category = z.strictObject({
  code: CategoryCode,
  name: z.string(),
  nameEn: z.string(),
  classCode: z.string().regex(/^\d{2}$/),
  className: z.string(),
  classNameEn: z.string(),
  level: Level,
  lead: z.string(),
  order: z.enum(['owner-first', 'territory-first']),
  evidence: z.array(z.enum(evidenceNeeds)),
  isSensitive: z.boolean(),
  /** It concerns those who serve a place: it goes past grid and community (intake.ts). */
  isAboutStaff: z.boolean(),
  urgency: Urgency,
  limits: Limits,
  stopNotice: z.string().nullable(),
  stopNoticeEn: z.string().nullable(),
  keywords: z.array(z.string()),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  source: z.string(),
})
export type Category = z.infer<typeof Category>

export const closeKinds = ['normal', 'self-handled', 'duplicate', 'dutiful', 'unreached', 'forced'] as const
export type CloseKind = (typeof closeKinds)[number]
export const suspendReasons = ['season', 'works', 'legal', 'citizen', 'third-party'] as const
export const refuseReasons = ['duplicate', 'untrue', 'not-ours', 'in-court', 'too-vague', 'stop-notice'] as const

const Instant = z.number()
const Account = z.string()
const Place = z.string()
const Department = z.string()

/** Everything the rules need to know of one event. Instants are epoch milliseconds. */
export const EventCore = z
  .strictObject({
    id: z.string(),
    status: EventStatus,
    statusSince: Instant,
    level: Level,
    /** The highest level it was ever graded, reported or sent to: what asks for two does not become one person's below. */
    topLevel: Level,
    source: EventSource,
    categoryCode: z.string(),
    urgency: Urgency,
    isSensitive: z.boolean(),
    isAboutStaff: z.boolean(),
    people: z.int(),
    gridId: Place.nullable(),
    villageId: Place.nullable(),
    townId: Place.nullable(),
    countyId: Place,
    /** The centre whose turn it is at this level. */
    deskPlaceId: Place,
    reporterId: Account.nullable(),
    checkerId: Account.nullable(),
    checkBy: z.enum(['worker', 'centre']),
    isSampled: z.boolean(),
    departmentId: Department.nullable(),
    isSigned: z.boolean(),
    isUnsignedFlagged: z.boolean(),
    /** Accounts that had a hand in the handling; none of them may check. */
    handledBy: z.array(Account).readonly(),
    stage: Stage,
    stageStartedAt: Instant,
    dueAt: Instant.nullable(),
    limits: Limits,
    dispatchedAt: Instant.nullable(),
    handleDueAt: Instant.nullable(),
    totalDueAt: Instant.nullable(),
    /** By when the hotline wants it done, by its own count: it runs until the matter is closed and stops for nothing. */
    externalDueAt: Instant.nullable(),
    /** When what was joined to it was to be handled, until it is dispatched itself. */
    promisedDueAt: Instant.nullable(),
    returnedBy: z.array(Department).readonly(),
    isRuled: z.boolean(),
    extensions: z.int(),
    pendingExtension: z
      .strictObject({ until: Instant, reason: z.string(), plan: z.string(), by: z.string() })
      .readonly()
      .nullable(),
    suspension: z
      .strictObject({ reason: z.enum(suspendReasons), until: Instant, leftMs: z.number(), since: Instant })
      .readonly()
      .nullable(),
    citizenWaits: z.int(),
    reworks: z.int(),
    reopens: z.int(),
    supervision: Supervision,
    /** From which level the card was given, and the leader whom a red one names. */
    cardLevel: Level.nullable(),
    redLeader: z.string().nullable(),
    /** When a resident last urged it, and when somebody who serves did: neither uses up the other's. */
    urgedAt: Instant.nullable(),
    urgedInsideAt: Instant.nullable(),
    coHandlers: z.array(z.strictObject({ departmentId: Department, isDone: z.boolean() }).readonly()).readonly(),
    /** `answer` is what a citizen is to read; requests of before, and where nobody waits for one, have none. */
    forceClose: z
      .strictObject({ by: z.string(), reason: z.string(), answer: z.string().optional() })
      .readonly()
      .nullable(),
    /** Whether anybody but who reported it has done something with it: until then he takes it back himself. */
    isTakenUp: z.boolean(),
    /** Who asked to take his report back, why and when; his words stay whatever is answered. */
    cancelAsk: z.strictObject({ by: Account, reason: z.string(), at: Instant }).readonly().nullable(),
    /** Who asked, as what, why and when, that a matter be about nobody who serves; nothing changes until another agrees. */
    recodeAsk: z
      .strictObject({ by: Account, categoryCode: z.string(), reason: z.string(), at: Instant })
      .readonly()
      .nullable(),
    /** Who asked for what now waits for a decision; it is never his own to decide. */
    askedBy: Account.nullable(),
    mergedInto: z.string().nullable(),
    parentId: z.string().nullable(),
    /** For whom it was reported, as the reporter gave it; empty where he spoke for himself. */
    onBehalfOf: z.string(),
    /** What the report itself asks for, whatever its category: by its words, its size, and what its reporter said. */
    said: z.strictObject({ level: Level, urgency: Urgency }).readonly(),
    /**
     * Reports that stand behind the event, its own and those joined to it; those of them that a citizen made; and those
     * whose citizens want to be told what came of it.
     */
    reporters: z.int(),
    citizens: z.int(),
    awaiting: z.int(),
    /** The last refusal to take it up: whose, at which level, and whether it can still be appealed against. */
    refusal: z.strictObject({ level: Level, by: Account.nullable(), isLast: z.boolean() }).readonly().nullable(),
    answer: z.string().nullable(),
    closeKind: z.enum(closeKinds).nullable(),
    closedAt: Instant.nullable(),
    isSolved: z.boolean().nullable(),
    satisfaction: z.int().nullable(),
    /** Running milliseconds by stage, paused ones apart (invariant I7). */
    spent: z.record(Stage, z.number()).readonly(),
    pausedMs: z.number(),
    /** Last alarm that fired; the next is the first one after it. */
    alarmedAt: Instant,
    version: z.int(),
  })
  .readonly()
export type EventCore = z.infer<typeof EventCore>

/** The grid whose people look at an event and check it: none where it may be about them. */
export const gridAsked = ({ gridId, isAboutStaff }: Pick<EventCore, 'gridId' | 'isAboutStaff'>): string | null =>
  isAboutStaff ? null : gridId

/** Whether a category is offered to residents: tasks are not, and of complaints those about people or their data. */
export const isForResidents = ({ classCode, isAboutStaff }: Pick<Category, 'classCode' | 'isAboutStaff'>): boolean =>
  classCode !== '90' && (classCode !== '80' || isAboutStaff)

/** Whether a citizen waits for an answer: whose report it is, or who was joined to it (invariant I5). Some want none. */
export const isAwaited = (event: EventCore): boolean => event.awaiting > 0
