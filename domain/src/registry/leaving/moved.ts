/** What a leaving ended, to give it back exactly: stored beside it. */
import { z } from 'zod'
import { shaped } from '../../kernel/shape.ts'

export const Moved = z.strictObject({
  links: z.array(z.strictObject({ id: z.string(), isLead: z.boolean() })),
  overlays: z.array(z.string()),
  /** Members who head a house since its head left. */
  heads: z.array(z.string()),
})
export type Moved = z.infer<typeof Moved>

export const StoredMoved = shaped({ name: 'registry.leaving.moved', now: 1, schema: Moved, upcasts: {} })
