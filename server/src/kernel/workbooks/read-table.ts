/**
 * Rows of a .csv (file-text.ts) or .xlsx that somebody sent. Whatever it is, it is read in a thread of its own with
 * a memory of its own, within bars, and what comes of it arrives in pages: nobody waits for it. Formulas and bombs are
 * refused, not run.
 */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Source } from '../file-bytes.ts'
import { Refusal, refuse } from '../problems.ts'
import type { TableBars } from './stream-table.ts'
import type { TableSaid, TableTask } from './table-worker.ts'
import { openGate } from '../turns.ts'

export interface Table {
  header: string[]
  rows: string[][]
}

const mostBytes = 20_000_000
const mostRows = 50_000
/** A table that is held whole. */
const whole: TableBars = {
  rows: mostRows + 1,
  columns: 1000,
  cells: 1_000_000,
  signs: 20_000_000,
  unpacked: 200_000_000,
  isWhole: true,
}
/** A table as long as a county has people, taken page by page. */
const passing: TableBars = {
  rows: 1_000_000,
  columns: 1000,
  cells: 60_000_000,
  signs: 1_000_000_000,
  unpacked: 1_500_000_000,
  isWhole: false,
}

/** What a thread may hold. The bars keep it well below: a thread that runs over it may take the process with it. */
const resourceLimits = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 16, stackSizeMb: 2 }
/** The longest that a page may take, in milliseconds. */
const longest = 60_000
/** More than so many at a time wait for each other. */
const gate = openGate(3)

/** Names of tables that are read: Excel calls what it saves as Unicode text .txt. */
export const isTableName = (fileName: string): boolean => /\.(?:xlsx|csv|tsv|txt)$/i.test(fileName)
const isXlsx = (fileName: string) => fileName.toLowerCase().endsWith('.xlsx')

/** @throws Refusal where it is too large, or not what its name says */
export function mustBeTable(fileName: string, bytes: Buffer): void {
  if (bytes.length > mostBytes) refuse('file.too-large', 413, { most: mostBytes })
  const isZip = bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4]))
  if (isXlsx(fileName) !== isZip || !isTableName(fileName)) refuse('file.type', 415)
}

/** A small table as a whole, its first row that is not blank as the header. @throws Refusal */
export async function readTable(fileName: string, bytes: Buffer): Promise<Table> {
  mustBeTable(fileName, bytes)
  const cells: string[][] = []
  for await (const rows of readBeside({ source: bytes, isXlsx: isXlsx(fileName), bars: whole }))
    for (const r of rows) cells.push(r)
  const [header, ...rows] = cells
  if (!header || rows.length === 0) return refuse('file.empty', 422)
  return { header, rows }
}

/** A table of any length in pages; rows keep the number they have in the file. @throws Refusal when it cannot be read */
export const readRows = (source: Source, fileName: string): AsyncGenerator<string[][]> =>
  readBeside({ source, isXlsx: isXlsx(fileName), bars: passing })

async function* readBeside(workerData: TableTask): AsyncGenerator<string[][]> {
  const leave = await gate.enter()
  const worker = new Worker(new URL('./table-worker.ts', import.meta.url), { workerData, resourceLimits })
  // It may fail between two pages, when nobody waits for one.
  worker.on('error', () => undefined)
  try {
    for (;;) {
      worker.postMessage('more')
      const [said] = (await once(worker, 'message', { signal: AbortSignal.timeout(longest) })) as [TableSaid]
      if ('refused' in said) throw new Refusal(said.refused)
      if ('end' in said) return
      yield said.rows
    }
  } catch (error) {
    const isSpent = ['ERR_WORKER_OUT_OF_MEMORY', 'ABORT_ERR'].includes((error as { code?: string }).code ?? '')
    if (isSpent) refuse('file.too-large', 413)
    throw error
  } finally {
    leave()
    await worker.terminate()
  }
}
