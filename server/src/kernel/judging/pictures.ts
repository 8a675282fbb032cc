/**
 * Pictures drawn anew. They share a few threads of the process with passwords and files, so that few are drawn at a time:
 * one of strangers, whose networks take turns, and one of staff. What unpacks to far more than it weighs is no photo.
 */
import sharp from 'sharp'
import { openDoor, type Asker } from '../door-line.ts'
import { Refusal, refuse } from '../problems.ts'

// One picture is one thread's.
sharp.concurrency(1)

const full = () => new Refusal({ problem: 'file.busy', status: 429, details: { retryAfter: 20 } })
const none = { own: 0, all: 0 }
const doors = {
  staff: openDoor({ inside: 1, known: { own: 12, all: 200 }, strangers: none, full }),
  // Their pictures wait in memory.
  strangers: openDoor({ inside: 1, known: none, strangers: { own: 4, all: 24 }, full }),
}

async function inTurn<T>(asker: Asker, draw: () => Promise<T>): Promise<T> {
  const leave = await (asker.isKnown ? doors.staff : doors.strangers).enter(asker)
  return draw().finally(leave)
}

/** A camera's picture is read while it is made smaller; other kinds lie in memory whole. */
const mostPixels = {
  staff: { jpeg: 120_000_000, other: 36_000_000 },
  strangers: { jpeg: 64_000_000, other: 16_000_000 },
} as const
/** Up to here a picture may be of one colour; a larger one of a camera weighs more for its pixels. */
const smallPixels = 6_000_000
const mostPixelsAByte = { jpeg: 200, other: 100 } as const
const longestSide = 20_000
const longestSeconds = 10

interface Drawn {
  readonly bytes: Buffer
  /** A small picture of it. */
  readonly small: Buffer
}

/** @param read is asked for the bytes when it is their turn @throws Refusal */
export const redraw = (read: () => Promise<Buffer>, asker: Asker): Promise<Drawn> =>
  inTurn(asker, async () => {
    const bytes = await read()
    try {
      return await draw(bytes, await judgeSize(bytes, asker))
    } catch (error) {
      if (error instanceof Refusal) throw error
      return /timeout/.test(String(error)) ? refuse('file.too-large', 413) : refuse('file.broken', 422)
    }
  })

/** @returns how many pixels it may have */
async function judgeSize(bytes: Buffer, { isKnown }: Asker): Promise<number> {
  const { width, height, format } = await sharp(bytes).metadata()
  const kind = format === 'jpeg' ? 'jpeg' : 'other'
  const most = mostPixels[isKnown ? 'staff' : 'strangers'][kind]
  const pixels = width * height
  const isHollow = pixels > smallPixels && pixels > bytes.length * mostPixelsAByte[kind]
  if (Math.max(width, height) > longestSide || pixels > most || isHollow)
    refuse('file.too-large', 413, { width, height })
  return most
}

async function draw(picture: Buffer, limitInputPixels: number): Promise<Drawn> {
  const bytes = await sharp(picture, { limitInputPixels, failOn: 'error' })
    .rotate()
    .resize(2048, 2048, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 82, mozjpeg: true })
    .timeout({ seconds: longestSeconds })
    .toBuffer()
  return { bytes, small: await smallOf(bytes) }
}

const smallOf = (photo: Buffer): Promise<Buffer> =>
  sharp(photo).resize(360, 360, { fit: 'cover' }).jpeg({ quality: 70 }).timeout({ seconds: longestSeconds }).toBuffer()

/** The small picture of a photo that is kept. */
export const drawSmall = (photo: Buffer, asker: Asker): Promise<Buffer> => inTurn(asker, () => smallOf(photo))

/** A clean photo as a portrait of 480 × 600, cut from its middle: nothing looks for a face. */
export const drawPortrait = (photo: Buffer, asker: Asker): Promise<Buffer> =>
  inTurn(asker, () =>
    sharp(photo)
      .resize(480, 600, { fit: 'cover' })
      .jpeg({ quality: 80 })
      .timeout({ seconds: longestSeconds })
      .toBuffer(),
  )
