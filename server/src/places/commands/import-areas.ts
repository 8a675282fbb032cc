/** Imports official 12-digit area codes from CSV: all rows or none, every fault named by row and column (G1). */
import { parse } from 'csv-parse/sync'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { areaLevelOf, isAreaCode, parentAreaCode } from '@fengge/domain/kernel/place-code'
import { countCharacters } from '@fengge/domain/kernel/text'
import { dayOf } from '@fengge/domain/kernel/time'
import type { importAreas as promise } from '@fengge/domain/places/contract'
import { areasImported } from '@fengge/domain/places/facts'
import { postsWith, type Ctx, type Asking } from '../../kernel/context.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { refuse } from '../../kernel/problems.ts'
import { separatorOf } from '../../kernel/workbooks/file-text.ts'
import { listAreas, renameArea, saveAreas, type NewArea } from '../store/places.ts'
import { placeTree } from '../tree-in-force.ts'

interface Area {
  readonly row: number
  readonly code: string
  readonly name: string
  readonly level: string
  readonly parentCode: string
}
interface Fault {
  readonly row: number
  readonly column: string
  readonly problem: string
  readonly value: string
}
const levels = ['province', 'city', 'county', 'town', 'village']

export async function importAreas(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { areas, faults } = readAreas(ask.csv)
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
    (a) => !reach.some((r) => a.code.startsWith(r) || r.startsWith(a.code.replace(/0+$/, ''))),
  )
  return outside.map((a) => ({ row: a.row, column: 'code', problem: 'outside-reach', value: a.code }))
}

/** Reads the rows and names every fault of the file itself. */
export function readAreas(csv: string): { areas: Area[]; faults: Fault[] } {
  const file = (row: number, column: string, problem: string): { areas: Area[]; faults: Fault[] } => ({
    areas: [],
    faults: [{ row, column, problem, value: '' }],
  })
  let rows: string[][]
  try {
    rows = parse(csv, {
      bom: true,
      delimiter: separatorOf(csv.slice(0, 100_000)),
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    })
  } catch (error) {
    return file((error as { lines?: number }).lines ?? 1, '', 'broken-csv')
  }
  const header = rows[0]?.map((h) => h.toLowerCase()) ?? []
  const missing = columns.filter((c) => !header.includes(c))
  if (missing.length > 0) return { areas: [], faults: missing.flatMap((c) => file(1, c, 'missing-column').faults) }
  if (rows.length === 1) return file(1, '', 'no-rows')
  const faults: Fault[] = []
  const seen = new Set<string>()
  const areas = rows.slice(1).map((cells, i) => {
    const area = areaOf(cells, header, i + 2)
    const { row } = area
    if (cells.length !== header.length)
      faults.push({ row, column: '', problem: 'wrong-column-count', value: String(cells.length) })
    for (const { column, problem, value } of faultsOf(area, seen))
      faults.push({ row, column, problem, value: value.slice(0, 60) })
    seen.add(area.code)
    return area
  })
  return { areas, faults }
}

const columns = ['code', 'name', 'level', 'parent_code'] as const

function areaOf(cells: readonly string[], header: readonly string[], row: number): Area {
  const cell = (column: (typeof columns)[number]) => cells[header.indexOf(column)] ?? ''
  const name = cell('name').normalize('NFC')
  return { row, code: cell('code'), name, level: cell('level'), parentCode: cell('parent_code') }
}

/** What is wrong with one row by itself: at most one fault of its codes, and one of its name. */
function faultsOf(area: Area, seen: ReadonlySet<string>): Omit<Fault, 'row'>[] {
  const faults: Omit<Fault, 'row'>[] = []
  const wrong = codeFaultOf(area, seen)
  if (wrong) faults.push(wrong)
  // What was read in the wrong encoding is no name.
  if (/[\ufffd\ue000-\uf8ff]/.test(area.name)) faults.push({ column: 'name', problem: 'garbled', value: area.name })
  else if (area.name === '' || countCharacters(area.name) > 60)
    faults.push({ column: 'name', problem: 'wrong-name', value: area.name })
  return faults
}

function codeFaultOf(area: Area, seen: ReadonlySet<string>): Omit<Fault, 'row'> | undefined {
  if (!isAreaCode(area.code)) return { column: 'code', problem: 'unknown-code', value: area.code }
  if (seen.has(area.code)) return { column: 'code', problem: 'doubled', value: area.code }
  if (!levels.includes(area.level) || areaLevelOf(area.code) !== area.level)
    return { column: 'level', problem: 'wrong-level', value: area.level }
  if ((parentAreaCode(area.code) ?? '') !== area.parentCode)
    return { column: 'parent_code', problem: 'wrong-parent', value: area.parentCode }
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
