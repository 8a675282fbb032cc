/** Lists of events: filters, keyset pages, counts of work lists. Names come from memory, so no query joins. */
import type { Duty } from '@fengge/domain/kernel/duty'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type {
  countQueues as countPromise,
  listEvents as listPromise,
  mapEvents as mapPromise,
} from '@fengge/domain/events/contract/desk'
import { queues, type EventFilter, type EventRow } from '@fengge/domain/events/contract/views'
import { isEventNumber } from '@fengge/domain/events/event-number'
import { EventStatus } from '@fengge/domain/events/terms'
import { startOf } from '@fengge/domain/kernel/time'
import type { Caller, Asking } from '../../kernel/context.ts'
import { rowOf, rowsOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'
import { refuse } from '../../kernel/problems.ts'
import type { Office } from '../../identity/door.ts'
import { placeTree } from '../../places/door.ts'
import { waiting, within } from './conditions.ts'
import { reachOf, scopeWord } from '../reach.ts'
import { ruleBook } from '../rule-book.ts'
import { queryWords, recentScope } from '../words.ts'

export interface ListRow {
  id: string
  no: string
  title: string
  category_code: string
  status: EventRow['status']
  level: EventRow['level']
  source: EventRow['source']
  urgency: EventRow['urgency']
  is_sensitive: boolean
  town_id: string | null
  village_id: string | null
  grid_id: string | null
  department_id: string | null
  reported_at: Date
  stage: EventRow['stage']
  stage_started_at: Date
  due_at: Date | null
  supervision: number
  version: number
  lng: number | null
  lat: number | null
  reworks: number
  reopens: number
}
export const listColumns = sql`
  e.id,
  e.no,
  e.title,
  e.category_code,
  e.status,
  e.level,
  e.source,
  e.urgency,
  e.is_sensitive,
  e.town_id,
  e.village_id,
  e.grid_id,
  e.department_id,
  e.reported_at,
  e.stage,
  e.stage_started_at,
  e.due_at,
  e.supervision,
  e.version,
  e.lng,
  e.lat,
  e.reworks,
  e.reopens
`

export function viewRow(r: ListRow, offices: ReadonlyMap<string, Office>): EventRow {
  const tree = placeTree()
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
    departmentName: r.department_id === null ? null : (offices.get(r.department_id)?.name ?? null),
    reportedAt: r.reported_at.toISOString(),
    stage: r.stage,
    stageStartedAt: r.stage_started_at.toISOString(),
    dueAt: r.due_at?.toISOString() ?? null,
    supervision: r.supervision,
    reworks: r.reworks,
    reopens: r.reopens,
    version: r.version,
    point: r.lng === null || r.lat === null ? null : { lng: r.lng, lat: r.lat },
  }
}

/** The where-clause of a filter within the caller's reach. */
export function filterOf(
  filter: EventFilter,
  caller: Caller,
  now: number,
  duty: Duty = 'event.read',
  recentBefore?: number,
): RawBuilder<unknown> {
  const parts = [
    within(reachOf(caller, duty)),
    waiting(filter.queue, caller, now),
    ...placeParts(filter),
    ...textParts(filter, scopeWord(reachOf(caller, duty)), recentBefore),
  ]
  if (filter.statuses !== undefined)
    parts.push(
      sql`
        e.status = any(${filter.statuses.split(',').filter((s) => EventStatus.safeParse(s).success)}::text[])
      `,
    )
  if (filter.categoryCode !== undefined) parts.push(sql`e.category_code = ${filter.categoryCode}`)
  if (filter.classCode !== undefined) parts.push(sql`starts_with(e.category_code, ${filter.classCode})`)
  if (filter.source !== undefined) parts.push(sql`e.source = ${filter.source}`)
  if (filter.level !== undefined) parts.push(sql`e.level = ${filter.level}`)
  if (filter.departmentId !== undefined) parts.push(sql`e.department_id = ${filter.departmentId}`)
  if (filter.isOpen !== undefined) parts.push(filter.isOpen === 'yes' ? sql`e.is_open` : sql`not e.is_open`)
  if (filter.supervised !== undefined) parts.push(sql`e.supervision > 0`)
  if (filter.from !== undefined) parts.push(sql`e.reported_at >= ${new Date(startOf(filter.from))}`)
  if (filter.to !== undefined) parts.push(sql`e.reported_at < ${new Date(startOf(filter.to) + 86_400_000)}`)
  return sql.join(parts, sql` and `)
}

