import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import * as c from '@fengge/domain/library/contract'
import type { Article } from '@fengge/domain/library/terms'
import { findArticles } from '@fengge/domain/library/find'
import { articleSaved } from '@fengge/domain/library/facts'
import type { Ctx, Asking } from '../kernel/context.ts'
import { sql, run } from '../kernel/db/sql.ts'
import { refuse } from '../kernel/problems.ts'
import type { Serve } from '../kernel/serve.ts'
import { findRows, listArticles } from './door.ts'

export function libraryRoutes(serve: Serve): void {
  serve.read(c.searchLibrary, search)
  serve.write(c.saveArticle, save)
}

async function search(ctx: Asking, ask: AskOf<typeof c.searchLibrary>): Promise<ReplyOf<typeof c.searchLibrary>> {
  const all =
    ask.all === 'yes'
      ? await findRows(ctx.tx, ctx.caller.countyCode, sql`order by kind, title limit 1000`)
      : await listArticles(ctx.tx, ctx.caller.countyCode, dayOf(ctx.now))
  return {
    articles: findArticles(
      all.filter((a) => ask.kind === undefined || a.kind === ask.kind),
      ask.text,
    ).slice(0, 200),
  }
}

async function save(ctx: Ctx, ask: AskOf<typeof c.saveArticle>): Promise<Article> {
  const { requestId: _requestId, ...a } = ask
  if (a.validTo !== null && a.validTo < a.validFrom) refuse('article.dates', 422)
  const [known] = await findRows(ctx.tx, ctx.caller.countyCode, sql`and id = ${a.id} for update`)
  if ((known?.version ?? 0) !== a.version) refuse('article.stale', 409, { version: known?.version ?? 0 })
  await run(
    ctx.tx,
    sql`
      insert into
        library.article (county_code, id, kind, title, body, keywords, source, source_url, valid_from, valid_to)
      values
        (${ctx.caller.countyCode}, ${a.id}, ${a.kind}, ${a.title}, ${a.body}, ${a.keywords}, ${a.source}, ${a.sourceUrl}, ${a.validFrom}, ${a.validTo})
      on conflict (county_code, id) do update
      set
        kind = excluded.kind, title = excluded.title, body = excluded.body, keywords = excluded.keywords,
        source = excluded.source, source_url = excluded.source_url, valid_from = excluded.valid_from,
        valid_to = excluded.valid_to, version = library.article.version + 1
    `,
  )
  ctx.tell(articleSaved, { title: a.title }, a.id)
  return { ...a, version: a.version + 1 }
}
