/** Endpoints of the public card of a grid: office telephone and group, kept by its community (C1, W5). */
import { z } from 'zod'
import { endpoint, type Endpoint } from '../../kernel/endpoint.ts'
import { Id, RequestId } from '../../kernel/id.ts'
import { AskedDay } from '../../kernel/moments.ts'
import { Line } from '../../kernel/text.ts'

export const GridCard = z.strictObject({
  /** Of the station; a mobile phone is refused. */
  officePhone: z.string(),
  groupName: z.string(),
  /** What the picture of the group's code says: an address, or words. */
  groupCode: z.string(),
  /** The last day of the code; pictures of groups run out. */
  groupUntil: z.string().nullable(),
})
export type GridCard = z.infer<typeof GridCard>

export const getGridCard = endpoint({
  name: 'getGridCard',
  method: 'GET',
  path: '/api/badges/card',
  duty: ['badge.issue', 'sync.watch'],
  summary: '网格公示信息 The public card of a grid',
  ask: z.strictObject({ placeId: Id }),
  /** `own`: as it was saved for this very place; `shown`: as residents see it, from the community where the grid has none. */
  reply: z.strictObject({ own: GridCard.nullable(), shown: GridCard.nullable() }),
  refusals: ['place.unknown'],
})
export const saveGridCard = endpoint({
  name: 'saveGridCard',
  method: 'POST',
  path: '/api/badges/set-card',
  duty: ['badge.issue', 'sync.watch'],
  summary: '维护网格公示信息 Keep the public card of a grid',
  ask: z.strictObject({
    requestId: RequestId,
    placeId: Id,
    officePhone: Line(30, 0),
    groupName: Line(40, 0),
    groupCode: Line(300, 0),
    groupUntil: AskedDay.nullable(),
  }),
  reply: z.strictObject({ done: z.literal(true) }),
  refusals: ['place.unknown', 'card.private-phone'],
})
export const cardsContract = [getGridCard, saveGridCard] as Endpoint[]
