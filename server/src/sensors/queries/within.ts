/** Which devices somebody sees: those of his places, and those of his departments wherever they stand. */
import type { Duty } from '@fengge/domain/kernel/duty'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { sql, type RawBuilder } from '../../kernel/db/sql.ts'
import { placeTree, reachOf } from '../../places/door.ts'

const sees: readonly Duty[] = ['sensor.read', 'sensor.manage']
const among = (column: string, ids: readonly string[]) => sql`${sql.ref(column)} = any(${ids}::uuid[])`

/** A condition over `sensors.device d`. */
export function seenBy(ctx: Asking): RawBuilder<unknown> {
  const county = sql`d.county_code = ${ctx.caller.countyCode}`
  const { isCounty, ...tiers } = reachOf(placeTree(ctx), ctx.caller, sees)
  if (isCounty) return county
  const departments = postsWith(ctx.caller, sees).flatMap((p) => p.departmentId ?? [])
  const parts = [
    ...Object.entries(tiers).flatMap(([tier, ids]) => (ids.length > 0 ? [among(`d.${tier}_id`, ids)] : [])),
    ...(departments.length > 0 ? [among('d.department_id', departments)] : []),
  ]
  return parts.length === 0 ? sql`false` : sql`${county} and (${sql.join(parts, sql` or `)})`
}
