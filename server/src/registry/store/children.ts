/** What is registered in a record: rooms of a building, buildings of an estate, firms and things in any of them. */
import { recordKinds } from '@fengge/domain/registry/terms'
import { rowOf, sql } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'

const children = recordKinds.filter((kind) => kind !== 'person' && kind !== 'estate')

export async function hasChildren(tx: Reading, county: string, recordId: string): Promise<boolean> {
  const any = children.map(
    (kind) => sql`
      exists (
        select 1
        from ${sql.table(`registry.${kind}`)}
        where county_code = ${county} and parent_id = ${recordId} and state = 'live'
      )
    `,
  )
  const row = await rowOf<{ has: boolean }>(tx, sql`select ${sql.join(any, sql` or `)} as has`)
  return row!.has
}
