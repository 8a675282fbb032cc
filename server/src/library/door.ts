/** What higher floors may ask of the library. */
import type { Article } from '@fengge/domain/library/terms'
import { rowsOf, sql, type RawBuilder } from '../kernel/db/sql.ts'
import type { Reading } from '../kernel/db/tx.ts'

export function findRows(tx: Reading, county: string, rest: RawBuilder<unknown>): Promise<Article[]> {
  return rowsOf<Article>(
    tx,
    sql<Article>`
      select
        id, kind, title, body, keywords, source, source_url as "sourceUrl", valid_from as "validFrom",
        valid_to as "validTo", version
      from library.article
      where county_code = ${county} ${rest}
    `,
  )
}
/** Articles that hold on a day. */
export function listArticles(tx: Reading, county: string, day: string): Promise<Article[]> {
  return findRows(
    tx,
    county,
    sql`and valid_from <= ${day} and (valid_to is null or valid_to >= ${day}) order by kind, title limit 400`,
  )
}
export { saveReadyArticles } from './ready-articles.ts'
