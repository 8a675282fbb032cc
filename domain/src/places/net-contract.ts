/**
 * Endpoints that change the net: a border moved, a grid split, grids merged, a grid closed; foreseen first, done at once
 * or ordered for a day. What each change needs is written once and used by all three.
 */
import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { Id, RequestId } from '../kernel/id.ts'
import { AskedDay } from '../kernel/moments.ts'
import { Line } from '../kernel/text.ts'
import { Datum, DedicatedKind, Geometry, GridKind, LoosePart, NetFlow, NetOrder, NetPost, Tier } from './terms.ts'

export const Households = z.int().min(0).max(1_000_000).nullable()
export const netRefusals = [
  'place.unknown',
  'place.parent-wrong',
  'place.name-taken',
  'place.codes-spent',
  'border.outside-parent',
  'border.overlap',
  'border.invalid',
  'border.too-much',
  'border.busy',
  'place.stale',
  'place.dates',
  'place.closed',
] as const
export const LevelCode = z.string().regex(/^[a-z][a-z0-9-]{1,30}$/)
export const Drawn = z.strictObject({
  id: Id,
  name: Line(50),
  level: LevelCode.nullable().default(null),
  kind: GridKind,
  dedicatedKind: DedicatedKind.nullable().default(null),
  households: Households.default(null),
  people: Households.default(null),
  normReason: Line(200, 0).nullable().default(null),
  geometry: Geometry.nullable(),
})

/** What a person says of a change that the borders do not say. */
const said = {
  /** Where what has no point goes: a grid, or null for the village above. */
  settled: z
    .array(z.strictObject({ id: Id, to: Id.nullable() }))
    .max(5000)
    .default([]),
  /** Where all else goes that has no point, `stay` for where its grid goes on; left out, each must be settled by itself. */
  rest: z
    .union([Id, z.literal('stay')])
    .nullable()
    .optional(),
  /** Who serves on where; an empty list ends the post. Left out only where one grid follows. */
  staff: z
    .array(z.strictObject({ postingId: Id, to: z.array(Id).max(10) }))
    .max(1000)
    .default([]),
  on: AskedDay,
  reason: Line(200),
}
const version = z.int()
const moving = {
  datum: Datum.default('wgs84'),
  borders: z
    .array(z.strictObject({ id: Id, version, geometry: Geometry }))
    .min(1)
    .max(60),
  ...said,
}
const splitting = {
  id: Id,
  version,
  datum: Datum.default('wgs84'),
  parts: z.array(Drawn).min(2).max(10),
  ...said,
}
const merging = {
  grids: z
    .array(z.strictObject({ id: Id, version }))
    .min(2)
    .max(10),
  into: z.strictObject({ id: Id, name: Line(50) }),
  ...said,
}
const closing = { id: Id, version, ...said }
/** A grid that opens where others are, or on land of nobody: what it takes, it takes from these. */
const carving = {
  parentId: Id,
  datum: Datum.default('wgs84'),
  grid: Drawn,
  grids: z.array(z.strictObject({ id: Id, version })).max(60),
  ...said,
}

/** A change of the net as it is asked for. */
export const NetAsk = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('border'), ...moving }),
  z.strictObject({ kind: z.literal('split'), ...splitting }),
  z.strictObject({ kind: z.literal('merge'), ...merging }),
  z.strictObject({ kind: z.literal('close'), ...closing }),
  z.strictObject({ kind: z.literal('carve'), ...carving }),
])
export type NetAsk = z.output<typeof NetAsk>

/** Four thousand points with all their digits, what is settled and who serves where. */
export const drawnBytes = 1_500_000
/** Two numbers and a list a point, of sixty thousand points: as many as any ask holds (server/src/kernel/parse-ask.ts). */
export const drawnValues = 200_000

export const changeRefusals = [
  ...netRefusals,
  'border.not-cover',
  'net.unsettled',
  'net.staff-unchosen',
  'net.left-behind',
] as const
/** What went where, and how many things that are open followed. */
const moved = { rehomed: z.int(), moved: z.array(NetFlow) }

