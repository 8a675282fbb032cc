/** What is to be verified: longest due first. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listDue as promise } from '@fengge/domain/registry/contract'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import { selectRecords } from '../store/records.ts'
import { within } from '../store/within.ts'
import { briefsOf } from './briefs.ts'

export async function listDue(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const scope = within(ctx, 'registry.read', ask.placeId)
  const kinds = ask.kind === undefined ? (['house', 'person', 'unit', 'facility'] as const) : [ask.kind]
  const isDue = sql`
    where ${scope} and r.state = 'live' and r.due_at <= ${new Date(ctx.now)}
    order by r.due_at
    limit ${ask.size}
  `
  const found = await Promise.all(
    kinds.map(async (kind) => briefsOf(ctx, kind, await rowsOf(ctx.tx, selectRecords(kind, isDue)))),
  )
  const records = found
    .flat()
    .toSorted((a, b) => ((a.dueAt ?? '') < (b.dueAt ?? '') ? -1 : 1))
    .slice(0, ask.size)
  const people = records.filter((r) => r.kind === 'person').length
  if (people > 0) ctx.look('registry.due-looked', ask.placeId ?? ctx.caller.countyCode, { people })
  return { records }
}
