/**
 * Files of imports as they lie on the disk while they wait: sealed under the secret of the data, each under the name of
 * its own import. What lies there in clear, or was put there under another name, is not read.
 */
import { createWriteStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Ground } from '../../kernel/ground.ts'
import { findSealed, isSealedNow, sealPieces, type SealedFile } from '../../kernel/sealing/sealed-file.ts'
import type { BatchRow } from './store/batches.ts'

type Home = Pick<Ground, 'settings' | 'sealer'>
type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

const aboutOf = (id: string) => `registry.batch ${id}`

export const importFolder = ({ settings }: Pick<Home, 'settings'>): string => join(settings.dataDir, 'imports')

export const batchFile = (home: Pick<Home, 'settings'>, b: Pick<BatchRow, 'id' | 'file_name'>): string =>
  join(importFolder(home), `${b.id}${b.file_name.toLowerCase().endsWith('.xlsx') ? '.xlsx' : '.csv'}`)

/** Seals what streams by into a new file. */
export const sealImport = ({ sealer }: Home, id: string, path: string, bytes: Bytes): Promise<void> =>
  pipeline(sealPieces(sealer, aboutOf(id), bytes), createWriteStream(path, { mode: 0o600, flags: 'wx' }))

/** @throws Refusal where it cannot be opened */
export const openImport = (home: Home, b: Pick<BatchRow, 'id' | 'file_name'>): Promise<SealedFile> =>
  findSealed(home.sealer, batchFile(home, b), aboutOf(b.id))

/** Files that wait and need a secret other than that in force. They are gone when they are taken, within hours. */
export async function countFormerImports(home: Home): Promise<number> {
  const folder = importFolder(home)
  let left = 0
  for (const name of await readdir(folder).catch(() => []))
    if (/\.(?:csv|xlsx)$/.test(name)) {
      const isNow = await isSealedNow(home.sealer, join(folder, name), aboutOf(name.replace(/\.\w+$/, ''))).catch(
        // Taken meanwhile.
        () => true,
      )
      if (!isNow) left++
    }
  return left
}
