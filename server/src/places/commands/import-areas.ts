/** Imports official 12-digit area codes from CSV: all rows or none, every fault named by row and column (G1). */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { isAreaCode } from '@fengge/domain/kernel/place-code'
import { dayOf } from '@fengge/domain/kernel/time'
import type { importAreas as promise } from '@fengge/domain/places/contract'
import { areasImported } from '@fengge/domain/places/facts'
import { postsWith, type Ctx, type Asking } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { refuse } from '../../kernel/problems.ts'
import type { Prepared } from '../../kernel/run-call.ts'
import { levels, readAreas, type Area, type Fault, type ReadAreas } from '../area-files/read-areas.ts'
import { readAreasBeside } from '../area-files/read-beside.ts'
import { listAreas, renameArea, saveAreas, type NewArea } from '../store/places.ts'
import { placeTree } from '../tree-in-force.ts'

/** From a screen: the file is read beside the thread that serves. */
export const importSentAreas: Prepared<typeof promise, ReadAreas> = {
  prepare: (ctx, ask) => readAreasBeside(ctx.caller, ask.csv),
  command: takeAreas,
}

/** The same for whoever has the machine to himself. */
export const importAreas = (ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> =>
  takeAreas(ctx, ask, readAreas(ask.csv))

async function takeAreas(
  ctx: Ctx,
  ask: Pick<AskOf<typeof promise>, 'isTrial'>,
  { areas, faults }: ReadAreas,
): Promise<ReplyOf<typeof promise>> {
  const known = new Map((await listAreas(ctx.tx)).map((p) => [p.code, p]))
  const errors = [...faults, ...checkParents(areas, known), ...checkReach(ctx, areas)]
    .toSorted((a, b) => a.row - b.row)
    .slice(0, 500)
  const fresh = areas.filter((a) => !known.has(a.code))
  const renamed = areas.filter((a) => known.has(a.code) && known.get(a.code)!.name !== a.name)
  const counts = {
    added: fresh.length,
    renamed: renamed.length,
    unchanged: areas.length - fresh.length - renamed.length,
  }
  if (errors.length > 0)
    return ask.isTrial ? { ...counts, added: 0, renamed: 0, errors } : refuse('areas.rejected', 422, { errors })
  if (!ask.isTrial) await takeOver(ctx, fresh, renamed, known)
  return { ...counts, errors: [] }
}

/** A file tells nobody outside its county: an editor of one county may not write into another. */
function checkReach(ctx: Asking, areas: readonly Area[]): Fault[] {
  if (ctx.caller.kind === 'system') return []
  const tree = placeTree(ctx)
  const reach = postsWith(ctx.caller, 'net.import')
    .map((p) => tree.get(p.placeId)?.code ?? '?')
    .map((c) => c.replace(/(000000|0000|00)$/, ''))
  const outside = areas.filter(
    (a) => isAreaCode(a.code) && !reach.some((r) => a.code.startsWith(r) || r.startsWith(a.code.replace(/0+$/, ''))),
  )
  return outside.map((a) => ({ row: a.row, column: 'code', problem: 'outside-reach', value: a.code }))
}

function checkParents(areas: readonly Area[], known: ReadonlyMap<string, unknown>): Fault[] {
  const codes = new Set([...areas.map((a) => a.code), ...known.keys()])
  return areas
    .filter((a) => a.parentCode !== '' && isAreaCode(a.parentCode) && !codes.has(a.parentCode))
    .map((a) => ({ row: a.row, column: 'parent_code', problem: 'parent-missing', value: a.parentCode }))
}

async function takeOver(
  ctx: Ctx,
  fresh: readonly Area[],
  renamed: readonly Area[],
  known: ReadonlyMap<string, { id: string }>,
): Promise<void> {
  const ids = new Map([...known].map(([code, p]) => [code, p.id]))
  const added: NewArea[] = []
  // From the top down, so that a parent has its id before its children ask for it.
  for (const a of fresh.toSorted((x, y) => levels.indexOf(x.level) - levels.indexOf(y.level))) {
    const id = freshId(ctx.now)
    ids.set(a.code, id)
    const county_code = levels.indexOf(a.level) >= 2 ? a.code.slice(0, 6) : null
    const parent_id = ids.get(a.parentCode) ?? null
    added.push({ id, code: a.code, name: a.name, level: a.level, parent_id, county_code })
  }
  await saveAreas(ctx.tx, added, dayOf(ctx.now))
  for (const a of renamed) await renameArea(ctx.tx, known.get(a.code)!.id, a.name)
  ctx.tell(areasImported, { added: fresh.length, renamed: renamed.map((r) => r.code) })
}
