/**
 * A drill: the newest backup put back into a scratch place, with a database of its own, and looked at as after a loss.
 * What came of it is written into the folder of backups, as data and as a page to be printed and filed.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { checkFiles, countOrphans } from '@fengge/server/events/door'
import type { Manifest } from '@fengge/server/kernel/backup/manifest'
import { putBack } from '@fengge/server/kernel/backup/put-back'
import { countDatabase } from '@fengge/server/kernel/db/dump/dump'
import { openEmbedded } from '@fengge/server/kernel/db/embedded'
import { journalBook, verifyAll } from '@fengge/server/kernel/journal-chain'
import type { Ending } from '@fengge/server/kernel/running/ending'
import { readSettings, type Settings } from '@fengge/server/kernel/settings'
import { openEngine } from '@fengge/server/main'
import { drillPage } from './drill-page.ts'

export interface Drilled {
  readonly backup: string
  /** When the backup was made, and when the drill was, as instants. */
  readonly madeAt: string
  readonly drilledAt: string
  readonly rows: number
  readonly files: number
  /** From the first byte until a server could be started, in seconds. */
  readonly restoreSeconds: number
  readonly seconds: number
  /** Tables that hold something else than the backup says. */
  readonly differing: readonly string[]
  readonly orphans: number
  readonly missingFiles: number
  readonly changedFiles: number
  readonly journal: readonly { readonly county: string; readonly sealed: number; readonly faults: number }[]
  readonly isWell: boolean
}
export interface DrillPlan {
  readonly top: string
  readonly folder: string
  /** Holds the secret, and nothing else of it is used. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly scratch?: string | undefined
  /** Takes a backup without a proof, of before there were any. */
  readonly isUnprovenTaken?: boolean | undefined
  /** Of the process: told to stop, it leaves neither the database nor the folder behind. */
  readonly ending?: Pick<Ending, 'add'> | undefined
}

/** Its commits need not wait for the disk: it is thrown away. */
const careless = ['fsync', 'synchronous_commit', 'full_page_writes'].flatMap((name) => ['-c', `${name}=off`])

export async function drill(plan: DrillPlan): Promise<Drilled> {
  const { top, folder, environment, scratch, isUnprovenTaken } = plan
  const began = Date.now()
  const real = readSettings(environment)
  const dataDir = await mkdtemp(join(resolve(scratch ?? tmpdir()), 'fengge-drill-'))
  const settings: Settings = {
    ...real,
    dataDir,
    databaseUrl: undefined,
    databaseOwnerUrl: undefined,
    anchorDir: undefined,
    backupDir: undefined,
  }
  const opening = openEmbedded(dataDir, settings.secret, careless)
  const clean = once(async () => {
    const opened = await opening.catch(() => undefined)
    await opened?.stop().catch(() => undefined)
    await rm(dataDir, { recursive: true, force: true })
  })
  plan.ending?.add(clean)
  try {
    const embedded = await opening
    const manifest = await putBack({
      top,
      folder,
      settings,
      openOwner: async () => embedded.url('fengge'),
      isUnprovenTaken,
    })
    const restoreSeconds = (Date.now() - began) / 1000
    const differing = await compare(embedded.url('fengge'), manifest)
    const found = { ...(await look(settings)), differing }
    const drilled: Drilled = {
      backup: basename(folder),
      madeAt: new Date(manifest.at).toISOString(),
      drilledAt: new Date(began).toISOString(),
      rows: manifest.tables.reduce((n, t) => n + t.rows, 0),
      files: manifest.files.length,
      restoreSeconds,
      seconds: (Date.now() - began) / 1000,
      ...found,
      isWell: isWell(found),
    }
    await writeDown(top, drilled)
    return drilled
  } finally {
    await clean()
  }
}

/** However often it is asked for, it is done once, and whoever asks waits for its end. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => (done ??= work())
}

/** Rows and digests of each table against what the backup says; the life of the database is another on purpose. */
async function compare(url: string, { tables }: Manifest): Promise<string[]> {
  const here = await countDatabase(url)
  return tables
    .filter(({ name, rows, sha256 }) => {
      const found = here.get(name)
      return name !== 'kernel.life' && (found?.rows !== rows || found.sha256 !== sha256)
    })
    .map((t) => t.name)
}

type Found = Pick<Drilled, 'orphans' | 'missingFiles' | 'changedFiles' | 'journal' | 'differing'>

/** What `check` and `journal verify` say, by an engine as a server would start it. */
async function look(settings: Settings): Promise<Omit<Found, 'differing'>> {
  const { engine, close } = await openEngine(settings)
  try {
    const orphans = Object.values(await countOrphans(engine.database.read)).reduce((n, one) => n + one, 0)
    const files = await checkFiles(engine)
    const verdicts = await verifyAll(engine.database.read, journalBook(engine))
    const journal = [...verdicts].map(([county, v]) => ({ county, sealed: v.sealed, faults: v.faults.length }))
    return { orphans, missingFiles: files.missing.length, changedFiles: files.changed.length, journal }
  } finally {
    await close()
  }
}

const isWell = ({ orphans, missingFiles, changedFiles, journal, differing }: Found): boolean =>
  orphans + missingFiles + changedFiles + differing.length === 0 && journal.every((j) => j.faults === 0)

async function writeDown(top: string, drilled: Drilled): Promise<void> {
  const folder = join(top, 'drills')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const name = drilled.drilledAt.replaceAll(/[-:]/g, '')
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(drilled)}\n`, { mode: 0o600 })
  await writeFile(join(folder, `${name}.html`), drillPage(drilled), { mode: 0o600 })
  await writeFile(join(folder, 'latest.html'), drillPage(drilled), { mode: 0o600 })
}
