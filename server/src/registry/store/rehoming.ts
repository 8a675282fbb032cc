/** What follows a change of the net, in whole sets: buildings by their points, what is in them by its building. */
import { rowsWritten, run, sql } from '../../kernel/db/sql.ts'
import type { Row, Tx } from '../../kernel/db/tx.ts'
import type { Place } from '../record-columns.ts'

export type Standing = Pick<Row<'registry.building'>, 'id' | 'lng' | 'lat'> & { readonly grid_id: string }

export interface Move {
  readonly id: string
  readonly from: string
  readonly place: Place
}

/** Buildings of some grids, in the order in which everybody locks them. */
export function lockBuildingsIn(tx: Tx, county: string, grids: readonly string[]): Promise<Standing[]> {
  return rowsWritten<Standing>(
    tx,
    sql`
      select id, grid_id, lng, lat
      from registry.building
      where county_code = ${county} and grid_id = any(${grids}::uuid[])
      order by id
      for update
    `,
  )
}

const kinds = ['estate', 'building', 'house', 'person', 'unit', 'facility'] as const
type Kind = (typeof kinds)[number]

/** Sends buildings where they stand, then whatever lies in one to where it went. */
export async function moveBuildings(tx: Tx, county: string, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return
  await run(
    tx,
    sql`
      update registry.building r
      set grid_id = m.grid_id, village_id = m.village_id, town_id = m.town_id, version = r.version + 1
      from unnest(
        ${moves.map((m) => m.id)}::uuid[], ${moves.map((m) => m.place.gridId)}::uuid[],
        ${moves.map((m) => m.place.villageId)}::uuid[], ${moves.map((m) => m.place.townId)}::uuid[]
      ) m (id, grid_id, village_id, town_id)
      where r.county_code = ${county} and r.id = m.id
    `,
  )
  const buildings = moves.map((m) => m.id)
  const grids = [...new Set(moves.map((m) => m.from))]
  const follow = (kind: Kind, parent: 'building' | 'house') =>
    followParents(tx, county, { kind, parent, buildings, grids })
  await follow('house', 'building')
  await followLeadHomes(tx, county, buildings, grids)
  for (const kind of ['unit', 'facility'] as const) {
    await follow(kind, 'building')
    await follow(kind, 'house')
  }
}

interface Followers {
  readonly kind: Kind
  readonly parent: 'building' | 'house'
  readonly buildings: readonly string[]
  /** Only what lay in these grids follows: a house of another grid stays there. */
  readonly grids: readonly string[]
}

async function followParents(tx: Tx, county: string, f: Followers): Promise<void> {
  const isMoved =
    f.parent === 'building' ? sql`p.id = any(${f.buildings}::uuid[])` : sql`p.parent_id = any(${f.buildings}::uuid[])`
  await run(
    tx,
    sql`
      update ${sql.table(`registry.${f.kind}`)} r
      set grid_id = p.grid_id, village_id = p.village_id, town_id = p.town_id, version = r.version + 1
      from ${sql.table(`registry.${f.parent}`)} p
      where r.county_code = ${county}
        and r.grid_id = any(${f.grids}::uuid[])
        and p.county_code = r.county_code
        and p.id = r.parent_id
        and ${isMoved}
        and p.grid_id is distinct from r.grid_id
    `,
  )
}

/** The grid of the lead home answers for a person. */
async function followLeadHomes(
  tx: Tx,
  county: string,
  buildings: readonly string[],
  grids: readonly string[],
): Promise<void> {
  await run(
    tx,
    sql`
      update registry.person r
      set grid_id = h.grid_id, village_id = h.village_id, town_id = h.town_id, version = r.version + 1
      from registry.house h
        join registry.link l on l.county_code = h.county_code
        and l.house_id = h.id
        and l.is_lead
        and l.to_on is null
      where r.county_code = ${county}
        and r.grid_id = any(${grids}::uuid[])
        and l.county_code = r.county_code
        and l.person_id = r.id
        and h.county_code = r.county_code
        and h.parent_id = any(${buildings}::uuid[])
        and h.grid_id is distinct from r.grid_id
    `,
  )
}

/** Everything that is left in a grid goes to one place. */
export async function moveAllIn(tx: Tx, county: string, gridId: string, place: Place): Promise<void> {
  for (const kind of kinds)
    await run(
      tx,
      sql`
        update ${sql.table(`registry.${kind}`)}
        set grid_id = ${place.gridId}, village_id = ${place.villageId}, town_id = ${place.townId}, version = version + 1
        where county_code = ${county} and grid_id = ${gridId}
      `,
    )
}
