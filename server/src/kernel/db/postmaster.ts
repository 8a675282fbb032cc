/** Whether a PostgreSQL runs on a folder, judged by what it left there and by what the system knows of its process. */
import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const file = (home: string) => join(home, 'postmaster.pid')

export interface Postmaster {
  readonly pid: number
  readonly port: number
}

/** What the file of the process says; undefined where there is none. */
export function readPostmaster(home: string): Postmaster | undefined {
  try {
    const lines = readFileSync(file(home), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]) }
  } catch {
    return undefined
  }
}

/**
 * Whether the process that the file names lives and is the server of this folder. After a container was made anew the
 * number is often that of another program; and a dead one that nobody buried still has its number.
 */
export function isServing(home: string, { pid }: Postmaster): boolean {
  if (!(pid > 0) || !isAlive(pid)) return false
  if (process.platform !== 'linux') return true
  const program = readQuietly(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0])
  if (program === undefined || !program.endsWith('postgres')) return false
  // Root in a container may not look into it: then its name must do.
  const stands = readQuietly(() => readlinkSync(`/proc/${pid}/cwd`))
  return stands === undefined || stands === realpathSync(home)
}

/**
 * Takes away the file of a server that is no more, where PostgreSQL itself would not dare: its number is another
 * program's now. Where no process has the number PostgreSQL does it, and looks for more.
 */
export function dropStalePid(home: string): void {
  const said = readPostmaster(home)
  if (said && said.pid > 0 && isAlive(said.pid) && !isServing(home, said)) rmSync(file(home), { force: true })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}

function readQuietly<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
