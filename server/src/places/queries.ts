/** Reads for the screens of areas and grids. Places are no secret; every signed-in post may see the tree. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/places/contract'
import { judgeSize, type Finding, type Geometry, type Place, type SizeNorm } from '@fengge/domain/places/terms'
import { postsWith, type Asking } from '../kernel/context.ts'
import { rowOf, rowsOf, sql } from '../kernel/db/sql.ts'
import type { Reading } from '../kernel/db/tx.ts'
import { refuse } from '../kernel/problems.ts'
import { placeTree } from './door.ts'
import { toDatum } from './geometry.ts'
import { checkLayers, checkLevel, type Layer, type Shape } from './net-checks.ts'
import { findPlace, listInForce } from './store.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>

interface Row {
  id: string
  code: string
  name: string
  level: string
  tier: Place['tier']
  parent_id: string | null
  kind: Place['kind']
  dedicated_kind: Place['dedicatedKind']
  households: number | null
  people: number | null
  norm_reason: string | null
  valid_from: string
  valid_to: string | null
  has_boundary: boolean
  child_count: number
  version: number
}

const view = (r: Row): Place => ({
  id: r.id,
  code: r.code,
  name: r.name,
  level: r.level,
  tier: r.tier,
  parentId: r.parent_id,
  kind: r.kind,
  dedicatedKind: r.dedicated_kind,
  households: r.households,
  people: r.people,
  normReason: r.norm_reason,
  validFrom: r.valid_from,
  validTo: r.valid_to,
  hasBoundary: r.has_boundary,
  childCount: r.child_count,
  version: r.version,
})
const placeColumns = sql`
  p.id,
  p.code,
  p.name,
  p.level,
  l.tier,
  p.parent_id,
  p.kind,
  p.dedicated_kind,
  p.households,
  p.people,
  p.norm_reason,
  p.valid_from,
  p.valid_to,
  p.version,
  exists (select 1 from places.boundary b where b.place_id = p.id) as has_boundary,
  (select count(*)::int from places.place c where c.parent_id = p.id and c.valid_to is null) as child_count
`

export async function listChildren(ctx: Asking, ask: Ask<'listChildren'>): Reply<'listChildren'> {
  const inForce =
    ask.on === undefined
      ? sql`p.valid_to is null`
      : sql`p.valid_from <= ${ask.on} and (p.valid_to is null or p.valid_to > ${ask.on})`
  const at = ask.parentId === undefined ? sql`p.parent_id is null` : sql`p.parent_id = ${ask.parentId}`
  const rows = await rowsOf<Row>(
    ctx.tx,
    sql`
      select ${placeColumns}
      from places.place p join places.level l on l.code = p.level
      where ${at} and ${inForce}
      order by p.code
      limit 2000
    `,
  )
  return { places: rows.map(view) }
}

export async function searchPlaces(_ctx: Asking, ask: Ask<'searchPlaces'>): Reply<'searchPlaces'> {
  const tree = placeTree()
  const found = tree.search(ask.text, ask.tier, [], 30)
  return {
    places: found.map((n) => ({
      id: n.id,
      code: n.code,
      name: n.name,
      tier: n.tier,
      trail: tree
        .line(n.id)
        .slice(1)
        .map((a) => a.name)
        .reverse(),
    })),
  }
}

export async function getPlace(ctx: Asking, ask: Ask<'getPlace'>): Reply<'getPlace'> {
  const row = await rowOf<Row & { county_code: string | null }>(
    ctx.tx,
    sql`
      select p.county_code, ${placeColumns}
      from places.place p join places.level l on l.code = p.level
      where p.id = ${ask.id}
    `,
  )
  if (!row) return refuse('place.unknown', 404)
  const tree = placeTree()
  const border = await rowOf<{ area_m2: number }>(
    ctx.tx,
    sql`select area_m2 from places.boundary where place_id = ${ask.id} order by valid_from desc limit 1`,
  )
  const history = await rowsOf<{ kind: string; on: string; fromNames: string[]; toNames: string[] }>(
    ctx.tx,
    sql`
      select
        s.kind, s.happened_on as "on",
        coalesce((select array_agg(name order by code) from places.place where id = any(s.from_ids)), '{}'
        ) as "fromNames",
        coalesce((select array_agg(name order by code) from places.place where id = any(s.to_ids)), '{}'
        ) as "toNames"
      from places.succession s
      where s.from_ids @> array[${ask.id}::uuid] or s.to_ids @> array[${ask.id}::uuid]
      order by s.happened_on desc, s.id desc
    `,
  )
  const norm = (await listNorms(ctx.tx, row.county_code ?? '')).find((n) => n.kind === row.kind)
  const can = postsWith(ctx.caller, 'net.edit').some((p) => tree.contains(p.placeId, ask.id)) ? ['net.edit'] : []
  return {
    place: view(row),
    trail: tree
      .line(ask.id)
      .slice(1)
      .reverse()
      .map(({ id, name }) => ({ id, name })),
    areaM2: border?.area_m2 ?? null,
    size: norm ? judgeSize(norm, row) : 'unknown',
    history,
    can,
  }
}

export async function getBorders(ctx: Asking, ask: Ask<'getBorders'>): Reply<'getBorders'> {
  const tree = placeTree()
  const parent = tree.get(ask.parentId) ?? refuse('place.unknown', 404)
  const ids =
    ask.tier === undefined ? [parent.id, ...tree.children(parent.id).map((c) => c.id)] : tree.below(parent.id, ask.tier)
  const inForce =
    ask.on === undefined
      ? sql`b.valid_to is null`
      : sql`b.valid_from <= ${ask.on} and (b.valid_to is null or b.valid_to > ${ask.on})`
  const rows = await rowsOf<{
    id: string
    code: string
    name: string
    level: string
    kind: string | null
    version: number
    geometry: Geometry
    area_m2: number
  }>(
    ctx.tx,
    sql`
      select p.id, p.code, p.name, p.level, p.kind, p.version, b.geometry, b.area_m2
      from places.boundary b join places.place p on p.id = b.place_id
      where ${inForce}
        and ${ask.on === undefined ? sql`p.id = any(${ids}::uuid[])` : sql`(p.id = ${ask.parentId} or p.parent_id = ${ask.parentId})`}
    `,
  )
  return {
    type: 'FeatureCollection',
    features: rows.map((r) => ({
      type: 'Feature',
      id: r.id,
      properties: {
        id: r.id,
        code: r.code,
        name: r.name,
        level: r.level,
        kind: r.kind,
        version: r.version,
        areaM2: Math.round(r.area_m2),
        isParent: r.id === parent.id && ask.tier === undefined,
      },
      geometry: toDatum(r.geometry, 'wgs84', ask.datum),
    })),
  }
}

export async function locatePoint(_ctx: Asking, ask: Ask<'locatePoint'>): Reply<'locatePoint'> {
  const point = toDatum({ type: 'Point', coordinates: [ask.lng, ask.lat] }, ask.datum, 'wgs84')
  const tree = placeTree()
  const grid = tree.locate(point.coordinates[0]!, point.coordinates[1]!)
  return {
    grid: grid
      ? {
          id: grid.id,
          code: grid.code,
          name: grid.name,
          trail: tree
            .line(grid.id)
            .slice(1)
            .reverse()
            .map((n) => n.name),
        }
      : null,
  }
}

export async function checkNet(ctx: Asking, ask: Ask<'checkNet'>): Reply<'checkNet'> {
  const tree = placeTree()
  const parent = tree.get(ask.parentId) ?? refuse('place.unknown', 404)
  const norms = await listNorms(ctx.tx, parent.countyCode ?? '')
  const findings: Finding[] = []
  let checked = 0
  const parents = [
    parent.id,
    ...(parent.tier === 'county' || parent.tier === 'town' ? tree.below(parent.id, 'village') : []),
  ]
  for (const id of parents) {
    const row = (await findPlace(ctx.tx, id))!
    const children = await listInForce(ctx.tx, id)
    checked += children.length
    if (row.tier === 'village' || children.some((c) => c.geometry)) findings.push(...checkLevel(row, children, norms))
  }
  if (parent.countyCode)
    findings.push(
      ...checkLayers(
        await listLayers(ctx.tx, parent.countyCode),
        await shapesOf(ctx.tx, tree.below(parent.id, 'grid')),
        await shapesOf(ctx.tx, tree.below(parent.id, 'town')),
      ),
    )
  return { findings: findings.slice(0, 500), checked }
}

async function shapesOf(tx: Reading, ids: readonly string[]): Promise<Shape[]> {
  return rowsOf<Shape>(
    tx,
    sql`
      select p.id, p.name, b.geometry
      from places.place p join places.boundary b on b.place_id = p.id and b.valid_to is null
      where p.id = any(${ids}::uuid[])
    `,
  )
}
function listLayers(tx: Reading, county: string): Promise<Layer[]> {
  return rowsOf<Layer>(
    tx,
    sql`
      select id, layer, owner, name, geometry
      from places.feature
      where county_code = ${county}
      order by name
    `,
  )
}

export function listNorms(tx: Reading, county: string): Promise<SizeNorm[]> {
  return rowsOf<SizeNorm>(
    tx,
    sql`
      select
        kind, least_households as "leastHouseholds", most_households as "mostHouseholds",
        least_people as "leastPeople", most_people as "mostPeople", source
      from places.size_norm
      where county_code = ${county}
    `,
  )
}
export async function getNorms(ctx: Asking, ask: Ask<'getNorms'>): Reply<'getNorms'> {
  return { norms: await listNorms(ctx.tx, placeTree().get(ask.countyId)?.countyCode ?? '') }
}
export async function listLevels(ctx: Asking, _ask: Ask<'listLevels'>): Reply<'listLevels'> {
  return {
    levels: await rowsOf(
      ctx.tx,
      sql<{
        code: string
        name: string
        nameEn: string
        tier: Place['tier']
        ordinal: number
      }>`select code, name, name_en as "nameEn", tier, ordinal from places.level order by ordinal`,
    ),
  }
}
