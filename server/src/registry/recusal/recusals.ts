/**
 * Somebody who serves is kept from one person: asked by one, agreed to by another who stands above, for a stated reason and
 * until a day. He is not told; whoever he may not see is to him as nobody is. Source: docs/security.md, a violent husband.
 */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { addDays, dayOf, startOf } from '@fengge/domain/kernel/time'
import { recusalAgreed, recusalAsked, recusalRefused } from '@fengge/domain/registry/facts'
import {
  longestRecusal,
  recusalQuota,
  type askRecusal as asking,
  type decideRecusal as deciding,
} from '@fengge/domain/registry/recusal/contract'
import { accountCalled, findCaller } from '../../identity/door.ts'
import { accountOf, postsWith, type Ctx } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import type { Ground } from '../../kernel/ground.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { lockRecord, placeOf } from '../sight.ts'
import type { RecordRow } from '../store/records.ts'
import * as store from './store.ts'

export async function askRecusal(ctx: Ctx, ask: AskOf<typeof asking>): Promise<ReplyOf<typeof asking>> {
  const person = await lockRecord(ctx, ask.personId, 'registry.correct')
  if (person.kind !== 'person') refuse('record.unknown', 404)
  await holdQuota(ctx)
  const today = dayOf(ctx.now)
  if (ask.untilOn <= today || ask.untilOn > addDays(today, longestRecusal)) refuse('recusal.day', 422)
  const account = await accountAsked(ctx, ask.login, person.row)
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

/** Who floods the list hides what waits in it. */
export async function holdQuota(ctx: Ctx): Promise<void> {
  const since = new Date(startOf(dayOf(ctx.now)))
  const made = await store.countAsked(ctx.tx, ctx.caller.countyCode, accountOf(ctx.caller), since)
  if (made >= recusalQuota) refuse('recusal.quota', 429, { quota: recusalQuota })
}

/**
 * Who serves over the person or in the asker's places is named. Which logins there are elsewhere is told to nobody: it may
 * be asked for all the same, before she goes where he serves, and whoever decides it knows whether there is one.
 */
async function accountAsked(ctx: Ctx, login: string, person: RecordRow): Promise<{ id: string; name: string }> {
  const account = await accountCalled(ctx.tx, ctx.caller.countyCode, login)
  const posts = account ? ((await findCaller(ctx.tx, account.id, ctx.now))?.posts ?? []) : []
  const tree = placeTree(ctx)
  const lives = placeOf(person)
  const mine = postsWith(ctx.caller, 'registry.correct').map((p) => p.placeId)
  const isNear = posts.some(
    ({ placeId }) =>
      (lives !== null && tree.contains(placeId, lives)) || mine.some((own) => tree.contains(own, placeId)),
  )
  return account && isNear ? account : { id: account?.id ?? freshId(ctx.now), name: login }
}

export async function decideRecusal(
  engine: Pick<Ground, 'sessions'>,
  ctx: Ctx,
  ask: AskOf<typeof deciding>,
): Promise<ReplyOf<typeof deciding>> {
  const row = await lockFor(ctx, ask.id)
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
    from: highestOver(ctx, person.row),
  })
  const fact = isAgreed ? recusalAgreed : recusalRefused
  ctx.tell(fact, toldOf(row, row.reason), row.person_id, person.post)
  ctx.afterCommit.push(() => engine.sessions.forget(row.account_id))
  return { done: true }
}

/** One of them; who is kept from somebody hears nothing of it. */
export async function lockFor(ctx: Ctx, id: string): Promise<store.RecusalRow> {
  const row = await store.lockRecusal(ctx.tx, ctx.caller.countyCode, id)
  return row && row.account_id !== ctx.caller.accountId ? row : refuse('record.unknown', 404)
}

export const toldOf = (row: store.RecusalRow, reason: string) => ({
  request: row.id,
  account: row.account_id,
  untilOn: row.until_on,
  reason,
})

/**
 * Who serves over somebody is kept from him, and let to him again, by one who stands above: two of one community blind no
 * superior of theirs. In a county nobody stands above its centre; there a second person decides.
 */
export async function refuseBelow(ctx: Ctx, accountId: string, person: RecordRow): Promise<void> {
  const tree = placeTree(ctx)
  const lives = placeOf(person)
  const found = await findCaller(ctx.tx, accountId, ctx.now)
  const posts = found?.posts ?? []
  const over = posts.filter((p) => lives !== null && tree.contains(p.placeId, lives))
  const kept = over.length > 0 ? over : posts
  const mine = postsWith(ctx.caller, 'registry.approve').map((p) => p.placeId)
  const isAbove = (own: string, place: string) =>
    tree.contains(own, place) && (own !== place || tree.get(own)?.tier === 'county')
  // That there is no such account is for the county to say: below it, a login that is answered otherwise is one elsewhere.
  if (!found && mine.some((own) => tree.get(own)?.tier === 'county')) refuse('recusal.account', 422)
  if (!found || !kept.every(({ placeId }) => mine.some((own) => isAbove(own, placeId)))) refuse('recusal.above', 403)
}

/** The highest place over somebody from which the caller decides. */
function highestOver(ctx: Ctx, person: RecordRow): string | null {
  const tree = placeTree(ctx)
  const lives = placeOf(person)
  const mine = postsWith(ctx.caller, 'registry.approve').map((p) => p.placeId)
  const over = mine.filter((place) => lives !== null && tree.contains(place, lives))
  return over.find((place) => over.every((other) => tree.contains(place, other))) ?? null
}

/** What one who stood there agreed to, who stands below does not end; where it is not known, that is for the county. */
export function refuseBelowDecider(ctx: Ctx, decidedFrom: string | null): void {
  const tree = placeTree(ctx)
  const mine = postsWith(ctx.caller, 'registry.approve').map((p) => p.placeId)
  const isUp = mine.some((own) =>
    decidedFrom === null ? tree.get(own)?.tier === 'county' : tree.contains(own, decidedFrom),
  )
  if (!isUp) refuse('recusal.above', 403)
}
