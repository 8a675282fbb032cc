/**
 * Houses come into the micro-grid that holds their building with each change of the net and each building that is placed
 * (../reactions.ts, ../micros.ts). What was drawn before that was so, or by a program that knew it not, is made true night by
 * night: a house that does not lie where its point lies is put there. Where all do, it only reads.
 */
import { microNow } from '@fengge/domain/places/micro'
import { microsFollowed } from '@fengge/domain/registry/facts'
import { actAs } from '../../kernel/act-as.ts'
import { systemCaller } from '../../kernel/context.ts'
import type { Reading } from '../../kernel/db/tx.ts'
import type { Ground } from '../../kernel/ground.ts'
import { pieceByPiece, type Job } from '../../kernel/jobs.ts'
import { placeTree, type Node, type PlaceTree } from '../../places/door.ts'
import { listHousesNear, saveMicros, type InMicro } from '../store/rehoming.ts'

const drawnMicros = (tree: PlaceTree): Node[] =>
  tree
    .children(null)
    .flatMap((root) => tree.below(root.id, 'micro'))
    .flatMap((id) => (tree.isDrawn(id) ? [tree.get(id)!] : []))

/** Grids of a county of which a micro-grid has a border. */
export const gridsWithMicros = (tree: PlaceTree, county: string): string[] => [
  ...new Set(drawnMicros(tree).flatMap((m) => (m.countyCode === county && m.parentId !== null ? [m.parentId] : []))),
]

/** A grid, with its micro-grids that have a border. */
interface Held {
  readonly id: string
  readonly county: string
  readonly micros: readonly string[]
}

export async function followMicros(ground: Ground): Promise<void> {
  const tree = placeTree(ground)
  const grids = [...Map.groupBy(drawnMicros(tree), (m) => m.parentId)].flatMap(([id, micros]): Held[] => {
    const county = micros[0]!.countyCode
    return id === null || county === null ? [] : [{ id, county, micros: micros.map((m) => m.id) }]
  })
  await pieceByPiece('registry.follow-micros', grids, async (grid) => {
    if ((await listStrays(ground.database.read, tree, grid)).length === 0) return
    await actAs(ground, systemCaller(grid.county), 'registry.follow-micros', async (ctx) => {
      const moved = await listStrays(ctx.tx, tree, grid)
      await saveMicros(ctx.tx, grid.county, moved)
      ctx.tell(microsFollowed, { houses: moved.length }, grid.id)
    })
  })
}

/** Houses in a grid or in a micro-grid of it that are of another micro-grid than holds them, each with that one. */
async function listStrays(
  reading: Reading,
  tree: PlaceTree,
  { id, county, micros }: Held,
): Promise<Pick<InMicro, 'id' | 'micro_id'>[]> {
  const houses = await listHousesNear(reading, county, { micros, grids: [id] })
  const net = { locate: (lng: number, lat: number) => tree.locateIn('micro', lng, lat), isDrawn: tree.isDrawn }
  return houses.flatMap((h) => {
    const point = h.lng === null || h.lat === null ? null : { lng: h.lng, lat: h.lat }
    const micro_id = microNow(net, { gridId: h.grid_id, was: h.micro_id, point })
    return micro_id === h.micro_id ? [] : [{ id: h.id, micro_id }]
  })
}

export const followMicrosJob: Job = { name: 'registry.follow-micros', cron: '55 3 * * *', run: followMicros }
