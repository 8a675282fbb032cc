/** Rows of visits that a caller reaches. */
import type { Duty } from '@fengge/domain/kernel/duty'
import type { Asker } from '../../kernel/context.ts'
import { sql, type RawBuilder } from '../../kernel/db/sql.ts'
import { placeTree, reachOf } from '../../places/door.ts'

/** A condition over a table `t` with county, grid, village and town: in reach by a duty and, where given, in a place. */
export function inReach(asker: Asker, duty: Duty | readonly Duty[], placeId?: string): RawBuilder<unknown> {
  const { caller } = asker
  const county = sql`t.county_code = ${caller.countyCode}`
  if (caller.kind === 'system') return county
  const reach = reachOf(placeTree(asker), caller, duty, placeId)
  if (reach.isCounty) return county
  const parts = (['town', 'village', 'grid'] as const)
    .filter((tier) => reach[tier].length > 0)
    .map((tier) => isOneOf(sql.ref(`t.${tier}_id`), reach[tier]))
  return parts.length === 0 ? sql`false` : sql`${county} and (${sql.join(parts, sql` or `)})`
}

/** Nothing of whom the caller is kept from, over the column that says whom a row is about; what is about nobody stays. */
export function apartFrom({ caller: { unseen } }: Pick<Asker, 'caller'>, column = 't.subject_id'): RawBuilder<unknown> {
  if (!unseen) return sql`true`
  return sql`${sql.ref(column)} = any(${[...unseen]}::uuid[]) is not true`
}

const isOneOf = (column: RawBuilder<unknown>, ids: readonly string[]): RawBuilder<unknown> =>
  ids.length === 1 ? sql`${column} = ${ids[0]}` : sql`${column} = any(${ids}::uuid[])`

/** Who may know who somebody is that is called on, and who calls on him: who does neither reads that a call was made, or is due. */
export const knowsPeople: readonly Duty[] = ['registry.read', 'visit.write', 'overlay.keep']
export const servesPeople: readonly Duty[] = ['visit.write', 'overlay.keep']
