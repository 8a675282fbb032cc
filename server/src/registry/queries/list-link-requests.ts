/** Requests of one's own, and those that wait for the desk: each side sees its own, the desk also who wants it. */
import type { LinkRequest, listLinkRequests as promise } from '@fengge/domain/registry/link-contract'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { Asking } from '../../kernel/context.ts'
import { pageOf, readCursor } from '../../kernel/cursor.ts'
import { sql } from '../../kernel/db/sql.ts'
import { decidesFor, isCountyDesk } from '../request-link.ts'
import { gridName } from '../sight.ts'
import {
  countOpenRequests,
  listLinkRequestRows,
  type LinkRequestRow,
  type RequestMark,
} from '../store/link-requests.ts'
import { hasLead } from '../store/links.ts'
import { findRecords, type RecordRow } from '../store/records.ts'
import { within } from '../store/within.ts'
import { addressesOf } from './addresses.ts'

const pageSize = 50

export async function listLinkRequests(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const noPlace = isCountyDesk(ctx) ? sql`or coalesce(r.grid_id, r.village_id, r.town_id) is null` : sql``
  const people = sql`(${within(ctx, 'registry.correct')} ${noPlace})`
  const about = { accountId: ctx.caller.accountId, people }
  const asked = { after: ask.after === undefined ? undefined : markOf(ask.after), size: pageSize + 1 }
  const found = await listLinkRequestRows(ctx.tx, county, about, asked)
  const { page: rows, next } = pageOf(found, pageSize, (q) => [Number(q.state === 'open'), q.asked_at, q.id])
  const houses = await findRecords(ctx.tx, 'house', county, [...new Set(rows.map((q) => q.house_id))])
  const persons = await findRecords(ctx.tx, 'person', county, [...new Set(rows.map((q) => q.person_id))])
  const beside = {
    houses: new Map(houses.map((h) => [h.id, h])),
    persons: new Map(persons.map((p) => [p.id, p])),
    addresses: await addressesOf(ctx, houses),
  }
  const requests = await Promise.all(rows.map((q) => viewRequest(ctx, q, beside)))
  const told = requests.filter((q) => q.person !== null).length
  if (told > 0) ctx.look('registry.link-requests-looked', county, { people: told })
  return { requests, waiting: await countOpenRequests(ctx.tx, county, about), next }
}

function markOf(after: string): RequestMark {
  const [isOpen, at, id] = readCursor(after, ['number', 'moment', 'id'])
  return { isOpen: isOpen === '1', at: new Date(at!), id: id! }
}

interface Found {
  readonly houses: ReadonlyMap<string, RecordRow>
  readonly persons: ReadonlyMap<string, RecordRow>
  readonly addresses: ReadonlyMap<string, string>
}

async function viewRequest(ctx: Asking, q: LinkRequestRow, found: Found): Promise<LinkRequest> {
  const house = found.houses.get(q.house_id)
  const person = found.persons.get(q.person_id)
  const isMine = q.asked_by === ctx.caller.accountId
  const decides = person !== undefined && decidesFor(ctx, person)
  return {
    id: q.id,
    state: q.state,
    askedName: q.asked_name,
    askedBy: q.asked_by_name,
    askedAt: q.asked_at.toISOString(),
    houseId: q.house_id,
    address: found.addresses.get(q.house_id) ?? '',
    gridName: house ? gridName(ctx, house) : null,
    role: q.role,
    fromOn: q.from_on,
    basis: q.basis,
    reason: q.reason,
    isMine,
    canDecide: q.state === 'open' && decides && !isMine,
    person: decides
      ? {
          id: person.id,
          name: person.name,
          gridName: gridName(ctx, person),
          hasLead: await hasLead(ctx.tx, ctx.caller.countyCode, person.id),
        }
      : null,
  }
}
