/** Files that nobody owns, and rows of evidence whose file is not what they say: swept away, or found by the check. */
import { addDays, dayLength, dayOf, minute } from '@fengge/domain/kernel/time'
import { dropFile, judgeKept, listFiles } from '../kernel/files.ts'
import type { Ground } from '../kernel/ground.ts'
import { dropUpload, listHalfUploads } from '../kernel/uploads.ts'
import { forgetUploads, listFileRows, listUnnamed, type FileRow } from './store/evidence.ts'
import { forgetIntake } from './store/intake-counts.ts'

/** Drops what came of uploads that nobody went on with for a day, files without a row, and counts of past days. */
export async function sweepFiles(engine: Ground): Promise<void> {
  const { database, clock, settings } = engine
  const yesterday = clock.now() - dayLength
  const ids = await database.write((tx) => forgetUploads(tx, yesterday))
  for (const id of ids) await dropUpload(settings.dataDir, id)
  for (const id of await listHalfUploads(settings.dataDir, yesterday)) await dropUpload(settings.dataDir, id)
  for await (const path of orphans(engine, yesterday)) await dropFile(settings.dataDir, path)
  await database.write((tx) => forgetIntake(tx, addDays(dayOf(clock.now()), -1)))
}

export interface FileFaults {
  readonly checked: number
  /** Ids of evidence whose file or small picture is not there. */
  readonly missing: readonly string[]
  /** Ids of evidence whose file or small picture holds something else. */
  readonly changed: readonly string[]
  /** Files that no row names, relative to the data folder. */
  readonly orphaned: readonly string[]
}

/** Holds every file against its row, and every file in the folder against the rows. */
export async function checkFiles(engine: Ground): Promise<FileFaults> {
  const missing: string[] = []
  const changed: string[] = []
  let checked = 0
  for await (const row of rowsOfFiles(engine)) {
    checked++
    const verdict = await judgeRow(engine.settings.dataDir, row)
    if (verdict === 'missing') missing.push(row.id)
    if (verdict === 'changed') changed.push(row.id)
  }
  const orphaned: string[] = []
  // A file that is being written just now has its row a moment later.
  for await (const path of orphans(engine, Date.now() - 10 * minute)) orphaned.push(path)
  return { checked, missing, changed, orphaned }
}

async function judgeRow(dataDir: string, row: FileRow): Promise<'whole' | 'missing' | 'changed'> {
  const verdict = await judgeKept(dataDir, row.path, row.sha256)
  if (verdict !== 'whole' || row.thumbnail_path === null || row.thumbnail_sha256 === null) return verdict
  return judgeKept(dataDir, row.thumbnail_path, row.thumbnail_sha256)
}

const pageSize = 500

async function* rowsOfFiles({ database }: Ground): AsyncGenerator<FileRow> {
  let after = { county: '', id: '00000000-0000-0000-0000-000000000000' }
  for (;;) {
    const page = await listFileRows(database.read, after, pageSize)
    yield* page
    const last = page.at(-1)
    if (!last || page.length < pageSize) return
    after = { county: last.county_code, id: last.id }
  }
}

async function* orphans({ database, settings }: Ground, before: number): AsyncGenerator<string> {
  let page: string[] = []
  for await (const path of listFiles(settings.dataDir, before)) {
    page.push(path)
    if (page.length < pageSize) continue
    yield* await listUnnamed(database.read, page)
    page = []
  }
  yield* await listUnnamed(database.read, page)
}
