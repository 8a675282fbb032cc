/** The check of a net, with the norms and layers that it is held against. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/places/contract'
import type { Finding, SizeNorm } from '@fengge/domain/places/terms'
import type { Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'
import { refuse } from '../../kernel/problems.ts'
import { checkLayers, checkLevel, type Layer } from '../net-checks.ts'
import { findPlace, listInForce } from '../store/places.ts'
import { placeTree } from '../tree-in-force.ts'
import { shapesOf } from './borders.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>

export async function checkNet(ctx: Asking, ask: Ask<'checkNet'>): Reply<'checkNet'> {
  const tree = placeTree(ctx)
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
  return { norms: await listNorms(ctx.tx, placeTree(ctx).get(ask.countyId)?.countyCode ?? '') }
}
