/**
 * Files from people are distrusted: the type is read from the bytes and must be one we know and match what was
 * claimed; photos are drawn anew, so that location and everything else hidden in them stays behind; documents are
 * looked into for what can run. Nothing is on disk yet: what comes of a file is kept by files.ts.
 */
import { readFile } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import sharp from 'sharp'
import { judgeBeside } from './judge-beside.ts'
import { refuse } from '../problems.ts'

export type FileKind = 'photo' | 'audio' | 'video' | 'document'

/** A file as it may be kept. */
export interface CleanFile {
  readonly kind: FileKind
  readonly mime: string
  readonly bytes: Buffer
  /** A small picture of a photo. */
  readonly small: Buffer | null
}

const kinds: Record<string, FileKind> = {
  'image/jpeg': 'photo',
  'image/png': 'photo',
  'image/webp': 'photo',
  'image/heic': 'photo',
  'image/avif': 'photo',
  'audio/mpeg': 'audio',
  'audio/mp4': 'audio',
  'audio/x-m4a': 'audio',
  'audio/wav': 'audio',
  'audio/ogg': 'audio',
  'audio/webm': 'audio',
  'audio/amr': 'audio',
  'audio/aac': 'audio',
  'video/mp4': 'video',
  'video/webm': 'video',
  'video/quicktime': 'video',
  'application/pdf': 'document',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'document',
}

/** Any file of evidence, from somebody with an account. @param who his account @throws Refusal */
export async function cleanFile(path: string, claimed: string, who: string): Promise<CleanFile> {
  const bytes = await readFile(path)
  const { kind, mime } = await typeOf(bytes, claimed)
  if (kind === 'photo') return redraw(bytes)
  if (kind === 'document') await judgeBeside(mime === 'application/pdf' ? 'pdf' : 'office', path, who)
  return { kind, mime, bytes, small: null }
}

/** A photo and nothing else, from somebody whom nobody knows. @throws Refusal */
export async function cleanPhoto(bytes: Buffer, claimed: string): Promise<CleanFile> {
  const { kind } = await typeOf(bytes, claimed)
  return kind === 'photo' ? redraw(bytes) : refuse('file.photos-only', 415)
}

async function typeOf(bytes: Buffer, claimed: string): Promise<{ kind: FileKind; mime: string }> {
  if (bytes.length === 0) refuse('file.broken', 422)
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined)
  const kind = found ? kinds[found.mime] : undefined
  if (!found || !kind) return refuse('file.type', 415, { found: found?.mime ?? 'unknown' })
  if (!isSameFamily(claimed, found.mime)) refuse('file.mislabelled', 415, { claimed, found: found.mime })
  return { kind, mime: found.mime }
}

function isSameFamily(claimed: string, found: string): boolean {
  if (claimed === '' || claimed === 'application/octet-stream') return true
  const family = (mime: string) => mime.split('/')[0]
  return (
    claimed === found ||
    (family(claimed) === family(found) && family(found) !== 'application') ||
    (/^(audio|video)/.test(claimed) && /^(audio|video)/.test(found))
  )
}

/** A camera's picture is read while it is made smaller; other kinds lie in memory whole, four at a time at most. */
const mostPixels = (format: string | undefined) => (format === 'jpeg' ? 120_000_000 : 36_000_000)
const longestSide = 20_000

async function redraw(bytes: Buffer): Promise<CleanFile> {
  try {
    const { width, height, format } = await sharp(bytes).metadata()
    if (Math.max(width, height) > longestSide || width * height > mostPixels(format))
      refuse('file.too-large', 413, { width, height })
    const image = sharp(bytes, { limitInputPixels: mostPixels(format), failOn: 'error' }).rotate()
    const clean = await image
      .clone()
      .resize(2048, 2048, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 82, mozjpeg: true })
      .toBuffer()
    const small = await image.clone().resize(360, 360, { fit: 'cover' }).jpeg({ quality: 70 }).toBuffer()
    return { kind: 'photo', mime: 'image/jpeg', bytes: clean, small }
  } catch (error) {
    if ((error as { problem?: unknown }).problem) throw error
    return refuse('file.broken', 422)
  }
}

/** The small picture of a photo that is kept. */
export const drawSmall = (photo: Buffer): Promise<Buffer> =>
  sharp(photo).resize(360, 360, { fit: 'cover' }).jpeg({ quality: 70 }).toBuffer()
