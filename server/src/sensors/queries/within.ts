/** Which devices somebody sees: those of his places, and those of his departments wherever they stand. */
import type { Duty } from '@fengge/domain/kernel/duty'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { sql, type RawBuilder } from '../../kernel/db/sql.ts'
import { placeTree, reachOf } from '../../places/door.ts'

const sees: readonly Duty[] = ['sensor.read', 'sensor.manage']
const among = (column: string, ids: readonly string[]) => sql`${sql.ref(column)} = any(${ids}::uuid[])`

const tiers = ['town', 'village', 'grid'] as const

/** A condition over `sensors.device d`. */
export function seenBy(ctx: Asking): RawBuilder<unknown> {
  const county = sql`d.county_code = ${ctx.caller.countyCode}`
  const reach = reachOf(placeTree(ctx), ctx.caller, sees)
  if (reach.isCounty) return county
  const parts = tiers.filter((t) => reach[t].length > 0).map((t) => among(`d.${t}_id`, reach[t]))
  const departments = postsWith(ctx.caller, sees).flatMap((p) => p.departmentId ?? [])
  const own = sql`d.department_id = any(${departments}::uuid[])`
  return parts.length === 0 ? sql`${county} and ${own}` : sql`${county} and (${own} or ${sql.join(parts, sql` or `)})`
}
