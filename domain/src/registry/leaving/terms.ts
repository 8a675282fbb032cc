/** Words of leaving: how somebody comes to be counted no more, and who saw it. Source: requirements.md R1, R2. */
import { z } from 'zod'
import { Id } from '../../kernel/id.ts'

/** What whoever knows the household may say: 搬走了, 去世了, 登记错了. */
export const saidLeavings = ['moved', 'died', 'wrong'] as const
export const SaidLeaving = z.enum(saidLeavings)
export type SaidLeaving = z.infer<typeof SaidLeaving>
/** And 依申请删除: agreed to by a second person at the person's own request. */
export const LeavingKind = z.enum([...saidLeavings, 'erased'])
export type LeavingKind = z.infer<typeof LeavingKind>

/** Who saw or said that somebody left. */
export const witnesses = ['self', 'family', 'neighbour', 'landlord', 'police', 'office'] as const
export const Witness = z.enum(witnesses)
export type Witness = z.infer<typeof Witness>

/** planned: he goes on a day that has not come. open: he is gone. undone: it was a slip. returned: he came back later. deleted: his term is over, nothing is left. */
export const LeavingState = z.enum(['planned', 'open', 'undone', 'returned', 'deleted'])
export type LeavingState = z.infer<typeof LeavingState>

export const Leaving = z.strictObject({
  id: Id,
  personId: Id,
  name: z.string(),
  gridName: z.string().nullable(),
  kind: LeavingKind,
  /** The day from which he is counted no more. */
  onDay: z.string(),
  /** `***` where it is known, to whoever may reveal it (`revealField`, field `toWhere`, of the latest): never the place itself. */
  toWhere: z.string(),
  seenBy: Witness,
  by: z.string(),
  at: z.string(),
  state: LeavingState,
  /** Until when it may be taken back by whoever serves there; the desk may until all is deleted. */
  undoUntil: z.string(),
  /** The day on which what is held of him is deleted. */
  keepUntil: z.string(),
  returnedOn: z.string().nullable(),
  /** `ask-undo`: two agreed to it, so that one asks and another agrees (`askErasure` with the aim `undo`). */
  can: z.array(z.enum(['undo', 'ask-undo', 'return'])),
})
export type Leaving = z.infer<typeof Leaving>
