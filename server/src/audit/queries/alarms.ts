/** Days on which somebody looked at people far more than usual, or ran into the quota. */
import type { listAlarms as promise } from '@fengge/domain/audit/contract'
import { judgeLooks } from '@fengge/domain/audit/look-alarm'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayLength, dayOf } from '@fengge/domain/kernel/time'
import { dutiesHeld, type Asking } from '../../kernel/context.ts'
import { rowOf, rowsOf, sql } from '../../kernel/db/sql.ts'

type Alarm = ReplyOf<typeof promise>['alarms'][number]
interface DayRow {
  readonly day: string
  readonly account_id: string
  readonly name: string
  readonly looks: number
  readonly refused: number
}

/** Those of the last week, held against the thirty days before each. */
export async function listAlarms(ctx: Asking): Promise<ReplyOf<typeof promise>> {
  const widened = await listWidened(ctx)
  if (!dutiesHeld(ctx.caller).includes('audit.read')) return { verdict: null, alarms: widened }
  const rows = await rowsOf<DayRow>(
    ctx.tx,
    sql`
      select
        to_char(j.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, j.account_id, a.name,
        count(*) filter (where j.kind = 'look') as looks,
        count(*) filter (where j.kind = 'refused') as refused
      from audit.journal j join identity.public_account a on a.id = j.account_id
      where j.county_code = ${ctx.caller.countyCode}
        and j.at > ${new Date(ctx.now - 37 * dayLength)}
        and (j.kind = 'look' or (j.kind = 'refused' and j.detail ->> 'problem' in ('reveal.quota', 'search.quota', 'leaving.quota', 'care.quota')))
      group by 1, 2, 3
    `,
  )
  const since = dayOf(ctx.now - 7 * dayLength)
  const alarms = rows.filter((r) => r.day >= since).flatMap((r) => alarmOf(r, rows))
  const verdict = await lastVerdict(ctx)
  return {
    verdict,
    alarms: [...widened, ...alarms].toSorted((a, b) => (a.day < b.day ? 1 : -1) || b.looks - a.looks).slice(0, 100),
  }
}

/** Changes of the net in the last week by which posts see people whom they did not see before. */
async function listWidened(ctx: Asking): Promise<Alarm[]> {
  const rows = await rowsOf<{ day: string; name: string; people: number }>(
    ctx.tx,
    sql`
      select
        to_char(j.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, coalesce(a.name, '系统') as name,
        (j.detail ->> 'people')::int as people
      from audit.journal j left join identity.public_account a on a.id = j.account_id
      where j.county_code = ${ctx.caller.countyCode}
        and j.at > ${new Date(ctx.now - 7 * dayLength)}
        and j.fact = 'net.widened'
      order by j.at desc
      limit 100
    `,
  )
  return rows.map(({ day, name, people }) => ({
    day,
    accountName: name,
    kind: 'net' as const,
    looks: people,
    usual: 0,
    refused: 0,
  }))
}

async function lastVerdict(ctx: Asking): Promise<ReplyOf<typeof promise>['verdict']> {
  const row = await rowOf<{ at: Date | null; is_whole: boolean | null; faults: number | null }>(
    ctx.tx,
    sql`
      select max(v.at) as at, bool_and(v.is_whole) as is_whole, sum(v.faults)::int as faults
      from (
          select distinct on (county_code) county_code, at, is_whole, faults
          from audit.verdict
          where county_code in (${ctx.caller.countyCode}, '000000')
          order by county_code, at desc
        ) v
    `,
  )
  // Of no verdict at all the row holds nothing but null.
  return row?.at ? { at: row.at.toISOString(), isWhole: row.is_whole === true, faults: row.faults ?? 0 } : null
}

function alarmOf(row: DayRow, all: readonly DayRow[]): Alarm[] {
  const before = all.filter((x) => x.account_id === row.account_id && x.day < row.day && x.looks > 0)
  const usual = before.length === 0 ? 0 : before.reduce((n, x) => n + x.looks, 0) / before.length
  const kind = judgeLooks({ today: row.looks, refusedByQuota: row.refused, usual })
  if (kind === undefined) return []
  const { day, name: accountName, looks, refused } = row
  return [{ day, accountName, kind, looks, usual: Math.round(usual * 10) / 10, refused }]
}
