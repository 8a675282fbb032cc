/**
 * Two records that have a number each become one only where two people say so: one asks, another who answers for both
 * places agrees. Until then nothing changes. Source: the security review of 2026-11-28, finding 6A-4.
 */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayLength } from '@fengge/domain/kernel/time'
import type {
  askMerge as asking,
  decideMerge as deciding,
  listMerges as listing,
} from '@fengge/domain/registry/doubles-contract'
import { mergeAgreed, mergeAsked, mergeRefused } from '@fengge/domain/registry/facts'
import { accountOf, type Asking, type Ctx } from '../../kernel/context.ts'
import { pageOf } from '../../kernel/cursor.ts'
import { refuse } from '../../kernel/problems.ts'
import { lockBoth } from '../both-persons.ts'
import { joinBoth } from '../commands/merge-persons.ts'
import { findWithOpenErasure } from '../leaving/store/erasures.ts'
import { dutiesOver, gridName, type Reached } from '../sight.ts'
import { within } from '../store/within.ts'
import * as store from './store.ts'

export async function askMerge(ctx: Ctx, ask: AskOf<typeof asking>): Promise<ReplyOf<typeof asking>> {
  if (ask.keepId === ask.dropId) refuse('record.unknown', 404)
  const county = ctx.caller.countyCode
  const { keep, drop } = await lockBoth(ctx, ask.keepId, ask.dropId)
  refuseStale(keep, ask.keepVersion)
  refuseStale(drop, ask.dropVersion)
  if ((await findWithOpenErasure(ctx.tx, county, [ask.keepId, ask.dropId])).size > 0) refuse('erasure.waits', 409)
  if (await store.isAsked(ctx.tx, county, [ask.keepId, ask.dropId])) refuse('merge.waits', 409)
  const { id, keepId, keepVersion, dropId, dropVersion, take, reason } = ask
  await store.addRequest(ctx.tx, {
    county_code: county,
    id,
    keep_id: keepId,
    keep_version: keepVersion,
    drop_id: dropId,
    drop_version: dropVersion,
    take: [...take],
    reason,
    asked_by: accountOf(ctx.caller),
    asked_by_name: ctx.caller.name,
    asked_at: new Date(ctx.now),
  })
  ctx.tell(mergeAsked, { request: id, dropId, reason }, keepId, keep.post)
  return { done: true }
}

function refuseStale({ row }: Reached, version: number): void {
  if (row.state !== 'live' || row.version !== version) refuse('record.stale', 409, { version: row.version })
}

export async function decideMerge(ctx: Ctx, ask: AskOf<typeof deciding>): Promise<ReplyOf<typeof deciding>> {
  const county = ctx.caller.countyCode
  const row = (await store.lockRequest(ctx.tx, county, ask.id)) ?? refuse('record.unknown', 404)
  const both = await lockBoth(ctx, row.keep_id, row.drop_id, 'registry.approve')
  if (row.asked_by === ctx.caller.accountId) refuse('merge.own', 403)
  if (row.state !== 'asked') refuse('merge.decided', 409)
  const { keep_id: keepId, keep_version: keepVersion, drop_id: dropId, drop_version: dropVersion, take, reason } = row
  const { isAgreed } = ask
  const asked = { keepId, keepVersion, dropId, dropVersion, take, reason, isAgreed }
  if (isAgreed) await joinBoth(ctx, asked, both)
  await store.saveDecision(ctx.tx, row, {
    isAgreed,
    by: accountOf(ctx.caller),
    byName: ctx.caller.name,
    at: new Date(ctx.now),
  })
  ctx.tell(isAgreed ? mergeAgreed : mergeRefused, { request: row.id, dropId, reason }, keepId, both.keep.post)
  return { done: true }
}

/** Of pairs of which both lie within reach: of one half nothing is told. */
export async function listMerges(ctx: Asking, ask: AskOf<typeof listing>): Promise<ReplyOf<typeof listing>> {
  const self = accountOf(ctx.caller)
  const scopes = [within(ctx, 'registry.merge'), within(ctx, 'registry.approve')]
  const { rows, total } = await store.listRequests(ctx.tx, scopes, {
    county: ctx.caller.countyCode,
    after: ask.after,
    size: pageSize + 1,
    since: new Date(ctx.now - decidedShown),
  })
  const { page, next } = pageOf(rows, pageSize, (r) => [r.rank, r.asked_at, r.id])
  if (page.length > 0) ctx.look('registry.merges-looked', ctx.caller.countyCode, { people: 2 * page.length })
  const approves = (side: store.Side) => dutiesOver(ctx, side).duties.has('registry.approve')
  return {
    requests: page.map(({ keep, drop, ...r }) => ({
      id: r.id,
      keepId: keep.id,
      keepName: keep.name,
      keepGridName: gridName(ctx, keep),
      dropId: drop.id,
      dropName: drop.name,
      dropGridName: gridName(ctx, drop),
      take: r.take,
      reason: r.reason,
      state: r.state,
      askedBy: r.asked_by_name,
      askedAt: r.asked_at.toISOString(),
      decidedBy: r.decided_by_name ?? '',
      isStale: r.state === 'asked' && !(isAsAsked(keep, r.keep_version) && isAsAsked(drop, r.drop_version)),
      canDecide: r.state === 'asked' && r.asked_by !== self && approves(keep) && approves(drop),
    })),
    total,
    next,
  }
}

const pageSize = 50
/** For so long those are shown that were decided. */
const decidedShown = 90 * dayLength
const isAsAsked = (side: store.Side, version: number) => side.state === 'live' && side.version === version
