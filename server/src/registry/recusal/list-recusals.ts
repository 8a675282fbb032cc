/** Who is kept from whom, of the people in reach: what waits first, the longest waiting before all. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Recusal, listRecusals as listing } from '@fengge/domain/registry/recusal/contract'
import { accountOf, type Asking } from '../../kernel/context.ts'
import { pageOf, readCursor } from '../../kernel/cursor.ts'
import { dutiesOver, gridName } from '../sight.ts'
import { within } from '../store/within.ts'
import * as store from './store.ts'

const pageSize = 50

export async function listRecusals(ctx: Asking, { after }: AskOf<typeof listing>): Promise<ReplyOf<typeof listing>> {
  const today = dayOf(ctx.now)
  const scopes = [within(ctx, 'registry.correct'), within(ctx, 'registry.approve')]
  const listed = { scopes, accountId: accountOf(ctx.caller), today }
  const mark = after === undefined ? undefined : markOf(after)
  const found = await store.listRecusals(ctx.tx, listed, { after: mark, size: pageSize + 1 })
  const { page, next } = pageOf(found, pageSize, (row) => [Number(row.waits), row.since, row.id])
  if (page.length > 0) ctx.look('registry.recusals-looked', ctx.caller.countyCode, { people: page.length })
  return { recusals: page.map((row) => viewRow(ctx, row, today)), ...(await store.countRecusals(ctx.tx, listed)), next }
}

function markOf(after: string): store.RecusalMark {
  const [waits, at, id] = readCursor(after, ['number', 'moment', 'id'])
  return { waits: waits === '1', at: new Date(at!), id: id! }
}

function viewRow(ctx: Asking, row: store.ListedRecusal, today: string): Recusal {
  const { duties } = dutiesOver(ctx, { ...row, id: row.person_id })
  const self = ctx.caller.accountId
  const isInForce = row.state === 'agreed' && row.until_on >= today
  return {
    id: row.id,
    personName: row.name,
    gridName: gridName(ctx, row),
    accountName: row.account_name,
    reason: row.reason,
    untilOn: row.until_on,
    state: row.state,
    isOver: row.until_on < today,
    askedBy: row.asked_by_name,
    askedAt: row.asked_at.toISOString(),
    decidedBy: row.decided_by_name ?? '',
    canDecide: row.state === 'asked' && row.asked_by !== self && duties.has('registry.approve'),
    lift: viewLift(row),
    canAskLift: isInForce && row.lift_by === null && duties.has('registry.correct'),
    canDecideLift: isInForce && row.lift_by !== null && row.lift_by !== self && duties.has('registry.approve'),
  }
}

function viewLift(row: store.ListedRecusal): Recusal['lift'] {
  if (row.lift_asked_at === null) return null
  return {
    reason: row.lift_reason ?? '',
    askedBy: row.lift_by_name ?? '',
    askedAt: row.lift_asked_at.toISOString(),
    decidedBy: row.lifted_by_name ?? '',
  }
}
