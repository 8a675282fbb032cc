/** Articles by words, as the desk and the phone ask for them. */
import type { searchLibrary as promise } from '@fengge/domain/library/contract'
import { findArticles } from '@fengge/domain/library/find'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Asking } from '../kernel/context.ts'
import { holdsForCounty } from '../places/door.ts'
import { listAllArticles, listArticles } from './store.ts'

export async function searchLibrary(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const county = ctx.caller.countyCode
  const all =
    ask.all === 'yes' ? await listAllArticles(ctx.tx, county) : await listArticles(ctx.tx, county, dayOf(ctx.now))
  const ofKind = all.filter((a) => ask.kind === undefined || a.kind === ask.kind)
  return { articles: findArticles(ofKind, ask.text).slice(0, 200), mayEdit: holdsForCounty(ctx, 'library.edit') }
}
