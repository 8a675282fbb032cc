/** Endpoints of the list of grid matters. How a department has one admitted is another slice; this is the table and its dates. */
import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { Id, RequestId } from '../kernel/id.ts'
import { AskedDay } from '../kernel/moments.ts'
import { After, Next } from '../kernel/page.ts'
import { Line } from '../kernel/text.ts'
import { evidenceKinds, Matter, matterKinds, MatterObject, matterObjects, TaskKind, taskKinds } from './terms.ts'

const Done = z.strictObject({ done: z.literal(true) })

export const listMatters = endpoint({
  name: 'listMatters',
  method: 'GET',
  path: '/api/matters',
  duty: 'place.read',
  summary: '网格事项清单 Grid matters',
  ask: z.strictObject({ setCode: z.string().max(20).optional(), onlyInForce: z.enum(['yes', 'no']).default('no') }),
  reply: z.strictObject({
    matters: z.array(Matter),
    sets: z.array(z.strictObject({ code: z.string(), matters: z.int(), inForce: z.int() })),
    mayEdit: z.boolean(),
  }),
  refusals: [],
})
export const saveMatter = endpoint({
  name: 'saveMatter',
  method: 'POST',
  path: '/api/matters/save',
  duty: 'matter.edit',
  summary: '登记事项 Save a matter',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    version: z.int().min(0),
    code: Line(20),
    name: Line(60),
    nameEn: Line(120),
    classCode: Line(10),
    className: Line(30),
    classNameEn: Line(60),
    kind: z.enum(matterKinds),
    owner: Line(40),
    minutes: z.int().min(1).max(480),
    /** Left out, these stay as they are; under a new matter nothing can be ordered until it states its kinds and objects. */
    taskKinds: z.array(TaskKind).max(taskKinds.length).optional(),
    objects: z.array(MatterObject).max(matterObjects.length).optional(),
    steps: Line(400, 0).optional(),
    effort: Line(60, 0).optional(),
    funding: Line(100, 0).optional(),
    frequency: Line(30),
    basis: Line(200),
    evidence: z.enum(evidenceKinds),
    evidenceWhy: Line(100, 0).default(''),
    validFrom: AskedDay,
    validTo: AskedDay.nullable(),
  }),
  reply: Matter,
  refusals: [
    'matter.evidence-why',
    'matter.no-end',
    'matter.too-long',
    'matter.dates',
    'matter.forbidden',
    'matter.overlap',
    'matter.stale',
  ],
})
export const switchMatterSet = endpoint({
  name: 'switchMatterSet',
  method: 'POST',
  path: '/api/matters/set',
  duty: 'matter.edit',
  summary: '启用或停用一套清单 Put a ready set in force or end it',
  ask: z.strictObject({ requestId: RequestId, setCode: Line(20), on: AskedDay, isOn: z.boolean() }),
  reply: Done,
  refusals: ['matter.set-unknown', 'matter.overlap'],
})

/** By which door something was asked of the grid. */
export const orderDoors = ['order', 'campaign', 'rule', 'meeting'] as const
const RefusedOrder = z.strictObject({
  id: Id,
  day: z.string(),
  door: z.enum(orderDoors),
  byName: z.string(),
  officeName: z.string(),
  placeName: z.string(),
  /** Empty where no such matter is listed. */
  matterCode: z.string(),
  matterName: z.string(),
  problem: z.string(),
  taskKind: TaskKind.nullable(),
  object: MatterObject.nullable(),
  minutes: z.int(),
  /** How often on that day. */
  times: z.int(),
  lastAt: z.string(),
})
export const listRefusedOrders = endpoint({
  name: 'listRefusedOrders',
  method: 'GET',
  path: '/api/matters/refused',
  duty: ['visit.plan', 'matter.edit'],
  summary: '拦下的派单 What was asked of the grid beyond its matters, refused and counted',
  ask: z.strictObject({ after: After }),
  reply: z.strictObject({ refused: z.array(RefusedOrder), total: z.int(), next: Next }),
  refusals: [],
})
export const mattersContract = [listMatters, saveMatter, switchMatterSet, listRefusedOrders]
