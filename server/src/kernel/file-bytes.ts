/** The bytes of a file that somebody sent, on the disk or in memory, read where they are wanted and no more of them. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { readSealed, SealedBytes, type SealedFile } from './sealing/sealed-file.ts'

/** A path, that of a sealed file with its keys, or the bytes themselves. */
export type Source = string | Uint8Array | SealedFile

export interface FileBytes {
  readonly size: number
  /** Up to `length` bytes from a place on; fewer where the file ends. */
  readonly read: (at: number, length: number) => Promise<Buffer>
  readonly close: () => Promise<void>
}

export async function openBytes(source: Source): Promise<FileBytes> {
  if (source instanceof Uint8Array) {
    const all = Buffer.from(source.buffer, source.byteOffset, source.byteLength)
    const read = async (at: number, length: number) => all.subarray(at, at + length)
    return { size: all.length, read, close: async () => undefined }
  }
  if (typeof source !== 'string') return SealedBytes.open(source)
  const file = await open(source)
  const { size } = await file.stat()
  return {
    size,
    read: async (at, length) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at)
      return buffer.subarray(0, bytesRead)
    },
    close: () => file.close(),
  }
}

const piece = 65_536

/** The bytes from a place on, as they stream by. @param end the last byte, counted in */
export function streamBytes(source: Source, start = 0, end = Number.MAX_SAFE_INTEGER): Readable {
  if (typeof source === 'string')
    return createReadStream(source, { start, ...(end === Number.MAX_SAFE_INTEGER ? {} : { end }) })
  if (!(source instanceof Uint8Array)) return Readable.from(readSealed(source, start, end), { objectMode: false })
  const pieces = function* () {
    for (let at = start; at < source.length && at <= end; at += piece)
      yield Buffer.from(source.subarray(at, Math.min(at + piece, end + 1)))
  }
  return Readable.from(pieces(), { objectMode: false })
}
