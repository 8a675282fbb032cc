/**
 * A table in a file: one row a line, as a JSON array of texts (null where there is nothing), packed by Zstandard. Its
 * digest is of the lines, not of how they were packed, so that it can be compared with what a database holds.
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'

/** What was written, or read. */
export interface Counted {
  readonly rows: number
  readonly sha256: string
}

/** Counts lines that pass. */
export class Count {
  #rows = 0
  readonly #hash = createHash('sha256')
  take(lines: readonly string[]): string {
    const text = lines.map((line) => `${line}\n`).join('')
    this.#rows += lines.length
    this.#hash.update(text)
    return text
  }
  result(): Counted {
    return { rows: this.#rows, sha256: this.#hash.digest('hex') }
  }
}

/** Counts without keeping. */
export async function countLines(pages: AsyncIterable<readonly string[]>): Promise<Counted> {
  const count = new Count()
  for await (const lines of pages) count.take(lines)
  return count.result()
}

/** Writes to the disk, not only to the system. */
export async function writeLines(path: string, pages: AsyncIterable<readonly string[]>): Promise<Counted> {
  const count = new Count()
  const texts = async function* () {
    for await (const lines of pages) yield count.take(lines)
  }
  await pipeline(Readable.from(texts()), createZstdCompress(), createWriteStream(path, { mode: 0o600, flags: 'wx' }))
  const file = await open(path)
  await file.sync().finally(() => file.close())
  return count.result()
}

const mostLines = 1000
const mostSigns = 4_000_000

/** Pages of lines. @throws where the file is broken */
export async function* readLines(path: string): AsyncGenerator<string[]> {
  const packed = createReadStream(path)
  const plain = createZstdDecompress()
  const broken = pipeline(packed, plain).then(
    () => undefined,
    (error: unknown) => error,
  )
  let page: string[] = []
  let signs = 0
  for await (const line of createInterface({ input: plain, crlfDelay: Infinity })) {
    page.push(line)
    signs += line.length
    if (page.length < mostLines && signs < mostSigns) continue
    yield page
    page = []
    signs = 0
  }
  const error = await broken
  if (error !== undefined) throw error as Error
  if (page.length > 0) yield page
}
