/** Figures of a place and of the places right below it, from the tally that the database keeps. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { composeFigures, type Tally } from '@fengge/domain/registry/composition'
import type { getComposition as promise } from '@fengge/domain/registry/contract'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading } from '../../kernel/db/tx.ts'
import { placeTree } from '../../places/door.ts'

export async function getComposition(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const at = placeAsked(ctx, ask.placeId)
  const tallies = at === undefined ? [] : await listTallies(ctx.tx, ctx.caller.countyCode)
  const { places, ...figures } = composeFigures(tallies, childFinder(ctx, at))
  const tree = placeTree(ctx)
  return { ...figures, places: places.map((p) => ({ ...p, name: tree.get(p.id)?.name ?? '' })) }
}

/** The place that is asked for, where a post of the caller holds it; else the place of his first post. */
function placeAsked(ctx: Asking, placeId: string | undefined): string | undefined {
  const posts = postsWith(ctx.caller, ['registry.read', 'registry.count'])
    .filter((p) => p.departmentId === null)
    .map((p) => p.placeId)
  const isMine = placeId !== undefined && posts.some((p) => placeTree(ctx).contains(p, placeId))
  return isMine ? placeId : posts[0]
}

/** Finds the place right below `at` that holds a place; `at` holds itself. Each place is looked up once. */
function childFinder(ctx: Asking, at: string | undefined): (placeId: string) => string | undefined {
  const known = new Map<string, string | undefined>()
  const find = (placeId: string) => {
    const line = placeTree(ctx).line(placeId)
    const i = line.findIndex((node) => node.id === at)
    return i > 0 ? line[i - 1]?.id : line[i]?.id
  }
  return (placeId) => {
    if (!known.has(placeId)) known.set(placeId, find(placeId))
    return known.get(placeId)
  }
}

function listTallies(tx: Reading, county: string): Promise<Tally[]> {
  return rowsOf<Tally>(
    tx,
    sql`
      select place_id as "placeId", kind, sort, n
      from registry.tally
      where county_code = ${county} and n <> 0
    `,
  )
}
