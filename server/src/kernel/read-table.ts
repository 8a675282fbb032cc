/** Rows of a .csv (UTF-8 or GB18030) or .xlsx that somebody sent. Formulas and bombs are refused, not run. */
import { parse } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import { read, utils, type WorkSheet } from '@e965/xlsx'
import { refuse } from './problems.ts'

const mostBytes = 20_000_000
const mostRows = 50_000
const mostUnpacked = 200_000_000

export interface Table {
  header: string[]
  rows: string[][]
}

export function readTable(fileName: string, bytes: Buffer): Table {
  if (bytes.length > mostBytes) refuse('file.too-large', 413, { most: mostBytes })
  const isZip = bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4]))
  const name = fileName.toLowerCase()
  if (name.endsWith('.xlsx') !== isZip || !/\.(xlsx|csv)$/.test(name)) refuse('file.type', 415)
  const cells = isZip ? readWorkbook(bytes) : readCsv(bytes)
  const [header, ...rows] = cells.filter((r) => r.some((c) => c.trim() !== ''))
  if (!header || rows.length === 0) return refuse('file.broken', 422)
  if (rows.length > mostRows) refuse('file.too-large', 413, { rows: mostRows })
  return { header, rows }
}

/** UTF-8 where it is valid, else GB18030. */
export function decodeText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return iconv.decode(bytes, 'gb18030')
  }
}

function readCsv(bytes: Buffer): string[][] {
  try {
    return parse(decodeText(bytes), { bom: true, relax_column_count: true, skip_empty_lines: true })
  } catch {
    return refuse('file.broken', 422)
  }
}

/** Sums the sizes a zip declares before anything is unpacked. */
function refuseBomb(bytes: Buffer): void {
  let total = 0
  for (
    let at = bytes.indexOf('PK\u0001\u0002', 0, 'latin1');
    at >= 0;
    at = bytes.indexOf('PK\u0001\u0002', at + 46, 'latin1')
  )
    total += bytes.readUInt32LE(at + 24)
  if (total > mostUnpacked) refuse('file.too-large', 413, { unpacked: total })
}

function readWorkbook(bytes: Buffer): string[][] {
  refuseBomb(bytes)
  let sheet: WorkSheet | undefined
  try {
    const book = read(bytes, { cellFormula: true, cellHTML: false, dense: false, sheetRows: mostRows + 2 })
    sheet = book.Sheets[book.SheetNames[0] ?? '']
  } catch {
    return refuse('file.broken', 422)
  }
  if (!sheet) return refuse('file.broken', 422)
  const formulas = Object.entries(sheet)
    .filter(([key, cell]) => !key.startsWith('!') && (cell as { f?: string }).f !== undefined)
    .map(([key]) => key)
  if (formulas.length > 0) refuse('file.formulas', 422, { cells: formulas.slice(0, 20) })
  return utils.sheet_to_json<string[]>(sheet, { header: 1, raw: false, defval: '' }).map((r) => r.map(String))
}
