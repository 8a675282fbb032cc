/** Rows of a file as they stream by: CSV in UTF-8 or GB18030, and workbooks, of any length. */
import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { parse } from 'csv-parse'
import iconv from 'iconv-lite'
import { readTable } from '../../kernel/read-table.ts'
import { streamWorkbook } from '../../kernel/stream-workbook.ts'

const mostWhole = 1_500_000

/** Whether a file that is not valid UTF-8 in its first megabytes is read as GB18030. */
async function isUtf8(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { size } = await stat(path)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, 4_000_000)), 0)
    // The cut may fall within a sign: up to three bytes at the end may be incomplete.
    for (let cut = 0; cut < 4; cut++) {
      try {
        new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, bytesRead - (bytesRead < size ? cut : 0)))
        return true
      } catch {
        if (bytesRead === size) return false
      }
    }
    return false
  } finally {
    await file.close()
  }
}

/** Pages of rows. @throws Refusal when the file cannot be read at all. */
export async function* readRows(path: string, fileName: string, size = 2000): AsyncGenerator<string[][]> {
  if (fileName.toLowerCase().endsWith('.xlsx')) {
    // Small workbooks are read whole by a library that knows every corner of the format; large ones row by row.
    if ((await stat(path)).size > mostWhole) return yield* streamWorkbook(path, size)
    const { header, rows } = readTable(fileName, await readFile(path))
    yield [header, ...rows]
    return
  }
  const decoder = (await isUtf8(path)) ? 'utf8' : 'gb18030'
  const rows = createReadStream(path)
    .pipe(iconv.decodeStream(decoder))
    .pipe(
      parse({
        bom: true,
        relax_column_count: true,
        relax_quotes: true,
        skip_empty_lines: true,
        max_record_size: 200_000,
      }),
    )
  let page: string[][] = []
  for await (const row of rows as AsyncIterable<string[]>) {
    if (page.push(row) >= size) {
      yield page
      page = []
    }
  }
  if (page.length > 0) yield page
}
