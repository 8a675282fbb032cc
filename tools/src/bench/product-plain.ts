/** The product without its limiter and without rows of looks and refusals: what those two cost is the difference. */
import { serveMeasured } from './serve-measured.ts'

await serveMeasured((engine) => ({
  ...engine,
  limiter: { take: () => undefined, check: () => undefined },
  noteDown: async () => undefined,
}))
