/** What higher floors may ask of the journal. */
import { rowsOf, sql } from '../kernel/db/sql.ts'
import type { Reading } from '../kernel/db/tx.ts'

export interface Look {
  readonly at: Date
  readonly fact: string
  readonly office: string | null
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
          select coalesce(d.name, l.name) || ' ' || ro.name
          from identity.posting p
            join identity.role ro on ro.code = p.role_code
            join places.place l on l.id = p.place_id
            left join identity.department d on d.id = p.department_id
          where p.account_id = j.account_id
          order by p.from_on
          limit 1
        ) as office
      from audit.journal j
      where j.county_code = ${county} and j.subject = any(${subjects}::text[]) and j.kind = 'look'
      order by j.at desc
      limit ${most}
    `,
  )
}
