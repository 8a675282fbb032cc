/** Rows of a file of area codes, and every fault of the file itself, by row and column. Source: requirement G1. */
import { parse } from 'csv-parse/sync'
import { areaLevelOf, isAreaCode, parentAreaCode } from '@fengge/domain/kernel/place-code'
import { countCharacters, normal } from '@fengge/domain/kernel/text'
import { separatorOf } from '../../kernel/workbooks/file-text.ts'

export interface Area {
  readonly row: number
  readonly code: string
  readonly name: string
  readonly level: string
  readonly parentCode: string
}
export interface Fault {
  readonly row: number
  readonly column: string
  readonly problem: string
  readonly value: string
}
export interface ReadAreas {
  readonly areas: Area[]
  readonly faults: Fault[]
}
export const levels = ['province', 'city', 'county', 'town', 'village']
/** What is longer is neither a code nor a name, and nothing is asked of the rest of it. */
const mostSigns = 200

/** Reads the rows and names every fault of the file itself. */
export function readAreas(csv: string): ReadAreas {
  const file = (row: number, column: string, problem: string): ReadAreas => ({
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
  const cell = (column: (typeof columns)[number]) => (cells[header.indexOf(column)] ?? '').slice(0, mostSigns)
  const name = normal(cell('name'), 'NFC')
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
