import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listJournal } from '@fengge/domain/audit/contract'
import { rowsOf, sql, type Tx } from '../kernel/db/pool.ts'

/** A page of the journal, newest first. */
export async function readJournal(tx: Tx, county: string, ask: AskOf<typeof listJournal>, from: number | undefined, to: number | undefined): Promise<ReplyOf<typeof listJournal>> {
  const like = (text: string) => `${text.replace(/[%_\\]/g, '\\$&')}%`
  const rows = await rowsOf<{ seq: number | null; at: Date; kind: 'fact' | 'look' | 'session' | 'refused'; fact: string; accountName: string | null; postingRole: string | null; subject: string | null; detail: Record<string, unknown>; ip: string | null }>(tx, sql`select j.seq, j.at, j.kind, j.fact, a.name as "accountName", r.name as "postingRole", j.subject, j.detail, j.ip
    from audit.journal j left join identity.account a on a.id = j.account_id left join identity.posting p on p.id = j.posting_id left join identity.role r on r.code = p.role_code
    where j.county_code = ${county} and (${ask.fact} = '' or j.fact like ${like(ask.fact)}) and (${ask.subject} = '' or j.subject = ${ask.subject}) and (${ask.account} = '' or a.login = ${ask.account} or a.name = ${ask.account})
    ${from === undefined ? sql`` : sql`and j.at >= ${new Date(from)}`} ${to === undefined ? sql`` : sql`and j.at < ${new Date(to)}`} ${ask.before === undefined ? sql`` : sql`and j.seq < ${ask.before}`}
    order by j.seq desc nulls first limit 50`)
  const last = rows.at(-1)?.seq ?? null
  return { rows: rows.map((r) => ({ ...r, at: r.at.toISOString() })), next: rows.length === 50 ? last : null }
}
