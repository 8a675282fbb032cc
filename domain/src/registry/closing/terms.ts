/** Words of what leaves the register and is nobody: a shop, a home, a building that is there no more. Source: requirements.md R2, R6. */
import { z } from 'zod'
import { Id } from '../../kernel/id.ts'
import { RecordKind } from '../terms.ts'

/** 歇业, 迁出, 拆除, 改建合并, 移走, 登记错误. */
export const ClosingKind = z.enum(['out-of-business', 'moved', 'demolished', 'rebuilt', 'removed', 'wrong'])
export type ClosingKind = z.infer<typeof ClosingKind>

/** open: it is gone. undone: it was a slip, or it is there again. */
export const ClosingState = z.enum(['open', 'undone'])
export type ClosingState = z.infer<typeof ClosingState>

export const Closing = z.strictObject({
  id: Id,
  recordId: Id,
  recordKind: RecordKind,
  name: z.string(),
  gridName: z.string().nullable(),
  kind: ClosingKind,
  /** The day from which it is counted no more. */
  onDay: z.string(),
  /** Rooms that went with their building. */
  rooms: z.int(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
  state: ClosingState,
  /** Until when it may be taken back by whoever writes there; the desk may always. */
  undoUntil: z.string(),
  can: z.array(z.enum(['reopen'])),
})
export type Closing = z.infer<typeof Closing>
