/**
 * One server a data folder. The hold is a lock of the operating system on a file, taken through the SQLite that comes
 * with Node: the system lets it go when the process ends, however it ends, so that nothing stale is ever left.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Milliseconds that a server waits for one that is just going. */
const patience = 2000

/** @returns lets it go @throws a sentence where another server holds it */
export function holdFolder(dataDir: string): () => void {
  const hold = new DatabaseSync(join(dataDir, 'server.lock'), { timeout: patience })
  const holder = join(dataDir, 'server.pid')
  try {
    hold.exec('begin exclusive')
  } catch (error) {
    hold.close()
    if ((error as { errcode?: number }).errcode !== busy) throw error
    throw new Error(`另一个服务（进程 ${readQuietly(holder)}）正在使用数据目录 ${dataDir}，本次启动已退出。
another server (process ${readQuietly(holder)}) works on the data folder ${dataDir}: this one goes`)
  }
  writeFileSync(holder, `${process.pid}\n`)
  return () => hold.close()
}

const busy = 5

function readQuietly(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return '?'
  }
}
