/** Reads for the screens of areas and grids. Places are no secret; every signed-in post may see the tree. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/places/contract'
import { judgeSize, type Place } from '@fengge/domain/places/terms'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { rowOf, rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row } from '../../kernel/db/tx.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../tree-in-force.ts'
import { listNorms } from './net.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>

type PlaceRow = Pick<
  Row<'places.place'>,
  | 'id'
  | 'code'
  | 'name'
  | 'level'
  | 'parent_id'
  | 'households'
  | 'people'
  | 'norm_reason'
  | 'valid_from'
  | 'valid_to'
  | 'version'
> & {
  readonly tier: Place['tier']
  readonly kind: Place['kind']
  readonly dedicated_kind: Place['dedicatedKind']
  readonly terrain: Place['terrain']
  readonly has_boundary: boolean
  readonly child_count: number
}

const view = (r: PlaceRow): Place => ({
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
  terrain: r.terrain,
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
  p.terrain,
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
  const rows = await rowsOf<PlaceRow>(
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

export async function searchPlaces(ctx: Asking, ask: Ask<'searchPlaces'>): Reply<'searchPlaces'> {
  const tree = placeTree(ctx)
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
  const row = await rowOf<PlaceRow & { county_code: string | null }>(
    ctx.tx,
    sql`
      select p.county_code, ${placeColumns}
      from places.place p join places.level l on l.code = p.level
      where p.id = ${ask.id}
    `,
  )
  if (!row) return refuse('place.unknown', 404)
  const tree = placeTree(ctx)
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

/** Grids in force that stand in place of one that ended, through all that came of it since. */
export async function listHeirs(tx: Reading, endedId: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    tx,
    sql`
      with recursive
        heirs (id) as (
          select ${endedId}::uuid
          union
          select t.id
          from heirs h
            join places.place e on e.id = h.id
            join places.succession s on s.from_ids @> array[h.id]
            and s.happened_on = e.valid_to
            and (s.kind <> 'border' or cardinality(s.from_ids) = 1)
            -- Of a grid that opened out of others, only itself is new.
            cross join lateral unnest(case when s.kind = 'open' then s.to_ids[1:1] else s.to_ids end) t (id)
        )
      select p.id
      from heirs h
        join places.place p on p.id = h.id and p.valid_to is null
        join places.level l on l.code = p.level and l.tier = 'grid'
      order by p.code
      limit 10
    `,
  )
  return rows.map((r) => r.id)
}
