/**
 * The parts of a zip, each inflated as it is read. What a part swells to is counted, so that a bomb is refused while
 * it goes off; sizes that the archive declares are not believed.
 */
import { StringDecoder } from 'node:string_decoder'
import { createInflateRaw } from 'node:zlib'
import { openBytes, streamBytes, type FileBytes, type Source } from '../file-bytes.ts'
import { refuse } from '../problems.ts'

export interface Part {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly offset: number
}

const longestTail = 66_000,
  mostDirectory = 1_000_000,
  mostParts = 2000
const endMark = Buffer.from([0x50, 0x4b, 5, 6]),
  entryMark = 0x02014b50,
  zip64 = 0xffffffff
const entrySize = 46,
  localSize = 30

/** @throws Refusal when it is no zip */
export async function listParts(source: Source): Promise<Part[]> {
  const file = await openBytes(source)
  try {
    const directory = await readDirectory(file)
    const parts: Part[] = []
    for (let at = 0; at + entrySize <= directory.length && directory.readUInt32LE(at) === entryMark;) {
      const name = directory.readUInt16LE(at + 28),
        extra = directory.readUInt16LE(at + 30),
        comment = directory.readUInt16LE(at + 32)
      parts.push({
        name: directory.toString('utf8', at + entrySize, at + entrySize + name),
        method: directory.readUInt16LE(at + 10),
        packed: directory.readUInt32LE(at + 20),
        offset: await findBody(file, directory.readUInt32LE(at + 42)),
      })
      if (parts.length > mostParts) refuse('file.broken', 422)
      at += entrySize + name + extra + comment
    }
    return parts
  } finally {
    await file.close()
  }
}

async function readDirectory(file: FileBytes): Promise<Buffer> {
  const { size } = file
  const tail = await file.read(Math.max(0, size - longestTail), longestTail)
  const end = tail.lastIndexOf(endMark)
  if (end < 0 || end + 20 > tail.length) return refuse('file.broken', 422)
  const length = tail.readUInt32LE(end + 12),
    start = tail.readUInt32LE(end + 16)
  if (start === zip64 || length > mostDirectory || start + length > size) return refuse('file.broken', 422)
  return file.read(start, length)
}

/** Behind its local header, whose name and extra may be longer than the directory's. */
async function findBody(file: FileBytes, offset: number): Promise<number> {
  const local = await file.read(offset, localSize)
  if (local.length < localSize) return refuse('file.broken', 422)
  return offset + localSize + local.readUInt16LE(26) + local.readUInt16LE(28)
}

/** The text of a part in pieces, refused when it swells beyond `most` bytes. */
export async function* inflate(from: Source, part: Part, most: number): AsyncGenerator<string> {
  if (part.method !== 8 && part.method !== 0) refuse('file.broken', 422)
  const raw = streamBytes(from, part.offset, part.offset + Math.max(0, part.packed - 1))
  const source = part.method === 8 ? raw.pipe(createInflateRaw()) : raw
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
