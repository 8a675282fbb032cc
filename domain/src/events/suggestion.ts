/** What is suggested for a report, each with its reason: labels, earlier reports that may be the same, departments. */
import { z } from 'zod'
import { Id } from '../kernel/id.ts'
import { EventStatus } from './terms.ts'

/** A category that is likelier than that is taken without being chosen; of a less likely one a person says whether it is. */
export const sureEnough = 0.5

export const Suggestion = z.strictObject({
  categories: z.array(z.strictObject({ code: z.string(), share: z.number(), words: z.array(z.string()) })),
  topics: z.array(z.strictObject({ label: z.string(), share: z.number(), words: z.array(z.string()) })),
  duplicates: z.array(
    z.strictObject({
      id: Id,
      no: z.string(),
      title: z.string(),
      score: z.number(),
      reasons: z.array(z.string()),
      status: EventStatus,
    }),
  ),
  departments: z.array(z.strictObject({ id: Id, name: z.string(), reason: z.string() })),
})
export type Suggestion = z.infer<typeof Suggestion>
