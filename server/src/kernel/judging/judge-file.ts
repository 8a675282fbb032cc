/**
 * Files from people are distrusted: the type is read from the bytes and must be one we know and match what was
 * claimed; photos are drawn anew, so that location and everything else hidden in them stays behind; documents are
 * looked into for what can run. Nothing is on disk yet: what comes of a file is kept by files.ts.
 */
import { readFile } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import type { Asker } from '../door-line.ts'
import { judgeBeside } from './judge-beside.ts'
import { refuse } from '../problems.ts'
import { redraw } from './pictures.ts'

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
  // It waits for its turn on the disk.
  if (kind === 'photo') return photoOf(await redraw(() => readFile(path), { who, isKnown: true }))
  if (kind === 'document') await judgeBeside(mime === 'application/pdf' ? 'pdf' : 'office', path, who)
  return { kind, mime, bytes, small: null }
}

/** A photo and nothing else, from somebody whom nobody knows. @throws Refusal */
export async function cleanPhoto(bytes: Buffer, claimed: string, asker: Asker): Promise<CleanFile> {
  const { kind } = await typeOf(bytes, claimed)
  return kind === 'photo' ? photoOf(await redraw(async () => bytes, asker)) : refuse('file.photos-only', 415)
}

const photoOf = (drawn: Pick<CleanFile, 'bytes' | 'small'>): CleanFile => ({
  kind: 'photo',
  mime: 'image/jpeg',
  ...drawn,
})

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
