/**
 * Who reads an act that lies with a desk and decides on it: whoever could read the event or the visit that it is about.
 * Everybody else who watches the place is told that one is there, and who decides; so is who is kept from somebody of whom
 * it speaks. Source: domain.md I6, requirements.md D1.
 */
import type { Duty } from '@fengge/domain/kernel/duty'
import type { Confided } from '@fengge/domain/sync/contract'
import { readAsk, type Act } from '@fengge/domain/sync/terms'
import type { z } from 'zod'
import { postsWith, type Asking } from '../kernel/context.ts'
import { namedIn } from '../kernel/unseen.ts'
import { confidedDesk, findStanding, readsAtDesk } from '../events/door.ts'
import { fullName, placeTree } from '../places/door.ts'
import { readersOfVisit } from '../visits/door.ts'
import { eventIn } from './about.ts'
import { askAt, findReport, type InboxRow } from './store/inbox.ts'

type Sealed = z.output<typeof Confided>

/** @returns who decides on an act, where the caller may not read it; else null */
export async function confidedTo(ctx: Asking, row: InboxRow, ask: Act['ask']): Promise<Sealed | null> {
  if (isOfUnseen(ctx, ask)) return toldAt(ctx, 'desk', deskAbove(ctx, row.place_id))
  if (row.name === 'recordVisit') return visitConfided(ctx, row, ask)
  const eventId = row.event_id ?? eventIn(row.name, ask)
  return eventId === undefined ? null : eventConfided(ctx, row, { eventId, ask })
}

/** Whether an act names somebody whom the caller is kept from, what is hers, or a number of hers. */
function isOfUnseen({ caller, sealer }: Asking, ask: Act['ask']): boolean {
  const { unseen, unseenNumbers = [] } = caller
  if (!unseen) return false
  if (namedIn(ask, unseen).length > 0) return true
  const numbers = JSON.stringify(ask).match(/(?<!\d)\d{7,15}(?!\d)/g) ?? []
  return numbers.some((number) => sealer.indexes(number).some((digest) => unseenNumbers.includes(digest)))
}

/** Above the caller's own desk, where there is one. */
function deskAbove(ctx: Asking, placeId: string | null): string | null {
  const tree = placeTree(ctx)
  const own = postsWith(ctx.caller, 'sync.watch').find((p) => placeId !== null && tree.contains(p.placeId, placeId))
  return own === undefined ? placeId : (tree.get(own.placeId)?.parentId ?? own.placeId)
}

const toldAt = (ctx: Asking, by: Sealed['by'], placeId: string | null): Sealed => ({
  by,
  placeName: placeId === null ? '' : fullName(ctx, placeId),
})

async function visitConfided(ctx: Asking, row: InboxRow, ask: Act['ask']): Promise<Sealed | null> {
  const { duties, isCore } = await readersOfVisit(ctx, ask)
  if (duties.length === 0 || holdsAt(ctx, duties, row.place_id)) return null
  return toldAt(ctx, isCore ? 'keeper' : 'registry', row.place_id)
}

const holdsAt = (ctx: Asking, duties: readonly Duty[], placeId: string | null): boolean =>
  placeId !== null &&
  postsWith(ctx.caller, duties).some((p) => p.departmentId === null && placeTree(ctx).contains(p.placeId, placeId))

interface OfEvent {
  readonly eventId: string
  readonly ask: Act['ask']
}
/** What is in the books is told as they tell it; what is not, as they would: by the report, which may lie here too. */
async function eventConfided(ctx: Asking, row: InboxRow, { eventId, ask }: OfEvent): Promise<Sealed | null> {
  const standing = await findStanding(ctx, eventId)
  if (standing) return standing.isSeen ? null : toldAt(ctx, 'desk', standing.deskPlaceId)
  const report = row.name === 'reportEvent' ? { ...row, ask } : await reportOf(ctx, eventId)
  const desk = report && (await confidedDesk(ctx, report.ask, report.place_id))
  // Of what neither is in the books nor was reported nobody knows what it is: it is the county's to look at.
  if (!report) return watchesCounty(ctx) ? null : toldAt(ctx, 'desk', countyOf(ctx))
  return desk === undefined || readsAtDesk(ctx, desk) ? null : toldAt(ctx, 'desk', desk)
}

async function reportOf(ctx: Asking, eventId: string): Promise<(InboxRow & { readonly ask: Act['ask'] }) | undefined> {
  const row = await findReport(ctx.tx, ctx.caller.countyCode, eventId)
  return row && { ...row, ask: readAsk(ctx.sealer.open(row.ask_sealed, askAt(row.id))) }
}

const countyOf = (ctx: Asking): string | null => placeTree(ctx).byCode(`${ctx.caller.countyCode}000000`)?.id ?? null
const watchesCounty = (ctx: Asking): boolean =>
  postsWith(ctx.caller, 'sync.watch').some((p) => placeTree(ctx).get(p.placeId)?.tier === 'county')
