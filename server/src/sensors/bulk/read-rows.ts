/** A table of devices, each row read: what it says of a device, or what is wrong with its cells. */
import { isDay, type Day } from '@fengge/domain/kernel/time'
import { latestDay } from '@fengge/domain/kernel/moments'
import { cleanText, countCharacters, normal } from '@fengge/domain/kernel/text'
import { findHeaderRow, matchHeader } from '@fengge/domain/registry/files/import-columns'
import { mostImported } from '@fengge/domain/sensors/contract'
import { sensorKinds, type SensorKind } from '@fengge/domain/sensors/terms'
import { sensorKindWords } from '@fengge/web/words/sensors.ts'
import { refuse } from '../../kernel/problems.ts'
import { inSlices } from '../../kernel/turns.ts'
import { mustBeTable, readRows } from '../../kernel/workbooks/read-table.ts'
import { columnNames, columns, type ColumnCode } from './columns.ts'

export interface CellFault {
  readonly column: string
  readonly fault: string
}
/** What a row says of a device; where it stands is looked up later. */
export interface Said {
  readonly kind: SensorKind
  readonly name: string
  readonly spot: string
  readonly building: { readonly estate: string; readonly no: string } | null
  readonly point: { readonly lng: number; readonly lat: number } | null
  /** By its name; empty where it says none. */
  readonly department: string
  readonly validTo: Day | null
}
export interface ReadRow {
  /** As it is numbered in the file, the first being 1. */
  readonly row: number
  readonly cells: readonly string[]
  readonly said: Said | undefined
  readonly faults: readonly CellFault[]
}
export interface ReadFile {
  readonly header: readonly string[]
  readonly rows: readonly ReadRow[]
}

/** Rows that are read in one turn, and the most that is looked at of a cell. */
const slice = 100
const mostSigns = 400
const mostColumns = 60
/** Titles above the header. */
const mostAbove = 8

/** @throws Refusal where it is no table, has no header, or nothing below it */
export async function readDevices(fileName: string, bytes: Buffer, today: Day): Promise<ReadFile> {
  mustBeTable(fileName, bytes)
  const table: string[][] = []
  for await (const page of readRows(bytes, fileName)) {
    for (const row of page) table.push(row.slice(0, mostColumns).map((cell) => cell.slice(0, mostSigns)))
    if (table.length > mostImported + mostAbove) refuse('file.too-large', 413, { rows: mostImported })
  }
  const head = findHeaderRow(table.slice(0, mostAbove), columns)
  const header = table[head] ?? refuse('import.no-header', 422)
  const at = new Map([...matchHeader(header, columns)].map(([i, column]) => [column.code as ColumnCode, i]))
  const rows = await inSlices(table.slice(head + 1), slice, (cells, i): ReadRow[] =>
    cells.every((c) => c.trim() === '') ? [] : [{ row: head + i + 2, cells, ...readRow(at, cells, today) }],
  )
  if (rows.flat().length === 0) refuse('file.empty', 422)
  return { header, rows: rows.flat() }
}

type Read = Pick<ReadRow, 'said' | 'faults'>

function readRow(at: ReadonlyMap<ColumnCode, number>, cells: readonly string[], today: Day): Read {
  const faults: CellFault[] = []
  const wrong = (code: ColumnCode, fault: string) => faults.push({ column: columnNames[code], fault })
  const text = (code: ColumnCode): string => {
    const cell = cells[at.get(code) ?? -1] ?? ''
    if (cell.startsWith('=') && cell.length > 1) wrong(code, 'file.formulas')
    return cleanText(normal(cell, 'NFKC'))
  }
  const line = (code: ColumnCode, most: number): string => {
    const found = text(code)
    if (found === '') wrong(code, 'value.required')
    if (countCharacters(found) > most) wrong(code, 'value.too-long')
    return found
  }
  const kind = kindNamed(line('kind', mostSigns))
  if (kind === undefined && !faults.some((f) => f.column === columnNames.kind)) wrong('kind', 'value.choice')
  const said = {
    name: line('name', 40),
    spot: line('spot', 80),
    ...readPlace(text, wrong),
    department: text('department'),
    validTo: readDay(text('validTo'), today, wrong),
  }
  return { said: kind === undefined || faults.length > 0 ? undefined : { kind, ...said }, faults }
}

const kindNamed = (text: string): SensorKind | undefined =>
  sensorKinds.find((kind) => [kind, ...sensorKindWords[kind]].some((n) => n.toLowerCase() === text.toLowerCase()))

type Wrong = (code: ColumnCode, fault: string) => void

/** A building by its estate and number, or a point; a building where both are given. */
function readPlace(text: (code: ColumnCode) => string, wrong: Wrong): Pick<Said, 'building' | 'point'> {
  const [estate, no] = [text('estate'), text('building')]
  if (estate !== '' && no !== '') return { building: { estate, no }, point: null }
  if (estate !== '' || no !== '') {
    wrong(estate === '' ? 'estate' : 'building', 'value.required')
    return { building: null, point: null }
  }
  const point = { lng: degrees(text('lng'), 180), lat: degrees(text('lat'), 90) }
  for (const code of ['lng', 'lat'] as const) if (Number.isNaN(point[code])) wrong(code, 'value.number')
  if (point.lng !== undefined && point.lat !== undefined)
    return { building: null, point: { lng: point.lng, lat: point.lat } }
  wrong('estate', 'sensor.nowhere')
  return { building: null, point: null }
}

function degrees(text: string, most: number): number | undefined {
  if (text === '') return undefined
  const found = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  return Math.abs(found) <= most ? found : Number.NaN
}

/** 2027-12-31, 2027/12/31, 2027年12月31日. */
function readDay(text: string, today: Day, wrong: Wrong): Day | null {
  if (text === '') return null
  const m = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text)
  const day = m ? `${m[1]}-${m[2]!.padStart(2, '0')}-${m[3]!.padStart(2, '0')}` : ''
  if (!isDay(day) || day > latestDay) wrong('validTo', 'value.day')
  else if (day < today) wrong('validTo', 'sensor.dates')
  return day
}