function placeParts(filter: EventFilter): RawBuilder<unknown>[] {
  if (filter.placeId === undefined) return []
  const node = placeTree().get(filter.placeId)
  switch (node?.tier) {
    case 'province':
    case 'city':
    case 'county':
      return []
    case 'town':
      return [sql`e.town_id = ${node.id}`]
    case 'village':
      return [sql`e.village_id = ${node.id}`]
    case 'grid':
      return [sql`e.grid_id = ${node.id}`]
    default:
      return [sql`false`]
  }
}

/** Words must all be there; single signs, letters and figures may be the start of a longer one. Sensitive events are found by number alone (I6). */
function textParts(
  filter: EventFilter,
  reachWord: string | undefined,
  recentBefore: number | undefined,
): RawBuilder<unknown>[] {
  const text = filter.text?.trim() ?? ''
  if (text === '') return []
  if (isEventNumber(text)) return [sql`e.no = ${text}`]
  const words = queryWords(text)
  if (words.length === 0) return [sql`false`]
  const scope = textScope(filter, reachWord)
  const scoped =
    scope === undefined
      ? []
      : recentBefore === undefined
        ? [`'${scope}'`]
        : [
            `(${recentScope(scope, recentBefore)
              .map((w) => `'${w}'`)
              .join(' | ')})`,
          ]
  const query = [
    ...words.map(
      (w) => `'${w.replaceAll(/['\\]/g, ' ').trim()}'${w.length < 2 || /^[\p{Script=Latin}\d]+$/u.test(w) ? ':*' : ''}`,
    ),
    ...scoped,
  ].join(' & ')
  return [sql`e.search @@ ${query}::tsquery`, sql`not e.is_sensitive`]
}

/** The index word of the one town or village that a search is held to, by what was asked or by reach. */
function textScope(filter: EventFilter, reachWord: string | undefined): string | undefined {
  const place = filter.placeId === undefined ? undefined : placeTree().get(filter.placeId)
  return place?.tier === 'town' ? `t:${place.id}` : place?.tier === 'village' ? `v:${place.id}` : reachWord
}

type Ask = AskOf<typeof listPromise>

export async function listEvents(ctx: Asking, ask: Ask): Promise<ReplyOf<typeof listPromise>> {
  const rows = await findRows(ctx, ask)
  const { offices } = await ruleBook(ctx.tx, ctx.caller.countyCode)
  const page = rows.slice(0, ask.size)
  const last = rows.length > ask.size ? page.at(-1) : undefined
  return { events: page.map((r) => viewRow(r, offices)), next: last ? packCursor(last, ask.order) : null }
}

/** A search for the newest in a town or village looks at two months first: most pages are full with those, and a frequent word costs no more than a rare one. */
async function findRows(ctx: Asking, ask: Ask): Promise<ListRow[]> {
  const text = ask.text?.trim() ?? ''
  if (
    text !== '' &&
    ask.order === 'newest' &&
    !isEventNumber(text) &&
    textScope(ask, scopeWord(reachOf(ctx.caller))) !== undefined
  ) {
    const until = ask.after === undefined ? ctx.now : readCursor(ask.after).at.getTime()
    const recent = await rowsOf<ListRow>(ctx.tx, listQuery(ask, ctx.caller, ctx.now, until))
    if (recent.length > ask.size) return recent
  }
  return rowsOf<ListRow>(ctx.tx, listQuery(ask, ctx.caller, ctx.now))
}

