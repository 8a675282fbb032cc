/** Borders of places, as maps and checks of the net read them. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/places/contract'
import type { Geometry } from '@fengge/domain/places/terms'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'
import { refuse } from '../../kernel/problems.ts'
import { inSlices } from '../../kernel/turns.ts'
import { toDatum } from '../geometry.ts'
import type { Shape } from '../net-checks.ts'
import { placeTree } from '../tree-in-force.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>

/** Borders that are turned into another datum before others have their turn: of the largest, some milliseconds. */
const bordersATurn = 10

export async function getBorders(ctx: Asking, ask: Ask<'getBorders'>): Reply<'getBorders'> {
  const tree = placeTree(ctx)
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
  const features = await inSlices(rows, bordersATurn, (r) => ({
    type: 'Feature' as const,
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
  }))
  return { type: 'FeatureCollection', features }
}

export async function locatePoint(ctx: Asking, ask: Ask<'locatePoint'>): Reply<'locatePoint'> {
  const point = toDatum({ type: 'Point', coordinates: [ask.lng, ask.lat] }, ask.datum, 'wgs84')
  const tree = placeTree(ctx)
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

/** Borders in force of some places, unrounded, in our datum. */
export async function shapesOf(tx: Reading, ids: readonly string[]): Promise<Shape[]> {
  return rowsOf<Shape>(
    tx,
    sql`
      select p.id, p.name, b.geometry
      from places.place p join places.boundary b on b.place_id = p.id and b.valid_to is null
      where p.id = any(${ids}::uuid[])
    `,
  )
}

/** The same for a map without signal. */
export function bordersOf(
  tx: Reading,
  ids: readonly string[],
): Promise<{ id: string; name: string; geometry: unknown }[]> {
  return shapesOf(tx, ids)
}
