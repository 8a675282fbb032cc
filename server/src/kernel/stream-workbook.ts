/**
 * The first sheet of a large .xlsx, row by row, in bounded memory: the archive is inflated as it is read, and what
 * it swells to is counted, so that a bomb is refused while it goes off. A formula comes as `=`, never run.
 */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { StringDecoder } from 'node:string_decoder'
import { createInflateRaw } from 'node:zlib'
import { refuse } from './problems.ts'

const mostSheet = 1_500_000_000,
  mostShared = 300_000_000,
  mostRow = 2_000_000

interface Part {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly offset: number
}

async function listParts(path: string): Promise<Part[]> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const tail = Buffer.alloc(Math.min(size, 66_000))
    await file.read(tail, 0, tail.length, size - tail.length)
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
    if (end < 0) return refuse('file.broken', 422)
    const [length, start] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)]
    if (start === 0xffffffff || length > 20_000_000 || start + length > size) refuse('file.broken', 422)
    const directory = Buffer.alloc(length)
    await file.read(directory, 0, length, start)
    const parts: Part[] = []
    for (let at = 0; at + 46 <= length && directory.readUInt32LE(at) === 0x02014b50;) {
      const [name, extra, comment] = [
        directory.readUInt16LE(at + 28),
        directory.readUInt16LE(at + 30),
        directory.readUInt16LE(at + 32),
      ]
      const local = Buffer.alloc(30)
      const offset = directory.readUInt32LE(at + 42)
      await file.read(local, 0, 30, offset)
      parts.push({
        name: directory.toString('utf8', at + 46, at + 46 + name),
        method: directory.readUInt16LE(at + 10),
        packed: directory.readUInt32LE(at + 20),
        offset: offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28),
      })
      at += 46 + name + extra + comment
    }
    return parts
  } finally {
    await file.close()
  }
}

/** The text of a part in pieces, refused when it swells beyond `most` bytes. */
async function* inflate(path: string, part: Part, most: number): AsyncGenerator<string> {
  const raw = createReadStream(path, { start: part.offset, end: part.offset + Math.max(0, part.packed - 1) })
  const source = part.method === 8 ? raw.pipe(createInflateRaw()) : part.method === 0 ? raw : refuse('file.broken', 422)
  const decoder = new StringDecoder('utf8')
  let size = 0
  try {
    for await (const piece of source as AsyncIterable<Buffer>) {
      size += piece.length
      if (size > most) refuse('file.too-large', 413, { unpacked: most })
      yield decoder.write(piece)
    }
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('Z_')) refuse('file.broken', 422)
    throw error
  } finally {
    raw.destroy()
  }
}

/** Elements of one name, each as its whole text. */
async function* elements(pieces: AsyncIterable<string>, name: string): AsyncGenerator<string> {
  const first = new RegExp(`<${name}[\\s>/]`)
  let rest = ''
  for await (const piece of pieces) {
    rest += piece
    for (;;) {
      const start = rest.search(first)
      if (start < 0) {
        rest = rest.slice(-name.length - 2)
        break
      }
      const close = rest.indexOf('>', start)
      if (close >= 0 && rest[close - 1] === '/') {
        rest = rest.slice(close + 1)
        continue
      }
      const end = rest.indexOf(`</${name}>`, start)
      if (end < 0) {
        if (rest.length - start > mostRow) refuse('file.broken', 422)
        rest = rest.slice(start)
        break
      }
      yield rest.slice(start, end)
      rest = rest.slice(end + name.length + 3)
    }
  }
}

