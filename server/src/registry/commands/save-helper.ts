/** One of a team of helpers: who, as what, from when to when (R3). */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import type { saveHelper as promise } from '@fengge/domain/registry/care/contract'
import { dayOf } from '@fengge/domain/kernel/time'
import { helperSaved } from '@fengge/domain/registry/facts'
import { z } from 'zod'
import type { Ctx } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { refuse } from '../../kernel/problems.ts'
import { lockCare } from '../care/lock-care.ts'
import { helperAt, listHelpers, saveHelperRow, type HelperRow } from '../store/care-teams.ts'

export async function saveHelper(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { overlay, post } = await lockCare(ctx, ask.overlayId)
  if (ask.toOn !== null && ask.toOn < ask.fromOn) refuse('care.dates', 422)
  const county = ctx.caller.countyCode
  const row = {
    id: ask.id,
    overlay_id: overlay.id,
    role: ask.role,
    sealed: sealedName(ctx, ask.id, ask),
    from_on: ask.fromOn,
    to_on: ask.toOn,
  }
  const former = (await listHelpers(ctx.tx, county, [overlay.id])).find((h) => h.id === ask.id)
  const changed = former === undefined ? [] : await keepFormer(ctx, former, row)
  if (!(await saveHelperRow(ctx.tx, county, row))) refuse('record.unknown', 404)
  ctx.tell(helperSaved, { changed }, overlay.person_id, post ?? null)
  return { done: true }
}

const Said = z.object({ name: z.string(), contact: z.string() })
const sealedName = (ctx: Ctx, id: string, { name, contact }: z.output<typeof Said>): string =>
  ctx.sealer.seal(JSON.stringify({ name, contact }), helperAt(id))

/** Somebody else in his place makes him one who helped until today: who helped is not written over. @returns what changed */
async function keepFormer(ctx: Ctx, former: HelperRow, now: HelperRow): Promise<string[]> {
  const was = Said.parse(JSON.parse(ctx.sealer.open(former.sealed, helperAt(former.id))))
  const will = Said.parse(JSON.parse(ctx.sealer.open(now.sealed, helperAt(now.id))))
  if (was.name !== will.name) {
    const id = freshId(ctx.now)
    const today = dayOf(ctx.now)
    const until = former.to_on ?? (today < former.from_on ? former.from_on : today)
    const kept = { ...former, id, sealed: sealedName(ctx, id, was), to_on: until }
    await saveHelperRow(ctx.tx, ctx.caller.countyCode, kept)
  }
  return [
    ...(['name', 'contact'] as const).filter((field) => was[field] !== will[field]),
    ...(['role', 'from_on', 'to_on'] as const).filter((field) => former[field] !== now[field]),
  ]
}
