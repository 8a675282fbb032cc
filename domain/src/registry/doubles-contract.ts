/** Endpoints about records that may be one person: found, merged, taken apart again, kept apart. */
import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { Id, RequestId } from '../kernel/id.ts'
import { After, Next } from '../kernel/page.ts'
import { Line } from '../kernel/text.ts'
import { sameReasons } from './editing.ts'
import { RecordView } from './terms.ts'

const Done = z.strictObject({ done: z.literal(true) })
const Reason = Line(200)

export const listDoubles = endpoint({
  name: 'listDoubles',
  method: 'GET',
  path: '/api/registry/doubles',
  duty: 'registry.merge',
  summary: '疑似重复 Probable duplicates',
  ask: z.strictObject({ placeId: Id.optional() }),
  reply: z.strictObject({
    pairs: z.array(z.strictObject({ a: RecordView, b: RecordView, reasons: z.array(z.enum(sameReasons)) })),
  }),
  refusals: [],
})

export const mergePersons = endpoint({
  name: 'mergePersons',
  method: 'POST',
  path: '/api/registry/merge',
  duty: 'registry.merge',
  summary: '合并重复人员 Merge two records of one person',
  ask: z.strictObject({
    requestId: RequestId,
    keepId: Id,
    keepVersion: z.int(),
    dropId: Id,
    dropVersion: z.int(),
    take: z.array(z.string().max(40)).max(40).default([]),
    reason: Reason,
  }),
  reply: z.strictObject({
    changeId: Id,
    version: z.int(),
    /** The dropped record was to leave on a day that has not come: the kept one leaves then, unless it has a day of its own. */
    plan: z.strictObject({ onDay: z.string(), isCarried: z.boolean() }).nullable(),
  }),
  refusals: ['record.unknown', 'record.stale', 'merge.two-numbers', 'search.quota', 'erasure.waits'],
})

export const unmergePersons = endpoint({
  name: 'unmergePersons',
  method: 'POST',
  path: '/api/registry/unmerge',
  duty: 'registry.merge',
  summary: '撤销合并 Take a merge apart again',
  ask: z.strictObject({ requestId: RequestId, changeId: Id, reason: Reason }),
  reply: z.strictObject({ keptFields: z.array(z.string()) }),
  refusals: ['record.unknown', 'change.not-undoable', 'erasure.waits'],
})

export const keepApart = endpoint({
  name: 'keepApart',
  method: 'POST',
  path: '/api/registry/apart',
  duty: 'registry.merge',
  summary: '不是同一人 They are two',
  ask: z.strictObject({ requestId: RequestId, aId: Id, bId: Id, reason: Reason }),
  reply: Done,
  refusals: ['record.unknown'],
})

/** What somebody asked to be merged though each record has a number of its own; a second person answers. */
export const MergeRequest = z.strictObject({
  id: Id,
  keepId: Id,
  keepName: z.string(),
  keepGridName: z.string().nullable(),
  dropId: Id,
  dropName: z.string(),
  dropGridName: z.string().nullable(),
  /** Fields of which the dropped record's value is taken. */
  take: z.array(z.string()),
  reason: z.string(),
  state: z.enum(['asked', 'agreed', 'refused']),
  askedBy: z.string(),
  askedAt: z.string(),
  decidedBy: z.string(),
  /** One of the two was changed, merged or left since: it can only be refused, and asked anew. */
  isStale: z.boolean(),
  canDecide: z.boolean(),
})
export type MergeRequest = z.infer<typeof MergeRequest>

export const askMerge = endpoint({
  name: 'askMerge',
  method: 'POST',
  path: '/api/registry/ask-merge',
  duty: 'registry.merge',
  summary: '申请合并证件号码不同的两条登记 Ask that two records with a number each be merged',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    keepId: Id,
    keepVersion: z.int(),
    dropId: Id,
    dropVersion: z.int(),
    take: z.array(z.string().max(40)).max(40).default([]),
    reason: Line(200, 4),
  }),
  reply: Done,
  refusals: ['record.unknown', 'record.stale', 'merge.waits', 'erasure.waits'],
})

export const decideMerge = endpoint({
  name: 'decideMerge',
  method: 'POST',
  path: '/api/registry/decide-merge',
  duty: 'registry.approve',
  summary: '审批合并 Merge them or leave them, as a second person',
  ask: z.strictObject({ requestId: RequestId, id: Id, isAgreed: z.boolean() }),
  reply: Done,
  refusals: ['record.unknown', 'record.stale', 'merge.own', 'merge.decided', 'erasure.waits'],
})

export const listMerges = endpoint({
  name: 'listMerges',
  method: 'GET',
  path: '/api/registry/merge-requests',
  duty: ['registry.merge', 'registry.approve'],
  summary: '合并申请 Records with a number each that are to be merged',
  ask: z.strictObject({ after: After }),
  /** Those that wait first, the longest waiting before all; fifty a page; those decided in the last ninety days behind them. */
  reply: z.strictObject({ requests: z.array(MergeRequest), total: z.int(), next: Next }),
  refusals: [],
})

export const doublesContract = [listDoubles, mergePersons, unmergePersons, keepApart, askMerge, decideMerge, listMerges]
