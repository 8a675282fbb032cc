/**
 * Pages of a table that somebody sent, within bars: rows, cells and signs are counted as they come, and a page is never
 * more than whoever takes it can take at once. Runs in a thread of its own (table-worker.ts).
 */
import { CsvError, parse } from 'csv-parse'
import iconv from 'iconv-lite'
import { openBytes, streamBytes, type Source } from '../file-bytes.ts'
import { refuse } from '../problems.ts'
import { encodingOf, separatorOf, type Encoding, type Separator } from './file-text.ts'
import { streamWorkbook } from './stream-workbook.ts'

export interface TableBars {
  readonly rows: number
  /** Of a row, without blank ones at its end. */
  readonly columns: number
  readonly cells: number
  /** Signs in all cells together. */
  readonly signs: number
  /** Bytes that the sheet of a workbook may swell to. */
  readonly unpacked: number
  /** Whether a formula is refused, and blank rows are left out; else a formula comes as `=formula` and rows keep their number. */
  readonly isWhole: boolean
}

/** The most of a page. */
const page = { rows: 2000, cells: 20_000, signs: 1_000_000 }

export async function* streamTable(source: Source, isXlsx: boolean, bars: TableBars): AsyncGenerator<string[][]> {
  const rows = isXlsx ? rowsOfWorkbook(source, bars) : rowsOfCsv(source, bars)
  const total = { rows: 0, cells: 0, signs: 0 }
  let held: string[][] = []
  let of = { cells: 0, signs: 0 }
  let at = 0
  for await (const whole of rows) {
    at++
    const row = withoutBlankEnd(whole)
    if (row.length > bars.columns) refuse('file.too-large', 413, { columns: bars.columns })
    if (bars.isWhole) {
      if (row.length === 0) continue
      if (isXlsx) refuseFormulas(row, at)
    }
    const signs = row.reduce((sum, c) => sum + c.length, 0)
    total.rows++
    total.cells += row.length
    total.signs += signs
    for (const what of ['rows', 'cells', 'signs'] as const)
      if (total[what] > bars[what]) refuse('file.too-large', 413, { [what]: bars[what] })
    of = { cells: of.cells + row.length, signs: of.signs + signs }
    if (held.push(row) < page.rows && of.cells < page.cells && of.signs < page.signs) continue
    yield held
    held = []
    of = { cells: 0, signs: 0 }
  }
  if (held.length > 0) yield held
}

/** A sheet may be drawn to its last column, and hold nothing there. */
function withoutBlankEnd(row: string[]): string[] {
  let length = row.length
  while (length > 0 && row[length - 1]!.trim() === '') length--
  return length === row.length ? row : row.slice(0, length)
}

function refuseFormulas(row: readonly string[], at: number): void {
  const cells = row.flatMap((cell, i) => (cell === '=formula' ? [`${columnName(i)}${at}`] : []))
  if (cells.length > 0) refuse('file.formulas', 422, { cells: cells.slice(0, 20) })
}

/** 0 → A, 27 → AB. */
const columnName = (i: number): string =>
  (i >= 26 ? columnName(Math.floor(i / 26) - 1) : '') + String.fromCharCode(65 + (i % 26))

async function* rowsOfWorkbook(source: Source, bars: TableBars): AsyncGenerator<string[]> {
  for await (const rows of streamWorkbook(source, { size: 100, most: bars.unpacked, hasTimes: bars.isWhole }))
    yield* rows
}

async function* rowsOfCsv(source: Source, bars: TableBars): AsyncGenerator<string[]> {
  const { encoding, delimiter } = await writingOf(source)
  const bytes = streamBytes(source)
  const rows = bytes.pipe(iconv.decodeStream(encoding)).pipe(
    parse({
      bom: true,
      delimiter,
      relax_column_count: true,
      relax_quotes: !bars.isWhole,
      skip_empty_lines: true,
      max_record_size: 200_000,
    }),
  )
  try {
    yield* rows as AsyncIterable<string[]>
  } catch (error) {
    // Its message holds what stands in the file, and goes nowhere.
    if (error instanceof CsvError) refuse('file.broken', 422)
    throw error
  } finally {
    bytes.destroy()
  }
}

/** How the first megabytes are written, and what parts their cells. */
async function writingOf(source: Source): Promise<{ encoding: Encoding; delimiter: Separator }> {
  const file = await openBytes(source)
  try {
    const head = await file.read(0, 4_000_000)
    const encoding = encodingOf(head, head.length < file.size) ?? refuse('file.encoding', 422)
    return { encoding, delimiter: separatorOf(iconv.decode(head.subarray(0, 100_000), encoding)) }
  } finally {
    await file.close()
  }
}
