/** Events that share some words with another, to be measured for sameness. */
import type { EventRow } from '@fengge/domain/events/contract/views'
import { dayLength } from '@fengge/domain/kernel/time'
import { rowsOf, sql } from '../../kernel/db/sql.ts'
import type { Reading, Row } from '../../kernel/db/tx.ts'
import type { Reach } from '../reach.ts'
import { within } from './conditions.ts'

export type LikeRow = Pick<
  Row<'events.event'>,
  'id' | 'no' | 'title' | 'content' | 'place_text' | 'grid_id' | 'category_code' | 'lng' | 'lat' | 'reported_at'
> & { status: EventRow['status'] }

export interface Alike {
  readonly county: string
  /** The event itself, which is not like itself. */
  readonly id: string | null
  readonly at: number
  /** Any of these words. */
  readonly probes: readonly string[]
  /** Within whose reach; anywhere in the county where nobody looks. */
  readonly reach: Reach | undefined
}

export function listLike(tx: Reading, { county, id, at, probes, reach }: Alike): Promise<LikeRow[]> {
  const query = probes.map((w) => `'${w.replaceAll(/['\\]/g, ' ').trim()}'`).join(' | ')
  return rowsOf<LikeRow>(
    tx,
    sql`
      select
        e.id, e.no, e.title, e.content, e.place_text, e.status, e.grid_id, e.category_code, e.lng, e.lat,
        e.reported_at
      from events.event e
      where ${reach ? within(reach) : sql`e.county_code = ${county}`}
        and not e.is_sensitive
        and e.reported_at > ${new Date(at - 90 * dayLength)}
        and e.reported_at <= ${new Date(at + dayLength)}
        and e.status not in ('merged', 'cancelled', 'rejected', 'archived')
        and e.search @@ ${query}::tsquery ${id === null ? sql`` : sql`and e.id <> ${id}`}
      order by e.reported_at desc
      limit 200
    `,
  )
}
