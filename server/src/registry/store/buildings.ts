/** Where a building stands, for what is fixed to it. */
import { rowOf, rowsOf, run, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../../kernel/db/tx.ts'

export type StandingBuilding = Pick<
  Row<'registry.building'>,
  'id' | 'name' | 'lng' | 'lat' | 'grid_id' | 'village_id' | 'town_id'
>

/** Where somebody may look: the whole county, or some of its places. */
export interface LookedIn {
  readonly county: string
  readonly isCounty: boolean
  readonly places: readonly string[]
}

/** Buildings by parts of their estate's and their own name, each with its estate; nothing of who lives in them. */
export const findBuildingsNamed = (
  tx: Reading,
  { county, isCounty, places }: LookedIn,
  text: string,
): Promise<(StandingBuilding & { readonly estate: string | null })[]> =>
  rowsOf<StandingBuilding & { readonly estate: string | null }>(
    tx,
    sql`
      select b.id, b.name, b.lng, b.lat, b.grid_id, b.village_id, b.town_id, e.name as estate
      from registry.building b left join registry.estate e on e.county_code = b.county_code and e.id = b.parent_id
      where b.county_code = ${county}
        and b.state = 'live'
        and (
          ${isCounty} or b.grid_id = any(${places}::uuid[]) or b.village_id = any(${places}::uuid[])
          or b.town_id = any(${places}::uuid[])
        )
        and coalesce(e.name, '') || b.name like ${`%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`}
      order by e.name, b.name, b.id
      limit 30
    `,
  )

/** Buildings of some estates, within some places. */
export const listStandingBuildings = (
  tx: Reading,
  { county, isCounty, places }: LookedIn,
  estateIds: readonly string[],
): Promise<(StandingBuilding & { readonly parent_id: string })[]> =>
  rowsOf<StandingBuilding & { readonly parent_id: string }>(
    tx,
    sql`
      select id, name, parent_id, lng, lat, grid_id, village_id, town_id
      from registry.building
      where county_code = ${county}
        and parent_id = any(${estateIds}::uuid[])
        and state = 'live'
        and (
          ${isCounty} or grid_id = any(${places}::uuid[]) or village_id = any(${places}::uuid[])
          or town_id = any(${places}::uuid[])
        )
      order by id
    `,
  )

export const findBuilding = (tx: Reading, county: string, id: string): Promise<StandingBuilding | undefined> =>
  rowOf<StandingBuilding>(
    tx,
    sql`
      select id, name, lng, lat, grid_id, village_id, town_id
      from registry.building
      where county_code = ${county} and id = ${id} and state = 'live'
    `,
  )

/** Those of some buildings whose point is known. */
export function listPointsOf(
  reading: Reading,
  county: string,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly lng: number; readonly lat: number }[]> {
  return rowsOf<{ id: string; lng: number; lat: number }>(
    reading,
    sql`
      select b.id, coalesce(b.lng, 0) as lng, coalesce(b.lat, 0) as lat
      from registry.building b
      where b.county_code = ${county} and b.id = any(${ids}::uuid[]) and b.lng is not null
    `,
  )
}

/** The houses of a building that stand in the grid of a micro-grid are of it, all others of none. */
export async function putIntoMicro(
  tx: Tx,
  county: string,
  buildingId: string,
  { microId, gridId }: { readonly microId: string | null; readonly gridId: string | null },
): Promise<void> {
  await run(
    tx,
    sql`
      update registry.house h
      set micro_id = case when h.grid_id = ${gridId} then ${microId}::uuid end, version = h.version + 1
      where h.county_code = ${county}
        and h.parent_id = ${buildingId}
        and h.micro_id is distinct from case when h.grid_id = ${gridId} then ${microId}::uuid end
    `,
  )
}

/** Where a building stands; undefined where nobody has said it. */
export async function findPoint(
  reading: Reading,
  county: string,
  id: string,
): Promise<{ readonly lng: number; readonly lat: number } | undefined> {
  const row = await rowOf<{ lng: number | null; lat: number | null }>(
    reading,
    sql`select lng, lat from registry.building where county_code = ${county} and id = ${id}`,
  )
  return row === undefined || row.lng === null || row.lat === null ? undefined : { lng: row.lng, lat: row.lat }
}
