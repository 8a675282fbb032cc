/** Buildings of a place by estate, with how many rooms there are and how many are to be verified. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listGrid as promise } from '@fengge/domain/registry/contract'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import { placeTree } from '../../places/door.ts'
import { findRecords } from '../store/records.ts'
import { within } from '../store/within.ts'

interface Standing {
  readonly estate_id: string | null
  readonly id: string
  readonly name: string
  readonly grid_id: string | null
  readonly village_id: string | null
  readonly houses: number
  readonly due: number
}

export async function listGrid(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const buildings = await listBuildings(ctx, within(ctx, 'registry.read', ask.placeId))
  const ids = [...new Set(buildings.flatMap((b) => b.estate_id ?? []))]
  const estates = await findRecords(ctx.tx, 'estate', ctx.caller.countyCode, ids)
  return {
    estates: estates
      .toSorted((a, b) => a.name.localeCompare(b.name, 'zh'))
      .map((e) => ({
        id: e.id,
        name: e.name,
        places: [...new Set(buildings.flatMap((b) => (b.estate_id === e.id ? placeNames(ctx, b) : [])))],
        hasProperty: typeof e.body['hasProperty'] === 'boolean' ? e.body['hasProperty'] : null,
        buildings: buildings
          .filter((b) => b.estate_id === e.id)
          .map((b) => ({ id: b.id, no: b.name, houses: Number(b.houses), due: Number(b.due) })),
      })),
  }
}

/** @example ['堰桥社区 第1网格'] */
function placeNames(ctx: Asking, { grid_id, village_id }: Standing): string[] {
  const tree = placeTree(ctx)
  const named = [village_id, grid_id].flatMap((id) => (id === null ? [] : (tree.get(id)?.name ?? [])))
  return named.length === 0 ? [] : [named.join(' ')]
}

function listBuildings(ctx: Asking, scope: RawBuilder<unknown>): Promise<Standing[]> {
  return rowsOf<Standing>(
    ctx.tx,
    sql`
      select
        r.parent_id as estate_id, r.id, r.name, r.grid_id, r.village_id, count(h.id) as houses,
        count(h.id) filter (where h.due_at is null or h.due_at <= ${new Date(ctx.now)}) as due
      from registry.building r
        left join registry.house h on h.county_code = r.county_code
        and h.parent_id = r.id
        and h.state = 'live'
      where ${scope} and r.state = 'live'
      group by r.county_code, r.id
      order by length(r.name), r.name
      limit 1500
    `,
  )
}
