/** Evidence on its way: whose each upload is, and what the finished file becomes: checked, cleaned and kept, or refused. */
import { readFile } from 'node:fs/promises'
import type { AskOf } from '@fengge/domain/kernel/endpoint'
import type { sendEvidence } from '@fengge/domain/events/contract/desk'
import type { Caller } from '../kernel/context.ts'
import type { Ground } from '../kernel/ground.ts'
import { keepFile } from '../kernel/files.ts'
import { refuse } from '../kernel/problems.ts'
import type { Uploading } from '../kernel/uploads.ts'
import { claimUpload, findEvidence, findUploader, saveEvidence } from './store/evidence.ts'

type Ask = AskOf<typeof sendEvidence>

/** How evidence comes in; the id that the phone chose is the id of the upload and of the evidence. */
export function takeEvidence(engine: Ground): Uploading<Ask> {
  return {
    idOf: (ask) => ask.id,
    begin: async (caller, ask) => {
      const account = accountOf(caller)
      const isMine = await engine.database.write((tx) =>
        claimUpload(tx, caller.countyCode, { id: ask.id, accountId: account, at: engine.clock.now() }),
      )
      if (!isMine) refuse('request.reused', 409)
    },
    isMine: async (caller, id) =>
      (await findUploader(engine.database.read, caller.countyCode, id)) === accountOf(caller),
    finish: (caller, ask, file) => keep(engine, caller, ask, file),
  }
}

const accountOf = (caller: Caller) => caller.accountId ?? refuse('signed-out', 401)

/** What was kept under an id stays: a repeat, whose first answer was lost, changes nothing. */
async function keep(engine: Ground, caller: Caller, { id, phase, name, type }: Ask, file: string): Promise<void> {
  const county = caller.countyCode
  if (await findEvidence(engine.database.read, county, id)) return
  const kept = await keepFile(engine.settings.dataDir, { county, id, bytes: await readFile(file), claimed: type })
  await engine.database.write((tx) =>
    saveEvidence(tx, county, {
      ...kept,
      id,
      eventId: null,
      uploadedBy: accountOf(caller),
      phase,
      name: name.slice(0, 120),
      at: engine.clock.now(),
    }),
  )
}
