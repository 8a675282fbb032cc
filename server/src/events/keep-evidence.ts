/** A file becomes evidence: its row first, then the file under a name of its own, then the commit. */
import { evidenceSent } from '@fengge/domain/events/facts'
import type { Ctx } from '../kernel/context.ts'
import { nameFile, writeKept, type KeptFile } from '../kernel/files.ts'
import type { CleanFile } from '../kernel/judging/judge-file.ts'
import { refuse } from '../kernel/problems.ts'
import { saveEvidence, type Evidence } from './store/evidence.ts'

/** A clean file with the name it will have. */
export interface Named {
  readonly file: CleanFile
  readonly kept: KeptFile
}

export const nameEvidence = async (county: string, file: CleanFile): Promise<Named> => ({
  file,
  kept: await nameFile(county, file),
})

/** Keeps a file as evidence. An id that is taken is refused, and what lies under it is not touched. */
export async function keepEvidence(
  ctx: Ctx,
  dataDir: string,
  { file, kept }: Named,
  evidence: Pick<Evidence, 'id' | 'eventId' | 'phase' | 'name'>,
): Promise<void> {
  const { countyCode, accountId } = ctx.caller
  const row = { ...kept, ...evidence, uploadedBy: accountId, at: ctx.now }
  if (!(await saveEvidence(ctx.tx, countyCode, row))) refuse('request.reused', 409)
  const { kind, mime, size, sha256 } = kept
  ctx.tell(evidenceSent, { kind, mime, size, sha256 }, evidence.id)
  await writeKept(dataDir, kept, file)
}
