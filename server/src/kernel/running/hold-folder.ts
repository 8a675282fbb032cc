/**
 * One server a data folder, one backup a folder of backups. The hold is a lock of the operating system on a file, taken
 * through the SQLite that comes with Node: the system lets it go when the process ends, however it ends, so that nothing
 * stale is ever left.
 */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Milliseconds that one waits for another that is just going. */
const patience = 2000

const refusals = {
  server: (folder: string, holder: string) => `另一个服务（进程 ${holder}）正在使用数据目录 ${folder}，本次启动已退出。
another server (process ${holder}) works on the data folder ${folder}: this one goes`,
  backup: (folder: string, holder: string) => `另一个备份（进程 ${holder}）正在写入 ${folder}，本次已退出。
another backup (process ${holder}) is being written to ${folder}: this one goes`,
}

/** @returns lets it go @throws a sentence where another holds it */
export function holdFolder(folder: string, what: keyof typeof refusals): () => void {
  const hold = new DatabaseSync(ownFile(join(folder, `${what}.lock`)), { timeout: patience })
  const holder = join(folder, `${what}.pid`)
  try {
    hold.exec('begin exclusive')
  } catch (error) {
    hold.close()
    if ((error as { errcode?: number }).errcode !== busy) throw error
    throw new Error(refusals[what](folder, readQuietly(holder)), { cause: error })
  }
  writeFileSync(ownFile(holder), `${process.pid}\n`)
  return () => hold.close()
}

/** Whoever may open a file may lock it: nobody but its owner. It is not opened where it is there, which would end a lock of ours. */
function ownFile(file: string): string {
  if (!existsSync(file)) writeFileSync(file, '', { mode: 0o600 })
  chmodSync(file, 0o600)
  return file
}

const busy = 5

function readQuietly(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return '?'
  }
}
