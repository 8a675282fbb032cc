/** What happens to the articles of the library, as the journal keeps it. */
import { z } from 'zod'
import { recorded } from '../kernel/fact.ts'

export const articleSaved = recorded('article.saved', z.strictObject({ title: z.string() }))