/** @param recentBefore look only at the month of this moment and the one before */
export function listQuery(ask: Ask, caller: Caller, now: number, recentBefore?: number): RawBuilder<ListRow> {
  const cursor = ask.after === undefined ? undefined : readCursor(ask.after)
  const where = filterOf(ask, caller, now, 'event.read', recentBefore)
  const after =
    cursor === undefined
      ? sql``
      : ask.order === 'newest'
        ? sql`and (e.reported_at, e.id) < (${cursor.at}, ${cursor.id})`
        : ask.order === 'oldest'
          ? sql`and (e.reported_at, e.id) > (${cursor.at}, ${cursor.id})`
          : sql`and (e.due_at, e.id) > (${cursor.at}, ${cursor.id})`
  const order =
    ask.order === 'newest'
      ? sql`e.reported_at desc, e.id desc`
      : ask.order === 'oldest'
        ? sql`e.reported_at, e.id`
        : sql`e.due_at, e.id`
  const dated = ask.order === 'due' ? sql`and e.due_at is not null` : sql``
  return sql<ListRow>`
    select ${listColumns}
    from events.event e
    where ${where} ${dated} ${after}
    order by ${order}
    limit ${ask.size + 1}
  `
}

const packCursor = (row: ListRow, order: string) =>
  `${(order === 'due' ? row.due_at! : row.reported_at).toISOString()}~${row.id}`

function readCursor(text: string): { at: Date; id: string } {
  const [at = '', id = ''] = text.split('~')
  const date = new Date(at)
  return Number.isNaN(date.getTime()) || !/^[0-9a-f-]{36}$/.test(id)
    ? refuse('ask.invalid', 400, { fields: [{ field: 'after', fault: 'invalid' }] })
    : { at: date, id }
}

/** How much waits in each work list; counting stops at a thousand, since nobody reads further. */
export async function countQueues(ctx: Asking): Promise<ReplyOf<typeof countPromise>> {
  const scope = within(reachOf(ctx.caller))
  const counted = queues.filter((q) => q !== 'all')
  const parts = counted.map(
    (q) =>
      sql`
        (
          select count(*)
          from (
              select 1
              from events.event e
              where ${scope} and ${waiting(q, ctx.caller, ctx.now)} ${q === 'mine' ? sql`and e.is_open` : sql``}
              limit 1000
            ) x
        ) as ${sql.ref(q)}
      `,
  )
  const row = await rowOf<Record<string, number>>(ctx.tx, sql`select ${sql.join(parts)}`)
  return { counts: { ...row, all: 0 } as ReplyOf<typeof countPromise>['counts'] }
}

/** Open events with a point, newest 2,000, for the map. */
export async function mapEvents(ctx: Asking, ask: AskOf<typeof mapPromise>): Promise<ReplyOf<typeof mapPromise>> {
  const filter: EventFilter = { queue: 'all', isOpen: 'yes', placeId: ask.placeId }
  const rows = await rowsOf<ListRow>(
    ctx.tx,
    sql`
      select ${listColumns}
      from events.event e
      where ${filterOf(filter, ctx.caller, ctx.now)} and e.lng is not null
      order by e.reported_at desc
      limit 2000
    `,
  )
  const { offices } = await ruleBook(ctx.tx, ctx.caller.countyCode)
  return { events: rows.map((r) => viewRow(r, offices)) }
}

/** Rows of a filter in pages by key, for exports of any length. */
export async function* walkEvents(
  tx: Reading,
  where: RawBuilder<unknown>,
  size = 5000,
): AsyncGenerator<(ListRow & { place_text: string; closed_at: Date | null })[]> {
  let after: { at: Date; id: string } | undefined
  for (;;) {
    const beyond = after === undefined ? sql`` : sql`and (e.reported_at, e.id) < (${after.at}, ${after.id})`
    const rows = await rowsOf<ListRow & { place_text: string; closed_at: Date | null }>(
      tx,
      sql`
        select ${listColumns}, e.place_text, e.closed_at
        from events.event e
        where ${where} ${beyond}
        order by e.reported_at desc, e.id desc
        limit ${size}
      `,
    )
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (!last || rows.length < size) return
    after = { at: last.reported_at, id: last.id }
  }
}
