/** Evidence added to an event later: by who has a part in it, while it is open, with a step that says so. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { attachEvidence as promise } from '@fengge/domain/events/contract/desk'
import { evidenceAttached } from '@fengge/domain/events/facts'
import { hasPart } from '@fengge/domain/events/standing'
import { clockOf } from '@fengge/domain/events/stored'
import { isOpen, type EventCore } from '@fengge/domain/events/terms'
import { dayLength } from '@fengge/domain/kernel/time'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { refuseMoreWords } from '../story/most-words.ts'
import { aroundOf } from '../queries/around.ts'
import { actorOf, reachOf } from '../reach.ts'
import { findVisible, lockEvent } from '../store/event.ts'
import * as store from '../store/evidence.ts'
import { addStep, lastDoers, nextSeq } from '../store/flow.ts'

/** So long after the end a phone that had no line may still bring what its holder took. */
const lateFor = 14 * dayLength

export async function attachEvidence(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { evidenceIds, phase } = ask
  const { countyCode, accountId } = ctx.caller
  if (!(await findVisible(ctx.tx, ask.eventId, reachOf(ctx)))) refuse('event.not-found', 404)
  const { core } = (await lockEvent(ctx.tx, countyCode, ask.eventId)) ?? refuse('event.not-found', 404)
  const tied = await store.countTied(ctx.tx, countyCode, { eventId: core.id, evidenceIds, accountId })
  // A repeat of what is there changes nothing, and is no fault.
  if (tied === new Set(evidenceIds).size) return { done: true }
  const doers = await lastDoers(ctx.tx, countyCode, core.id)
  await judge(ctx, core, accountId !== null && doers.includes(accountId))
  const files = await store.attachEvidence(ctx.tx, countyCode, { eventId: core.id, evidenceIds, phase, accountId })
  if (files.length !== new Set(evidenceIds).size) refuse('evidence.unknown', 422)
  // Photos that follow one's own last step belong to it.
  if (!isOpen(core.status) || doers.at(-1) !== accountId) {
    await refuseMoreWords(ctx, core.id)
    await tellStep(ctx, core, evidenceIds, phase)
  }
  ctx.tell(evidenceAttached, { count: files.length, phase, files }, core.id)
  return { done: true }
}

/** While it is open who has a part in it; then for a while who did a step of it. */
async function judge(ctx: Ctx, core: EventCore, didStep: boolean): Promise<void> {
  if (!isOpen(core.status)) {
    if (!didStep || ctx.now - core.statusSince > lateFor) refuse('event.out-of-turn', 409, { status: core.status })
    return
  }
  if (!didStep && !hasPart(core, actorOf(ctx, core, await aroundOf(ctx, core)))) refuse('not-allowed', 403)
}

async function tellStep(ctx: Ctx, core: EventCore, evidenceIds: readonly string[], phase: string): Promise<void> {
  const { accountId, name, countyCode, posts } = ctx.caller
  const post = posts.find((p) => p.duties.has('event.read')) ?? null
  await addStep(ctx.tx, countyCode, core.id, {
    seq: await nextSeq(ctx.tx, countyCode, core.id),
    action: 'attach',
    from: core.status,
    to: core.status,
    at: ctx.now,
    accountId,
    postingId: post?.id ?? null,
    actorName: name,
    actorRole: post?.roleName ?? null,
    actorOffice: post?.officeName ?? null,
    reason: '',
    detail: { phase },
    evidenceIds,
    clock: clockOf(core),
  })
}
