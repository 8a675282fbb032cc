/**
 * One number is one person: whoever writes down a number that somebody has is stopped, told who of his own places has
 * it, and for all others only that somebody is known elsewhere; then he says that it is he, asks that desk, or that
 * this is another, whose number a desk compares. The stop tells what a question tells and counts as one; who has
 * asked enough today is not stopped, and doubles find the pair. Source: requirements.md R4, domain.md B7.
 */
import type { Values } from '@fengge/domain/registry/terms'
import type { Ctx } from '../kernel/context.ts'
import { refuse } from '../kernel/problems.ts'
import { findAlike, findElsewhere, readAsked } from './queries/alike.ts'
import { tellLikely } from './queries/find-likely.ts'
import { mayAsk } from './questions.ts'
import { noteSought } from './recusal/unseen.ts'

/** @param ownId the record that is written, which may have the number itself */
export async function stopSameNumber(ctx: Ctx, values: Values, ownId: string): Promise<void> {
  const asked = readAsked(ctx, { idNo: values['idNo'] ?? null, idKind: values['idKind'] ?? null })
  await noteSought(ctx, 'saveRecord', asked)
  if (asked.ids.length === 0 || !(await mayAsk(ctx, asked.numbers))) return
  const hasIt = (r: { readonly id: string; readonly id_index: string | null }) =>
    r.id !== ownId && r.id_index !== null && asked.ids.includes(r.id_index)
  const near = (await findAlike(ctx, asked)).filter(hasIt)
  const isElsewhere = (await findElsewhere(ctx, asked)).some(hasIt)
  if (near.length === 0 && !isElsewhere) return
  const likely = await tellLikely(
    ctx,
    near.map((row) => ({ row, reasons: ['same-id' as const] })),
  )
  refuse('record.same-number', 409, { likely, isElsewhere })
}
