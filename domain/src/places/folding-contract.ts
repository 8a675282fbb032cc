/** Endpoints by which departments' grids are folded into the one net: compared, mapped, in force on a day (G6). */
import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { Id, RequestId } from '../kernel/id.ts'
import { AskedDay } from '../kernel/moments.ts'
import { Line } from '../kernel/text.ts'
import { areaLayers, AreaShare, AreaState, FoldingHow, foldingRoles } from './folding.ts'
import { changeRefusals, drawnBytes, drawnValues, NetAsk } from './net-contract.ts'

const Town = z.strictObject({ townId: Id.nullable(), town: z.string().nullable() })
const Area = Town.extend({
  id: Id,
  layer: z.enum(areaLayers),
  owner: z.string(),
  name: z.string(),
  state: AreaState,
  foldingId: Id.nullable(),
  how: FoldingHow.nullable(),
  on: z.string().nullable(),
  basis: z.string().nullable(),
  byName: z.string().nullable(),
  grids: z.array(z.string()),
  /** Why it was not folded on its day. */
  problem: z.string().nullable(),
})
export type Area = z.infer<typeof Area>

export const listAreas = endpoint({
  name: 'listAreas',
  method: 'GET',
  path: '/api/net/areas',
  duty: 'net.edit',
  summary: '部门网格并入情况 Departments’ grids, and how many are folded into the net',
  ask: z.strictObject({
    owner: z.string().max(60).optional(),
    townId: Id.optional(),
    state: AreaState.optional(),
    page: z.coerce.number().int().min(1).max(1000).default(1),
    size: z.coerce.number().int().min(1).max(200).default(50),
  }),
  /** `counts` are of every area within reach, whatever is asked for; `folded` of `all`, by department and town. */
  reply: z.strictObject({
    areas: z.array(Area),
    total: z.int(),
    counts: z.array(Town.extend({ owner: z.string(), all: z.int(), folded: z.int(), waiting: z.int() })),
  }),
  refusals: [],
})
export const compareArea = endpoint({
  name: 'compareArea',
  method: 'GET',
  path: '/api/net/area',
  duty: 'net.edit',
  summary: '部门网格与社区网格比对 One department’s grid beside ours',
  ask: z.strictObject({ id: Id }),
  reply: z.strictObject({
    area: Area,
    geometry: z.unknown(),
    areaM2: z.number().nullable(),
    /** Square metres of it that lie in no grid. */
    bareM2: z.number().nullable(),
    shares: z.array(AreaShare),
    likely: z.array(Id),
    /** Whom the departments have, to be named as serving in our grids. */
    staff: z.array(z.strictObject({ accountId: Id, name: z.string(), role: z.string(), department: z.string() })),
  }),
  refusals: ['area.unknown', 'border.busy', 'border.too-much', 'border.invalid'],
})
export const foldArea = endpoint({
  name: 'foldArea',
  method: 'POST',
  path: '/api/net/fold',
  bodyLimit: drawnBytes,
  mostValues: drawnValues,
  duty: 'net.edit',
  summary: '部门网格并入一张网 Fold a department’s grid into the net',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    areaId: Id,
    /** `same` names our grids; `dedicated` and `border` are changes of the net, looked ahead at and settled as any. */
    how: FoldingHow,
    gridIds: z.array(Id).max(500).default([]),
    change: NetAsk.nullable().default(null),
    on: AskedDay,
    /** The paper by which it is done. */
    basis: Line(120),
    /** Their posts wait for the security administrator. */
    staff: z
      .array(z.strictObject({ accountId: Id, roleCode: z.enum(foldingRoles) }))
      .max(60)
      .default([]),
  }),
  reply: z.strictObject({ id: Id }),
  refusals: [...changeRefusals, 'area.unknown', 'area.folded', 'area.grids', 'area.staff-unknown'],
})
export const withdrawFolding = endpoint({
  name: 'withdrawFolding',
  method: 'POST',
  path: '/api/net/withdraw-folding',
  duty: 'net.edit',
  summary: '撤回并入（生效日前） Withdraw a folding before its day',
  ask: z.strictObject({ requestId: RequestId, id: Id }),
  reply: z.strictObject({ done: z.literal(true) }),
  refusals: ['not-found', 'area.in-force'],
})
export const foldingContract = [listAreas, compareArea, foldArea, withdrawFolding]
