/**
 * Files from people are distrusted: the type is read from the bytes and must be one we know and match what was
 * claimed; photos are drawn anew, so that location and everything else hidden in them stays behind; the rest is
 * checked for what can run. Kept under the data folder, named by id, found by digest.
 */
import { createHash } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileTypeFromBuffer } from 'file-type'
import sharp from 'sharp'
import { refuse } from './problems.ts'

export type FileKind = 'photo' | 'audio' | 'video' | 'document'
export interface KeptFile {
  readonly kind: FileKind
  readonly mime: string
  readonly size: number
  readonly sha256: string
  readonly path: string
  readonly thumbnailPath: string | null
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

/** A file as it came: whose county, under which id, and what its sender says it is. */
export interface SentFile {
  readonly county: string
  readonly id: string
  readonly bytes: Buffer
  /** A media type, or nothing. */
  readonly claimed: string
}

/** Checks, cleans and keeps one file. Refuses unknown types, false labels, and documents that carry code. */
export async function keepFile(dataDir: string, sent: SentFile): Promise<KeptFile> {
  const { county, id, bytes, claimed } = sent
  if (bytes.length === 0) refuse('file.broken', 422)
  const found = await fileTypeFromBuffer(bytes)
  const kind = found ? kinds[found.mime] : undefined
  if (!found || !kind) return refuse('file.type', 415, { found: found?.mime ?? 'unknown' })
  if (!isSameFamily(claimed, found.mime)) refuse('file.mislabelled', 415, { claimed, found: found.mime })
  if (kind === 'document') refuseCode(bytes, found.mime)
  const path = join(dataDir, 'files', county, id.slice(-2), id)
  return kind === 'photo' ? keepPhoto(path, bytes) : save(path, { kind, mime: found.mime, bytes })
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

/** Macros in office files and scripts in PDF are not evidence of anything. */
function refuseCode(bytes: Buffer, mime: string): void {
  const text = bytes.toString('latin1')
  const marks =
    mime === 'application/pdf'
      ? [/\/JavaScript\b/, /\/JS\s*[(<]/, /\/Launch\b/, /\/EmbeddedFile\b/]
      : [/vbaProject\.bin/i, /activeX\//i, /oleObject/i]
  if (marks.some((m) => m.test(text))) refuse('file.unsafe', 415)
}

async function keepPhoto(path: string, bytes: Buffer): Promise<KeptFile> {
  try {
    const image = sharp(bytes, { limitInputPixels: 120_000_000, failOn: 'error' }).rotate()
    const clean = await image
      .clone()
      .resize(2048, 2048, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 82, mozjpeg: true })
      .toBuffer()
    const small = await image.clone().resize(360, 360, { fit: 'cover' }).jpeg({ quality: 70 }).toBuffer()
    return await save(path, { kind: 'photo', mime: 'image/jpeg', bytes: clean, small })
  } catch (error) {
    if ((error as { problem?: unknown }).problem) throw error
    return refuse('file.broken', 422)
  }
}

/** What is kept of a file: the bytes as they were cleaned, and a small picture of a photo. */
interface Cleaned {
  readonly kind: FileKind
  readonly mime: string
  readonly bytes: Buffer
  readonly small?: Buffer
}

async function save(path: string, { kind, mime, bytes, small }: Cleaned): Promise<KeptFile> {
  const thumbnailPath = small ? `${path}.small` : null
  await writeWhole(path, bytes)
  if (small) await writeWhole(`${path}.small`, small)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { kind, mime, size: bytes.length, sha256, path, thumbnailPath }
}

/** Writes beside and renames, so that a kill leaves the whole file or none. */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.part`, bytes)
  await rename(`${path}.part`, path)
}
