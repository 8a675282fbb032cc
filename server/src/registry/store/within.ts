/** Which records are within somebody's reach, as a condition over a table `r`. */
import type { Duty } from '@fengge/domain/kernel/duty'
import type { RecordKind } from '@fengge/domain/registry/terms'
import { postsWith, type Asker } from '../../kernel/context.ts'
import { sql, type RawBuilder } from '../../kernel/db/sql.ts'
import { placeTree } from '../../places/door.ts'

/** Whether a record, `r`, is there to be counted and verified: in the register, and no shop or firm that moved away. */
export const isThere = (kind: RecordKind): RawBuilder<unknown> =>
  kind === 'unit' ? sql`(r.state = 'live' and r.body ->> 'status' is distinct from 'moved')` : sql`r.state = 'live'`

const tiers = ['town', 'village', 'grid'] as const
type Reach = Record<(typeof tiers)[number], string[]>

/** `r.county_code = … and (…)`; a department's post gives no sight of the registry. */
export function within(asker: Asker, duty: Duty = 'registry.read', placeId?: string): RawBuilder<unknown> {
  const county = sql`r.county_code = ${asker.caller.countyCode}`
  const reach = reachOf(asker, placesOf(asker, duty, placeId))
  const { unseen } = asker.caller
  if (unseen) return sql`${withinReach(county, reach)} and r.id <> all(${[...unseen]}::uuid[])`
  return withinReach(county, reach)
}

function withinReach(county: RawBuilder<unknown>, reach: Reach | 'county'): RawBuilder<unknown> {
  if (reach === 'county') return county
  const parts = tiers.filter((t) => reach[t].length > 0).map((t) => among(`r.${t}_id`, reach[t]))
  return parts.length === 0 ? sql`false` : sql`${county} and (${sql.join(parts, sql` or `)})`
}

/** The places of somebody's posts, narrowed to a place that he asks for: that one, or his own below it. */
function placesOf(asker: Asker, duty: Duty, placeId: string | undefined): string[] {
  const tree = placeTree(asker)
  const places = postsWith(asker.caller, duty)
    .filter((p) => p.departmentId === null)
    .map((p) => p.placeId)
  if (placeId === undefined) return places
  return places.some((p) => tree.contains(p, placeId)) ? [placeId] : places.filter((p) => tree.contains(placeId, p))
}

function reachOf(asker: Asker, places: readonly string[]): Reach | 'county' {
  const tree = placeTree(asker)
  const reach: Reach = { town: [], village: [], grid: [] }
  for (const id of places) {
    const node = tree.get(id)
    if (!node) continue
    if (node.tier === 'county' && node.countyCode === asker.caller.countyCode) return 'county'
    if (node.tier === 'town' || node.tier === 'village') reach[node.tier].push(id)
    if (node.tier === 'grid') reach.grid.push(...tree.below(id, 'grid'))
    // Who cares for a micro-grid sees the grid's general facts.
    if (node.tier === 'micro' && node.parentId !== null) reach.grid.push(node.parentId)
  }
  return reach
}

const among = (column: string, ids: readonly string[]): RawBuilder<unknown> =>
  ids.length === 1 ? sql`${sql.ref(column)} = ${ids[0]}` : sql`${sql.ref(column)} = any(${ids}::uuid[])`
