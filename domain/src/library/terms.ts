/** Words of the library: how-to, policy and templates, each with its source and until when it holds. Source: requirements.md K. */
import { z } from 'zod'
import { Id } from '../kernel/id.ts'

export const articleKinds = ['how-to', 'policy', 'template'] as const
export const Article = z.strictObject({
  id: Id,
  kind: z.enum(articleKinds),
  title: z.string(),
  body: z.string(),
  keywords: z.string(),
  source: z.string(),
  /** Whose the matter is, and who keeps the article true; empty of articles from before. */
  owner: z.string(),
  sourceUrl: z.string(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
  version: z.int(),
})
export type Article = z.infer<typeof Article>

/** So much a county keeps at the most, ended articles too: every phone holds what is in force, and every question goes through all. */
export const mostArticles = 1000
/** In signs, titles and keywords counted. */
export const mostSigns = 500_000
