/**
 * What is not in the books yet, or is brought from outside them, told to whoever would be told of it in the books: the desk
 * that would have had a report, and who sees an event.
 */
import { deskFor, gradeReport } from '@fengge/domain/events/intake'
import { Scale, Urgency } from '@fengge/domain/events/terms'
import { Id } from '@fengge/domain/kernel/id'
import { z } from 'zod'
import type { Asker, Asking } from '../../kernel/context.ts'
import { rowOf, sql } from '../../kernel/db/sql.ts'
import type { Row } from '../../kernel/db/tx.ts'
import { problemOf } from '../../kernel/problems.ts'
import { reachOf } from '../reach.ts'
import { ruleBook } from '../rule-book.ts'
import { findSite, type Judging, type Site } from '../take-in.ts'
import { within } from './conditions.ts'

/** The title of an event within reach. */
export async function titleOf(ctx: Asking, id: string): Promise<string | undefined> {
  const row = await rowOf<Pick<Row<'events.event'>, 'title'>>(
    ctx.tx,
    sql`select e.title from events.event e where e.id = ${id} and ${within(reachOf(ctx))}`,
  )
  return row?.title
}

/** How an event in the books stands to a caller. @returns undefined where there is none of that id */
export function findStanding(
  ctx: Asking,
  id: string,
): Promise<{ readonly isSeen: boolean; readonly deskPlaceId: string } | undefined> {
  return rowOf(
    ctx.tx,
    sql<{ isSeen: boolean; deskPlaceId: string }>`
      select e.desk_place_id as "deskPlaceId", (${within(reachOf(ctx))}) as "isSeen"
      from events.event e
      where e.county_code = ${ctx.caller.countyCode} and e.id = ${id}
    `,
  )
}

/** A report as it came from a phone, never judged: what cannot be read says nothing. */
const Handed = z.object({
  title: z.string().catch(''),
  content: z.string().catch(''),
  categoryCode: z.string().catch(''),
  gridId: Id.nullable().catch(null),
  point: z.object({ lng: z.number(), lat: z.number() }).nullable().catch(null),
  people: z.number().catch(0),
  scale: Scale.catch('single'),
  urgency: Urgency.catch(0),
})

/**
 * The desk that a report would have come to, where it is told in confidence: about staff the one above the community.
 * @param own where its reporter serves @returns undefined where it is open to who sees the place
 */
export async function confidedDesk(
  asker: Pick<Judging, 'tx' | 'caller' | 'now' | 'shelf'>,
  handed: unknown,
  own: string | null,
): Promise<string | undefined> {
  const ask = Handed.parse(handed)
  const book = await ruleBook(asker, asker.caller.countyCode)
  const category = book.category(ask.categoryCode, asker.now) ?? book.meaning(ask.categoryCode, asker.now)
  if (category && !category.isSensitive && !category.isAboutStaff) return undefined
  const { grid, village, town, county } = siteOf(asker, ask, own)
  const text = `${ask.title} ${ask.content}`
  const said = { ...ask, text, id: '', source: 'liaison' as const, reporterId: null }
  // What nobody knows the category of is for the county to read.
  const level = category ? gradeReport(said, category).level : 3
  return deskFor(level, {
    gridId: grid?.id ?? null,
    villageId: village?.id ?? null,
    townId: town?.id ?? null,
    countyId: county.id,
  }).placeId
}

/** Where it names no place that is there, where its reporter serves. */
function siteOf(asker: Asker, { gridId, point }: z.output<typeof Handed>, own: string | null): Site {
  try {
    return findSite(asker, { gridId, point }, own ?? undefined)
  } catch (error) {
    if (!problemOf(error)) throw error
    return findSite(asker, { gridId: null, point: null }, own ?? undefined)
  }
}

/** Whether a caller would be told of what is told in confidence to the desk of a place. */
export function readsAtDesk(asker: Asker, deskPlaceId: string): boolean {
  const { parts } = reachOf(asker)
  return parts === 'all' || parts.desks.includes(deskPlaceId)
}
