/** Any list of events as a workbook, in pages, so that a long one holds no more than a page in memory. */
import { EventFilter } from '@fengge/domain/events/contract/views'
import type { EventRow } from '@fengge/domain/events/contract/views'
import { showInstant } from '@fengge/domain/kernel/time'
import type { Asking } from '../../kernel/context.ts'
import { rowOf, rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row } from '../../kernel/db/tx.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { ruleBook } from '../rule-book.ts'
import type { Condition } from './conditions.ts'
import { levelNames, sourceNames, statusNames, supervisionNames } from '../export-words.ts'
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
type Cell = string | number | null
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
): Promise<{ readonly header: string[]; readonly pages: AsyncGenerator<Cell[][]> }> {
  const request = (await findOwnExport(ctx.tx, ctx.caller, id)) ?? refuse('export.unknown', 404)
  if (request.state !== 'approved') refuse('export.not-agreed', 403)
  if (request.expires_at === null || request.expires_at.getTime() <= ctx.now) refuse('export.expired', 410)
  const { purpose, rows, filter } = request
  ctx.look('events.exported', id, { rows, purpose, filter })
  const mark = `${request.account_name} ${showInstant(ctx.now)} 仅用于：${purpose}`
  const header = [...columns.map(([name]) => name), '水印']
  return { header, pages: exportPages(ctx, EventFilter.parse(filter), mark) }
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
