import type { Asking } from '../../kernel/context.ts'
import { refuse } from '../../kernel/problems.ts'
import { reachOf } from '../reach.ts'
import { findVisible } from '../store/event.ts'

/** @throws not found where it is out of the caller's reach */
export async function mustSeeEvent(ctx: Asking, id: string): Promise<void> {
  if (!(await findVisible(ctx.tx, id, reachOf(ctx)))) refuse('event.not-found', 404)
}
