/**
 * The text of a file as somebody's program wrote it: UTF-8 with or without its mark, UTF-16 either way round, or GB18030
 * (GBK), cells parted by commas, semicolons or tabs. Where it cannot be told, it is said, and nothing garbled is taken.
 */
import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { refuse } from '../problems.ts'

export type Encoding = 'utf8' | 'utf-16le' | 'utf-16be' | 'gb18030'

const begins = (bytes: Buffer, ...mark: number[]) => mark.every((byte, i) => bytes[i] === byte)

/**
 * @param isCut whether the file goes on behind these bytes, so that their end may fall within a sign
 * @returns undefined where the bytes are no text in any of these encodings
 */
export function encodingOf(bytes: Buffer, isCut = false): Encoding | undefined {
  if (begins(bytes, 0xef, 0xbb, 0xbf)) return 'utf8'
  if (begins(bytes, 0xff, 0xfe)) return 'utf-16le'
  if (begins(bytes, 0xfe, 0xff)) return 'utf-16be'
  // No other text has zeros; in UTF-16 separators and digits have one each, always on the same side.
  if (bytes.includes(0)) return wideOf(bytes)
  for (let cut = 0; cut < (isCut ? 4 : 1); cut++) if (isUtf8(bytes.subarray(0, bytes.length - cut))) return 'utf8'
  return isReadable(iconv.decode(bytes, 'gb18030'), isCut) ? 'gb18030' : undefined
}

function wideOf(bytes: Buffer): Encoding | undefined {
  const zeros = [0, 0]
  for (const [i, byte] of bytes.entries()) if (byte === 0) zeros[i % 2]!++
  const [even = 0, odd = 0] = zeros
  if (odd > 0 && even === 0) return 'utf-16le'
  return even > 0 && odd === 0 ? 'utf-16be' : undefined
}

/** Signs that stand for nothing are none that somebody wrote. */
const isReadable = (text: string, isCut: boolean): boolean =>
  !/[\ufffd\ue000-\uf8ff\u0080-\u009f]/.test(isCut ? text.slice(0, -2) : text)

/** The whole text without its mark. @throws Refusal where it cannot be read */
export function decodeText(bytes: Buffer): string {
  const encoding = encodingOf(bytes) ?? refuse('file.encoding', 422)
  return iconv.decode(bytes, encoding)
}

const separators = [',', ';', '\t'] as const
export type Separator = (typeof separators)[number]

/** What parts the cells: what most of the first lines have, and as many of. A comma where there is none. */
export function separatorOf(head: string): Separator {
  const lines = head
    .replaceAll(/"(?:[^"]|"")*"/g, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 20)
  const weigh = (separator: Separator) => {
    const counts = lines.map((line) => line.split(separator).length - 1)
    const usual = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0
    return usual * 1000 + counts.filter((n) => n === usual && n > 0).length
  }
  return separators.toSorted((a, b) => weigh(b) - weigh(a))[0]!
}
