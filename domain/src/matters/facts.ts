/** What happens to the list of grid matters, as the journal keeps it. */
import { z } from 'zod'
import { recorded } from '../kernel/fact.ts'

export const matterSaved = recorded(
  'matter.saved',
  z.strictObject({ code: z.string(), validFrom: z.string(), validTo: z.string().nullable() }),
)
export const setStarted = recorded(
  'matter.set-started',
  z.strictObject({ set: z.string(), from: z.string(), matters: z.int() }),
)
export const setEnded = recorded(
  'matter.set-ended',
  z.strictObject({ set: z.string(), on: z.string(), matters: z.int() }),
)
