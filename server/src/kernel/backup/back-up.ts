/**
 * A backup while people work. In this order: the anchors of the journal (they may say less than the rows, never more), the
 * files there are, the rows in one snapshot, and the files that came meanwhile, so that every row finds its file. The
 * secret is no part of it.
 */
import { existsSync } from 'node:fs'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { sep } from 'node:path'
import { dumpDatabase, findBroken, type DumpedTable } from '../db/dump/dump.ts'
import { marksOf } from '../db/secrets.ts'
import { anchorFilesOf } from '../journal-anchors.ts'
import { holdFolder } from '../running/hold-folder.ts'
import type { Settings } from '../settings.ts'
import {
  anchorsOf,
  databaseOf,
  listBackups,
  makeBackupFolder,
  readManifest,
  writeManifest,
  type Manifest,
} from './manifest.ts'
import { dropUnnamed, isWhole, keepFiles, type FileEntry, type Files } from './store-of-files.ts'

export interface BackupDone {
  readonly folder: string
  readonly rows: number
  readonly files: number
  /** Files that no backup before held. */
  readonly copied: number
  readonly seconds: number
}
export interface BackupPlan {
  /** The folder of all backups. */
  readonly top: string
  readonly settings: Settings
  /** Of whoever may read every table. */
  readonly url: string
  /** So many are left, the newest; all where it is undefined. */
  readonly keep?: number | undefined
  /** Done between the rows and the files that came meanwhile: only for tests. */
  readonly meanwhile?: () => Promise<void>
}

/** @throws where something that was written is not what was read */
export async function backUp({ top, settings, url, keep, meanwhile }: BackupPlan): Promise<BackupDone> {
  const began = Date.now()
  refuseWithin(top, settings.dataDir)
  await mkdir(top, { recursive: true, mode: 0o700 })
  const release = holdFolder(top, 'backup')
  const folder = await makeBackupFolder(top, began)
  try {
    const [anchors] = anchorFilesOf(settings)
    if (anchors !== undefined && existsSync(anchors)) await copyFile(anchors, anchorsOf(folder))
    const first = await keepFiles(top, settings.dataDir, await filesBefore(top))
    const dumped = await dumpDatabase(url, databaseOf(folder))
    await meanwhile?.()
    const second = await keepFiles(top, settings.dataDir, first.found)
    const files = [...new Map([...first.found, ...second.found]).values()]
    const copied = [...first.copied, ...second.copied]
    await verify(top, folder, dumped.tables, copied)
    const seconds = (Date.now() - began) / 1000
    const about = { format: 1 as const, secrets: marksOf(settings), suite: settings.suite, seconds, files }
    await writeManifest(folder, { ...about, ...dumped } as Manifest)
    if (keep !== undefined) await forgetOlder(top, keep)
    const rows = dumped.tables.reduce((n, t) => n + t.rows, 0)
    return { folder, rows, files: files.length, copied: copied.length, seconds }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  } finally {
    release()
  }
}

/** What lies beside the data is lost with them. */
function refuseWithin(top: string, dataDir: string): void {
  if (top === dataDir || top.startsWith(`${dataDir}${sep}`))
    throw new Error(`备份目录不能放在数据目录 ${dataDir} 里 the backup may not lie within the data folder`)
}

async function filesBefore(top: string): Promise<Files> {
  const last = (await listBackups(top)).at(-1)
  return new Map(last === undefined ? [] : (await readManifest(last)).files.map((f) => [f.path, f]))
}

/** Reads again what was written. */
async function verify(
  top: string,
  folder: string,
  tables: readonly DumpedTable[],
  files: readonly FileEntry[],
): Promise<void> {
  const broken = await findBroken(databaseOf(folder), tables)
  for (const file of files) if (!(await isWhole(top, file))) broken.push(file.path)
  if (broken.length > 0) throw new Error(`备份写入后核对不一致 not what was written: ${broken.slice(0, 20).join(', ')}`)
}

async function forgetOlder(top: string, keep: number): Promise<void> {
  const all = await listBackups(top)
  for (const folder of all.slice(0, Math.max(0, all.length - keep))) await rm(folder, { recursive: true, force: true })
  const named = new Set<string>()
  for (const folder of await listBackups(top)) for (const f of (await readManifest(folder)).files) named.add(f.sha256)
  await dropUnnamed(top, named)
}
