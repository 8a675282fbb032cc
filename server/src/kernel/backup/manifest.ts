/**
 * What a backup says of itself. It is written last: a folder without it is no backup. It names the secret by a digest
 * under a purpose of its own, so that a wrong one is told before anything is put back, and never holds it.
 */
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const Sha = z.string().regex(/^[0-9a-f]{64}$/)
/** Neither upwards nor from the root: what is put back stays in its folder. */
const Path = z.string().refine((p) => p !== '' && !p.startsWith('/') && !p.split('/').includes('..'))
export const Manifest = z.object({
  format: z.literal(1),
  at: z.number(),
  seconds: z.number(),
  server: z.string(),
  secrets: z.object({ main: Sha, data: Sha }),
  suite: z.enum(['intl', 'sm']),
  migrations: z.array(z.object({ name: z.string(), digest: Sha })),
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.object({ name: z.string(), type: z.string() })),
      file: Path,
      rows: z.number().int(),
      sha256: Sha,
    }),
  ),
  sequences: z.array(z.object({ name: z.string(), last: z.string() })),
  files: z.array(z.object({ path: Path, size: z.number(), sha256: Sha })),
})
export type Manifest = z.output<typeof Manifest>

const fileName = 'manifest.json'
export const databaseOf = (folder: string): string => join(folder, 'database')
export const anchorsOf = (folder: string): string => join(folder, 'journal-anchors.log')

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const aside = join(folder, `${fileName}.part`)
  const file = await open(aside, 'w', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(manifest)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(aside, join(folder, fileName))
}

export async function readManifest(folder: string): Promise<Manifest> {
  return Manifest.parse(JSON.parse(await readFile(join(folder, fileName), 'utf8')))
}

const backups = (top: string) => join(top, 'backups')

/** Folders of whole backups, the newest last. */
export async function listBackups(top: string): Promise<string[]> {
  const names: string[] = await readdir(backups(top)).catch(() => [])
  return names
    .toSorted()
    .map((name) => join(backups(top), name))
    .filter((folder) => existsSync(join(folder, fileName)))
}

/** When the newest whole backup was made. */
export async function newestBackupAt(top: string): Promise<Date | undefined> {
  const newest = (await listBackups(top)).at(-1)
  return newest === undefined ? undefined : (await stat(join(newest, fileName))).mtime
}

/** A folder for a new backup, named by its instant. */
export async function makeBackupFolder(top: string, at: number): Promise<string> {
  const folder = join(backups(top), new Date(at).toISOString().replaceAll(/[-:]/g, ''))
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return folder
}
