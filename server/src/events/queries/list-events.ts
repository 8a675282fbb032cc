/** Lists of events: keyset pages, the map, counts of work lists. Names come from memory, so no query joins. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import {
  mostCounted,
  type countEvents as countPromise,
  type countQueues as queuesPromise,
  type listEvents as listPromise,
  type searchEvents as searchPromise,
  type mapEvents as mapPromise,
} from '@fengge/domain/events/contract/desk'
import { queues, type EventFilter, type EventRow, type RequestRow } from '@fengge/domain/events/contract/views'
import { isEventNumber } from '@fengge/domain/events/event-number'
import type { Asking } from '../../kernel/context.ts'
import { pageOf, readCursor } from '../../kernel/cursor.ts'
import { rowOf, rowsOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Row } from '../../kernel/db/tx.ts'
import type { Department } from '../../identity/door.ts'
import { placeTree, type PlaceTree } from '../../places/door.ts'
import { reachOf } from '../reach.ts'
import { ruleBook } from '../rule-book.ts'
import { waiting, waitingAtAll, within } from './conditions.ts'
import { filterOf, textScope, type Viewing } from './event-filter.ts'

const listed = [
  'id',
  'no',
  'title',
  'category_code',
  'status',
  'level',
  'source',
  'urgency',
  'is_sensitive',
  'town_id',
  'village_id',
  'grid_id',
  'department_id',
  'reported_at',
  'stage',
  'stage_started_at',
  'due_at',
  'half_at',
  'soon_at',
  'asked_at',
  'answer_due_at',
  'back_asked_at',
  'back_due_at',
  'supervision',
  'check_by',
  'version',
  'lng',
  'lat',
  'reworks',
  'reopens',
] as const
/** A row of a list; what the database holds to its words by a check is typed by them. */
export type ListRow = Pick<Row<'events.event'>, (typeof listed)[number]> &
  Pick<EventRow, 'status' | 'level' | 'source' | 'urgency' | 'stage'> & {
    check_by: EventRow['checkBy']
    is_mine?: boolean
  }
export const listColumns = sql`${sql.join(listed.map((name) => sql.ref(`e.${name}`)))}`

export function viewRow(r: ListRow, tree: PlaceTree, departments: ReadonlyMap<string, Department>): EventRow {
  const name = (id: string | null) => (id === null ? null : (tree.get(id)?.name ?? null))
  return {
    id: r.id,
    no: r.no,
    title: r.title,
    categoryCode: r.category_code,
    status: r.status,
    level: r.level,
    source: r.source,
    urgency: r.urgency,
    isSensitive: r.is_sensitive,
    townName: name(r.town_id),
    villageName: name(r.village_id),
    gridName: name(r.grid_id),
    departmentName: r.department_id === null ? null : (departments.get(r.department_id)?.name ?? null),
    reportedAt: r.reported_at.toISOString(),
    stage: r.stage,
    stageStartedAt: r.stage_started_at.toISOString(),
    dueAt: r.due_at?.toISOString() ?? null,
    halfAt: r.half_at?.toISOString() ?? null,
    soonAt: r.soon_at?.toISOString() ?? null,
    supervision: r.supervision,
    reworks: r.reworks,
    reopens: r.reopens,
    requests: [
      ...viewRequest('decision', r.asked_at, r.answer_due_at),
      ...viewRequest('take-back', r.back_asked_at, r.back_due_at),
    ],
    checkBy: r.check_by,
    version: r.version,
    point: r.lng === null || r.lat === null ? null : { lng: r.lng, lat: r.lat },
    ...(r.is_mine === undefined ? {} : { isMine: r.is_mine }),
  }
}

const viewRequest = (kind: RequestRow['kind'], since: Date | null, due: Date | null): RequestRow[] =>
  since === null || due === null ? [] : [{ kind, since: since.toISOString(), dueAt: due.toISOString() }]

/** A list is a search without a text. */
type Ask = AskOf<typeof searchPromise>

export async function listEvents(ctx: Asking, ask: Ask): Promise<ReplyOf<typeof listPromise>> {
  const rows = await findRows(ctx, ask)
  const { departments } = await ruleBook(ctx, ctx.caller.countyCode)
  const { page, next } = pageOf(rows, ask.size, (row) => marksOf(row, ask.order))
  return { events: page.map((r) => viewRow(r, placeTree(ctx), departments)), next }
}

/** A search for the newest in a town or village looks at two months first: most pages are full with those, and a frequent word costs no more than a rare one. */
async function findRows(ctx: Asking, ask: Ask): Promise<ListRow[]> {
  const text = ask.text?.trim() ?? ''
  const isScoped = text !== '' && !isEventNumber(text) && textScope(ctx, ask, reachOf(ctx)) !== undefined
  if (isScoped && ask.order === 'newest') {
    const recentBefore = ask.after === undefined ? ctx.now : (cursorOf(ask.after).at?.getTime() ?? ctx.now)
    const recent = await rowsOf<ListRow>(ctx.tx, listQuery(ask, { ...ctx, recentBefore }))
    if (recent.length > ask.size) return recent
  }
  return rowsOf<ListRow>(ctx.tx, listQuery(ask, ctx))
}

