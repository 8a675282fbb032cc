/**
 * A pull is one statement and so one snapshot; its cursor is that snapshot. A row written by a transaction that was
 * still running, or not yet begun, when the cursor was made is not visible in it, and so comes with the next pull:
 * late commits cannot be skipped, and nobody waits for them. Source: requirements.md U2, docs/decisions/0006.
 */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { Me } from '@fengge/domain/identity/contract'
import type { pull as promise } from '@fengge/domain/sync/contract'
import { config as configRow, type Gone, type Rows } from '@fengge/domain/sync/rows'
import { holdingsCap } from '@fengge/domain/sync/terms'
import { accountOf, dutiesHeld, type Asking } from '../kernel/context.ts'
import { refuse } from '../kernel/problems.ts'
import { keptFor } from '../kernel/shelf.ts'
import { viewEvents } from '../events/door.ts'
import { describeMe } from '../identity/door.ts'
import { viewHoldings } from '../registry/door.ts'
import { viewVisits } from '../visits/door.ts'
import { configFor } from './config.ts'
import { listChanges } from './queries/changes.ts'
import { answerAsBefore, keepAnswer } from './idle.ts'
import { firstCursor, isAhead, readCursor, scopeOf, writeCursor, type Scope } from './scope.ts'

type Pulled = ReplyOf<typeof promise>

export async function pull(ctx: Asking, ask: AskOf<typeof promise>): Promise<Pulled> {
  const scope = scopeOf(ctx)
  const config = await configFor(ctx, scope)
  const isDay = ask.part === 'day'
  const before = isDay ? undefined : await answerAsBefore(ctx, scope, ask.cursor)
  if (before && config.hash === readCursor(ask.cursor, scope).c)
    return { ...before, now: ctx.now, me: await myself(ctx) }
  const pulled = await pullFresh(ctx, ask, scope, config)
  if (!isDay) await keepAnswer(ctx, scope, pulled)
  return pulled
}

async function pullFresh(
  ctx: Asking,
  ask: AskOf<typeof promise>,
  scope: Scope,
  config: Awaited<ReturnType<typeof configFor>>,
): Promise<Pulled> {
  const isDay = ask.part === 'day'
  let cursor = isDay ? firstCursor : readCursor(ask.cursor, scope)
  let changes = await listChanges(ctx, scope, cursor, isDay)
  if (isAhead(cursor, changes.snapshot)) changes = await listChanges(ctx, scope, (cursor = firstCursor), isDay)
  const isFirst = cursor === firstCursor
  const { rows, gone } = await viewRows(ctx, changes.lists)
  const held = Object.values(rows).reduce((n, list) => n + (list?.length ?? 0), 0)
  if (held > holdingsCap) refuse('sync.too-much', 409, { rows: held, most: holdingsCap })
  const people = rows.person?.length ?? 0
  if (people > 0)
    ctx.look('registry.synced', scope.grids[0] ?? scope.micros[0] ?? ctx.caller.countyCode, { people, isFirst })
  return {
    cursor: isDay ? '' : writeCursor({ x: changes.snapshot, s: scope.key, c: config.hash, e: changes.oldest }),
    isWhole: isFirst && !isDay,
    part: ask.part,
    now: ctx.now,
    wipe: false,
    scope: scope.key,
    me: await myself(ctx),
    rows: config.hash === cursor.c ? rows : { ...rows, config: [configRow.pack({ body: config.body })] },
    gone,
    keep: changes.keep,
  }
}

/** A phone to be wiped gets nothing more. */
export const nothing = (part: Pulled['part'], now: number): Pulled => ({
  cursor: '',
  isWhole: false,
  part,
  now,
  wipe: true,
  scope: '',
  me: null,
  rows: {},
  gone: [],
  keep: {},
})

/** What each slice lets a phone have of what changed. */
async function viewRows(
  ctx: Asking,
  lists: Parameters<typeof viewHoldings>[1],
): Promise<{ readonly rows: Rows; readonly gone: Gone[] }> {
  const registry = await viewHoldings(ctx, lists)
  const visits = viewVisits(ctx, lists)
  const events = await viewEvents(ctx, lists)
  return { rows: { ...registry.rows, ...events, ...visits.rows }, gone: [...registry.gone, ...visits.gone] }
}

const selves = keptFor<Me>(5000)
/** Who one is, as `whoAmI` tells it; kept for some seconds, since a phone asks with every pull. */
function myself({ shelf, tx, caller, now }: Asking): Promise<Me> {
  const id = accountOf(caller)
  return selves.get({ shelf }, id, () => describeMe(tx, id, now, dutiesHeld(caller)))
}
