/** Open events of the same matter and town, in reach of whoever joins, the likeliest first. */
import type { findMergeTargets as promise } from '@fengge/domain/events/contract/merging'
import { weighTarget } from '@fengge/domain/events/suggesting/merging'
import type { EventStatus } from '@fengge/domain/events/terms'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { Asking } from '../../../kernel/context.ts'
import { rowsOf, sql } from '../../../kernel/db/sql.ts'
import type { Row } from '../../../kernel/db/tx.ts'
import { refuse } from '../../../kernel/problems.ts'
import { placeTree } from '../../../places/door.ts'
import { within, type Condition } from '../../queries/conditions.ts'
import { textParts } from '../../queries/event-filter.ts'
import { reachOf } from '../../reach.ts'
import { findVisible, type EventRecord } from '../../store/event.ts'
import { indexWords } from '../../words.ts'

const most = 20
/** The newest that are weighed against each other. */
const mostWeighed = 200

type Target = Pick<
  Row<'events.event'>,
  'id' | 'no' | 'title' | 'content' | 'place_text' | 'grid_id' | 'category_code' | 'lng' | 'lat' | 'reported_at'
> & { readonly status: EventStatus; readonly isSameCaller: boolean }

export async function findTargets(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const record = (await findVisible(ctx.tx, ask.eventId, reachOf(ctx, 'event.merge'))) ?? refuse('event.not-found', 404)
  const text = ask.text.trim()
  const self = likenessOf({ ...record, grid_id: record.core.gridId, category_code: record.core.categoryCode })
  const weighed = (await listOpen(ctx, record, textParts(text, []))).map((row) => ({
    row,
    ...weighTarget(self, { ...likenessOf(row), isSameCaller: row.isSameCaller }),
  }))
  return {
    targets: weighed
      .toSorted((a, b) => b.score - a.score)
      .slice(0, most)
      .map(({ row, reasons }) => ({
        id: row.id,
        no: row.no,
        title: row.title,
        status: row.status,
        placeText: row.place_text,
        gridName: row.grid_id === null ? null : (placeTree(ctx).get(row.grid_id)?.name ?? null),
        reportedAt: row.reported_at.toISOString(),
        reasons,
      })),
  }
}

/**
 * What the rule of joining asks (domain/src/events/desk.ts), as a condition. That two were told by one caller counts between
 * calls that the hotline took: anybody else could try a number by a report that he makes up.
 */
function listOpen(ctx: Asking, { id, core }: EventRecord, text: readonly Condition[]): Promise<Target[]> {
  const asked = [
    within(reachOf(ctx, 'event.merge')),
    sql`e.id <> ${id} and e.is_open and e.category_code = ${core.categoryCode}`,
    sql`e.is_sensitive = ${core.isSensitive} and e.is_about_staff = ${core.isAboutStaff}`,
    ...(core.townId === null ? [] : [sql`(e.town_id is null or e.town_id = ${core.townId})`]),
    ...text,
  ]
  return rowsOf<Target>(
    ctx.tx,
    sql`
      select
        e.id, e.no, e.title, e.content, e.place_text, e.grid_id, e.category_code, e.lng, e.lat, e.reported_at,
        e.status,
        exists (
          select 1
          from events.reporter own
            join events.reporter other on other.county_code = own.county_code
            and other.phone_index = own.phone_index
            join events.event own_call on own_call.county_code = own.county_code
            and own_call.id = own.origin_event_id
            and own_call.source = 'hotline'
            join events.event other_call on other_call.county_code = other.county_code
            and other_call.id = other.origin_event_id
            and other_call.source = 'hotline'
          where own.county_code = e.county_code and own.event_id = ${id} and other.event_id = e.id
        ) as "isSameCaller"
      from events.event e
      where ${sql.join(asked, sql` and `)}
      order by e.reported_at desc
      limit ${mostWeighed}
    `,
  )
}

type Told = Pick<
  Target,
  'title' | 'content' | 'place_text' | 'grid_id' | 'category_code' | 'lng' | 'lat' | 'reported_at'
>

const likenessOf = (event: Told) => ({
  gridId: event.grid_id,
  categoryCode: event.category_code,
  point: event.lng === null || event.lat === null ? null : { lng: event.lng, lat: event.lat },
  at: event.reported_at.getTime(),
  words: new Set(indexWords(`${event.title} ${event.content.slice(0, 1000)} ${event.place_text}`)),
})
