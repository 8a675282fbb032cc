import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { dayOf } from '@fengge/domain/kernel/time'
import * as c from '@fengge/domain/matters/contract'
import { isInForce, judgeMatter, type Matter } from '@fengge/domain/matters/terms'
import type { Ctx, Asking } from '../kernel/context.ts'
import { sql } from '../kernel/db/sql.ts'
import { refuse } from '../kernel/problems.ts'
import type { Serve } from '../kernel/serve.ts'
import { startSet } from './door.ts'
import { setCodes, setSize } from './ready-sets.ts'
import { endSet, findMatter, findMatters, insertMatter, updateMatter } from './store.ts'

export function mattersRoutes(serve: Serve): void {
  serve.read(c.listMatters, listMatters)
  serve.write(c.saveMatter, saveMatter)
  serve.write(c.switchMatterSet, switchSet)
}

async function listMatters(ctx: Asking, ask: AskOf<typeof c.listMatters>): Promise<ReplyOf<typeof c.listMatters>> {
  const all = await findMatters(ctx.tx, ctx.caller.countyCode, sql`order by m.set_code, m.code, m.valid_from`)
  const today = dayOf(ctx.now)
  const sets = setCodes().map((code) => ({
    code,
    matters: setSize(code),
    inForce: all.filter((m) => m.setCode === code && isInForce(m, today)).length,
  }))
  return {
    matters: all.filter(
      (m) =>
        (ask.setCode === undefined || m.setCode === ask.setCode) && (ask.onlyInForce === 'no' || isInForce(m, today)),
    ),
    sets,
  }
}

async function saveMatter(ctx: Ctx, ask: AskOf<typeof c.saveMatter>): Promise<Matter> {
  const { requestId: _requestId, version, ...fields } = ask
  const known = await findMatter(ctx.tx, ctx.caller.countyCode, ask.id)
  if ((known?.version ?? 0) !== version) refuse('matter.stale', 409, { version: known?.version ?? 0 })
  const matter: Matter = {
    ...fields,
    setCode: known?.setCode ?? '',
    isReconstructed: known?.isReconstructed ?? false,
    version: version + 1,
  }
  const fault = judgeMatter(matter)
  if (fault) refuse(fault, 422)
  await (known ? updateMatter : insertMatter)(ctx.tx, ctx.caller.countyCode, matter).catch((error: unknown) => {
    if ((error as { constraint?: string }).constraint === 'matter_once_a_day') refuse('matter.overlap', 409)
    throw error
  })
  ctx.tell('matter.saved', { code: matter.code, validFrom: matter.validFrom, validTo: matter.validTo }, matter.id)
  return matter
}

async function switchSet(ctx: Ctx, ask: AskOf<typeof c.switchMatterSet>): Promise<{ done: true }> {
  if (!setCodes().includes(ask.setCode)) refuse('matter.set-unknown', 422)
  if (ask.isOn) {
    // A set that is in force stays as it is: rules and tasks name its matters.
    const isOn = (await findMatters(ctx.tx, ctx.caller.countyCode, sql`and m.set_code = ${ask.setCode}`)).some((m) =>
      isInForce(m, ask.on),
    )
    if (!isOn) await startSet(ctx, ask.setCode, ask.on)
    return { done: true }
  }
  const ended = await endSet(ctx.tx, ctx.caller.countyCode, ask.setCode, ask.on)
  ctx.tell('matter.set-ended', { set: ask.setCode, on: ask.on, matters: ended })
  return { done: true }
}
