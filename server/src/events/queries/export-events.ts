/** Any list of events as a workbook, in pages, so that a long one holds no more than a page in memory. */
import { eventExportLimit } from '@fengge/domain/events/contract/exports'
import { EventFilter } from '@fengge/domain/events/contract/views'
import type { EventRow } from '@fengge/domain/events/contract/views'
import type { EventSource, EventStatus } from '@fengge/domain/events/terms'
import { showInstant } from '@fengge/domain/kernel/time'
import type { Asking } from '../../kernel/context.ts'
import { rowOf, rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row } from '../../kernel/db/tx.ts'
import { refuse } from '../../kernel/problems.ts'
import { markOf } from '../../kernel/workbooks/send-list.ts'
import type { About, Cell } from '../../kernel/workbooks/write-workbook.ts'
import { placeTree } from '../../places/door.ts'
import { ruleBook, type RuleBook } from '../rule-book.ts'
import type { Condition } from './conditions.ts'
import { levelNames, queueNames, sourceNames, statusNames, supervisionNames } from '../export-words.ts'
import { findOwnExport } from '../store/exports.ts'
import { filterOf } from './event-filter.ts'
import { listColumns, viewRow, type ListRow } from './list-events.ts'

/** What is read beside the columns of a list. */
const further = ['place_text', 'closed_at'] as const
const furtherColumns = sql`${sql.join(further.map((name) => sql.ref(`e.${name}`)))}`
type ExportRow = ListRow & Pick<Row<'events.event'>, (typeof further)[number]>

/** An event as a line of the workbook is written from it. */
interface Line {
  readonly row: ExportRow
  readonly view: EventRow
  readonly category: string
}
const time = (at: Date | null) => (at === null ? '' : showInstant(at.getTime()))

const columns: readonly (readonly [name: string, cell: (line: Line) => Cell])[] = [
  ['编号', ({ view }) => view.no],
  ['标题', ({ view }) => view.title],
  ['类别代码', ({ view }) => view.categoryCode],
  ['类别', ({ category }) => category],
  ['来源', ({ view }) => sourceNames[view.source]],
  ['级别', ({ view }) => levelNames[view.level] ?? view.level],
  ['状态', ({ view }) => statusNames[view.status]],
  ['镇街', ({ view }) => view.townName],
  ['村社区', ({ view }) => view.villageName],
  ['网格', ({ view }) => view.gridName],
  ['承办部门', ({ view }) => view.departmentName],
  ['地点', ({ row }) => row.place_text],
  ['上报时间', ({ row }) => time(row.reported_at)],
  ['到期时间', ({ row }) => time(row.due_at)],
  ['结案时间', ({ row }) => time(row.closed_at)],
  ['督办', ({ view }) => supervisionNames[view.supervision] ?? view.supervision],
  ['返工次数', ({ view }) => view.reworks],
]
/** An export that was agreed to: its header and its pages, each row marked with whose it is and what for. */
export async function openExport(
  ctx: Asking,
  id: string,
): Promise<{ readonly header: string[]; readonly pages: AsyncGenerator<Cell[][]>; readonly about: About }> {
  const request = (await findOwnExport(ctx.tx, ctx.caller, id)) ?? refuse('export.unknown', 404)
  if (request.state !== 'approved') refuse('export.not-agreed', 403)
  if (request.expires_at === null || request.expires_at.getTime() <= ctx.now) refuse('export.expired', 410)
  const { purpose, filter } = request
  const asked = EventFilter.parse(filter)
  const rows = await countFiltered(ctx, asked)
  // Nobody agreed to more than one may take alone, as it was when he asked.
  if (request.rows <= eventExportLimit && rows > eventExportLimit) refuse('export.not-agreed', 403)
  ctx.look('events.exported', id, { rows, purpose, filter })
  const about: About = { by: request.account_name, at: ctx.now, purpose, filter: await sayFilter(ctx, asked), rows }
  const header = [...columns.map(([name]) => name), '水印']
  return { header, pages: exportPages(ctx, asked, markOf(about)), about }
}

type Said = (value: string, known: { readonly ctx: Asking; readonly book: RuleBook }) => string | undefined
/** What a list may be narrowed to, as its screen calls it. */
const filterWords: readonly (readonly [field: keyof EventFilter, what: string, say: Said])[] = [
  ['queue', '列表', (v) => queueNames[v as EventFilter['queue']]],
  ['text', '文字', (v) => v],
  [
    'statuses',
    '状态',
    (v) =>
      v
        .split(',')
        .map((s) => statusNames[s as EventStatus] ?? s)
        .join('、'),
  ],
  ['categoryCode', '类别', (v, { ctx, book }) => book.category(v, ctx.now)?.name],
  ['classCode', '大类', (v) => v],
  ['source', '来源', (v) => sourceNames[v as EventSource]],
  ['level', '级别', (v) => levelNames[Number(v)]],
  ['placeId', '区域', (v, { ctx }) => placeTree(ctx).get(v)?.name],
  ['departmentId', '承办部门', (v, { book }) => book.departments.get(v)?.name],
  ['isOpen', '是否办结', (v) => (v === 'yes' ? '未办结' : '已办结')],
  ['supervised', '督办', () => '督办中'],
  ['due', '到期', () => '今天到期'],
  ['from', '上报日期自', (v) => v],
  ['to', '上报日期至', (v) => v],
]

/** What a list was narrowed to, in words. */
async function sayFilter(ctx: Asking, filter: EventFilter): Promise<(readonly [string, string])[]> {
  const book = await ruleBook(ctx, ctx.caller.countyCode)
  return filterWords.flatMap(([field, what, say]) => {
    const value = filter[field]
    return value === undefined || value === ''
      ? []
      : [[what, say(String(value), { ctx, book }) ?? String(value)] as const]
  })
}

/** Rows of the workbook, by pages. */
async function* exportPages(ctx: Asking, filter: EventFilter, mark: string): AsyncGenerator<Cell[][]> {
  const book = await ruleBook(ctx, ctx.caller.countyCode)
  const lineOf = (row: ExportRow): Line => ({
    row,
    view: viewRow(row, placeTree(ctx), book.departments),
    category: book.category(row.category_code, ctx.now)?.name ?? '',
  })
  for await (const rows of walkEvents(ctx.tx, filterOf(filter, { ...ctx, duty: 'event.export' })))
    yield rows.map(lineOf).map((line) => [...columns.map(([, cell]) => cell(line)), mark])
}

/** How many events a filter finds, of those that the caller may export. */
export async function countFiltered(ctx: Asking, filter: EventFilter): Promise<number> {
  const row = await rowOf<{ n: number }>(
    ctx.tx,
    sql`select count(*)::int as n from events.event e where ${filterOf(filter, { ...ctx, duty: 'event.export' })}`,
  )
  return row?.n ?? 0
}

/** Rows of a filter in pages by key, for exports of any length. */
async function* walkEvents(tx: Reading, where: Condition, size = 5000): AsyncGenerator<ExportRow[]> {
  let after: { at: Date; id: string } | undefined
  for (;;) {
    const beyond = after === undefined ? sql`` : sql`and (e.reported_at, e.id) < (${after.at}, ${after.id})`
    const rows = await rowsOf<ExportRow>(
      tx,
      sql`
        select ${listColumns}, ${furtherColumns}
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
