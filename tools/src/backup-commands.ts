/** `npx fengge backup`, `restore`, `drill`: they never migrate what they back up, and need no server. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { backUp } from '@fengge/server/kernel/backup/back-up'
import { listBackups } from '@fengge/server/kernel/backup/manifest'
import { putBack } from '@fengge/server/kernel/backup/put-back'
import { openEmbedded, type Embedded } from '@fengge/server/kernel/db/embedded'
import { createEnding } from '@fengge/server/kernel/running/ending'
import { holdFolder } from '@fengge/server/kernel/running/hold-folder'
import { readSettings, type Settings } from '@fengge/server/kernel/settings'
import { drill } from './drill.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)
type Environment = Readonly<Record<string, string | undefined>>

/** The folder of a command, or the one of the settings. */
function folderOf(given: string | undefined, environment: Environment): string {
  const folder = given ?? environment['FENGGE_BACKUPS']
  if (folder === undefined || folder === '') throw new Error('which folder? name one, or set FENGGE_BACKUPS')
  return resolve(folder)
}

const dataDirOf = (environment: Environment) => resolve(environment['FENGGE_DATA_DIR'] ?? '.fengge')

/** Runs work with the address of the database for its owner; one that was started for it is stopped afterwards. */
async function withOwner<T>(settings: Settings, work: (open: () => Promise<string>) => Promise<T>): Promise<T> {
  let embedded: Embedded | undefined
  const open = async () => {
    if (settings.databaseUrl !== undefined) return settings.databaseOwnerUrl ?? settings.databaseUrl
    embedded = await openEmbedded(settings.dataDir, settings.secret)
    return embedded.url('fengge')
  }
  try {
    return await work(open)
  } finally {
    if (embedded?.isStartedHere) await embedded.leave()
  }
}

async function runBackup(given: string | undefined, environment: Environment, keep: string | undefined) {
  const dataDir = dataDirOf(environment)
  if (!environment['DATABASE_URL'] && !existsSync(join(dataDir, 'pg')))
    throw new Error(`FENGGE_DATA_DIR: ${dataDir} 里没有数据库 holds no database`)
  const settings = readSettings(environment)
  const most = keep === undefined ? undefined : Number(keep)
  if (most !== undefined && !(Number.isInteger(most) && most > 0)) throw new Error('--keep takes a number from 1 on')
  const top = folderOf(given, environment)
  const { told, ...done } = await withOwner(settings, async (open) =>
    backUp({ top, settings, url: await open(), keep: most }),
  )
  say(JSON.stringify(done))
  for (const line of told) process.stderr.write(`${line}\n`)
}

/** The newest backup, or the one whose folder is named by its instant. */
async function pick(top: string, at: string | undefined): Promise<string> {
  const all = await listBackups(top)
  const found = at === undefined ? all.at(-1) : all.find((folder) => folder.endsWith(at))
  if (found === undefined) throw new Error(`${top}: 没有这样的完整备份 no such whole backup`)
  return found
}

async function runRestore(given: string | undefined, environment: Environment, { at, unproven }: BackupOptions) {
  const dataDir = dataDirOf(environment)
  if (!environment['FENGGE_SECRET'] && !existsSync(join(dataDir, 'secret')))
    throw new Error(`先把密钥放回：设 FENGGE_SECRET，或把 secret 文件放进 ${dataDir}。备份里没有密钥。
put the secret back first: FENGGE_SECRET, or the file secret in ${dataDir}; no backup holds it`)
  const top = folderOf(given, environment)
  const folder = await pick(top, at)
  const settings = readSettings(environment)
  const began = Date.now()
  const release = holdFolder(settings.dataDir, 'server')
  try {
    const manifest = await withOwner(settings, (openOwner) =>
      putBack({ top, folder, settings, openOwner, isUnprovenTaken: unproven }),
    )
    const rows = manifest.tables.reduce((n, t) => n + t.rows, 0)
    const seconds = (Date.now() - began) / 1000
    say(
      JSON.stringify({ folder, at: new Date(manifest.at).toISOString(), rows, files: manifest.files.length, seconds }),
    )
  } finally {
    release()
  }
}

export interface BackupOptions {
  readonly keep?: string | undefined
  readonly at?: string | undefined
  readonly scratch?: string | undefined
  /** Takes a backup without a proof, of before there were any. */
  readonly unproven?: boolean | undefined
}

/** @returns the exit code, or undefined where the command is another */
export async function runBackupCommand(
  [command, given]: readonly (string | undefined)[],
  options: BackupOptions,
  environment: Environment,
): Promise<number | undefined> {
  if (command === 'backup') {
    await runBackup(given, environment, options.keep)
    return 0
  }
  if (command === 'restore') {
    await runRestore(given, environment, options)
    return 0
  }
  if (command !== 'drill') return undefined
  const top = folderOf(given, environment)
  const { at, scratch, unproven } = options
  const ending = createEnding((code) => process.exit(code === 0 ? 130 : code))
  const folder = await pick(top, at)
  const drilled = await drill({ top, folder, environment, scratch, isUnprovenTaken: unproven, ending })
  say(JSON.stringify(drilled))
  return drilled.isWell ? 0 : 1
}
