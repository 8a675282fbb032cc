/** Articles of a county in the database. */
import { mostArticles, type Article } from '@fengge/domain/library/terms'
import { rowOf, rowsOf, rowWritten, run, sql } from '../kernel/db/sql.ts'
import type { Reading, Row, Tx } from '../kernel/db/tx.ts'

const columns = sql`
  id, kind, title, body, keywords, source, source_url as "sourceUrl", owner, valid_from as "validFrom", valid_to as "validTo",
  version
`

/** Articles that hold on a day. */
export function listArticles(reading: Reading, county: string, day: string): Promise<Article[]> {
  return rowsOf<Article>(
    reading,
    sql`
      select ${columns}
      from library.article
      where county_code = ${county} and valid_from <= ${day} and (valid_to is null or valid_to >= ${day})
      order by kind, title
      limit ${mostArticles}
    `,
  )
}

/** All of them, past and coming ones too, for whoever keeps them. */
export function listAllArticles(reading: Reading, county: string): Promise<Article[]> {
  return rowsOf<Article>(
    reading,
    sql`select ${columns} from library.article where county_code = ${county} order by kind, title limit ${mostArticles}`,
  )
}

export function lockArticle(
  tx: Tx,
  county: string,
  id: string,
): Promise<Pick<Row<'library.article'>, 'version'> | undefined> {
  return rowWritten(
    tx,
    sql<Pick<Row<'library.article'>, 'version'>>`
      select version from library.article where county_code = ${county} and id = ${id} for update
    `,
  )
}

/** How many other articles a county has, and how many signs are in them. */
export async function countOthers(
  reading: Reading,
  county: string,
  id: string,
): Promise<{ articles: number; signs: number }> {
  const row = await rowOf(
    reading,
    sql<{ articles: number; signs: number }>`
      select
        count(*)::int as articles,
        coalesce(sum(char_length(title) + char_length(keywords) + char_length(body)), 0)::int as signs
      from library.article
      where county_code = ${county} and id <> ${id}
    `,
  )
  return row!
}

/** Adds an article, or puts a later version in its place. */
export async function saveArticleRow(tx: Tx, county: string, a: Omit<Article, 'version'>): Promise<void> {
  await run(
    tx,
    sql`
      insert into library.article (
          county_code, id, kind, title, body, keywords, source, source_url, owner, valid_from, valid_to
        )
      values
        (
          ${county}, ${a.id}, ${a.kind}, ${a.title}, ${a.body}, ${a.keywords}, ${a.source}, ${a.sourceUrl}, ${a.owner},
          ${a.validFrom}, ${a.validTo}
        )
      on conflict (county_code, id) do update
      set
        kind = excluded.kind, title = excluded.title, body = excluded.body, keywords = excluded.keywords,
        source = excluded.source, source_url = excluded.source_url, owner = excluded.owner, valid_from = excluded.valid_from,
        valid_to = excluded.valid_to, version = library.article.version + 1
    `,
  )
}
