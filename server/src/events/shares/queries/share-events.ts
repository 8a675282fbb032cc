/** How many matters of each kind came in, within what the caller sees in lists (E5). */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { exportShares as exportPromise, shareEvents as promise } from '@fengge/domain/events/contract/shares'
import { groupsAt, isOfGroup } from '@fengge/domain/events/forms/kind-groups'
import { percentOf, setAside, sparingly, wholeMonths, type Confided } from '@fengge/domain/events/shares'
import { startOf } from '@fengge/domain/kernel/time'
import type { Asking } from '../../../kernel/context.ts'
import { rowsOf, sql } from '../../../kernel/db/sql.ts'
import type { ListSheet } from '../../../kernel/workbooks/send-list.ts'
import { placeTree } from '../../../places/door.ts'
import { reachOf } from '../../reach.ts'
import { ruleBook } from '../../rule-book.ts'
import { confidedToOthers, halvesWithin } from '../../queries/conditions.ts'
import { dateParts, placeParts } from '../../queries/event-filter.ts'

type Ask = AskOf<typeof promise>
type Shares = ReplyOf<typeof promise>
interface Counted {
  readonly code: string
  readonly count: number
  readonly open: number
  readonly aside: number
  readonly confided: number
}

export async function shareEvents(ctx: Asking, ask: Ask): Promise<Shares> {
  const { counted, joined, until } = await countAll(ctx, ask)
  const sum = (of: readonly Counted[], what: keyof Omit<Counted, 'code'>) => of.reduce((n, c) => n + c[what], 0)
  const total = sum(counted, 'count') + joined
  const share = (of: readonly Counted[]) => {
    const count = sum(of, 'count')
    return { count, open: sum(of, 'open'), confided: sum(of, 'confided'), percent: percentOf(count, total) }
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
  const groups = groupsAt(ask.to).map((group) => {
    const count = sum(
      counted.filter((c) => isOfGroup(c.code, group)),
      'count',
    )
    return { code: group.code, name: group.name, nameEn: group.nameEn, count, percent: percentOf(count, total) }
  })
  return {
    total,
    open: sum(counted, 'open'),
    setAside: sum(counted, 'aside'),
    classes: classes.toSorted(mostFirst),
    confided: {
      counted: sum(counted, 'confided') + joined,
      joined: { count: joined, percent: percentOf(joined, total) },
      until,
    },
    groups,
  }
}

interface All {
  readonly counted: readonly Counted[]
  /** What was told in confidence and is counted without its kind. */
  readonly joined: number
  readonly until: string | null
}

/** What the caller sees; and where he reports of the whole county, what was told to others, few of a kind never by it. */
async function countAll(ctx: Asking, ask: Ask): Promise<All> {
  const seen = (await countByKind(ctx, ask)).map((c) => ({ ...c, confided: 0 }))
  const months = wholeMonths(ask.from, ask.to, ctx.now)
  const isWhole = reachOf(ctx).isCountyWide && placeParts(ctx, ask.placeId).length === 0
  if (months === undefined || !isWhole) return { counted: seen, joined: 0, until: null }
  const { many, joined } = sparingly(await countConfided(ctx, months))
  const byCode = new Map<string, Counted>(seen.map((c) => [c.code, c]))
  for (const { code, count } of many) {
    const known = byCode.get(code) ?? { code, count: 0, open: 0, aside: 0, confided: 0 }
    byCode.set(code, { ...known, count: known.count + count, confided: known.confided + count })
  }
  return { counted: [...byCode.values()], joined, until: months.to }
}

const countConfided = (ctx: Asking, months: { readonly from: string; readonly to: string }) =>
  rowsOf<Confided>(
    ctx.tx,
    sql`
      select
        e.category_code as code, to_char(e.reported_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month,
        count(*)::int as count
      from events.event e
      where ${confidedToOthers(reachOf(ctx))}
        and ${sql.join(dateParts(months), sql` and `)}
        and e.status not in (${sql.join(setAside.map((status) => sql.lit(status)))})
      group by 1, 2
    `,
  )

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
async function countByKind(ctx: Asking, { placeId, from, to }: Ask): Promise<Omit<Counted, 'confided'>[]> {
  const aside = sql.join(setAside.map((status) => sql.lit(status)))
  const asked = sql.join([...placeParts(ctx, placeId), ...dateParts({ from, to })], sql` and `)
  const halves = halvesWithin(reachOf(ctx)).map(
    (half) => sql`
      select e.category_code, e.status, e.is_open
      from events.event e
      where ${half} and ${asked}
    `,
  )
  return rowsOf<Omit<Counted, 'confided'>>(
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
  const { total, setAside: aside, classes, confided, groups } = await shareEvents(ctx, ask)
  const place = ask.placeId === undefined ? undefined : placeTree(ctx).get(ask.placeId)?.name
  const row = (
    name: string,
    kind: string,
    s: { readonly count: number; readonly open?: number; readonly percent: number },
  ) => [name, kind, s.count, `${s.percent.toFixed(1)}%`, s.open ?? '']
  const rows = [
    ...classes.flatMap((c) => [row(c.name, '小计', c), ...c.kinds.map((k) => row(c.name, k.name, k))]),
    ...(confided.joined.count > 0 ? [row('涉密事项', '各类不足五件的合并', confided.joined)] : []),
    ...groups.map((g) => row(g.name, '专项口径', g)),
  ]
  return {
    name: ['事件分类占比', 'shares'],
    fact: 'shares.exported',
    subject: ask.placeId ?? ctx.caller.accountId ?? '',
    purpose: ask.purpose,
    filter: [
      ['上报日期', `${ask.from} 至 ${ask.to}`],
      ...(place === undefined ? [] : [['区域', place] as const]),
      ['涉密事项', confidedWords(confided)],
      ['合计', `${total} 件，另有并案、不予受理和撤回 ${aside} 件不计入`],
    ],
    header: ['大类', '类别', '件数', '占比', '在办'],
    rows,
    total: rows.length,
  }
}

const confidedWords = ({ counted, until }: Shares['confided']): string =>
  until === null
    ? '他人经办的涉密事项不计入'
    : `计入 ${counted} 件（截至 ${until}，按整月），不列明细；各类合计不足五件的不计入`
