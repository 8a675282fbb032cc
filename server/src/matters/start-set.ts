import { dayOf } from '@fengge/domain/kernel/time'
import { setStarted } from '@fengge/domain/matters/facts'
import type { Matter } from '@fengge/domain/matters/terms'
import type { Ctx } from '../kernel/context.ts'
import { readySet } from './ready-sets.ts'
import { insertMatter } from './store/matters.ts'

/** Puts a ready set in force from a day; used when a county is set up, and by its switch. */
export async function startSet(ctx: Ctx, code: string, from: string): Promise<Matter[]> {
  const matters = readySet(code, from, dayOf(ctx.now))
  for (const m of matters) await insertMatter(ctx.tx, ctx.caller.countyCode, m)
  ctx.tell(setStarted, { set: code, from, matters: matters.length })
  return matters
}
