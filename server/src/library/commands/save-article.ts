/** An article is written or mended; whoever mends must have seen the last version. */
import { articleSaved } from '@fengge/domain/library/facts'
import type { saveArticle as promise } from '@fengge/domain/library/contract'
import { mostArticles, mostSigns, type Article } from '@fengge/domain/library/terms'
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import type { Ctx } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { mayForCounty } from '../../places/door.ts'
import { forgetShelf } from '../pages.ts'
import { countOthers, lockArticle, saveArticleRow } from '../store.ts'

export async function saveArticle(ctx: Ctx, ask: AskOf<typeof promise>): Promise<Article> {
  mayForCounty(ctx, 'library.edit')
  const { requestId: _requestId, version, ...said } = ask
  const article = { ...said, owner: said.owner ?? '' }
  if (article.validTo !== null && article.validTo < article.validFrom) refuse('article.dates', 422)
  const known = await lockArticle(ctx.tx, ctx.caller.countyCode, article.id)
  const last = known?.version ?? 0
  if (last !== version) refuse('article.stale', 409, { version: last })
  await checkRoom(ctx, article, known === undefined)
  await saveArticleRow(ctx.tx, ctx.caller.countyCode, article)
  forgetShelf(ctx)
  ctx.tell(articleSaved, { title: article.title }, article.id)
  return { ...article, version: version + 1 }
}

/** What is there already may be mended as long as all together has room. */
async function checkRoom(
  ctx: Ctx,
  { id, title, keywords, body }: Pick<Article, 'id' | 'title' | 'keywords' | 'body'>,
  isNew: boolean,
): Promise<void> {
  const others = await countOthers(ctx.tx, ctx.caller.countyCode, id)
  const signs = others.signs + `${title}${keywords}${body}`.length
  if (signs > mostSigns || (isNew && others.articles >= mostArticles)) refuse('library.full', 409)
}
