/** Endpoints about people who moved within the county: offered to the grid there, which finds him or does not. */
import { z } from 'zod'
import { endpoint } from '../../kernel/endpoint.ts'
import { Id, RequestId } from '../../kernel/id.ts'
import { AskedDay } from '../../kernel/moments.ts'
import { Line } from '../../kernel/text.ts'
import { HeadIs, homeRoles } from '../terms.ts'
import { Arrival } from './terms.ts'

const Done = z.strictObject({ done: z.literal(true) })

export const offerMover = endpoint({
  name: 'offerMover',
  method: 'POST',
  path: '/api/registry/offer-mover',
  duty: 'registry.write',
  summary: '请迁入地网格核实 Ask the grid where somebody moved within the county to look for him there',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    personId: Id,
    /** Where to, in his words; the server tells the grid from it and says nobody which. */
    toWhere: Line(120, 2),
    /** From when he lives there; at most ninety days ahead. */
    onDay: AskedDay,
  }),
  reply: Done,
  refusals: ['record.unknown', 'person.left', 'arrival.there', 'arrival.own', 'arrival.quota', 'leaving.day'],
})
export const listArrivals = endpoint({
  name: 'listArrivals',
  method: 'GET',
  path: '/api/registry/arrivals',
  duty: ['registry.write', 'registry.correct', 'registry.trace'],
  summary: '迁入待核实 People who are said to have moved into one’s places; for desks also those not found',
  ask: z.strictObject({}),
  /** The longest waiting first, at most a hundred; `total` counts all. */
  reply: z.strictObject({ arrivals: z.array(Arrival), total: z.int() }),
  refusals: [],
})
export const takeArrival = endpoint({
  name: 'takeArrival',
  method: 'POST',
  path: '/api/registry/take-arrival',
  duty: 'registry.write',
  summary: '迁入属实，登记入住 He lives here: his home is this house from now on, and his former homes end',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    linkId: Id,
    houseId: Id,
    role: z.enum(homeRoles),
    fromOn: AskedDay,
    headIs: HeadIs.optional(),
  }),
  reply: Done,
  refusals: ['record.unknown', 'arrival.answered', 'link.dates', 'link.headed'],
})
export const missArrival = endpoint({
  name: 'missArrival',
  method: 'POST',
  path: '/api/registry/miss-arrival',
  duty: 'registry.write',
  summary: '查无此人，退回迁入地社区 He is not here: the desk of the place he was to move to decides',
  ask: z.strictObject({ requestId: RequestId, id: Id, note: Line(120, 0).default('') }),
  reply: Done,
  refusals: ['record.unknown', 'arrival.answered'],
})
export const decideArrival = endpoint({
  name: 'decideArrival',
  method: 'POST',
  path: '/api/registry/decide-arrival',
  duty: ['registry.correct', 'registry.trace'],
  summary: '转给网格核实或不再查找 Send it to a grid of one’s own, or give it up with a word',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    /** The grid that looks for him; null gives it up. */
    gridId: Id.nullable(),
    reason: Line(200, 0).default(''),
  }),
  reply: Done,
  refusals: ['record.unknown', 'arrival.answered', 'arrival.reason', 'place.unknown'],
})

export const arrivingContract = [offerMover, listArrivals, takeArrival, missArrival, decideArrival]
