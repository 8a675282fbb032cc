/** The page of a household: one statement, and one look in the journal. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayLength, dayOf } from '@fengge/domain/kernel/time'
import type { getHousehold as promise, Person } from '@fengge/domain/registry/contract'
import { judgeGroupRent } from '@fengge/domain/registry/group-rent'
import { showCautions } from '@fengge/domain/registry/care/key-populations'
import { isQuiet } from '@fengge/domain/registry/quiet'
import { livingRoles, type RecordKind, type RecordView } from '@fengge/domain/registry/terms'
import type { z } from 'zod'
import type { Asking } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { fieldBook } from '../field-book.ts'
import { dutiesOver, readerOf, viewRecord } from '../sight.ts'
import { findHousehold, type Care, type Dweller, type RememberedLink } from '../store/household.ts'
import type { RecordRow } from '../store/records.ts'
import { addressOf } from './addresses.ts'

const pastShown = 30

export async function getHousehold(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const found =
    (await findHousehold(ctx.tx, ctx.caller.countyCode, { ...ask, today: dayOf(ctx.now) })) ??
    refuse('record.unknown', 404)
  const { house, building, estate, dwellers } = found
  if (!dutiesOver(ctx, house).duties.has('registry.read')) refuse('record.unknown', 404)
  const reader = readerOf(ctx, await fieldBook(ctx, ctx.caller.countyCode))
  const view = (kind: RecordKind, row: RecordRow): RecordView => viewRecord(reader, kind, row)
  const isMine = (d: Dweller) => dutiesOver(ctx, d.person).duties.has('registry.read')
  const show = (d: Dweller) => {
    const { posts, duties } = dutiesOver(ctx, d.person)
    const person = personOf(duties.has('registry.read') ? d : { ...d, care: [] }, view('person', d.person), ctx.now)
    return { ...person, cautions: showCautions(person.cautions, posts) }
  }
  const remember = (d: Dweller) => (isMine(d) ? show(d) : rememberedOf(show(d), d.link))
  const now = dwellers.filter((d) => d.link.to_on === null)
  const living = now.filter((d) => livingRoles.includes(d.link.role)).map(show)
  ctx.look('registry.household-looked', house.id, { people: living.length })
  return {
    house: view('house', house),
    address: addressOf(house, building, estate),
    building: building ? view('building', building) : null,
    estate: estate ? view('estate', estate) : null,
    living,
    owners: now.filter((d) => d.link.role === 'owner').map(show),
    past: dwellers
      .filter((d) => d.link.to_on !== null)
      .slice(0, pastShown)
      .map(remember),
    lastAskedAt: house.last_asked_at?.toISOString() ?? null,
    isQuiet: isQuiet(house.last_asked_at?.getTime() ?? 0, ctx.now),
    groupRent: judgeGroupRent({ use: house.sort, ...house.body }, living.length),
  }
}

/**
 * Who lived here and is registered elsewhere by now, as he was when he left: that he was here is known; how he is called
 * since, and whether he lives, is not told.
 */
function rememberedOf(person: z.infer<typeof Person>, { ended_name }: RememberedLink): z.infer<typeof Person> {
  const name = ended_name ?? person.record.name
  return {
    ...person,
    record: { ...person.record, name, state: 'live', gridId: null, gridName: null, values: { name } },
  }
}

function personOf({ link, care }: Dweller, record: RecordView, now: number): z.infer<typeof Person> {
  return {
    linkId: link.id,
    role: link.role,
    fromOn: link.from_on,
    toOn: link.to_on,
    basis: link.basis,
    isLead: link.is_lead,
    record,
    visitDue: care.some((c) => isVisitDue(c, now)),
    cautions: [...new Set(care.flatMap((c) => c.cautions))],
  }
}

/** That a visit is due and what to mind is told to who looks after him; why never leaves the overlay. */
const isVisitDue = (care: Care, now: number): boolean =>
  (care.visited_at?.getTime() ?? Date.parse(care.started_on)) + care.visit_days * dayLength <= now
