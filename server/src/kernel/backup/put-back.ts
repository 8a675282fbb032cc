/**
 * Puts a backup back, into a data folder and a database in which no county lives: of whichever kind, on whichever machine.
 * Nothing is put back but what a proven manifest names, by its digest. Rows are put in one transaction, and files when all
 * rows were found right and before it ends, so that what was interrupted is begun again.
 */
import { existsSync } from 'node:fs'
import { copyFile, rename } from 'node:fs/promises'
import { isInhabited, loadDatabase } from '../db/dump/load.ts'
import { migrate, refuseNewer } from '../db/migrate.ts'
import { wrongSecrets } from '../db/secrets.ts'
import { anchorFilesOf } from '../journal-anchors.ts'
import type { Settings } from '../settings.ts'
import { anchorsOf, databaseOf, readManifest, type Manifest, type Told } from './manifest.ts'
import { digestOf, putFile } from './store-of-files.ts'

export interface RestorePlan {
  /** The folder of all backups, and of the one in it. */
  readonly top: string
  readonly folder: string
  readonly settings: Settings
  /** Of whoever owns the database, asked for when everything else is found fit. */
  readonly openOwner: () => Promise<string>
  /** Whether a manifest is taken that has no proof: one of before there were proofs. One with a false proof never is. */
  readonly isUnprovenTaken?: boolean | undefined
}

/** @throws a sentence, and nothing is changed, where it does not fit */
export async function putBack(plan: RestorePlan): Promise<Manifest> {
  const { top, folder, settings, openOwner } = plan
  const { manifest, proof } = await readManifest(folder, settings.secret)
  refuseUnfit(manifest, settings)
  refuseUnproven(proof, plan.isUnprovenTaken === true)
  await refuseOtherAnchors(folder, manifest)
  const owner = await openOwner()
  if (await isInhabited(owner))
    throw new Error(`这个数据库里已有数据，不能覆盖；请恢复到新的数据目录或空的数据库。
there are data in this database: restore into another data folder or an empty database`)
  await migrate(owner, new Set(manifest.migrations.map((m) => m.name)))
  await loadDatabase(owner, databaseOf(folder), manifest, async () => {
    for (const file of manifest.files) await putFile(top, settings.dataDir, file)
    await putAnchors(folder, settings)
  })
  return manifest
}

function refuseUnproven(proof: Told['proof'], isUnprovenTaken: boolean): void {
  if (proof === 'wrong')
    throw new Error(`清单与它的证明不符：备份被改动过，不能恢复；什么都没有改动。
the manifest is not the one that was written: this backup was changed, and is not restored; nothing was changed`)
  if (proof === 'none' && !isUnprovenTaken)
    throw new Error(`清单没有证明（manifest.hmac）：是旧版本做的备份，或证明被拿走了。确认备份只有自己人能写入，再加 --unproven；什么都没有改动。
the manifest has no proof: an older version made it, or somebody took the proof away. Where you know that nobody else could
write to it, say --unproven; nothing was changed`)
}

async function refuseOtherAnchors(folder: string, { anchors }: Manifest): Promise<void> {
  if (anchors === undefined) return
  const file = anchorsOf(folder)
  const found = existsSync(file) ? await digestOf(file) : null
  if (found !== anchors) throw new Error(`${file}: 备份中的文件已损坏或被改动 the backup holds something else`)
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
