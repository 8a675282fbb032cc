/** Whom a keeper looks after: who, where, and when a visit is due. Why he is cared for stands on his own page alone. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { listCare as promise } from '@fengge/domain/registry/care/contract'
import type { Asking } from '../../../kernel/context.ts'
import { pageOf, readCursor } from '../../../kernel/cursor.ts'
import { rowOf, rowsOf, sql, type RawBuilder } from '../../../kernel/db/sql.ts'
import type { Reading, Row } from '../../../kernel/db/tx.ts'
import { gridName } from '../../sight.ts'
import { inCare } from '../../store/overlays.ts'
import { within } from '../../store/within.ts'

const pageSize = 50

type CaredFor = Pick<Row<'registry.person'>, 'id' | 'name' | 'grid_id' | 'village_id' | 'town_id'> & {
  readonly visited_at: Date | null
  readonly due_at: Date
  readonly helpers: number
}

/** One line a person: of several reasons the visit that is due first counts. */
const caredFor = (scope: RawBuilder<unknown>, today: string): RawBuilder<unknown> => sql`
  select
    r.id, r.name, r.grid_id, r.village_id, r.town_id, max(o.visited_at) as visited_at,
    min(coalesce(o.visited_at, o.started_on::timestamp at time zone 'Asia/Shanghai') + make_interval(days => o.visit_days)) as due_at,
    (
      select count(*)::int
      from registry.overlay_helper h
      where h.county_code = r.county_code
        and h.overlay_id = any(array_agg(o.id))
        and (h.to_on is null or h.to_on >= ${today})
    ) as helpers
  from registry.overlay o
    join registry.person r on r.county_code = o.county_code
    and r.id = o.person_id
  where ${scope} and r.state = 'live' and ${inCare(today)}
  group by r.county_code, r.id
`

export async function listCare(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const now = new Date(ctx.now)
  const scope = within(ctx, 'overlay.keep', ask.placeId)
  const all = caredFor(scope, dayOf(ctx.now))
  const found = await rowsOf<CaredFor>(
    ctx.tx,
    sql`
      select p.id, p.name, p.grid_id, p.village_id, p.town_id, p.visited_at, p.due_at, p.helpers
      from (${all}) p
      where ${beyond(ask.after)}
      order by p.due_at, p.id
      limit ${pageSize + 1}
    `,
  )
  const { page, next } = pageOf(found, pageSize, (p) => [p.due_at, p.id])
  const counted = await rowOf<{ total: number; due: number }>(
    ctx.tx,
    sql`select count(*)::int as total, count(*) filter (where p.due_at <= ${now})::int as due from (${all}) p`,
  )
  const back = await listBack(ctx.tx, scope)
  const people = page.length + back.length
  if (people > 0) ctx.look('registry.care-looked', ctx.caller.countyCode, { people })
  return {
    people: page.map((p) => ({
      personId: p.id,
      name: p.name,
      gridName: gridName(ctx, p),
      visitedAt: p.visited_at?.toISOString() ?? null,
      dueAt: p.due_at.toISOString(),
      isDue: p.due_at <= now,
      helpers: p.helpers,
    })),
    total: counted?.total ?? 0,
    due: counted?.due ?? 0,
    next,
    back: back.map((b) => ({
      id: b.id,
      personId: b.person_id,
      name: b.name,
      gridName: gridName(ctx, b),
      endedOn: b.ended_on,
      backAt: b.back_at.toISOString(),
    })),
    backTotal: back[0]?.total ?? 0,
  }
}

type Back = Pick<CaredFor, 'name' | 'grid_id' | 'village_id' | 'town_id'> &
  Pick<Row<'registry.overlay'>, 'id' | 'person_id'> & {
    readonly ended_on: string | null
    readonly back_at: Date
    readonly total: number
  }

/** Whose care a leaving ended, and who came back since: until somebody decides. */
const listBack = (tx: Reading, scope: RawBuilder<unknown>): Promise<Back[]> =>
  rowsOf<Back>(
    tx,
    sql`
      select
        o.id, o.person_id, o.ended_on, o.back_at, r.name, r.grid_id, r.village_id, r.town_id,
        (count(*) over ())::int as total
      from registry.overlay o
        join registry.person r on r.county_code = o.county_code
        and r.id = o.person_id
      where ${scope} and r.state = 'live' and o.back_at is not null
      order by o.back_at, o.id
      limit ${pageSize}
    `,
  )

function beyond(after: string | undefined): RawBuilder<unknown> {
  if (after === undefined) return sql`true`
  const [at, id] = readCursor(after, ['moment', 'id'])
  return sql`(p.due_at, p.id) > (${new Date(at!)}::timestamptz, ${id}::uuid)`
}
