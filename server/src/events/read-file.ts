/** The bytes of evidence, held against the digest of the day they came: those, or a refusal that is written down. */
import { evidenceDamaged } from '@fengge/domain/events/facts'
import { damagedFiles, readKept } from '../kernel/files.ts'
import { drawSmall } from '../kernel/judging/pictures.ts'
import { refuse } from '../kernel/problems.ts'
import type { Streaming } from '../kernel/serve.ts'
import type { EvidenceFile } from './queries/read-evidence.ts'

export async function readEvidenceFile(ctx: Streaming, dataDir: string, file: EvidenceFile): Promise<Buffer> {
  return readWhole(ctx, dataDir, { id: file.id, path: file.path, sha256: file.sha256 })
}

export async function readSmall(ctx: Streaming, dataDir: string, file: EvidenceFile): Promise<Buffer> {
  const { id, thumbnail_path: path, thumbnail_sha256: sha256 } = file
  if (path !== null && sha256 !== null) return readWhole(ctx, dataDir, { id, path, sha256 })
  return drawSmall(await readEvidenceFile(ctx, dataDir, file), { who: ctx.caller.accountId ?? '', isKnown: true })
}

type Wanted = Pick<EvidenceFile, 'id' | 'path' | 'sha256'>

async function readWhole(ctx: Streaming, dataDir: string, { id, path, sha256 }: Wanted): Promise<Buffer> {
  const found = await readKept(dataDir, path, sha256)
  if ('bytes' in found) return found.bytes
  damagedFiles.inc()
  ctx.tell(evidenceDamaged, { fault: found.fault, sha256 }, id)
  await ctx.note()
  return refuse('evidence.damaged', 410)
}
