/** Doing an act: kept first, with its photos, then sent. */
import type { ReplyToAct } from '@fengge/domain/sync/contract/acts'
import type { ActName } from '@fengge/domain/sync/terms'
import { Refused, type Failure } from '@fengge/web/api/call.ts'
import { waitsForPhotos, type Fresh, type Outbox } from '@fengge/web/offline/outbox.ts'

export type Outcome<N extends ActName = ActName> =
  | { readonly state: 'done'; readonly reply: ReplyToAct<N> }
  | { readonly state: 'waiting' }
  | { readonly state: 'kept' }
export type DoAct = <N extends ActName>(fresh: Fresh<N>) => Promise<Outcome<N>>

/** How long what is done by one tap can be taken back. */
export const undoTime = 10_000

/** How long a form waits for the line before it says that the act is kept. */
const patience = 5000

export interface ActParts {
  readonly outbox: Outbox
  /** Whether what is kept outlives a closed window. */
  readonly isSealed: () => boolean
  readonly round: () => Promise<void>
  readonly sendPhotos: () => Promise<void>
  readonly wait: (ms: number) => Promise<void>
}

/**
 * Resolves as done, kept by the desk, or waiting. A refusal is thrown, and the act stays in the outbox with its photos:
 * the same id again mends it, `outbox.drop` gives it up.
 * @throws Refused with the server's problem, or `network.down` where nothing could be kept
 */
export function makeActs({ outbox, isSealed, round, sendPhotos, wait }: ActParts): DoAct {
  return async <N extends ActName>(asked: Fresh<N>): Promise<Outcome<N>> => {
    // What would be lost with the window goes at once.
    const { undoFor: _, ...atOnce } = asked
    const fresh: Fresh<N> = isSealed() ? asked : atOnce
    const added = await outbox.add(fresh)
    const { act } = added
    if (fresh.undoFor !== undefined) {
      void wait(fresh.undoFor).then(() => {
        outbox.letGo(act.requestId)
        return round()
      })
      return { state: 'waiting' }
    }
    const photosGone = waitsForPhotos(added) ? sendPhotos() : Promise.resolve()
    const flushing = photosGone.then(() => outbox.flush()).catch(() => 'cut')
    await (isSealed() ? Promise.race([flushing, wait(patience)]) : flushing)
    const kept = outbox.find(act.requestId)
    if (kept?.state === 'refused')
      throw new Refused({
        problem: kept.problem as Failure,
        status: 409,
        ...(isDetails(kept.details) ? { details: kept.details } : {}),
      })
    if (kept?.state === 'done' || kept?.state === 'kept') {
      void round()
      return kept.state === 'done' ? { state: 'done', reply: kept.reply as ReplyToAct<N> } : { state: 'kept' }
    }
    if (isSealed()) return { state: 'waiting' }
    // Nothing may be acknowledged that a closed window would lose.
    await outbox.drop(act.requestId)
    throw new Refused({ problem: 'network.down', status: 0 })
  }
}

const isDetails = (details: unknown): details is Record<string, unknown> =>
  typeof details === 'object' && details !== null
