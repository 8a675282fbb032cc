/** Articles by words, as the desk and the phone ask for them. */
import type { searchLibrary as promise } from '@fengge/domain/library/contract'
import { findAmong } from '@fengge/domain/library/find'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { Asking } from '../kernel/context.ts'
import { holdsForCounty } from '../places/door.ts'
import { allPages, pagesToday } from './pages.ts'

export async function searchLibrary(ctx: Asking, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const mayEdit = holdsForCounty(ctx, 'library.edit')
  const pages = await (ask.all === 'yes' && mayEdit ? allPages(ctx) : pagesToday(ctx))
  const ofKind = pages.filter(({ a }) => ask.kind === undefined || a.kind === ask.kind)
  return { articles: findAmong(ofKind, ask.text).slice(0, 200), mayEdit }
}
