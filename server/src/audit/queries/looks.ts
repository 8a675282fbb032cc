/** Looks at people, for the slices above: who may be told that he was looked at, and how often somebody looked. */
import { rowOf, rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'

/** The post of whoever looked, the first that he held. */
export interface LookPost {
  /** His department, else his place. */
  readonly office: string
  readonly placeId: string
  readonly role: string
  /** Whether it keeps key populations. */
  readonly keepsCare: boolean
}

export interface Look {
  readonly at: Date
  readonly fact: string
  readonly post: LookPost | null
  readonly detail: { purpose?: string; note?: string }
}

/** Looks at some subjects, newest first: when, from which office and post, and why. Names stay with the auditor. */
export function listLooks(tx: Reading, county: string, subjects: readonly string[], most = 200): Promise<Look[]> {
  return rowsOf<Look>(
    tx,
    sql`
      select
        j.at, j.fact, j.detail,
        (
          select json_build_object(
              'office', coalesce(d.name, l.name), 'placeId', p.place_id, 'role', p.role_name, 'keepsCare', p.keeps_care
            )
          from identity.public_posting p
            join places.public_place l on l.id = p.place_id
            left join identity.public_department d on d.id = p.department_id
          where p.account_id = j.account_id
          order by p.from_on
          limit 1
        ) as post
      from audit.journal j
      where j.county_code = ${county} and j.subject = any(${subjects}::text[]) and j.kind = 'look'
      order by j.at desc
      limit ${most}
    `,
  )
}

/** How often an account did one thing since an instant; quotas are held against it. */
export async function countDone(
  tx: Reading,
  by: { readonly county: string; readonly accountId: string | null },
  fact: string,
  since: number,
): Promise<number> {
  const row = await rowOf<{ n: number }>(
    tx,
    sql`
      select count(*) as n
      from audit.journal
      where county_code = ${by.county} and account_id = ${by.accountId} and fact = ${fact} and at > ${new Date(since)}
    `,
  )
  return row?.n ?? 0
}
