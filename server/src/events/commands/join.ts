/**
 * What joining, unlinking and withdrawing change beside the event that is acted on: whoever stands above it in the tree
 * of joined reports counts it, and the reporters go where it goes (domain/src/events/joining.ts).
 */
import { carried, join, leave, type Standing } from '@fengge/domain/events/joining'
import type { Hand } from '@fengge/domain/events/secrecy'
import { clockOf } from '@fengge/domain/events/stored'
import type { EventCore } from '@fengge/domain/events/terms'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { ruleBook } from '../rule-book.ts'
import { keepParts } from '../keep-parts.ts'
import { lockEvent, saveEvent } from '../store/event.ts'
import { nextSeq } from '../store/flow.ts'
import { listBelow } from '../store/joined.ts'
import { moveReporters, returnReporters } from '../store/reporters.ts'

/** An event was joined to another, which was locked with it. @param joined as it was before */
export async function joinTo(ctx: Ctx, joined: EventCore, target: EventCore): Promise<void> {
  const { calendar } = await ruleBook(ctx, ctx.caller.countyCode)
  await saveRelative(ctx, join(target, joined, { now: ctx.now, calendar }), { action: 'join', event: joined.id })
  await moveReporters(ctx.tx, ctx.caller.countyCode, joined.id, target.id)
}

/** An event is its own again, with all that was joined to it before. */
export async function partFrom(ctx: Ctx, parted: EventCore): Promise<void> {
  for (const above of await lockAbove(ctx, parted))
    await saveRelative(ctx, nextVersion(leave(above, parted)), {
      action: 'part',
      event: parted.id,
    })
  await returnReporters(ctx.tx, ctx.caller.countyCode, parted.id)
}

/** One reporter left the event that has his report: what lies between them counts him no more. */
export async function leaveBetween(ctx: Ctx, originId: string, rootId: string, left: Standing): Promise<void> {
  if (originId === rootId) return
  const origin = (await lockEvent(ctx.tx, ctx.caller.countyCode, originId))?.core ?? refuse('event.not-found', 404)
  for (const core of [origin, ...(await lockAbove(ctx, origin))])
    if (core.id !== rootId) await saveRelative(ctx, nextVersion(leave(core, left)), { action: 'part', event: originId })
}

/** What an event turned out to be, all that was joined to it is too: told in the same confidence, to the same people. */
export async function carryBelow(ctx: Ctx, root: EventCore, hand: Hand): Promise<void> {
  for (const id of await listBelow(ctx.tx, ctx.caller.countyCode, root.id)) {
    const was = (await lockEvent(ctx.tx, ctx.caller.countyCode, id))?.core ?? refuse('event.not-found', 404)
    const core = nextVersion(carried(was, root))
    await saveRelative(ctx, core, { action: 'recode', event: root.id, from: was.categoryCode, to: core.categoryCode })
    if (core.isSensitive) await keepParts(ctx, was, core, hand)
  }
}

/** What has a joined report now, at the top of the tree. */
export const findRoot = async (ctx: Ctx, joined: EventCore): Promise<EventCore | undefined> =>
  (await lockAbove(ctx, joined)).at(-1)

const nextVersion = (core: EventCore): EventCore => ({ ...core, version: core.version + 1 })

/** The events that a joined one hangs under, nearest first, held until the end of the transaction. */
async function lockAbove(ctx: Ctx, core: EventCore): Promise<EventCore[]> {
  const found: EventCore[] = []
  for (let id = core.mergedInto; id !== null;) {
    const above = await lockEvent(ctx.tx, ctx.caller.countyCode, id)
    if (!above || found.some((e) => e.id === above.id)) break
    found.push(above.core)
    id = above.core.mergedInto
  }
  return found
}

interface Change {
  readonly from: string
  readonly to: string
}
/** Saves an event beside the one that is acted on, with a row in its flow that says why. */
async function saveRelative(
  ctx: Ctx,
  core: EventCore,
  { action, ...detail }: { readonly action: 'join' | 'part' | 'recode'; readonly event: string } & Partial<Change>,
): Promise<void> {
  const { countyCode, accountId, kind, name } = ctx.caller
  const { calendar } = await ruleBook(ctx, countyCode)
  await saveEvent(ctx.tx, countyCode, {
    core,
    calendar,
    flow: {
      seq: await nextSeq(ctx.tx, countyCode, core.id),
      action,
      from: core.status,
      to: core.status,
      at: ctx.now,
      accountId,
      postingId: null,
      actorName: kind === 'person' ? name : null,
      actorRole: null,
      actorOffice: null,
      reason: '',
      detail,
      evidenceIds: [],
      clock: clockOf(core),
    },
  })
}
