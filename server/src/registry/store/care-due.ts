/** Who is to be visited for care, and until when; of the reasons nothing is read. */
import type { Day } from '@fengge/domain/kernel/time'
import { startOf } from '@fengge/domain/kernel/time'
import type { Asker } from '../../kernel/context.ts'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row } from '../../kernel/db/tx.ts'
import { listExportLimit } from '@fengge/domain/kernel/list-export'
import { inCare } from './overlays.ts'
import { within } from './within.ts'

export type CareDueRow = Pick<Row<'registry.person'>, 'name' | 'grid_id' | 'village_id' | 'town_id'> & {
  readonly due_at: Date
  readonly cautions: readonly string[]
}

/** One row a person, the longest due first, up to one more than may leave. The rhythm is that of careDueAt (key-populations.ts). */
export function listCareDue(
  tx: Reading,
  asker: Asker,
  { placeId, before, today }: { readonly placeId: string | undefined; readonly before: Day; readonly today: Day },
): Promise<CareDueRow[]> {
  return rowsOf<CareDueRow>(
    tx,
    sql`
      select r.name, r.grid_id, r.village_id, r.town_id, d.due_at, d.cautions
      from registry.person r
        cross join lateral (
          select
            min(
              coalesce(o.visited_at, o.started_on::timestamp at time zone 'Asia/Shanghai')
                + make_interval(days => o.visit_days)
            ) as due_at, array_agg(c.caution) filter (where c.caution is not null) as cautions
          from registry.overlay o left join lateral unnest(o.cautions) c (caution) on true
          where o.county_code = r.county_code and o.person_id = r.id and ${inCare(today)}
        ) d
      where ${within(asker, 'overlay.keep', placeId)} and r.state = 'live' and d.due_at < ${new Date(startOf(before))}
      order by d.due_at, r.id
      limit ${listExportLimit + 1}
    `,
  )
}
