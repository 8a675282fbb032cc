/** `npx fengge ledgers compare`: two ledger files in, four CSV files out. Rows are numbered as in the files, 1 is the first data row. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { findColumns, findHeader, isNamesOnly, rowReader } from '@fengge/domain/registry/files/ledger-columns'
import { clusterLedger, linkLedgers } from '@fengge/domain/registry/linkage/link'
import { readRecord, type LedgerRow, type LinkRecord } from '@fengge/domain/registry/linkage/records'
import { spellName } from '@fengge/server/registry/spelling'
import { decodeText, separatorOf } from '@fengge/server/kernel/workbooks/file-text'
import { readTable } from '@fengge/server/kernel/workbooks/read-table'

export async function readLedger(file: string): Promise<LedgerRow[]> {
  const cells = extname(file).toLowerCase() === '.xlsx' ? await workbookCells(file) : csvCells(readFileSync(file))
  const at = findHeader(cells)
  if (at < 0) throw new Error(`${file}: no header with a name column (姓名) among the first rows`)
  const read = rowReader(findColumns(cells[at]!))
  const rows = cells.slice(at + 1).map(read)
  if (isNamesOnly(rows))
    process.stderr.write(`${file}: it holds names alone; many people share a name, so nobody is linked by it\n`)
  return rows
}

async function workbookCells(file: string): Promise<string[][]> {
  const { header, rows } = await readTable(file, readFileSync(file))
  return [header, ...rows]
}

function csvCells(bytes: Buffer): string[][] {
  const text = decodeText(bytes)
  const delimiter = separatorOf(text.slice(0, 100_000))
  // Without quotes a line is its cells; with them the parser decides.
  if (!text.includes('"'))
    return text
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/)
      .filter((line) => line !== '')
      .map((line) => line.split(delimiter))
  return parse(text, { bom: true, delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true })
}

export const readRecords = (rows: readonly LedgerRow[]): LinkRecord[] => rows.map((r) => readRecord(r, spellName))
const share = (p: number) => p.toFixed(6)

export async function compareLedgers(
  employerFile: string,
  rentalFile: string,
  out: string,
): Promise<Record<string, number>> {
  const employers = await readLedger(employerFile),
    rentals = await readLedger(rentalFile)
  const began = performance.now()
  const left = readRecords(employers),
    right = readRecords(rentals)
  const { links, doubtful, candidates } = linkLedgers(left, right)
  const clusters = clusterLedger(right)
  const ms = Math.round(performance.now() - began)
  const linkedA = new Set(links.map((l) => l.a)),
    linkedB = new Set(links.map((l) => l.b))
  mkdirSync(out, { recursive: true })
  const save = (name: string, lines: readonly string[]) => writeFileSync(join(out, name), `${lines.join('\n')}\n`)
  save('linked.csv', [
    'employer_row,rental_row,probability',
    ...links.toSorted((p, q) => p.a - q.a).map((l) => `${l.a + 1},${l.b + 1},${share(l.probability)}`),
  ])
  save('employer-only.csv', ['employer_row', ...employers.flatMap((_, i) => (linkedA.has(i) ? [] : [String(i + 1)]))])
  save('rental-only.csv', ['rental_row', ...rentals.flatMap((_, i) => (linkedB.has(i) ? [] : [String(i + 1)]))])
  save('many-rooms.csv', [
    'person,rental_row,probability',
    ...clusters.flatMap((c, i) => c.members.map((m) => `${i + 1},${m + 1},${share(c.probability)}`)),
  ])
  return {
    employers: employers.length,
    rentals: rentals.length,
    linked: links.length,
    sure: links.filter((l) => l.probability >= 0.99).length,
    toReview: doubtful.length,
    employerOnly: employers.length - links.length,
    rentalOnly: rentals.length - links.length,
    manyRooms: clusters.length,
    candidates,
    ms,
  }
}
