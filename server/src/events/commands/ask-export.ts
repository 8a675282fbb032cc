/** Asks for an export of events: what, and what for. A short one is agreed to by that, a long one by somebody else. */
import { eventExportLimit, type askEventExport as promise } from '@fengge/domain/events/contract/exports'
import { eventExportAsked } from '@fengge/domain/events/facts'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayLength } from '@fengge/domain/kernel/time'
import { accountOf, postsWith, type Ctx, type Post } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { mostAsked } from '../../kernel/db/asked-list.ts'
import { placeTree } from '../../places/door.ts'
import { countFiltered } from '../queries/export-events.ts'
import { countAsked, saveExport } from '../store/exports.ts'

/** When an export that is agreed to now is gone. */
export const expiryAfter = (now: number): Date => new Date(now + 7 * dayLength)

/** The place for which it is asked, and so who may agree: one that holds all places that the filter reaches. */
function placeOf(ctx: Ctx, posts: readonly Post[]): { post: Post; placeId: string } {
  const { contains, ancestor } = placeTree(ctx)
  const [first] = posts
  if (!first) return refuse('not-allowed', 403)
  const post = posts.find((p) => posts.every((other) => contains(p.placeId, other.placeId)))
  const placeId = post?.placeId ?? ancestor(first.placeId, 'county')?.id ?? first.placeId
  return { post: post ?? first, placeId }
}

export async function askExport(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { post, placeId } = placeOf(ctx, postsWith(ctx.caller, 'event.export'))
  const rows = await countFiltered(ctx, ask.filter)
  const state = rows <= eventExportLimit ? 'approved' : 'asked'
  if ((await countAsked(ctx.tx, ctx.caller.countyCode, accountOf(ctx.caller))) >= mostAsked)
    refuse('export.too-many', 409)
  const filter = Object.fromEntries(Object.entries(ask.filter).map(([field, value]) => [field, String(value)]))
  await saveExport(ctx.tx, ctx.caller.countyCode, {
    id: ask.id,
    filter,
    place_id: placeId,
    purpose: ask.purpose,
    rows,
    state,
    account_id: accountOf(ctx.caller),
    account_name: ctx.caller.name,
    asked_at: new Date(ctx.now),
    expires_at: state === 'approved' ? expiryAfter(ctx.now) : null,
  })
  ctx.tell(eventExportAsked, { rows, purpose: ask.purpose }, ask.id, post)
  return { state, rows }
}
