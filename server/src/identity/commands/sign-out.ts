/** A session ends where it stands; whoever holds its token is nobody from then on. */
import type { Asking } from '../../kernel/context.ts'
import { hashToken } from '../../kernel/sessions.ts'
import { dropSession } from '../store/sessions.ts'

export async function signOut(ctx: Asking, token: string | undefined): Promise<void> {
  if (token !== undefined) await ctx.apart((tx) => dropSession(tx, hashToken(token)))
}
