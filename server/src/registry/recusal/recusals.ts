/**
 * Somebody who serves is kept from one person: asked by one, agreed to by another who stands above, for a stated reason and
 * until a day. He is not told; whoever he may not see is to him as nobody is. Source: docs/security.md, a violent husband.
 */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { recusalAgreed, recusalAsked, recusalRefused } from '@fengge/domain/registry/facts'
import {
  longestRecusal,
  type askRecusal as asking,
  type decideRecusal as deciding,
  type listRecusals as listing,
} from '@fengge/domain/registry/recusal/contract'
import { accountCalled, findCaller } from '../../identity/door.ts'
import { accountOf, postsWith, type Asking, type Ctx } from '../../kernel/context.ts'
import type { Ground } from '../../kernel/ground.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { dutiesOver, gridName, lockRecord, placeOf } from '../sight.ts'
import type { RecordRow } from '../store/records.ts'
import { within } from '../store/within.ts'
import * as store from './store.ts'

export async function askRecusal(ctx: Ctx, ask: AskOf<typeof asking>): Promise<ReplyOf<typeof asking>> {
  const person = await lockRecord(ctx, ask.personId, 'registry.correct')
  if (person.kind !== 'person') refuse('record.unknown', 404)
  const today = dayOf(ctx.now)
  if (ask.untilOn <= today || ask.untilOn > addDays(today, longestRecusal)) refuse('recusal.day', 422)
  const account = await accountCalled(ctx.tx, ctx.caller.countyCode, ask.login)
  if (!account) return refuse('recusal.account', 422)
  if (account.id === ctx.caller.accountId) refuse('recusal.own', 403)
  const { id, reason, untilOn, personId } = ask
  await store.addRecusal(ctx.tx, {
    county_code: ctx.caller.countyCode,
    id,
    person_id: personId,
    account_id: account.id,
    account_name: account.name,
    reason,
    until_on: untilOn,
    asked_by: accountOf(ctx.caller),
    asked_by_name: ctx.caller.name,
    asked_at: new Date(ctx.now),
  })
  ctx.tell(recusalAsked, { request: id, account: account.id, untilOn, reason }, personId, person.post)
  return { done: true }
}

export async function decideRecusal(
  engine: Pick<Ground, 'sessions'>,
  ctx: Ctx,
  ask: AskOf<typeof deciding>,
): Promise<ReplyOf<typeof deciding>> {
  const row = (await store.lockRecusal(ctx.tx, ctx.caller.countyCode, ask.id)) ?? refuse('record.unknown', 404)
  // Who is kept from somebody hears nothing of it.
  if (row.account_id === ctx.caller.accountId) refuse('record.unknown', 404)
  const person = await lockRecord(ctx, row.person_id, 'registry.approve')
  if (row.asked_by === ctx.caller.accountId) refuse('recusal.own', 403)
  if (row.state !== 'asked') refuse('recusal.decided', 409)
  const { isAgreed } = ask
  if (isAgreed) await refuseBelow(ctx, row.account_id, person.row)
  await store.saveDecision(ctx.tx, row, {
    isAgreed,
    by: accountOf(ctx.caller),
    byName: ctx.caller.name,
    at: new Date(ctx.now),
  })
  const { account_id: account, until_on: untilOn, reason } = row
  const fact = isAgreed ? recusalAgreed : recusalRefused
  ctx.tell(fact, { request: row.id, account, untilOn, reason }, row.person_id, person.post)
  ctx.afterCommit.push(() => engine.sessions.forget(account))
  return { done: true }
}

/**
 * Who serves over somebody is kept from him by one who stands above: two of one community blind no superior of theirs.
 * In a county nobody stands above its centre; there a second person decides.
 */
async function refuseBelow(ctx: Ctx, accountId: string, person: RecordRow): Promise<void> {
  const tree = placeTree(ctx)
  const lives = placeOf(person)
  const kept = (await findCaller(ctx.tx, accountId, ctx.now))?.posts.filter(
    (p) => lives !== null && tree.contains(p.placeId, lives),
  )
  const mine = postsWith(ctx.caller, 'registry.approve').map((p) => p.placeId)
  const isAbove = (over: string, place: string) =>
    tree.contains(over, place) && (over !== place || tree.get(over)?.tier === 'county')
  if (!(kept ?? []).every(({ placeId }) => mine.some((over) => isAbove(over, placeId)))) refuse('recusal.above', 403)
}

export async function listRecusals(ctx: Asking): Promise<ReplyOf<typeof listing>> {
  const self = accountOf(ctx.caller)
  const scopes = [within(ctx, 'registry.correct'), within(ctx, 'registry.approve')]
  const lists = await Promise.all(scopes.map((scope) => store.listRecusals(ctx.tx, scope, self)))
  const rows = [...new Map(lists.flat().map((row) => [row.id, row])).values()]
  if (rows.length > 0) ctx.look('registry.recusals-looked', ctx.caller.countyCode, { people: rows.length })
  return {
    recusals: rows.map((row) => ({
      id: row.id,
      personName: row.name,
      gridName: gridName(ctx, row),
      accountName: row.account_name,
      reason: row.reason,
      untilOn: row.until_on,
      state: row.state,
      isOver: row.until_on < dayOf(ctx.now),
      askedBy: row.asked_by_name,
      askedAt: row.asked_at.toISOString(),
      decidedBy: row.decided_by_name ?? '',
      canDecide: row.state === 'asked' && row.asked_by !== self && dutiesOver(ctx, row).duties.has('registry.approve'),
    })),
  }
}
