/** Pages of a list: `after` is what the page before gave as `next`; null ends it. Nothing is cut between them. */
import { z } from 'zod'

export const After = z.string().max(200).optional()
export const Next = z.string().nullable()
