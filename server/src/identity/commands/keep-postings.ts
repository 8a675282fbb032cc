/** Posts and departments: who serves where, in which role, from–to (requirement: the security administrator gives posts). */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/identity/contract'
import { isAdminKind } from '@fengge/domain/identity/roles'
import { takesTwoFor } from '@fengge/domain/identity/two-step'
import { addDays } from '@fengge/domain/kernel/time'
import { may, type Ctx, type Asking } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../../places/door.ts'
import { lockAccount } from '../store/accounts.ts'
import { changeDepartment, openDepartment } from '../departments.ts'
import { endPost, givePost } from '../posts.ts'
import * as store from '../store/postings.ts'
import type { AskedPost } from '../store/two-steps.ts'
import { askTwoStep } from './two-steps.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>

function ownPlace(ctx: Asking, placeId: string): void {
  const node = placeTree(ctx).get(placeId)
  if (!node || node.countyCode !== ctx.caller.countyCode) refuse('posting.place-unknown', 422)
}

async function askPost(ctx: Ctx, kind: 'post-give' | 'post-end', accountId: string, post: AskedPost) {
  await askTwoStep(ctx, kind, accountId, { post })
  return { state: 'asked' } as const
}

export async function givePosting(ctx: Ctx, ask: Ask<'givePosting'>): Reply<'givePosting'> {
  if (ask.accountId === ctx.caller.accountId) refuse('posting.self', 409)
  const role = (await store.findRole(ctx.tx, ask.roleCode)) ?? refuse('posting.role-unknown', 422)
  const account = await lockAccount(ctx.tx, ask.accountId)
  if (!account || account.county_code !== ctx.caller.countyCode) return refuse('not-found', 404)
  ownPlace(ctx, ask.placeId)
  if (ask.toOn !== null && ask.toOn < ask.fromOn) refuse('posting.dates', 422)
  const isHandler = ask.roleCode === 'handler' || ask.roleCode === 'department-head'
  if (isHandler !== (ask.departmentId !== null)) refuse('posting.department-needed', 422)
  if (ask.departmentId !== null) {
    const at = await store.findDepartmentPlace(ctx.tx, ask.departmentId)
    if (at !== ask.placeId) refuse('posting.department-elsewhere', 422)
  }
  // Whoever gives such a post alone could make a second administrator of himself.
  if (isAdminKind(role.kind)) return askPost(ctx, 'post-give', ask.accountId, ask)
  await givePost(ctx, ask.accountId, ask)
  return { state: 'done' }
}

export async function endPosting(ctx: Ctx, ask: Ask<'endPosting'>): Reply<'endPosting'> {
  const posting = (await store.lockPosting(ctx.tx, ask.id)) ?? refuse('not-found', 404)
  if (posting.account_id === ctx.caller.accountId) refuse('posting.self', 409)
  ownPlace(ctx, posting.place_id)
  // Ended on the day before it began, a post was never in force: so one given by mistake goes at once.
  if (ask.toOn < addDays(posting.from_on, -1)) refuse('posting.dates', 422)
  // An end may come sooner, never later: what is over is given anew.
  if (posting.to_on !== null && ask.toOn > posting.to_on) refuse('posting.dates', 422)
  const post = { id: ask.id, roleCode: posting.role_code, placeId: posting.place_id, fromOn: posting.from_on }
  if (isAdminKind(posting.role_kind)) return askPost(ctx, 'post-end', posting.account_id, { ...post, toOn: ask.toOn })
  await endPost(ctx, posting.account_id, ask)
  return { state: 'done' }
}

export async function saveDepartment(ctx: Ctx, ask: Ask<'saveDepartment'>): Reply<'saveDepartment'> {
  ownPlace(ctx, ask.placeId)
  const contains = placeTree(ctx).contains
  may(ctx, 'department.manage', ask.placeId, contains)
  // Whose it is already says who may change it; where it stands does not change.
  const known = await store.lockDepartment(ctx.tx, ask.id)
  if (known && known.county_code !== ctx.caller.countyCode) refuse('not-found', 404)
  if (known) may(ctx, 'department.manage', known.place_id, contains)
  const { id, name, kind, status } = ask
  if (takesTwoFor(known, ask)) {
    await askTwoStep(ctx, 'department', null, { department: { id, name, kind, status } })
    return { done: true, state: 'asked' }
  }
  if (known) await changeDepartment(ctx, { id, name, kind, status })
  else await openDepartment(ctx, ask)
  return { done: true, state: 'done' }
}