export const moveBorder = endpoint({
  name: 'moveBorder',
  method: 'POST',
  path: '/api/net/move-border',
  bodyLimit: drawnBytes,
  mostValues: drawnValues,
  notesRefusals: true,
  duty: 'net.edit',
  summary: '调整边界 Move a border',
  ask: z.strictObject({ requestId: RequestId, ...moving }),
  reply: z.strictObject(moved),
  refusals: changeRefusals,
})
export const splitGrid = endpoint({
  name: 'splitGrid',
  method: 'POST',
  path: '/api/net/split',
  bodyLimit: drawnBytes,
  mostValues: drawnValues,
  notesRefusals: true,
  duty: 'net.edit',
  summary: '拆分网格 Split a grid',
  ask: z.strictObject({ requestId: RequestId, ...splitting }),
  reply: z.strictObject({ codes: z.array(z.string()), ...moved }),
  refusals: changeRefusals,
})
export const mergeGrids = endpoint({
  name: 'mergeGrids',
  method: 'POST',
  path: '/api/net/merge',
  notesRefusals: true,
  duty: 'net.edit',
  summary: '合并网格 Merge grids',
  ask: z.strictObject({ requestId: RequestId, ...merging }),
  reply: z.strictObject({ code: z.string(), ...moved }),
  refusals: changeRefusals,
})
export const closeGrid = endpoint({
  name: 'closeGrid',
  method: 'POST',
  path: '/api/net/close',
  notesRefusals: true,
  duty: 'net.edit',
  summary: '撤销网格 Close a grid',
  ask: z.strictObject({ requestId: RequestId, ...closing }),
  reply: z.strictObject(moved),
  refusals: changeRefusals,
})
export const carveGrid = endpoint({
  name: 'carveGrid',
  method: 'POST',
  path: '/api/net/carve',
  bodyLimit: drawnBytes,
  mostValues: drawnValues,
  notesRefusals: true,
  duty: 'net.edit',
  summary: '从现有网格中划出新网格 Carve a grid out of others',
  ask: z.strictObject({ requestId: RequestId, ...carving }),
  reply: z.strictObject({ code: z.string(), ...moved }),
  refusals: changeRefusals,
})
export const foreseeChange = endpoint({
  name: 'foreseeChange',
  method: 'POST',
  path: '/api/net/foresee',
  bodyLimit: drawnBytes,
  mostValues: drawnValues,
  notesRefusals: true,
  duty: 'net.edit',
  pace: 'read',
  summary: '预览调整网格：各去何处、待定事项、人员 Foresee a change of the net',
  ask: z.strictObject({ change: NetAsk }),
  reply: z.strictObject({
    places: z.array(z.strictObject({ id: Id, name: z.string(), tier: Tier })),
    moved: z.array(NetFlow),
    loose: z.array(LoosePart),
    posts: z.array(NetPost),
    /** Too large to wait for, or for a day to come: to be ordered. */
    isOrder: z.boolean(),
    below: z.array(z.strictObject({ name: z.string(), to: z.array(z.string()) })),
  }),
  refusals: changeRefusals,
})
export const orderChange = endpoint({
  name: 'orderChange',
  method: 'POST',
  path: '/api/net/order',
  bodyLimit: drawnBytes,
  mostValues: drawnValues,
  notesRefusals: true,
  duty: 'net.edit',
  summary: '预定调整网格：到期或在后台生效 Order a change of the net for a day, or in the background',
  ask: z.strictObject({ requestId: RequestId, id: Id, change: NetAsk }),
  reply: z.strictObject({ id: Id }),
  refusals: [...changeRefusals, 'net.ordered-before', 'net.giver-gone'],
})
export const listNetOrders = endpoint({
  name: 'listNetOrders',
  method: 'GET',
  path: '/api/net/orders',
  duty: 'net.edit',
  summary: '预定的网格调整与进度 Ordered changes of the net and how far they are',
  ask: z.strictObject({}),
  reply: z.strictObject({ orders: z.array(NetOrder) }),
  refusals: [],
})
export const withdrawOrder = endpoint({
  name: 'withdrawOrder',
  method: 'POST',
  path: '/api/net/withdraw-order',
  duty: 'net.edit',
  summary: '撤回预定的调整 Withdraw an ordered change',
  ask: z.strictObject({ requestId: RequestId, id: Id }),
  reply: z.strictObject({ done: z.literal(true) }),
  refusals: ['net.order-done'],
})
export const netContract = [
  moveBorder,
  splitGrid,
  mergeGrids,
  closeGrid,
  carveGrid,
  foreseeChange,
  orderChange,
  listNetOrders,
  withdrawOrder,
]
