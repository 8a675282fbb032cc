/** The articles a county starts with; each names its source, and a county mends them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { sql, run } from '../kernel/db/sql.ts'
import type { Tx } from '../kernel/db/tx.ts'
import { freshId } from '../kernel/fresh-id.ts'

export async function saveReadyArticles(tx: Tx, county: string, validFrom: string): Promise<void> {
  const rows: Record<string, string>[] = parse(
    readFileSync(join(import.meta.dirname, '../../data/articles.csv'), 'utf8'),
    { columns: true, bom: true },
  )
  for (const r of rows)
    await run(
      tx,
      sql`
        insert into library.article (county_code, id, kind, title, body, keywords, source, source_url, valid_from)
        values
          (${county}, ${freshId()}, ${r['kind']}, ${r['title']}, ${r['body']}, ${r['keywords']}, ${r['source']}, '', ${validFrom})
      `,
    )
}
