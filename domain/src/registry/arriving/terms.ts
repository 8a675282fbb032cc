/** Words of arriving: somebody is said to have moved to another grid of the county. Source: requirements.md R2. */
import { z } from 'zod'
import { Id } from '../../kernel/id.ts'

/**
 * offered: the grid there looks. desk: nobody could tell the grid, or he was not found: a desk there decides. taken: he
 * lives there. closed: a desk gave it up. withdrawn: he lives elsewhere by now, or left the register.
 */
export const ArrivalState = z.enum(['offered', 'desk', 'taken', 'closed', 'withdrawn'])
export type ArrivalState = z.infer<typeof ArrivalState>

/** What the place there is told: who comes and where to. Where he comes from stands nowhere in it. */
export const Arrival = z.strictObject({
  id: Id,
  name: z.string(),
  /** As it was said: an estate, a building, a room. */
  toWhere: z.string(),
  /** The same without town and community, as a house is looked for. */
  address: z.string(),
  onDay: z.string(),
  /** Before which day the grid looks for him; with the desk, the day on which the grid had not answered. */
  dueOn: z.string().nullable().optional(),
  /** Waiting ones alone are listed. */
  state: ArrivalState.extract(['offered', 'desk']),
  gridId: Id.nullable(),
  gridName: z.string().nullable(),
  /** What the grid wrote that did not find him. */
  note: z.string(),
  can: z.array(z.enum(['take', 'decide'])),
})
export type Arrival = z.infer<typeof Arrival>
