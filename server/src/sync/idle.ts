/**
 * Most pulls of a day bring nothing. A phone that comes back with the cursor it was given last, after an answer that
 * held no change, is given that answer again when nothing of its own was written since: many phones are looked for in
 * one statement. What passes with time alone (a report older than a month, somebody of another grid in a micro-grid)
 * waits for the next full pull, ten minutes at most.
 */
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { minute } from '@fengge/domain/kernel/time'
import { notice } from '@fengge/domain/events/rows'
import type { pull as promise } from '@fengge/domain/sync/contract'
import { accountOf, type Asking } from '../kernel/context.ts'
import type { Told } from '../kernel/db/feed.ts'
import type { Reading } from '../kernel/db/tx.ts'
import { createGroupReader } from '../kernel/db/group-reader.ts'
import { keptOnShelf } from '../kernel/shelf.ts'
import { reachOf } from '../events/door.ts'
import { placeTree } from '../places/door.ts'
import { listNews, type News } from './queries/news.ts'
import { readCursor, type Scope } from './scope.ts'

type Pulled = ReplyOf<typeof promise>
interface Last {
  readonly pulled: Pulled
  readonly unread: string
  readonly until: number
}
interface Question extends Told {
  readonly reading: Reading
  readonly now: number
}

const longest = 10 * minute
const mostKept = 5000

const lasts = keptOnShelf(() => new Map<string, Last>())
const readers = keptOnShelf(() => ({
  ask: createGroupReader<Question, News>((asks) => listNews(asks[0]!.reading, asks, asks[0]!.now)),
}))

/** The last answer once more, or undefined where there may be something to tell. */
export async function answerAsBefore(ctx: Asking, scope: Scope, cursor: string): Promise<Pulled | undefined> {
  const last = lasts(ctx).get(accountOf(ctx.caller))
  if (last?.pulled.cursor !== cursor || last.pulled.scope !== scope.key || last.until < ctx.now) return undefined
  const news = await ask(ctx, scope, cursor)
  return news.hasNews || news.unread !== last.unread ? undefined : last.pulled
}

/** Remembers an answer that told of no change. */
export async function keepAnswer(ctx: Asking, scope: Scope, pulled: Pulled): Promise<void> {
  const { notice: sentences = [], ...others } = pulled.rows
  if (pulled.gone.length > 0 || Object.values(others).some((list) => (list?.length ?? 0) > 0)) return
  const { hasNews, unread } = await ask(ctx, scope, pulled.cursor)
  // A sentence that came meanwhile is not in the answer.
  if (hasNews || unread !== unreadIn(sentences.map((wire) => notice.unpack(wire).id))) return
  const kept = lasts(ctx)
  if (kept.size >= mostKept) kept.clear()
  kept.set(accountOf(ctx.caller), { pulled, unread, until: ctx.now + longest })
}

/** As the database says it of the same sentences. */
const unreadIn = (ids: readonly string[]): string => `${ids.length}:${ids.toSorted().at(-1) ?? ''}`

function ask(ctx: Asking, scope: Scope, cursor: string): Promise<News> {
  const tree = placeTree(ctx)
  const reach = reachOf(ctx)
  const around = scope.micros.flatMap((id) => tree.ancestor(id, 'grid')?.id ?? [])
  return readers(ctx).ask({
    reading: ctx.tx,
    now: ctx.now,
    county: ctx.caller.countyCode,
    grids: [...new Set([...scope.grids, ...around, ...reach.grids])],
    accountId: accountOf(ctx.caller),
    seesMore: reach.isCountyWide || reach.towns.length + reach.villages.length + reach.departments.length > 0,
    snapshot: readCursor(cursor, scope).x,
  })
}
