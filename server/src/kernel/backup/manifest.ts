/**
 * What a backup says of itself. It is written last: a folder without it is no backup. It names the secret by a digest
 * under a purpose of its own, so that a wrong one is told before anything is put back, and never holds it. Beside it lies
 * a proof that whoever holds the secret wrote it: all else that is put back is held against its digests.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { deriveKey } from '../settings.ts'

const Sha = z.string().regex(/^[0-9a-f]{64}$/)
/** Folders of the data folder that are kept: what people handed in, and files of imports that are under way. */
export const keptFolders = ['files', 'imports'] as const
/** Within a folder that is kept, by names that are nothing else. */
const Path = z
  .string()
  .regex(/^[\w-][\w.-]*(?:\/[\w-][\w.-]*)+$/)
  .refine((p) => keptFolders.some((folder) => p.startsWith(`${folder}/`)))
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
      file: z.string(),
      rows: z.number().int(),
      sha256: Sha,
    }),
  ),
  /** Of the anchors as they lie beside it; null where there were none. Backups of before say nothing of them. */
  anchors: Sha.nullable().optional(),
  sequences: z.array(z.object({ name: z.string(), last: z.string() })),
  files: z.array(z.object({ path: Path, size: z.number(), sha256: Sha })),
})
export type Manifest = z.output<typeof Manifest>

const fileName = 'manifest.json'
export const databaseOf = (folder: string): string => join(folder, 'database')
export const anchorsOf = (folder: string): string => join(folder, 'journal-anchors.log')

const proofName = 'manifest.hmac'
const proofOf = (secret: string, said: string | Buffer): Buffer =>
  createHmac('sha256', deriveKey(secret, 'backup-manifest')).update(said).digest()

/** With its proof, which is there first. */
export async function writeManifest(folder: string, manifest: Manifest, secret: string): Promise<void> {
  const said = `${JSON.stringify(manifest)}\n`
  await writeWhole(join(folder, proofName), `${proofOf(secret, said).toString('hex')}\n`)
  await writeWhole(join(folder, fileName), said)
}

async function writeWhole(path: string, text: string): Promise<void> {
  const aside = `${path}.part`
  const file = await open(aside, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(aside, path)
}

export interface Told {
  readonly manifest: Manifest
  /** `none` where it was written before there were proofs, or somebody took it away. */
  readonly proof: 'right' | 'wrong' | 'none'
}

/** @throws a sentence where it cannot be read */
export async function readManifest(folder: string, secret: string): Promise<Told> {
  const said = await readFile(join(folder, fileName))
  const proof = await judgeProof(join(folder, proofName), said, secret)
  try {
    return { manifest: Manifest.parse(JSON.parse(said.toString('utf8'))), proof }
  } catch (error) {
    throw new Error(`${folder}: 清单读不出或不合规 its manifest cannot be read, or says what none says`, {
      cause: error,
    })
  }
}

async function judgeProof(path: string, said: Buffer, secret: string): Promise<Told['proof']> {
  if (!existsSync(path)) return 'none'
  const shown = Buffer.from((await readFile(path, 'latin1')).trim(), 'hex')
  const right = proofOf(secret, said)
  return shown.length === right.length && timingSafeEqual(shown, right) ? 'right' : 'wrong'
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

/** Folders of backups that were not finished and have not been touched since an instant. */
export async function listHalf(top: string, since: number): Promise<string[]> {
  const names: string[] = await readdir(backups(top)).catch(() => [])
  const half: string[] = []
  for (const folder of names.filter((n) => /^\d{8}T\d{6}\.\d{3}Z$/.test(n)).map((n) => join(backups(top), n)))
    if (!existsSync(join(folder, fileName)) && (await stat(folder)).mtimeMs < since) half.push(folder)
  return half
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
