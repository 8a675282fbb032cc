import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { listRefusedOrders as promise } from '@fengge/domain/matters/contract'
import { tiers } from '@fengge/domain/places/terms'
import { postsWith, type Asking } from '../../kernel/context.ts'
import { pageOf, readCursor } from '../../kernel/cursor.ts'
import { rowOf, rowsOf, sql, type RawBuilder } from '../../kernel/db/sql.ts'
import { placeTree } from '../../places/door.ts'

type Refused = ReplyOf<typeof promise>['refused'][number]
type Held = Omit<Refused, 'placeName' | 'lastAt'> & { readonly placeId: string; readonly lastAt: Date }
const pageSize = 50

/** What posts in the caller's places asked of the grid beyond its matters, the newest first. */
export async function listRefusedOrders(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const where = sql`o.county_code = ${ctx.caller.countyCode} and ${askedIn(ctx)}`
  const found = await rowsOf<Held>(
    ctx.tx,
    sql`
      select
        o.id, o.on_day as day, o.door, o.by_name as "byName", o.office_name as "officeName", o.place_id as "placeId",
        coalesce(m.code, '') as "matterCode", coalesce(m.name, '') as "matterName", o.problem,
        o.task_kind as "taskKind", o.object, o.minutes, o.times, o.last_at as "lastAt"
      from matters.refused_order o
        left join matters.matter m on m.county_code = o.county_code and m.id = o.matter_id
      where ${where} ${ask.after === undefined ? sql`` : before(ask.after)}
      order by o.last_at desc, o.id desc
      limit ${pageSize + 1}
    `,
  )
  const counted = await rowOf<{ n: number }>(
    ctx.tx,
    sql`select coalesce(sum(o.times), 0)::int as n from matters.refused_order o where ${where}`,
  )
  const { page, next } = pageOf(found, pageSize, (o) => [o.lastAt, o.id])
  const tree = placeTree(ctx)
  return {
    refused: page.map(({ placeId, lastAt, ...o }) => ({
      ...o,
      placeName: tree.get(placeId)?.name ?? '',
      lastAt: lastAt.toISOString(),
    })),
    total: counted?.n ?? 0,
    next,
  }
}

function before(after: string): RawBuilder<unknown> {
  const [at, id] = readCursor(after, ['moment', 'id'])
  return sql`and (o.last_at, o.id) < (${new Date(at!)}, ${id}::uuid)`
}

/** Asked from a post at or below a post of the caller's. */
function askedIn(ctx: Asking): RawBuilder<unknown> {
  const tree = placeTree(ctx)
  const own = postsWith(ctx.caller, ['visit.plan', 'matter.edit']).flatMap((p) => (p.departmentId ? [] : [p.placeId]))
  if (own.some((id) => tree.get(id)?.tier === 'county')) return sql`true`
  const places = own.flatMap((id) => [id, ...tiers.flatMap((tier) => tree.below(id, tier))])
  return sql`o.place_id = any(${[...new Set(places)]}::uuid[])`
}