const signs: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const plain = (text: string) =>
  text.replace(/&(#x?[\da-f]+|[a-z]+);/gi, (whole, code: string) =>
    code.startsWith('#')
      ? String.fromCodePoint(
          Math.min(0x10ffff, Number(code[1]?.toLowerCase() === 'x' ? `0${code.slice(1)}` : code.slice(1)) || 32),
        )
      : (signs[code] ?? whole),
  )
const textOf = (xml: string) =>
  plain(
    [...xml.replaceAll(/<rPh[\s\S]*?<\/rPh>/g, '').matchAll(/<t(?:\s[^>]*)?>([\s\S]*?)<\/t>/g)]
      .map((m) => m[1])
      .join(''),
  )

async function whole(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

/** Which cell styles show a day: built-in formats, and own ones that spell year, month and day. */
function dayStyles(xml: string): Set<number> {
  const own = new Set(
    [...xml.matchAll(/<numFmt\s[^>]*numFmtId="(\d+)"[^>]*formatCode="([^"]*)"/g)]
      .filter((m) => /[yY年].*[mM月]|[mM月].*[dD日]/.test(m[2]!))
      .map((m) => Number(m[1])),
  )
  const isDay = (id: number) =>
    own.has(id) || (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)
  const formats = [...(/<cellXfs[\s\S]*?<\/cellXfs>/.exec(xml)?.[0] ?? '').matchAll(/<xf\s[^>]*numFmtId="(\d+)"/g)]
  return new Set(formats.flatMap((m, i) => (isDay(Number(m[1])) ? [i] : [])))
}

const columnOf = (name: string) => [...name].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) - 1
const dayOf = (serial: number) => new Date(Math.round((serial - 25_569) * 86_400_000)).toISOString().slice(0, 10)

/** Rows of the first sheet in pages. */
export async function* streamWorkbook(path: string, size = 2000): AsyncGenerator<string[][]> {
  const parts = await listParts(path)
  const sheet =
    parts
      .filter((p) => /^xl\/worksheets\/[^/]+\.xml$/.test(p.name))
      .toSorted((a, b) => a.name.length - b.name.length || (a.name < b.name ? -1 : 1))[0] ?? refuse('file.broken', 422)
  const shared: string[] = []
  const strings = parts.find((p) => p.name === 'xl/sharedStrings.xml')
  if (strings) for await (const si of elements(inflate(path, strings, mostShared), 'si')) shared.push(textOf(si))
  const styles = parts.find((p) => p.name === 'xl/styles.xml')
  const days = styles ? dayStyles(await whole(inflate(path, styles, 20_000_000))) : new Set<number>()
  let page: string[][] = []
  for await (const row of elements(inflate(path, sheet, mostSheet), 'row')) {
    if (page.push(readRow(row, shared, days)) < size) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}

function readRow(xml: string, shared: readonly string[], days: ReadonlySet<number>): string[] {
  const cells: string[] = []
  let next = 0
  for (const [, attributes = '', body = ''] of xml.matchAll(/<c((?:\s[^>]*?)?)(?:\/>|>([\s\S]*?)<\/c>)/g)) {
    const reference = /\sr="([A-Z]{1,3})\d+"/.exec(attributes)?.[1]
    const at = reference === undefined ? next : columnOf(reference)
    if (at > 16_383) refuse('file.broken', 422)
    while (cells.length < at) cells.push('')
    cells[at] = readCell(attributes, body, shared, days)
    next = at + 1
  }
  return cells
}

function readCell(attributes: string, body: string, shared: readonly string[], days: ReadonlySet<number>): string {
  if (/<f[\s>/]/.test(body)) return '=formula'
  const type = /\st="(\w+)"/.exec(attributes)?.[1]
  if (type === 'inlineStr') return textOf(body)
  const value = plain(/<v(?:\s[^>]*)?>([\s\S]*?)<\/v>/.exec(body)?.[1] ?? '')
  if (type === 's') return shared[Number(value)] ?? ''
  if (type === 'b') return value === '1' ? '是' : '否'
  if (type === undefined && value !== '' && days.has(Number(/\ss="(\d+)"/.exec(attributes)?.[1] ?? -1)))
    return dayOf(Number(value))
  return type === undefined && /^-?\d+(\.\d+)?E\+?\d+$/i.test(value) ? String(BigInt(Math.round(Number(value)))) : value
}
