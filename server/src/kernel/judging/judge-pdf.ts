/**
 * Whether a PDF carries anything that runs, opens other things or hides: scripts, launches, forms that send, embedded
 * files. Names are found by any spelling (`/J#61vaScript` is `/JavaScript`), in the bytes as they stand and in object
 * streams; what cannot be looked into (encrypted, or object streams packed in another way than all programs do) is
 * refused. Left out: whether a reader of PDF has faults of its own. Nothing here holds up the event loop.
 */
import { setImmediate } from 'node:timers/promises'
import { createInflate } from 'node:zlib'
import { refuse } from '../problems.ts'

/** Kinds of action and of content; every script or file has one of them, whatever key it hangs on. */
const harmful: ReadonlySet<string> = new Set([
  'JavaScript',
  'Launch',
  'SubmitForm',
  'ImportData',
  'GoToR',
  'GoToE',
  'EmbeddedFile',
  'EmbeddedFiles',
  'FileAttachment',
  'RichMedia',
  'RichMediaExecute',
  'Rendition',
  'Movie',
  'XFA',
  'Encrypt',
])

const pieceSize = 128 * 1024
/** No name of interest is longer, however it is spelt. */
const overlap = 256
/** What the streams that are no pictures may swell to together. */
const mostUnpacked = 100_000_000
const longestDictionary = 4096
/** A file of twenty megabytes has some thousands. */
const mostStreams = 50_000

/** @throws Refusal */
export async function judgePdf(bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; at += pieceSize) {
    refuseHarm(bytes.toString('latin1', Math.max(0, at - overlap), at + pieceSize))
    await setImmediate()
  }
  let left = mostUnpacked
  let count = 0
  for (const stream of streamsOf(bytes)) {
    if (++count > mostStreams) refuse('file.too-large', 413, { streams: mostStreams })
    const filters = filtersOf(stream.dictionary)
    if (isObjectStream(stream.dictionary) && !isPlain(stream.dictionary, filters)) refuse('file.unsafe', 415)
    if (filters === 'FlateDecode' && !isPicture(stream.dictionary))
      left -= await judgeUnpacked(bytes.subarray(stream.start, stream.end), left)
  }
}

/** Letters of a name may be written as `#` and two hexadecimal digits. */
const spell = (name: string) =>
  name.replaceAll(/#([0-9a-fA-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)))

function refuseHarm(text: string): void {
  for (const [, name = ''] of text.matchAll(/\/([^\s\0()<>[\]{}/%]{2,100})/g))
    if (harmful.has(name.includes('#') ? spell(name) : name)) refuse('file.unsafe', 415)
  if (/\/(?:J|#4[aA])(?:S|#53)\s*[(<]/.test(text)) refuse('file.unsafe', 415)
}

interface PdfStream {
  readonly dictionary: string
  readonly start: number
  readonly end: number
}

function* streamsOf(bytes: Buffer): Generator<PdfStream> {
  let end = 0
  for (let at = bytes.indexOf('stream'); at >= 0; at = bytes.indexOf('stream', at + 6)) {
    const eol = bytes[at + 6] === 13 && bytes[at + 7] === 10 ? 2 : 1
    const isBegin = bytes[at + 6] === 10 || bytes[at + 6] === 13
    if (!isBegin || bytes.toString('latin1', Math.max(0, at - 3), at) === 'end') continue
    const start = at + 6 + eol
    // Where one that begins within another ends is known already.
    if (end < start) end = bytes.indexOf('endstream', start)
    if (end < 0) end = bytes.length
    yield { dictionary: dictionaryBefore(bytes, at), start, end }
  }
}

function dictionaryBefore(bytes: Buffer, at: number): string {
  const text = bytes.toString('latin1', Math.max(0, at - longestDictionary), at)
  const begin = [...text.matchAll(/\d\s+obj\b/g)].at(-1)?.index ?? 0
  return spell(text.slice(begin))
}

const isObjectStream = (dictionary: string) => /\/(?:ObjStm|First)\b/.test(dictionary)
const isPicture = (dictionary: string) => /\/Subtype\s*\/Image\b/.test(dictionary) && !isObjectStream(dictionary)

/** The one filter of a stream, nothing, or all that stands there. */
function filtersOf(dictionary: string): string {
  const given = /\/Filter\s*(\[[^\]]*\]?|\/[A-Za-z0-9]+|[^/>]+)/.exec(dictionary)?.[1] ?? ''
  return given.replaceAll(/[[\]/]/g, ' ').trim()
}

const isPlain = (dictionary: string, filters: string) =>
  (filters === '' || filters === 'FlateDecode') &&
  !dictionary.includes('/DecodeParms') &&
  !/\/(?:F|DP)\b/.test(dictionary)

/** Reads what a stream unpacks to, as far as it can be unpacked. @returns how much that was */
async function judgeUnpacked(packed: Buffer, most: number): Promise<number> {
  const unpack = createInflate()
  unpack.end(packed)
  let size = 0
  let tail = ''
  try {
    for await (const piece of unpack as AsyncIterable<Buffer>) {
      size += piece.length
      if (size > most) refuse('file.too-large', 413, { unpacked: mostUnpacked })
      const text = tail + piece.toString('latin1')
      refuseHarm(text)
      tail = text.slice(-overlap)
    }
  } catch (error) {
    // What comes behind a fault no reader of PDF gets to see either.
    if (!(error as { code?: string }).code?.startsWith('Z_')) throw error
  }
  return size
}
