/** Any list of events as a workbook, in pages, so that a long one holds no more than a page in memory. */
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import type { exportEvents as promise } from '@fengge/domain/events/contract/desk'
import { showInstant } from '@fengge/domain/kernel/time'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row } from '../../kernel/db/tx.ts'
import { placeTree, type PlaceTree } from '../../places/door.ts'
import { ruleBook, type RuleBook } from '../rule-book.ts'
import type { Condition } from './conditions.ts'
import { filterOf } from './event-filter.ts'
import { listColumns, viewRow, type ListRow } from './list-events.ts'

export const exportHeader = [
  '编号',
  '标题',
  '类别代码',
  '类别',
  '来源',
  '级别',
  '状态',
  '镇街',
  '村社区',
  '网格',
  '承办部门',
  '地点',
  '上报时间',
  '到期时间',
  '结案时间',
  '督办',
  '返工次数',
]

/** Rows of the workbook, by pages. */
export async function* exportPages(
  ctx: Asking,
  ask: AskOf<typeof promise>,
): AsyncGenerator<(string | number | null)[][]> {
  const book = await ruleBook(ctx, ctx.caller.countyCode)
  const where = filterOf(ask, { ...ctx, duty: 'event.export' })
  for await (const rows of walkEvents(ctx.tx, where))
    yield rows.map((row) => cellsOf(row, { book, tree: placeTree(ctx), now: ctx.now }))
}

type ExportRow = ListRow & Pick<Row<'events.event'>, 'place_text' | 'closed_at'>

/** What the cells of a row are read with. */
interface Names {
  readonly book: RuleBook
  readonly tree: PlaceTree
  readonly now: number
}

function cellsOf(row: ExportRow, { book, tree, now }: Names): (string | number | null)[] {
  const v = viewRow(row, tree, book.offices)
  const time = (at: Date | null) => (at === null ? '' : showInstant(at.getTime()))
  return [
    v.no,
    v.title,
    v.categoryCode,
    book.category(v.categoryCode, now)?.name ?? '',
    v.source,
    v.level,
    v.status,
    v.townName,
    v.villageName,
    v.gridName,
    v.departmentName,
    row.place_text,
    time(row.reported_at),
    time(row.due_at),
    time(row.closed_at),
    v.supervision,
    v.reworks,
  ]
}

/** Rows of a filter in pages by key, for exports of any length. */
async function* walkEvents(tx: Reading, where: Condition, size = 5000): AsyncGenerator<ExportRow[]> {
  let after: { at: Date; id: string } | undefined
  for (;;) {
    const beyond = after === undefined ? sql`` : sql`and (e.reported_at, e.id) < (${after.at}, ${after.id})`
    const rows = await rowsOf<ExportRow>(
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
