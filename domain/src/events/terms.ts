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
] as const
export const EventSource = z.enum(sources)
export type EventSource = z.infer<typeof EventSource>

/** Sources behind which a citizen waits for an answer (invariant I5). */
export function hasCitizen(source: EventSource): boolean {
  return source === 'resident' || source === 'hotline'
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
export type Supervision = 0 | 1 | 2 | 3

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

/** Everything the rules need to know of one event. Instants are epoch milliseconds. */
export interface EventCore {
  readonly id: string
  readonly status: EventStatus
  readonly statusSince: number
  readonly level: Level
  readonly source: EventSource
  readonly categoryCode: string
  readonly urgency: Urgency
  readonly isSensitive: boolean
  readonly people: number
  readonly gridId: string | null
  readonly villageId: string | null
  readonly townId: string | null
  readonly countyId: string
  /** The centre whose turn it is at this level. */
  readonly deskPlaceId: string
  readonly reporterId: string | null
  readonly checkerId: string | null
  readonly checkBy: 'worker' | 'centre'
  readonly isSampled: boolean
  readonly departmentId: string | null
  readonly isSigned: boolean
  readonly isUnsignedFlagged: boolean
  /** Accounts that had a hand in the handling; none of them may check. */
  readonly handledBy: readonly string[]
  readonly stage: Stage
  readonly stageStartedAt: number
  readonly dueAt: number | null
  readonly limits: Limits
  readonly dispatchedAt: number | null
  readonly handleDueAt: number | null
  readonly totalDueAt: number | null
  readonly returnedBy: readonly string[]
  readonly isRuled: boolean
  readonly extensions: number
  readonly pendingExtension: {
    readonly until: number
    readonly reason: string
    readonly plan: string
    readonly by: string
  } | null
  readonly suspension: {
    readonly reason: (typeof suspendReasons)[number]
    readonly until: number
    readonly leftMs: number
    readonly since: number
  } | null
  readonly citizenWaits: number
  readonly reworks: number
  readonly reopens: number
  readonly callbackTries: number
  readonly supervision: Supervision
  readonly coHandlers: readonly { readonly departmentId: string; readonly isDone: boolean }[]
  readonly forceClose: { readonly by: string; readonly reason: string } | null
  readonly mergedInto: string | null
  readonly parentId: string | null
  readonly answer: string | null
  readonly closeKind: CloseKind | null
  readonly closedAt: number | null
  readonly isSolved: boolean | null
  readonly satisfaction: number | null
  /** Running milliseconds by stage, paused ones apart (invariant I7). */
  readonly spent: Readonly<Record<Stage, number>>
  readonly pausedMs: number
  /** Last alarm that fired; the next is the first one after it. */
  readonly alarmedAt: number
  readonly version: number
}
