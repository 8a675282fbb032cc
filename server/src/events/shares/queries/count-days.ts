/** Events reported and ended day by day, within what the caller sees in lists; what was open is reckoned back from now. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { daysTold, type countEventDays as promise } from '@fengge/domain/events/contract/days'
import { addDays, dayLength, dayOf, startOf } from '@fengge/domain/kernel/time'
import type { Asking } from '../../../kernel/context.ts'
import { rowOf, rowsOf, sql } from '../../../kernel/db/sql.ts'
import { reachOf } from '../../reach.ts'
import { within, type Condition } from '../../queries/conditions.ts'
import { placeParts } from '../../queries/event-filter.ts'

interface DayCount {
  readonly day: string
  readonly n: number
}

export async function countEventDays(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const seen = sql.join([within(reachOf(ctx)), ...placeParts(ctx, ask.placeId)], sql` and `)
  const today = dayOf(ctx.now)
  const days = Array.from({ length: daysTold }, (_, i) => addDays(today, i + 1 - daysTold))
  const span = { from: new Date(startOf(days[0]!)), until: new Date(startOf(today) + dayLength) }
  const reported = await countBy('reported_at', ctx, seen, span)
  const ended = await countBy('closed_at', ctx, seen, span)
  let open = await countOpen(ctx, seen)
  const told = days.toReversed().map((on) => {
    const day = { on, reported: reported.get(on) ?? 0, ended: ended.get(on) ?? 0, open }
    open += day.ended - day.reported
    return day
  })
  return { days: told.toReversed() }
}

interface Span {
  readonly from: Date
  readonly until: Date
}

async function countBy(
  column: 'reported_at' | 'closed_at',
  ctx: Asking,
  seen: Condition,
  { from, until }: Span,
): Promise<ReadonlyMap<string, number>> {
  const at = sql.ref(`e.${column}`)
  const rows = await rowsOf<DayCount>(
    ctx.tx,
    sql`
      select to_char(${at} at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, count(*)::int as n
      from events.event e
      where ${seen} and ${at} >= ${from} and ${at} < ${until}
      group by 1
    `,
  )
  return new Map(rows.map(({ day, n }) => [day, n]))
}

async function countOpen(ctx: Asking, seen: Condition): Promise<number> {
  const row = await rowOf<{ readonly n: number }>(
    ctx.tx,
    sql`
      select count(*)::int as n
      from events.event e
      where ${seen} and e.is_open
    `,
  )
  return row?.n ?? 0
}
