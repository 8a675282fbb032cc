/**
 * Puts a backup back, into a data folder and a database in which no county lives: of whichever kind, on whichever machine.
 * Rows come last and all at once, so that what was interrupted is begun again.
 */
import { existsSync } from 'node:fs'
import { copyFile, rename } from 'node:fs/promises'
import { isInhabited, loadDatabase } from '../db/dump/load.ts'
import { migrate, refuseNewer } from '../db/migrate.ts'
import { wrongSecrets } from '../db/secrets.ts'
import { anchorFilesOf } from '../journal-anchors.ts'
import type { Settings } from '../settings.ts'
import { anchorsOf, databaseOf, readManifest, type Manifest } from './manifest.ts'
import { putFile } from './store-of-files.ts'

export interface RestorePlan {
  /** The folder of all backups, and of the one in it. */
  readonly top: string
  readonly folder: string
  readonly settings: Settings
  /** Of whoever owns the database, asked for when everything else is found fit. */
  readonly openOwner: () => Promise<string>
}

/** @throws a sentence, and nothing is changed, where it does not fit */
export async function putBack({ top, folder, settings, openOwner }: RestorePlan): Promise<Manifest> {
  const manifest = await readManifest(folder)
  refuseUnfit(manifest, settings)
  const owner = await openOwner()
  if (await isInhabited(owner))
    throw new Error(`这个数据库里已有数据，不能覆盖；请恢复到新的数据目录或空的数据库。
there are data in this database: restore into another data folder or an empty database`)
  await migrate(owner, new Set(manifest.migrations.map((m) => m.name)))
  for (const file of manifest.files) await putFile(top, settings.dataDir, file)
  await putAnchors(folder, settings)
  await loadDatabase(owner, databaseOf(folder), manifest)
  return manifest
}

function refuseUnfit(manifest: Manifest, settings: Settings): void {
  const wrong = wrongSecrets(manifest.secrets, settings)
  if (wrong.length > 0)
    throw new Error(`密钥与备份时的不同：${wrong.join('、')}。请先放回原来的密钥；什么都没有改动。
another secret than when the backup was made (${wrong.join(', ')}): put the right one back first; nothing was changed`)
  if (manifest.suite !== settings.suite)
    throw new Error(`FENGGE_SUITE: 备份时是 the backup was made under ${manifest.suite}`)
  refuseNewer(manifest.migrations.map((m) => m.name))
}

/**
 * The anchors as they were. What another place knows of rows that were lost is put aside there, not thrown away: it proves
 * how far the journal had gone.
 */
async function putAnchors(folder: string, settings: Settings): Promise<void> {
  const from = anchorsOf(folder)
  if (!existsSync(from)) return
  for (const file of anchorFilesOf(settings)) {
    if (existsSync(file)) await rename(file, `${file}.before-${Date.now()}`)
    await copyFile(from, file)
  }
}
