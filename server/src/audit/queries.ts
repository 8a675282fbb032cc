import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listAlarms as alarmsPromise, listJournal } from '@fengge/domain/audit/contract'
import { judgeLooks } from '@fengge/domain/audit/look-alarm'
import { dayLength } from '@fengge/domain/kernel/time'
import { rowsOf, sql } from '../kernel/db/sql.ts'
import type { Reading } from '../kernel/db/tx.ts'

/** A page of the journal, newest first. */
export async function readJournal(
  tx: Reading,
  county: string,
  ask: AskOf<typeof listJournal>,
  from: number | undefined,
  to: number | undefined,
): Promise<ReplyOf<typeof listJournal>> {
  const like = (text: string) => `${text.replace(/[%_\\]/g, '\\$&')}%`
  const rows = await rowsOf<{
    seq: number | null
    at: Date
    kind: 'fact' | 'look' | 'session' | 'refused'
    fact: string
    accountName: string | null
    postingRole: string | null
    subject: string | null
    detail: Record<string, unknown>
    ip: string | null
  }>(
    tx,
    sql`
      select j.seq, j.at, j.kind, j.fact, a.name as "accountName", r.name as "postingRole", j.subject, j.detail, j.ip
      from audit.journal j
        left join identity.account a on a.id = j.account_id
        left join identity.posting p on p.id = j.posting_id
        left join identity.role r on r.code = p.role_code
      where j.county_code = ${county}
        and (${ask.fact} = '' or j.fact like ${like(ask.fact)})
        and (${ask.subject} = '' or j.subject = ${ask.subject})
        and (${ask.account} = '' or a.login = ${ask.account} or a.name = ${ask.account}
        ) ${from === undefined ? sql`` : sql`and j.at >= ${new Date(from)}`} ${to === undefined ? sql`` : sql`and j.at < ${new Date(to)}`} ${ask.before === undefined ? sql`` : sql`and j.seq < ${ask.before}`}
      order by j.seq desc nulls first
      limit 50
    `,
  )
  const last = rows.at(-1)?.seq ?? null
  return { rows: rows.map((r) => ({ ...r, at: r.at.toISOString() })), next: rows.length === 50 ? last : null }
}

/** Days of the last week on which somebody looked at people far more than usual, or ran into the quota. */
export async function findAlarms(tx: Reading, county: string, now: number): Promise<ReplyOf<typeof alarmsPromise>> {
  const rows = await rowsOf<{ day: string; account_id: string; name: string; looks: number; refused: number }>(
    tx,
    sql`
      select
        to_char(j.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, j.account_id, a.name,
        count(*) filter (where j.kind = 'look') as looks,
        count(*) filter (where j.kind = 'refused' and j.detail ->> 'problem' = 'reveal.quota') as refused
      from audit.journal j join identity.account a on a.id = j.account_id
      where j.county_code = ${county}
        and j.at > ${new Date(now - 37 * dayLength)}
        and (j.kind = 'look' or (j.kind = 'refused' and j.fact = 'revealField'))
      group by 1, 2, 3
    `,
  )
  const since = new Date(now - 7 * dayLength + 8 * 3_600_000).toISOString().slice(0, 10)
  const alarms = rows
    .filter((r) => r.day >= since)
    .flatMap((r) => {
      const before = rows.filter((x) => x.account_id === r.account_id && x.day < r.day && Number(x.looks) > 0)
      const usual = before.length === 0 ? 0 : before.reduce((n, x) => n + Number(x.looks), 0) / before.length
      const kind = judgeLooks({ today: Number(r.looks), refusedByQuota: Number(r.refused), usual })
      return kind === undefined
        ? []
        : [
            {
              day: r.day,
              accountName: r.name,
              kind,
              looks: Number(r.looks),
              usual: Math.round(usual * 10) / 10,
              refused: Number(r.refused),
            },
          ]
    })
  return { alarms: alarms.toSorted((a, b) => (a.day < b.day ? 1 : -1) || b.looks - a.looks).slice(0, 100) }
}
