/** Endpoints about records that may be one person: found, merged, taken apart again, kept apart. */
import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { Id, RequestId } from '../kernel/id.ts'
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

export const doublesContract = [listDoubles, mergePersons, unmergePersons, keepApart]
