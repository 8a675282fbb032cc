/** The one statement that fetches what changed for a phone, put together from the parts of each slice. */
import { accountOf, type Asking } from '../../kernel/context.ts'
import type { Fed } from '../../kernel/db/feed.ts'
import { rowsPrepared, sql } from '../../kernel/db/sql.ts'
import { eventFeed, type Oldest } from '../../events/door.ts'
import { registryFeed } from '../../registry/door.ts'
import { visitFeed } from '../../visits/door.ts'
import { firstCursor, type Cursor, type Scope } from '../scope.ts'

/** With the page of today alone, so many days ahead of it. */
const daysAhead = 3

export interface Changes {
  readonly snapshot: string
  readonly lists: Readonly<Record<string, Fed>>
  /** The last signs of the ids of what belongs on the phone. */
  readonly keep: { readonly event: string[]; readonly task: string[] }
  /** Of the events that a phone may hold, where there are more within reach. */
  readonly oldest: Oldest | null
}

export async function listChanges(ctx: Asking, scope: Scope, cursor: Cursor, isDay: boolean): Promise<Changes> {
  const isFirst = cursor === firstCursor
  const since = { xmin: isFirst ? '0' : cursor.x.split(':')[0]!, snapshot: cursor.x, isFirst }
  const whose = { county: ctx.caller.countyCode, grids: scope.grids, micros: scope.micros, ...since }
  const parts = {
    ...registryFeed({ ...whose, dueDays: isDay ? daysAhead : null, now: ctx.now }),
    ...visitFeed({ ...whose, grids: scope.visited, accountId: accountOf(ctx.caller), caller: ctx.caller }),
    ...eventFeed(ctx, since, ctx.now, cursor.e),
  }
  const columns = Object.entries(parts).map(([name, part]) => sql`${part} as ${sql.ref(name)}`)
  const [row] = await rowsPrepared<Record<string, Fed> & { snapshot: string; keepEvent: EventsHeld; keepTask: Ids }>(
    ctx.tx,
    sql`select pg_current_snapshot()::text as snapshot, ${sql.join(columns)}`,
  )
  const { snapshot, keepEvent, keepTask, ...lists } = row!
  const { ends, oldest } = keepEvent
  return { snapshot, lists, keep: { event: ends, task: keepTask ?? [] }, oldest }
}
type Ids = string[] | null
interface EventsHeld {
  readonly ends: string[]
  readonly oldest: Oldest | null
}
