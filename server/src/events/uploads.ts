/** Evidence on its way: whose each upload is, and what the finished file becomes: checked, cleaned and kept, or refused. */
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import type { sendEvidence } from '@fengge/domain/events/contract/desk'
import { dayLength } from '@fengge/domain/kernel/time'
import { actAs } from '../kernel/act-as.ts'
import type { Caller } from '../kernel/context.ts'
import { keeping } from '../kernel/files.ts'
import type { Ground } from '../kernel/ground.ts'
import { cleanFile } from '../kernel/judging/judge-file.ts'
import { refuse } from '../kernel/problems.ts'
import type { Uploading } from '../kernel/uploads.ts'
import { keepEvidence, nameEvidence } from './keep-evidence.ts'
import { claimUpload, findEvidence, findUploader, weighUploads } from './store/evidence.ts'

type Ask = AskOf<typeof sendEvidence>

/** What one account may begin to send in a day: more than any day of work asks for. */
export const mostFilesADay = 400
export const mostBytesADay = 1_000_000_000

/** How evidence comes in; the id that the phone chose is the id of the upload and of the evidence. */
export function takeEvidence(engine: Ground): Uploading<Ask> {
  return {
    idOf: (ask) => ask.id,
    begin: (caller, ask, size) => begin(engine, caller, ask.id, size),
    isMine: async (caller, id) =>
      (await findUploader(engine.database.read, caller.countyCode, id)) === accountOf(caller),
    finish: (caller, ask, file) => keep(engine, caller, ask, file),
  }
}

const accountOf = (caller: Caller) => caller.accountId ?? refuse('signed-out', 401)

async function begin(engine: Ground, caller: Caller, id: string, size: number): Promise<void> {
  const accountId = accountOf(caller)
  const at = engine.clock.now()
  await engine.database.write(async (tx) => {
    const { files, bytes } = await weighUploads(tx, accountId, at - dayLength)
    if (files >= mostFilesADay || bytes + size > mostBytesADay) refuse('file.quota', 429)
    if (!(await claimUpload(tx, caller.countyCode, { id, accountId, at, size }))) refuse('request.reused', 409)
  })
}

/** What was kept under an id stays: a repeat, whose first answer was lost, changes nothing. */
async function keep(engine: Ground, caller: Caller, { id, phase, name, type }: Ask, path: string): Promise<void> {
  const { settings, database } = engine
  if (await findEvidence(database.read, caller.countyCode, id)) return
  const named = await nameEvidence(caller.countyCode, await cleanFile(path, type, accountOf(caller)))
  await keeping(settings.dataDir, named.kept, () =>
    actAs(engine, caller, 'sendEvidence', (ctx) =>
      keepEvidence(ctx, settings.dataDir, named, { id, eventId: null, phase, name: name.slice(0, 120) }),
    ),
  )
}
