/** What is registered in a record: rooms of a building, buildings of an estate, firms and things in any of them. */
import { recordKinds } from '@fengge/domain/registry/terms'
import { rowOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'

const children = recordKinds.filter((kind) => kind !== 'person' && kind !== 'estate')

/** Whether something live stands in a record, as a condition. */
export function hasLiveChild(county: RawBuilder<unknown>, id: RawBuilder<unknown>): RawBuilder<boolean> {
  const any = children.map(
    (kind) => sql`
      exists (
        select 1
        from ${sql.table(`registry.${kind}`)} c
        where c.county_code = ${county} and c.parent_id = ${id} and c.state = 'live'
      )
    `,
  )
  return sql<boolean>`(${sql.join(any, sql` or `)})`
}

export async function hasChildren(tx: Reading, county: string, recordId: string): Promise<boolean> {
  const row = await rowOf<{ has: boolean }>(
    tx,
    sql`select ${hasLiveChild(sql`${county}`, sql`${recordId}::uuid`)} as has`,
  )
  return row!.has
}
