/**
 * A backup while people work. In this order: the anchors of the journal (they may say less than the rows, never more), the
 * files there are, the rows in one snapshot, and the files that came meanwhile, so that every row finds its file. The
 * secret is no part of it.
 */
import { existsSync } from 'node:fs'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { sep } from 'node:path'
import { dayLength } from '@fengge/domain/kernel/time'
import { dumpDatabase, findBroken, type DumpedTable } from '../db/dump/dump.ts'
import { marksOf } from '../db/secrets.ts'
import { anchorFilesOf } from '../journal-anchors.ts'
import { holdFolder } from '../running/hold-folder.ts'
import type { Settings } from '../settings.ts'
import {
  anchorsOf,
  databaseOf,
  listBackups,
  listHalf,
  makeBackupFolder,
  readManifest,
  writeManifest,
  type Manifest,
  type Told,
} from './manifest.ts'
import { digestOf, dropParts, dropUnnamed, isWhole, keepFiles, type FileEntry, type Files } from './store-of-files.ts'

export interface BackupDone {
  readonly folder: string
  readonly rows: number
  readonly files: number
  /** Files that no backup before held. */
  readonly copied: number
  readonly seconds: number
  /** What was passed over or swept, a sentence each, for whoever looks after backups. */
  readonly told: readonly string[]
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
export async function backUp(plan: BackupPlan): Promise<BackupDone> {
  const { top, settings, keep } = plan
  const began = Date.now()
  refuseWithin(top, settings.dataDir)
  await mkdir(top, { recursive: true, mode: 0o700 })
  const release = holdFolder(top, 'backup')
  try {
    const made = await makeBackup(plan, began)
    // From here on it stands: what is wrong with others takes it away no more.
    return { ...made, told: await tidy(top, settings.secret, { keep, since: began - dayLength }) }
  } finally {
    release()
  }
}

async function makeBackup(
  { top, settings, url, meanwhile }: BackupPlan,
  began: number,
): Promise<Omit<BackupDone, 'told'>> {
  const folder = await makeBackupFolder(top, began)
  try {
    const anchors = await keepAnchors(settings, folder)
    const first = await keepFiles(top, settings.dataDir, await filesBefore(top, settings.secret))
    const dumped = await dumpDatabase(url, databaseOf(folder))
    await meanwhile?.()
    const second = await keepFiles(top, settings.dataDir, first.found)
    const files = [...new Map([...first.found, ...second.found]).values()]
    const copied = [...first.copied, ...second.copied]
    await verify(top, folder, dumped.tables, copied)
    const seconds = (Date.now() - began) / 1000
    const about = { format: 1 as const, secrets: marksOf(settings), suite: settings.suite, seconds, files, anchors }
    await writeManifest(folder, { ...about, ...dumped } as Manifest, settings.secret)
    const rows = dumped.tables.reduce((n, t) => n + t.rows, 0)
    return { folder, rows, files: files.length, copied: copied.length, seconds }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

/** @returns their digest, null where there are none */
async function keepAnchors(settings: Settings, folder: string): Promise<string | null> {
  const [anchors] = anchorFilesOf(settings)
  if (anchors === undefined || !existsSync(anchors)) return null
  await copyFile(anchors, anchorsOf(folder))
  return digestOf(anchorsOf(folder))
}

/** What lies beside the data is lost with them. */
function refuseWithin(top: string, dataDir: string): void {
  if (top === dataDir || top.startsWith(`${dataDir}${sep}`))
    throw new Error(`备份目录不能放在数据目录 ${dataDir} 里 the backup may not lie within the data folder`)
}

/** What the newest backup holds whose manifest is proven: nothing else saves reading a file. */
async function filesBefore(top: string, secret: string): Promise<Files> {
  for (const folder of (await listBackups(top)).toReversed()) {
    const told = await readManifest(folder, secret).catch(() => undefined)
    if (told?.proof === 'right') return new Map(told.manifest.files.map((f) => [f.path, f]))
  }
  return new Map()
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

/** Drops older backups and what is left of some; says what cannot be read. Nothing of it undoes the backup. */
async function tidy(
  top: string,
  secret: string,
  { keep, since }: { readonly keep: number | undefined; readonly since: number },
): Promise<string[]> {
  const told: string[] = []
  try {
    for (const folder of await listHalf(top, since)) {
      await rm(folder, { recursive: true, force: true })
      told.push(`${folder}: 没有做完的备份，已清除 a backup that was not finished: swept`)
    }
    for (const file of await dropParts(top, since)) told.push(`${file}: 没有写完的文件，已清除 half a file: swept`)
    told.push(...(await forgetOlder(top, secret, keep)))
  } catch (error) {
    told.push(
      `旧备份没有整理完 older backups were not tidied: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
  return told
}

/**
 * Without a proof are those that were made before there were any. After one that has it, somebody put it there, or took
 * the proof away: it pushes none out.
 */
const isOutOfTurn = ({ proof }: Told, before: readonly Told[]): boolean =>
  proof === 'none' && before.some((other) => other.proof === 'right')

/** One that cannot be read counts for none, and stays; while there is one, no file is dropped that it may name. */
async function forgetOlder(top: string, secret: string, keep: number | undefined): Promise<string[]> {
  const sound = new Map<string, Told>()
  const told: string[] = []
  for (const folder of await listBackups(top)) {
    const read = await readManifest(folder, secret).catch(() => undefined)
    if (read && read.proof !== 'wrong' && !isOutOfTurn(read, [...sound.values()])) sound.set(folder, read)
    else
      told.push(
        `${folder}: 清单读不出、被改动或没有证明，已跳过；请查看后移走 its manifest cannot be read, was changed or has no proof: passed over`,
      )
  }
  if (keep === undefined) return told
  for (const folder of [...sound.keys()].slice(0, Math.max(0, sound.size - keep))) {
    await rm(folder, { recursive: true, force: true })
    sound.delete(folder)
  }
  if (told.length > 0) return told
  await dropUnnamed(top, new Set([...sound.values()].flatMap(({ manifest }) => manifest.files.map((f) => f.sha256))))
  return told
}
