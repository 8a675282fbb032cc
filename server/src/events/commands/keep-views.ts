/** Filters that people keep under a name. */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type * as promises from '@fengge/domain/events/contract/desk'
import { accountOf, type Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import * as store from '../store/views.ts'

type Ask<P extends keyof typeof promises> = AskOf<(typeof promises)[P]>
type Reply<P extends keyof typeof promises> = Promise<ReplyOf<(typeof promises)[P]>>
const most = 50

export async function saveView(ctx: Ctx, ask: Ask<'saveView'>): Reply<'saveView'> {
  const owner = ownerOf(ctx)
  if ((await store.countViews(ctx.tx, owner)) >= most) refuse('view.too-many', 409, { most })
  await store.saveView(ctx.tx, owner, ask)
  return { done: true }
}

export async function dropView(ctx: Ctx, ask: Ask<'dropView'>): Reply<'dropView'> {
  await store.dropView(ctx.tx, ownerOf(ctx), ask.id)
  return { done: true }
}

const ownerOf = ({ caller }: Ctx): store.Owner => ({ countyCode: caller.countyCode, accountId: accountOf(caller) })
