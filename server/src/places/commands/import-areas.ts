/** Imports official 12-digit area codes from CSV: all rows or none, every fault named by row and column (G1). */
import { parse } from 'csv-parse/sync'
import type { AskOf, ReplyOf } from '@fengge/domain/kernel/endpoint'
import { areaLevelOf, isAreaCode, parentAreaCode } from '@fengge/domain/kernel/place-code'
import { dayOf } from '@fengge/domain/kernel/time'
import type { importAreas as promise } from '@fengge/domain/places/contract'
import { areasImported } from '@fengge/domain/places/facts'
import { postsWith, type Ctx, type Asking } from '../../kernel/context.ts'
import { rowsOf, sql, run } from '../../kernel/db/sql.ts'
import { freshId } from '../../kernel/fresh-id.ts'
import { refuse } from '../../kernel/problems.ts'
import { placeTree } from '../door.ts'

interface Area {
  row: number
  code: string
  name: string
  level: string
  parentCode: string
}
interface Fault {
  row: number
  column: string
  problem: string
  value: string
}
const levels = ['province', 'city', 'county', 'town', 'village']

export async function importAreas(ctx: Ctx, ask: AskOf<typeof promise>): Promise<ReplyOf<typeof promise>> {
  const { areas, faults } = readAreas(ask.csv)
  const known = new Map(
    (
      await rowsOf<{ code: string; name: string; id: string }>(
        ctx.tx,
        sql`select code, name, id from places.place where valid_to is null and length(code) = 12`,
      )
    ).map((p) => [p.code, p]),
  )
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
  if (!ask.isTrial) await saveAreas(ctx, fresh, renamed, known)
  return { ...counts, errors: [] }
}

/** A file tells nobody outside its county: an editor of one county may not write into another. */
function checkReach(ctx: Asking, areas: readonly Area[]): Fault[] {
  if (ctx.caller.kind === 'system') return []
  const tree = placeTree()
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
  const faults: Fault[] = []
  let rows: string[][]
  try {
    rows = parse(csv, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true })
  } catch (error) {
    return {
      areas: [],
      faults: [{ row: (error as { lines?: number }).lines ?? 1, column: '', problem: 'broken-csv', value: '' }],
    }
  }
  const header = rows[0]?.map((h) => h.toLowerCase()) ?? []
  const at = {
    code: header.indexOf('code'),
    name: header.indexOf('name'),
    level: header.indexOf('level'),
    parent: header.indexOf('parent_code'),
  }
  const missing = Object.entries(at).filter(([, i]) => i < 0)
  if (missing.length > 0)
    return {
      areas: [],
      faults: missing.map(([column]) => ({
        row: 1,
        column: column === 'parent' ? 'parent_code' : column,
        problem: 'missing-column',
        value: '',
      })),
    }
  const seen = new Set<string>()
  const areas = rows.slice(1).map((r, i) => {
    const area: Area = {
      row: i + 2,
      code: r[at.code] ?? '',
      name: (r[at.name] ?? '').normalize('NFC'),
      level: r[at.level] ?? '',
      parentCode: r[at.parent] ?? '',
    }
    const fault = (column: string, problem: string, value: string) =>
      faults.push({ row: area.row, column, problem, value: value.slice(0, 60) })
    if (r.length !== header.length) fault('', 'wrong-column-count', String(r.length))
    if (!isAreaCode(area.code)) fault('code', 'unknown-code', area.code)
    else if (seen.has(area.code)) fault('code', 'doubled', area.code)
    else if (!levels.includes(area.level) || areaLevelOf(area.code) !== area.level)
      fault('level', 'wrong-level', area.level)
    else if ((parentAreaCode(area.code) ?? '') !== area.parentCode)
      fault('parent_code', 'wrong-parent', area.parentCode)
    if (area.name === '' || [...area.name].length > 60) fault('name', 'wrong-name', area.name)
    seen.add(area.code)
    return area
  })
  if (areas.length === 0) faults.push({ row: 1, column: '', problem: 'no-rows', value: '' })
  return { areas, faults }
}

function checkParents(areas: readonly Area[], known: ReadonlyMap<string, unknown>): Fault[] {
  const codes = new Set([...areas.map((a) => a.code), ...known.keys()])
  return areas
    .filter((a) => a.parentCode !== '' && isAreaCode(a.parentCode) && !codes.has(a.parentCode))
    .map((a) => ({ row: a.row, column: 'parent_code', problem: 'parent-missing', value: a.parentCode }))
}

async function saveAreas(
  ctx: Ctx,
  fresh: readonly Area[],
  renamed: readonly Area[],
  known: ReadonlyMap<string, { id: string }>,
): Promise<void> {
  const ids = new Map([...known].map(([code, p]) => [code, p.id]))
  const rows = fresh
    .toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))
    .map((a) => {
      const id = freshId(ctx.now)
      ids.set(a.code, id)
      const county = levels.indexOf(a.level) >= 2 ? a.code.slice(0, 6) : null
      return {
        id,
        code: a.code,
        name: a.name,
        level: a.level,
        parent_id: ids.get(a.parentCode) ?? null,
        county_code: county,
      }
    })
  for (let i = 0; i < rows.length; i += 5000) {
    await run(
      ctx.tx,
      sql`
        insert into places.place (id, code, name, level, parent_id, county_code, valid_from)
        select id, code, name, level, parent_id, county_code, ${dayOf(ctx.now)}::date
        from
          jsonb_to_recordset(${JSON.stringify(rows.slice(i, i + 5000))}::jsonb) as r (id uuid, code text, name text, level text, parent_id uuid, county_code char(6))
      `,
    )
  }
  for (const a of renamed)
    await run(
      ctx.tx,
      sql`
        update places.place
        set name = ${a.name}, version = version + 1
        where id = ${known.get(a.code)!.id}
      `,
    )
  ctx.tell(areasImported, { added: fresh.length, renamed: renamed.map((r) => r.code) })
}
