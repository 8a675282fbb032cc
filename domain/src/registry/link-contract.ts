/** Endpoints about people of another place who are to be linked with a house: asked for, and decided by their own desk. */
import { z } from 'zod'
import { endpoint } from '../kernel/endpoint.ts'
import { Id, RequestId } from '../kernel/id.ts'
import { After, Next } from '../kernel/page.ts'
import { Line } from '../kernel/text.ts'
import { Brief, Gap, LinkRole, Values } from './terms.ts'

const Done = z.strictObject({ done: z.literal(true) })

/** Requests an account makes in a day. A desk reads each of them; of one person one of an account waits at a time. */
export const linkQuota = 20

/** The person is named by what he said of himself; who he is elsewhere is not told to whoever asks. */
export const askLink = endpoint({
  name: 'askLink',
  method: 'POST',
  path: '/api/registry/ask-link',
  isSecret: true,
  duty: 'registry.write',
  summary: '请所在社区核实入住 Ask the desk of a person of another place to link him with a house',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    houseId: Id,
    values: Values,
    role: LinkRole,
    fromOn: z.iso.date(),
    basis: Line(60),
  }),
  reply: Done,
  refusals: ['record.unknown', 'link.there', 'link.quota', 'link.dates', 'link.headed'],
})

/** lapsed: he was to be the head of a house that has one by now; as a member he may be asked for at once. */
export const linkRequestStates = ['open', 'agreed', 'refused', 'lapsed'] as const
export const LinkRequest = z.strictObject({
  id: Id,
  state: z.enum(linkRequestStates),
  /** As whoever asked wrote him; empty where he named nobody. */
  askedName: z.string(),
  askedBy: z.string(),
  askedAt: z.string(),
  houseId: Id,
  address: z.string(),
  gridName: z.string().nullable(),
  role: LinkRole,
  fromOn: z.string(),
  basis: z.string(),
  reason: z.string(),
  isMine: z.boolean(),
  canDecide: z.boolean(),
  /** Who is meant, for his own desk alone. */
  person: z
    .strictObject({ id: Id, name: z.string(), gridName: z.string().nullable(), hasLead: z.boolean() })
    .nullable(),
})
export type LinkRequest = z.infer<typeof LinkRequest>

export const listLinkRequests = endpoint({
  name: 'listLinkRequests',
  method: 'GET',
  path: '/api/registry/link-requests',
  duty: ['registry.write', 'registry.correct'],
  summary: '入住核实请求 Requests to link people of another place, one’s own and those to decide',
  ask: z.strictObject({ after: After }),
  reply: z.strictObject({ requests: z.array(LinkRequest), waiting: z.int(), next: Next }),
  refusals: [],
})

export const decideLink = endpoint({
  name: 'decideLink',
  method: 'POST',
  path: '/api/registry/decide-link',
  duty: 'registry.correct',
  summary: '同意或不同意入住核实请求 Agree to or refuse such a request',
  ask: z.strictObject({
    requestId: RequestId,
    id: Id,
    isAgreed: z.boolean(),
    /** The new home leads from now on, and its grid answers for the person. */
    isLead: z.boolean().default(false),
    /** He is to leave on a day that has not come: that is off, or he leaves on it all the same. Refused until it is said. */
    plan: z.enum(['off', 'stays']).optional(),
    reason: Line(200, 0).default(''),
  }),
  reply: Done,
  refusals: ['record.unknown', 'link.own', 'link.decided', 'link.there', 'link.reason', 'link.headed', 'link.planned'],
})

export const listGaps = endpoint({
  name: 'listGaps',
  method: 'GET',
  path: '/api/registry/gaps',
  duty: 'registry.read',
  summary: '人户分离与漏核 Separated residence and people verified nowhere',
  /** Without a gap the beginning of each list; with one, the next page of it. */
  ask: z.strictObject({ placeId: Id.optional(), gap: Gap.optional(), after: After }),
  reply: z.strictObject({
    several: z.array(Brief),
    nowhere: z.array(Brief),
    noLead: z.array(Brief),
    groupRent: z.array(Brief),
    /** Houses with several heads, from before a household had one. */
    heads: z.array(Brief),
    /** Houses where a family lives of which nobody is the head. */
    headless: z.array(Brief),
    /** Houses where nobody lives who is of age, as far as days of birth are known. */
    minors: z.array(Brief),
    /** Houses of grids that have micro-grids, of which nobody knows in which they lie: no point of a building is known. */
    unplaced: z.array(Brief),
    /** How many there are of each, and where its next page begins. */
    totals: z.strictObject({
      several: z.int(),
      nowhere: z.int(),
      noLead: z.int(),
      groupRent: z.int(),
      heads: z.int(),
      headless: z.int(),
      minors: z.int(),
      unplaced: z.int(),
    }),
    next: z.strictObject({
      several: Next,
      nowhere: Next,
      noLead: Next,
      groupRent: Next,
      heads: Next,
      headless: Next,
      minors: Next,
      unplaced: Next,
    }),
  }),
  refusals: [],
})

export const linkContract = [askLink, listLinkRequests, decideLink, listGaps]
