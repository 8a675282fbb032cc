/** The articles a county starts with; each names its source, and a county mends them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { Article } from '@fengge/domain/library/terms'
import type { Tx } from '../kernel/db/tx.ts'
import { freshId } from '../kernel/fresh-id.ts'
import { saveArticleRow } from './store.ts'

const file = join(import.meta.dirname, '../../data/articles.csv')
const Line = Article.pick({ kind: true, title: true, body: true, keywords: true, source: true, owner: true }).loose()

export async function saveReadyArticles(tx: Tx, county: string, validFrom: string): Promise<void> {
  const lines = z.array(Line).parse(parse(readFileSync(file, 'utf8'), { columns: true, bom: true }))
  for (const { kind, title, body, keywords, source, owner } of lines)
    await saveArticleRow(tx, county, {
      id: freshId(),
      kind,
      title,
      body,
      keywords,
      source,
      sourceUrl: '',
      owner,
      validFrom,
      validTo: null,
    })
}
