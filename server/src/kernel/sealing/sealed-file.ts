/**
 * A file that is sealed while it streams in and opened while it is read, a piece at a time and from any place on: neither
 * takes more memory for a longer file. Each file has keys of its own, drawn from the secret of the data, its salt and what
 * it is called, so that it opens under no other name; each piece knows its number and whether it is the last, so that none
 * is changed, moved, left out or cut off unnoticed. Suites are those of seal.ts.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  timingSafeEqual,
  type CipherGCM,
  type DecipherGCM,
} from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { refuse } from '../problems.ts'
import type { Sealer, Suite } from '../seal.ts'

/** What a thread needs to read one: nothing of the secret itself. */
export interface SealedFile {
  readonly path: string
  readonly suite: Suite
  readonly keys: Uint8Array
}
type Sealing = Pick<Sealer, 'fileKeys' | 'suite'>

/** Bytes of a piece before it is sealed. */
const piece = 65_536
const saltLength = 16
const checkLength = 16
const marks = { intl: 'fgi1', sm: 'fgs1' } as const
const headLength = 4 + saltLength + checkLength
const tagLength = { intl: 16, sm: 32 } as const

/** Tells the right keys from others, before anything is read. */
const checkOf = (keys: Uint8Array): Buffer =>
  createHmac('sha256', keys).update('which keys').digest().subarray(0, checkLength)

/** @param about what names the file, and will name it when it is opened */
export async function* sealPieces(
  sealer: Sealing,
  about: string,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const salt = randomBytes(saltLength)
  const { suite } = sealer
  const keys = sealer.fileKeys(suite, salt, about)[0]!
  yield Buffer.concat([Buffer.from(marks[suite]), salt, checkOf(keys)])
  const held = Buffer.alloc(piece)
  let length = 0
  let number = 0
  for await (const some of bytes)
    for (let at = 0; at < some.length;) {
      // A full one goes when there is more, so that the last is known for the last.
      if (length === piece) {
        yield sealPiece(suite, keys, held, { number: number++, isLast: false })
        length = 0
      }
      const taken = some.subarray(at, at + piece - length)
      held.set(taken, length)
      length += taken.length
      at += taken.length
    }
  yield sealPiece(suite, keys, held.subarray(0, length), { number, isLast: true })
}

interface Place {
  readonly number: number
  readonly isLast: boolean
}

/** Never used twice with the same keys: counters of blocks run in its second half. */
function startOf({ number, isLast }: Place, length: 12 | 16): Buffer {
  const start = Buffer.alloc(length)
  start[0] = isLast ? 1 : 0
  start.writeUInt32BE(number, 4)
  return start
}

function sealPiece(suite: Suite, keys: Uint8Array, plain: Uint8Array, place: Place): Buffer {
  const cipher = createCipheriv(...cipherOf(suite, keys, place))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  const tag = suite === 'intl' ? (cipher as CipherGCM).getAuthTag() : macOf(keys, body, place)
  return Buffer.concat([body, tag])
}

const cipherOf = (suite: Suite, keys: Uint8Array, place: Place): [string, Uint8Array, Buffer] =>
  suite === 'intl'
    ? ['aes-256-gcm', keys.subarray(0, 32), startOf(place, 12)]
    : ['sm4-ctr', keys.subarray(0, 16), startOf(place, 16)]

const macOf = (keys: Uint8Array, body: Uint8Array, place: Place): Buffer =>
  createHmac('sm3', keys.subarray(32)).update(startOf(place, 16)).update(body).digest()

function openPiece(suite: Suite, keys: Uint8Array, sealed: Buffer, place: Place): Buffer {
  const body = sealed.subarray(0, sealed.length - tagLength[suite])
  const tag = sealed.subarray(body.length)
  const decipher = createDecipheriv(...cipherOf(suite, keys, place))
  if (suite === 'intl') (decipher as DecipherGCM).setAuthTag(tag)
  else if (!timingSafeEqual(tag, macOf(keys, body, place))) throw new Error('a piece was changed')
  return Buffer.concat([decipher.update(body), decipher.final()])
}

