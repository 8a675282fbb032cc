/** Articles as they are searched, kept from one question to the next and made anew when one was saved. */
import { pageOf, type Page } from '@fengge/domain/library/find'
import type { Article } from '@fengge/domain/library/terms'
import { dayOf } from '@fengge/domain/kernel/time'
import type { Asking, Ctx } from '../kernel/context.ts'
import { keptFor } from '../kernel/shelf.ts'
import { inSlices } from '../kernel/turns.ts'
import { listAllArticles } from './store.ts'

/** What another server saved is found within so many milliseconds. */
const shelves = keptFor<readonly Page<Article>[]>(30_000)

/** Of a county all articles, ended and coming ones too. */
export const allPages = (ctx: Asking): Promise<readonly Page<Article>[]> =>
  shelves.get(ctx, ctx.caller.countyCode, async () =>
    inSlices(await listAllArticles(ctx.tx, ctx.caller.countyCode), 50, pageOf),
  )

/** Those that hold today. */
export async function pagesToday(ctx: Asking): Promise<readonly Page<Article>[]> {
  const day = dayOf(ctx.now)
  const pages = await allPages(ctx)
  return pages.filter(({ a }) => a.validFrom <= day && (a.validTo === null || a.validTo >= day))
}

/** What is saved here is found here as soon as it is committed. */
export function forgetShelf(ctx: Ctx): void {
  ctx.afterCommit.push(() => shelves.forget(ctx, ctx.caller.countyCode))
}
