/**
 * Whether a .docx or .xlsx that is kept as evidence carries what runs, fetches or swells: macros, controls, embedded
 * files, parts fetched from elsewhere, definitions of entities, names that lead out of the archive, bombs. Nobody
 * unpacks it here but to look; it is handed out as it came.
 */
import { inflate, listParts, type Part } from '../workbooks/zip-parts.ts'
import { refuse } from '../problems.ts'

const mostParts = 3000
const mostUnpacked = 150_000_000
/** What the pieces of a part share, and the longest that a tag may be. */
const overlap = 2000
const longestTag = 200_000
/** An entry of the list of contents takes this many bytes at least. */
const entrySize = 46
const endMark = Buffer.from([0x50, 0x4b, 5, 6])

const unsafeNames =
  /vbaproject|activex|oleobject|macrosheets?\/|embeddings\/|\.(?:exe|dll|js|vbs|bat|cmd|ps1|hta|scr|jar|zip)$/i
const outside = /(?:^|[\\/])\.\.(?:[\\/]|$)|^[\\/]|^[A-Za-z]:|\0/

/** @throws Refusal */
export async function judgeOffice(path: string, bytes: Buffer): Promise<void> {
  const end = bytes.lastIndexOf(endMark)
  if (end < 0 || end + 22 > bytes.length) refuse('file.broken', 422)
  if (bytes.readUInt32LE(end + 12) > mostParts * (entrySize + 300)) refuse('file.too-large', 413, { parts: mostParts })
  const parts = await listParts(path)
  if (parts.length > mostParts) refuse('file.too-large', 413, { parts: mostParts })
  if (!parts.some((p) => p.name === '[Content_Types].xml')) refuse('file.broken', 422)
  if (parts.some((p) => outside.test(p.name) || unsafeNames.test(p.name))) refuse('file.unsafe', 415)
  let left = mostUnpacked
  for (const part of parts) left -= await judgePart(path, part, left)
}

/** @returns how much the part swelled to */
async function judgePart(path: string, part: Part, most: number): Promise<number> {
  const isList = /\.rels$/i.test(part.name)
  const isRead = /\.(?:xml|rels|vml)$/i.test(part.name)
  let size = 0
  let tail = ''
  for await (const piece of inflate(path, part, most)) {
    size += piece.length
    if (!isRead) continue
    const text = tail + piece
    if (size === piece.length && /^[\0\uFFFD]|^.\0/.test(text)) refuse('file.unsafe', 415)
    if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) refuse('file.unsafe', 415)
    if (part.name === '[Content_Types].xml' && /macroEnabled|vnd\.ms-office\.vba/i.test(text))
      refuse('file.unsafe', 415)
    if (isList && hasForeignPart(text)) refuse('file.unsafe', 415)
    tail = text.slice(-overlap)
    if (!isList) continue
    // A tag may be cut anywhere; it is looked at whole.
    tail = text.slice(Math.max(0, text.lastIndexOf('<')))
    if (tail.length > longestTag) refuse('file.unsafe', 415)
  }
  return size
}

/** Links that a reader clicks are no parts; templates, pictures and data fetched on opening are. */
const hasForeignPart = (text: string) =>
  (text.match(/<(?:\w+:)?Relationship\b[^<>]*>/gi) ?? []).some(
    (tag) => /TargetMode\s*=\s*["']External/i.test(tag) && !/Type\s*=\s*["'][^"']*\/hyperlink["']/i.test(tag),
  )
