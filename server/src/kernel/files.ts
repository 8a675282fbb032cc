/**
 * Where files of people lie: under the data folder, each under a name that the server made and nobody can guess or
 * choose, written once and never over another. A row says what a file must hold (SHA-256); whoever reads one is handed
 * those bytes or none.
 */
import { createHash, randomBytes, webcrypto } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, opendir, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { Counter } from 'prom-client'
import { freshId } from './fresh-id.ts'
import type { CleanFile, FileKind } from './judging/judge-file.ts'
import { problemOf } from './problems.ts'

/** What a row says of a file. Paths are relative to the data folder. */
export interface KeptFile {
  readonly kind: FileKind
  readonly mime: string
  readonly size: number
  readonly sha256: string
  readonly path: string
  readonly thumbnailPath: string | null
  readonly thumbnailSha256: string | null
}

/** Files that did not hold what their row says when somebody wanted to read them. */
export const damagedFiles = new Counter({
  name: 'fengge_damaged_files_total',
  help: 'Files that were not what their row says when read',
  registers: [],
})

const folder = 'files'

/** Off the event loop, however long the file. */
export async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex')
}

/** Gives a file its name; nothing is written. */
export async function nameFile(county: string, { kind, mime, bytes, small }: CleanFile): Promise<KeptFile> {
  const name = `${freshId()}-${randomBytes(16).toString('hex')}`
  const path = `${folder}/${county}/${name.slice(-2)}/${name}`
  return {
    kind,
    mime,
    size: bytes.length,
    sha256: await digestOf(plain(bytes)),
    path,
    thumbnailPath: small ? `${path}.small` : null,
    thumbnailSha256: small ? await digestOf(plain(small)) : null,
  }
}

const plain = (bytes: Buffer) => new Uint8Array(bytes)

/** Writes a file under its name, whole and to the disk. The last thing before the commit of the row that names it. */
export async function writeKept(dataDir: string, kept: KeptFile, file: CleanFile): Promise<void> {
  try {
    await writeNew(join(dataDir, kept.path), file.bytes)
    if (file.small && kept.thumbnailPath) await writeNew(join(dataDir, kept.thumbnailPath), file.small)
  } catch (error) {
    // A full disk leaves nothing behind; a name that is taken, which cannot be, would belong to another.
    if ((error as { code?: string }).code !== 'EEXIST') await dropKept(dataDir, kept)
    throw error
  }
}

async function writeNew(path: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Runs what writes a row and its file: where it is refused, no file is left. */
export async function keeping<T>(dataDir: string, kept: KeptFile, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    // Whether a commit went through is not known when the line to the database broke: the sweep looks later.
    const isUndone = problemOf(error) !== undefined || (error as { severity?: string }).severity !== undefined
    if (isUndone) await dropKept(dataDir, kept)
    throw error
  }
}

export async function dropKept(dataDir: string, kept: Pick<KeptFile, 'path' | 'thumbnailPath'>): Promise<void> {
  for (const path of [kept.path, kept.thumbnailPath]) if (path !== null) await rm(join(dataDir, path), { force: true })
}

/** The bytes of a file, or why they are not handed out. */
export type Found = { readonly bytes: Buffer } | { readonly fault: 'missing' | 'changed' }

/** Reads a file and holds it against its row. */
export async function readKept(dataDir: string, path: string, sha256: string): Promise<Found> {
  const file = await open(join(dataDir, path)).catch(() => undefined)
  if (!file) return { fault: 'missing' }
  try {
    const bytes = await file.readFile()
    return (await digestOf(plain(bytes))) === sha256 ? { bytes } : { fault: 'changed' }
  } finally {
    await file.close()
  }
}

/** What a file is found to be, without its bytes. */
export async function judgeKept(
  dataDir: string,
  path: string,
  sha256: string,
): Promise<'whole' | 'missing' | 'changed'> {
  const hash = createHash('sha256')
  try {
    for await (const piece of createReadStream(join(dataDir, path)) as AsyncIterable<Buffer>) hash.update(piece)
  } catch {
    return 'missing'
  }
  return hash.digest('hex') === sha256 ? 'whole' : 'changed'
}

/** Every file that was last written before an instant, relative to the data folder. */
export async function* listFiles(dataDir: string, before: number): AsyncGenerator<string> {
  const top = await opendir(join(dataDir, folder), { recursive: true }).catch(() => undefined)
  if (!top) return
  for await (const entry of top) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }))
    if (mtimeMs < before) yield relative(dataDir, path).split(sep).join('/')
  }
}

export const dropFile = (dataDir: string, path: string): Promise<void> => rm(join(dataDir, path), { force: true })
