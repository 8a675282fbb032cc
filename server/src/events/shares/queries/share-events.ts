/** How many matters of each kind came in, within what the caller sees in lists (E5). */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { exportShares as exportPromise, shareEvents as promise } from '@fengge/domain/events/contract/shares'
import { percentOf, setAside } from '@fengge/domain/events/shares'
import { startOf } from '@fengge/domain/kernel/time'
import type { Asking } from '../../../kernel/context.ts'
import { rowsOf, sql } from '../../../kernel/db/sql.ts'
import type { ListSheet } from '../../../kernel/workbooks/send-list.ts'
import { placeTree } from '../../../places/door.ts'
import { reachOf } from '../../reach.ts'
import { ruleBook } from '../../rule-book.ts'
import { halvesWithin } from '../../queries/conditions.ts'
import { dateParts, placeParts } from '../../queries/event-filter.ts'

type Ask = AskOf<typeof promise>
type Shares = ReplyOf<typeof promise>
interface Counted {
  readonly code: string
  readonly count: number
  readonly open: number
  readonly aside: number
}

export async function shareEvents(ctx: Asking, ask: Ask): Promise<Shares> {
  const counted = await countByKind(ctx, ask)
  const sum = (of: readonly Counted[], what: 'count' | 'open' | 'aside') => of.reduce((n, c) => n + c[what], 0)
  const total = sum(counted, 'count')
  const share = (of: readonly Counted[]) => {
    const count = sum(of, 'count')
    return { count, open: sum(of, 'open'), percent: percentOf(count, total) }
  }
  const kindOf = await kindsFor(ctx, ask)
  const classes = [
    ...Map.groupBy(
      counted.filter((c) => c.count > 0),
      (c) => c.code.slice(0, 2),
    ),
  ].map(([code, of]) => ({
    ...share(of),
    code,
    name: kindOf(of[0]!.code)?.className ?? code,
    nameEn: kindOf(of[0]!.code)?.classNameEn ?? code,
    kinds: of
      .map((c) => ({
        ...share([c]),
        code: c.code,
        name: kindOf(c.code)?.name ?? c.code,
        nameEn: kindOf(c.code)?.nameEn ?? c.code,
      }))
      .toSorted(mostFirst),
  }))
  return { total, open: sum(counted, 'open'), setAside: sum(counted, 'aside'), classes: classes.toSorted(mostFirst) }
}

interface Ordered {
  readonly code: string
  readonly count: number
}
const mostFirst = (a: Ordered, b: Ordered) => b.count - a.count || (a.code < b.code ? -1 : 1)

/** A kind as it is now, or as it last was in that time where it has been retired. */
async function kindsFor(ctx: Asking, { from, to }: Ask) {
  const book = await ruleBook(ctx, ctx.caller.countyCode)
  const moments = [ctx.now, startOf(to), startOf(from)]
  return (code: string) => moments.map((at) => book.category(code, at)).find((kind) => kind !== undefined)
}

/** Every matter of a year is counted: nearly all of them from an index alone, what was confided by its rows. */
async function countByKind(ctx: Asking, { placeId, from, to }: Ask): Promise<Counted[]> {
  const aside = sql.join(setAside.map((status) => sql.lit(status)))
  const asked = sql.join([...placeParts(ctx, placeId), ...dateParts({ from, to })], sql` and `)
  const halves = halvesWithin(reachOf(ctx)).map(
    (half) => sql`
      select e.category_code, e.status, e.is_open
      from events.event e
      where ${half} and ${asked}
    `,
  )
  return rowsOf<Counted>(
    ctx.tx,
    sql`
      select
        e.category_code as code,
        count(*) filter (where e.status not in (${aside}))::int as count,
        count(*) filter (where e.is_open)::int as open,
        count(*) filter (where e.status in (${aside}))::int as aside
      from (${sql.join(halves, sql` union all `)}) e
      group by e.category_code
    `,
  )
}

/** The table as a workbook: each class with its kinds below it. */
export async function sheetOfShares(ctx: Asking, ask: AskOf<typeof exportPromise>): Promise<ListSheet> {
  const { total, setAside: aside, classes } = await shareEvents(ctx, ask)
  const place = ask.placeId === undefined ? undefined : placeTree(ctx).get(ask.placeId)?.name
  const row = (
    name: string,
    kind: string,
    s: { readonly count: number; readonly open: number; readonly percent: number },
  ) => [name, kind, s.count, `${s.percent.toFixed(1)}%`, s.open]
  const rows = classes.flatMap((c) => [row(c.name, '小计', c), ...c.kinds.map((k) => row(c.name, k.name, k))])
  return {
    name: ['事件分类占比', 'shares'],
    fact: 'shares.exported',
    subject: ask.placeId ?? ctx.caller.accountId ?? '',
    purpose: ask.purpose,
    filter: [
      ['上报日期', `${ask.from} 至 ${ask.to}`],
      ...(place === undefined ? [] : [['区域', place] as const]),
      ['合计', `${total} 件，另有并案、不予受理和撤回 ${aside} 件不计入`],
    ],
    header: ['大类', '类别', '件数', '占比', '在办'],
    rows,
    total: rows.length,
  }
}