interface Head {
  readonly suite: Suite
  readonly keys: Buffer
  /** Whether the secret in force opens it. */
  readonly isCurrent: boolean
}

/** Undefined where it is none of ours, goes by another name, or was sealed under another secret. */
function readHead(sealer: Sealing, about: string, head: Buffer): Head | undefined {
  const suite = (['intl', 'sm'] as const).find((s) => marks[s] === head.toString('latin1', 0, 4))
  if (suite === undefined || head.length < headLength) return undefined
  const check = head.subarray(4 + saltLength)
  const all = sealer.fileKeys(suite, head.subarray(4, 4 + saltLength), about)
  const at = all.findIndex((keys) => timingSafeEqual(checkOf(keys), check))
  return at < 0 ? undefined : { suite, keys: all[at]!, isCurrent: at === 0 }
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headLength), 0, headLength, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** @throws Refusal where no secret in use opens it under this name */
export async function findSealed(sealer: Sealing, path: string, about: string): Promise<SealedFile> {
  const { suite, keys } = readHead(sealer, about, await headOf(path)) ?? refuse('file.broken', 422)
  return { path, suite, keys }
}

/** Whether the secret in force opens it. */
export async function isSealedNow(sealer: Sealing, path: string, about: string): Promise<boolean> {
  return readHead(sealer, about, await headOf(path))?.isCurrent === true
}

/** The bytes of one, as those of a plain file are read (file-bytes.ts). */
export class SealedBytes {
  /** Of what was sealed. */
  readonly size: number
  readonly #of: SealedFile
  readonly #file: FileHandle
  readonly #pieces: number
  readonly #end: number
  #read: { readonly number: number; readonly bytes: Buffer } | undefined

  private constructor(of: SealedFile, file: FileHandle, end: number) {
    const whole = piece + tagLength[of.suite]
    this.#of = of
    this.#file = file
    this.#end = end
    this.#pieces = Math.max(1, Math.ceil((end - headLength) / whole))
    this.size = end - headLength - this.#pieces * tagLength[of.suite]
  }

  /** @throws Refusal where its end is missing */
  static async open(of: SealedFile): Promise<SealedBytes> {
    const file = await open(of.path)
    try {
      const bytes = new SealedBytes(of, file, (await file.stat()).size)
      if (bytes.size < 0) refuse('file.broken', 422)
      await bytes.#piece(bytes.#pieces - 1)
      return bytes
    } catch (error) {
      await file.close()
      throw error
    }
  }

  async read(at: number, length: number): Promise<Buffer> {
    const parts: Buffer[] = []
    const end = Math.min(at + length, this.size)
    for (let from = at; from < end;) {
      const number = Math.floor(from / piece)
      const part = (await this.#piece(number)).subarray(from - number * piece, end - number * piece)
      parts.push(part)
      from += part.length
    }
    return Buffer.concat(parts)
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  async #piece(number: number): Promise<Buffer> {
    if (this.#read?.number === number) return this.#read.bytes
    const { suite, keys } = this.#of
    const whole = piece + tagLength[suite]
    const start = headLength + number * whole
    const wanted = Math.min(whole, this.#end - start)
    const { buffer, bytesRead } = await this.#file.read(Buffer.alloc(wanted), 0, wanted, start)
    try {
      const place = { number, isLast: number === this.#pieces - 1 }
      const bytes = openPiece(suite, keys, buffer.subarray(0, bytesRead), place)
      this.#read = { number, bytes }
      return bytes
    } catch {
      return refuse('file.broken', 422)
    }
  }
}

/** From a place on, a piece at a time. @param end the last byte, counted in */
export async function* readSealed(of: SealedFile, start: number, end: number): AsyncGenerator<Buffer> {
  const bytes = await SealedBytes.open(of)
  try {
    for (let at = start; at < bytes.size && at <= end;) {
      const part = await bytes.read(at, Math.min(piece - (at % piece), end + 1 - at))
      yield part
      at += part.length
    }
  } finally {
    await bytes.close()
  }
}
