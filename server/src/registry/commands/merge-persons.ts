/** Two records of one person become one (domain/src/registry/merging.ts); what others hold of him follows. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { mergePersons as promise } from '@fengge/domain/registry/doubles-contract'
import { personMerged } from '@fengge/domain/registry/facts'
import { decideMerge, StoredMove, type Choices } from '@fengge/domain/registry/merging'
import { sourceOf } from '@fengge/domain/registry/terms'
import type { Ctx } from '../../kernel/context.ts'
import { refuse, settle } from '../../kernel/problems.ts'
import { announce } from '../../kernel/reactions.ts'
import { lockBoth, newsOf, sideOf } from '../both-persons.ts'
import { findWithOpenErasure } from '../leaving/store/erasures.ts'
import { carryPlan } from '../leaving/plan-leaving.ts'
import { questionToCount, refuseQuestions } from '../questions.ts'
import { openValues } from '../record-columns.ts'
import type { Reached } from '../sight.ts'
import { saveChange } from '../store/changes.ts'
import { copyApart, hadTwoNumbers, lockHeld, moveLinks, moveOverlays, saveMergedInto } from '../store/merging.ts'
import { updateRecord } from '../store/records.ts'

type Ask = Omit<AskOf<typeof promise>, 'requestId'> & Pick<Choices, 'isAgreed'>

export async function mergePersons(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  if (ask.keepId === ask.dropId) refuse('record.unknown', 404)
  const both = await lockBoth(ctx, ask.keepId, ask.dropId)
  await countGuess(ctx, both.keep, both.drop)
  return joinBoth(ctx, ask, both)
}

/** @param both locked, and within reach of who merges them */
export async function joinBoth(ctx: Ctx, ask: Ask, both: Both): Promise<ReplyOf<typeof promise>> {
  const { tx, caller } = ctx
  const county = caller.countyCode
  const { keep, drop } = both
  // Who agreed to it meant one of them: what was asked for about one must not fall on another.
  if ((await findWithOpenErasure(tx, county, [ask.keepId, ask.dropId])).size > 0) refuse('erasure.waits', 409)
  // Who clears a number first makes two people one no less.
  if (!ask.isAgreed && (await hadTwoNumbers(tx, county, [ask.keepId, ask.dropId]))) refuse('merge.two-numbers', 409)
  const held = await lockHeld(tx, county, ask.keepId, ask.dropId)
  const merged = settle(decideMerge(sideOf(ctx, keep), sideOf(ctx, drop), held, ask))
  const { values, changes, origin, moved } = merged
  await moveLinks(tx, county, ask.keepId, merged.links)
  await moveOverlays(tx, county, ask.keepId, moved.overlays)
  await copyApart(tx, county, { fromId: ask.dropId, toId: ask.keepId }, moved.others)
  const changed = new Set(Object.keys(changes))
  await updateRecord(ctx, 'person', keep.row, { values, changed, origin, isConfirmed: false })
  const plan = await carryPlan(ctx, ask.dropId, ask.keepId)
  await saveMergedInto(tx, { county, id: ask.dropId, into: ask.keepId, now: ctx.now })
  const version = keep.row.version + 1
  const changeId = await saveChange(ctx, {
    kind: 'person',
    recordId: ask.keepId,
    version,
    what: 'merge',
    fields: changes,
    source: sourceOf(keep.post?.roleCode),
    reason: ask.reason,
    more: StoredMove.numbered({ ...moved, plan: plan?.isCarried ? plan.leavingId : null }),
  })
  const detail = { dropId: ask.dropId, reason: ask.reason, fields: [...changed] }
  await announce(ctx, personMerged, newsOf(changeId, keep, drop), {
    detail,
    subject: ask.keepId,
    post: keep.post ?? null,
  })
  return { changeId, version, plan: plan ? { onDay: plan.onDay, isCarried: plan.isCarried } : null }
}

interface Both {
  readonly keep: Reached
  readonly drop: Reached
}

/** That two numbers are not the same tells of both: a refusal counts as a question, and who has asked enough may not try. */
async function countGuess(ctx: Ctx, keep: Reached, drop: Reached): Promise<void> {
  const numbers = [keep, drop].flatMap(({ row }) => openValues(row, ctx.sealer)['idNo'] ?? [])
  if (numbers.length < 2) return
  await refuseQuestions(ctx)
  ctx.afterRefusal.push(questionToCount(ctx, `merge:${numbers.map(String).toSorted().join('/')}`))
}
