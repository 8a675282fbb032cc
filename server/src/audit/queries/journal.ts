/** Pages of the journal, with the names that its numbers stand for. */
import type { z } from 'zod'
import type { JournalRow, listJournal } from '@fengge/domain/audit/contract'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayLength, startOf } from '@fengge/domain/kernel/time'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'

const pageSize = 50

/** A page of the journal, newest first; rows that are not sealed yet come before all others. */
export async function readJournal(ctx: Asking, ask: AskOf<typeof listJournal>): Promise<ReplyOf<typeof listJournal>> {
  const like = (text: string) => `${text.replace(/[%_\\]/g, '\\$&')}%`
  const from = ask.from === undefined ? sql`` : sql`and j.at >= ${new Date(startOf(ask.from))}`
  const to = ask.to === undefined ? sql`` : sql`and j.at < ${new Date(startOf(ask.to) + dayLength)}`
  const before = ask.before === undefined ? sql`` : sql`and j.seq < ${ask.before}`
  const rows = await rowsOf<Omit<z.output<typeof JournalRow>, 'at'> & { readonly at: Date }>(
    ctx.tx,
    sql`
      select
        j.seq, j.at, j.kind, j.fact, a.name as "accountName", p.role_name as "postingRole", j.subject, j.detail, j.ip
      from audit.journal j
        left join identity.public_account a on a.id = j.account_id
        left join identity.public_posting p on p.id = j.posting_id
      where j.county_code = ${ctx.caller.countyCode}
        and (${ask.fact} = '' or j.fact like ${like(ask.fact)})
        and (${ask.subject} = '' or j.subject = ${ask.subject})
        and (${ask.account} = '' or a.login = ${ask.account} or a.name = ${ask.account})
        ${from} ${to} ${before}
      order by j.seq desc nulls first
      limit ${pageSize}
    `,
  )
  return {
    rows: rows.map((r) => ({ ...r, at: r.at.toISOString() })),
    next: rows.length === pageSize ? (rows.at(-1)?.seq ?? null) : null,
  }
}
