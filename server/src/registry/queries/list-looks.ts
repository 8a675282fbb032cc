/** Who looked at a person, from the journal, to tell him: the office and the purpose, not the name. Requirement C5. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listLooks as promise } from '@fengge/domain/registry/contract'
import { lookersTold } from '@fengge/domain/registry/facts'
import { listLooks as looksAt } from '../../audit/door.ts'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'
import { reachRecord } from '../sight.ts'

export async function listLooks(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const { row } = await reachRecord(ctx, ask.id, 'registry.tell')
  const looks = await looksAt(ctx.tx, county, await listSubjects(ctx.tx, county, row.id))
  ctx.tell(lookersTold, {}, row.id)
  return {
    looks: looks.map((look) => ({
      at: look.at.toISOString(),
      office: look.office ?? '',
      what: look.fact,
      purpose: [look.detail.purpose, look.detail.note].filter(Boolean).join('：'),
    })),
  }
}

/** Himself, records of his that were merged into this one, and the houses he has lived in or owned. */
async function listSubjects(tx: Reading, county: string, personId: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    tx,
    sql`
      select ${personId}::uuid as id
      union
      select id
      from registry.person
      where county_code = ${county} and merged_into = ${personId}
      union
      select house_id
      from registry.link
      where county_code = ${county} and person_id = ${personId}
    `,
  )
  return rows.map((r) => r.id)
}