/** What has no limit, or none any more, comes after all that has one. */
const dueOrNever = sql`coalesce(e.due_at, 'infinity'::timestamptz)`
const momentOf = (due: Date | null) => (due === null ? sql`'infinity'::timestamptz` : sql`${due}::timestamptz`)

/** How a list is ordered, and where the next page begins. */
const orders = {
  newest: {
    by: sql`e.reported_at desc, e.id desc`,
    beyond: (c: Cursor) => sql`(e.reported_at, e.id) < (${c.at}, ${c.id})`,
  },
  oldest: { by: sql`e.reported_at, e.id`, beyond: (c: Cursor) => sql`(e.reported_at, e.id) > (${c.at}, ${c.id})` },
  due: { by: sql`e.due_at, e.id`, beyond: (c: Cursor) => sql`(${dueOrNever}, e.id) > (${momentOf(c.at)}, ${c.id})` },
  pressing: {
    by: sql`e.urgency desc, e.due_at, e.id`,
    beyond: (c: Cursor) => sql`
      (-e.urgency, ${dueOrNever}, e.id) > (${-c.urgency}::int, ${momentOf(c.at)}, ${c.id})
    `,
  },
} as const

export function listQuery(ask: Ask, viewing: Viewing): RawBuilder<ListRow> {
  const order = orders[ask.order]
  const after = ask.after === undefined ? sql`` : sql`and ${order.beyond(cursorOf(ask.after))}`
  return sql<ListRow>`
    select ${listColumns}, ${waitingAtAll(viewing)} as is_mine
    from events.event e
    where ${filterOf(ask, viewing)} ${after}
    order by ${order.by}
    limit ${ask.size + 1}
  `
}

/** Where a page ended. */
interface Cursor {
  /** When it is due or was reported, by the order of the list; null where it has no limit. */
  readonly at: Date | null
  readonly id: string
  readonly urgency: number
}
const isByDue = (order: Ask['order']) => order === 'due' || order === 'pressing'
const marksOf = (row: ListRow, order: Ask['order']) => [
  row.urgency,
  isByDue(order) ? row.due_at : row.reported_at,
  row.id,
]

function cursorOf(text: string): Cursor {
  const [urgency, at, id] = readCursor(text, ['number', 'moment', 'id'])
  return { at: at === '' ? null : new Date(at!), id: id!, urgency: Number(urgency) }
}

/** How many a list has, as far as anybody reads. */
export async function countEvents(ctx: Asking, ask: AskOf<typeof countPromise>): Promise<ReplyOf<typeof countPromise>> {
  const row = await rowOf<{ n: number }>(
    ctx.tx,
    sql`
      select count(*)::int as n
      from (
          select 1
          from events.event e
          where ${filterOf(ask, ctx)}
          limit ${mostCounted + 1}
        ) x
    `,
  )
  const found = row?.n ?? 0
  return { total: Math.min(found, mostCounted), isMore: found > mostCounted }
}

/** How much waits in each work list. */
export async function countQueues(ctx: Asking): Promise<ReplyOf<typeof queuesPromise>> {
  const scope = within(reachOf(ctx))
  const counted = queues.filter((q) => q !== 'all')
  const parts = counted.map(
    (q) =>
      sql`
        (
          select count(*)
          from (
              select 1
              from events.event e
              where ${scope} and ${waiting(q, ctx, ctx.now)} ${q === 'mine' ? sql`and e.is_open` : sql``}
              limit ${mostCounted}
            ) x
        ) as ${sql.ref(q)}
      `,
  )
  const row = await rowOf<Record<string, number>>(ctx.tx, sql`select ${sql.join(parts)}`)
  return { counts: { ...row, all: 0 } as ReplyOf<typeof queuesPromise>['counts'] }
}

/** Open events with a point, newest 2,000, for the map. */
export async function mapEvents(ctx: Asking, ask: AskOf<typeof mapPromise>): Promise<ReplyOf<typeof mapPromise>> {
  const filter: EventFilter = { queue: 'all', isOpen: 'yes', placeId: ask.placeId }
  const rows = await rowsOf<ListRow>(
    ctx.tx,
    sql`
      select ${listColumns}
      from events.event e
      where ${filterOf(filter, ctx)} and e.lng is not null
      order by e.reported_at desc
      limit 2000
    `,
  )
  const { departments } = await ruleBook(ctx, ctx.caller.countyCode)
  return { events: rows.map((r) => viewRow(r, placeTree(ctx), departments)) }
}
