/** What was told before from a number, found by its keyed digest; every question is in the journal. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { findCalls as promise } from '@fengge/domain/events/contract/desk'
import { dayLength } from '@fengge/domain/kernel/time'
import type { Ctx } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Row } from '../../kernel/db/tx.ts'
import { refuse } from '../../kernel/problems.ts'
import type { EventStatus } from '@fengge/domain/events/terms'
import { reachOf } from '../reach.ts'
import { countLooks, holdLooks } from '../store/reporters.ts'
import { within } from './conditions.ts'

const most = 20
const fact = 'calls.looked'
/** Calls that one operator can take in a day, and then some. */
const mostADay = 300

type Call = Pick<Row<'events.event'>, 'id' | 'no' | 'title' | 'reported_at' | 'due_at'> & { status: EventStatus }

export async function findCalls(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { countyCode, accountId } = ctx.caller
  await holdLooks(ctx.tx, accountId)
  const today = await countLooks(ctx.tx, countyCode, { accountId, what: fact, since: ctx.now - dayLength })
  if (today >= mostADay) refuse('look.quota', 429, { most: mostADay })
  const rows = await rowsOf<Call>(
    ctx.tx,
    sql`
      select e.id, e.no, e.title, e.status, e.reported_at, e.due_at
      from events.event e
      where ${within(reachOf(ctx, 'event.find-calls'))}
        and e.id in (
          select r.event_id
          from events.reporter r
          where r.county_code = ${countyCode} and r.phone_index = any(${ctx.sealer.indexes(ask.phone)}::text[])
        )
      order by e.reported_at desc
      limit 200
    `,
  )
  ctx.look(fact, rows[0]?.id ?? countyCode, { found: rows.length })
  return {
    calls: rows.slice(0, most).map((r) => ({
      id: r.id,
      no: r.no,
      title: r.title,
      status: r.status,
      reportedAt: r.reported_at.toISOString(),
      dueAt: r.due_at?.toISOString() ?? null,
    })),
    more: Math.max(0, rows.length - most),
  }
}
