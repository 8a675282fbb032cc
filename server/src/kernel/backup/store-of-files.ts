/**
 * Files of backups, each once under its digest (SHA-256), whatever number of backups holds it. A file of the product is
 * written once under a name that is never used again, so what the backup before has under the same name and size is
 * not read again.
 */
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, open, opendir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { keptFolders } from './manifest.ts'

export interface FileEntry {
  /** From the data folder on. */
  readonly path: string
  readonly size: number
  readonly sha256: string
}

const placeOf = (top: string, sha256: string) => join(top, 'files', sha256.slice(0, 2), sha256)

/** Copies to a new file and gives the digest of what passed. Whole and on the disk, or not there. */
async function copyWhole(from: string, to: string): Promise<{ sha256: string; size: number; aside: string }> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  const aside = `${to}.${randomBytes(6).toString('hex')}.part`
  const hash = createHash('sha256')
  let size = 0
  const count = async function* (pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      hash.update(piece)
      size += piece.length
      yield piece
    }
  }
  try {
    await pipeline(createReadStream(from), count, createWriteStream(aside, { mode: 0o600, flags: 'wx' }))
    const file = await open(aside)
    await file.sync().finally(() => file.close())
    return { sha256: hash.digest('hex'), size, aside }
  } catch (error) {
    await rm(aside, { force: true })
    throw error
  }
}

/** Every file that is kept, from the data folder on. */
export async function* listKept(dataDir: string): AsyncGenerator<{ path: string; size: number }> {
  for (const name of keptFolders) {
    const top = await opendir(join(dataDir, name), { recursive: true }).catch(() => undefined)
    if (!top) continue
    for await (const entry of top) {
      if (!entry.isFile()) continue
      const path = join(entry.parentPath, entry.name)
      const found = await stat(path).catch(() => undefined)
      if (found) yield { path: relative(dataDir, path).split(sep).join('/'), size: found.size }
    }
  }
}

export type Files = ReadonlyMap<string, FileEntry>

/**
 * Keeps what lies in the data folder. A file that goes away meanwhile is passed over.
 * @param known what is kept already, by path
 * @returns what lay there, and what of it was copied
 */
export async function keepFiles(
  top: string,
  dataDir: string,
  known: Files,
): Promise<{ found: Map<string, FileEntry>; copied: FileEntry[] }> {
  const found = new Map<string, FileEntry>()
  const copied: FileEntry[] = []
  for await (const { path, size } of listKept(dataDir)) {
    const before = known.get(path)
    const entry = before?.size === size ? before : await keepFile(top, join(dataDir, path), path)
    if (!entry) continue
    found.set(path, entry)
    if (entry !== before) copied.push(entry)
  }
  return { found, copied }
}

async function keepFile(top: string, from: string, path: string): Promise<FileEntry | undefined> {
  try {
    const { sha256, size, aside } = await copyWhole(from, join(top, 'files', 'new'))
    const to = placeOf(top, sha256)
    await mkdir(dirname(to), { recursive: true, mode: 0o700 })
    await rename(aside, to)
    return { path, size, sha256 }
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT' && !existsSync(from)) return undefined
    throw error
  }
}

/** Of a file as it lies there. */
export async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) hash.update(piece)
  return hash.digest('hex')
}

/** Whether a store holds what it is said to. */
export async function isWhole(top: string, { sha256, size }: FileEntry): Promise<boolean> {
  const path = placeOf(top, sha256)
  const found = await stat(path).catch(() => undefined)
  return found?.size === size && (await digestOf(path).catch(() => '')) === sha256
}

/** Puts a file where it was. @throws where the store holds something else under its digest */
export async function putFile(top: string, dataDir: string, entry: FileEntry): Promise<void> {
  const to = join(dataDir, entry.path)
  const { sha256, aside } = await copyWhole(placeOf(top, entry.sha256), to)
  if (sha256 !== entry.sha256) {
    await rm(aside, { force: true })
    throw new Error(`${entry.path}: 备份中的文件已损坏 the backup holds something else (${placeOf(top, entry.sha256)})`)
  }
  await rename(aside, to)
}

/** Drops files that no backup names. @returns how many */
export async function dropUnnamed(top: string, named: ReadonlySet<string>): Promise<number> {
  const files = await opendir(join(top, 'files'), { recursive: true }).catch(() => undefined)
  let dropped = 0
  if (!files) return 0
  for await (const entry of files) {
    if (!entry.isFile() || named.has(entry.name)) continue
    await rm(join(entry.parentPath, entry.name), { force: true })
    dropped++
  }
  return dropped
}

/** Drops what was being written and has not been touched since an instant. @returns their names */
export async function dropParts(top: string, since: number): Promise<string[]> {
  const folder = join(top, 'files')
  const dropped: string[] = []
  for (const name of await readdir(folder).catch(() => [] as string[])) {
    const path = join(folder, name)
    if (!name.endsWith('.part') || (await stat(path)).mtimeMs >= since) continue
    await rm(path, { force: true })
    dropped.push(path)
  }
  return dropped
}
