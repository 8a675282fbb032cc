/** Imports official 12-digit area codes from CSV: all rows or none, every fault named by row and column (G1). */
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { isAreaCode, parentAreaCode } from '@fengge/domain/kernel/place-code'
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
  const errors = [...faults, ...checkParents(areas, known), ...checkReach(ctx, areas, known)]
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

/**
 * By the tree: what is known must lie in the caller's place, what is new under something that does. What stands above his
 * place may be in the file as it is, and keeps its name.
 */
function checkReach(ctx: Asking, areas: readonly Area[], known: ReadonlyMap<string, Known>): Fault[] {
  if (ctx.caller.kind === 'system') return []
  const tree = placeTree(ctx)
  const posts = postsWith(ctx.caller, 'net.import').filter((p) => p.departmentId === null)
  const isMine = (id: string) => posts.some((p) => tree.contains(p.placeId, id))
  const isAbove = (id: string) => posts.some((p) => tree.contains(id, p.placeId))
  const isOutside = ({ code, name }: Area) => {
    const here = known.get(code)
    if (here) return !isMine(here.id) && !(isAbove(here.id) && here.name === name)
    const above = nearestKnown(code, known)
    return above === undefined || !isMine(above.id)
  }
  const outside = areas.filter((a) => isAreaCode(a.code) && isOutside(a))
  return outside.map((a) => ({ row: a.row, column: 'code', problem: 'outside-reach', value: a.code }))
}

interface Known {
  readonly id: string
  readonly name: string
}

/** What an area that is not there yet will stand under, of what is there. */
function nearestKnown(code: string, known: ReadonlyMap<string, Known>): Known | undefined {
  for (let up = parentAreaCode(code); up !== undefined; up = parentAreaCode(up)) {
    const found = known.get(up)
    if (found) return found
  }
  return undefined
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
  known: ReadonlyMap<string, Known>,
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
  ctx.tell(areasImported, {
    added: fresh.length,
    renamed: renamed.map(({ code, name }) => ({ code, from: known.get(code)!.name, to: name })),
  })
}
