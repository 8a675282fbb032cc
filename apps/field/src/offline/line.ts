/** The line to the server, as the phone's own books use it; a test hands in another. */
import type { ReplyOf, SentOf } from '@fengge/domain/kernel/endpoint'
import { holdSession } from '@fengge/domain/identity/contract'
import * as sync from '@fengge/domain/sync/contract'
import { call, setBearer } from '@fengge/web/api/call.ts'

type Ask<N extends keyof typeof sync> = SentOf<(typeof sync)[N]>
type Reply<N extends keyof typeof sync> = Promise<ReplyOf<(typeof sync)[N]>>
export interface FieldLine {
  readonly pull: (ask: Ask<'pull'>) => Reply<'pull'>
  readonly push: (ask: Ask<'push'>) => Reply<'push'>
  readonly enrol: (ask: Ask<'enrolDevice'>) => Reply<'enrolDevice'>
  readonly recoverKey: (ask: Ask<'recoverKey'>) => Reply<'recoverKey'>
  readonly handIn: (ask: Ask<'handIn'>) => Reply<'handIn'>
  /** Takes the session out of the cookie, for this phone. */
  readonly holdSession: (device: string) => Promise<{ readonly token: string }>
  readonly setSession: (token: string | undefined) => void
  /** A photo under an id of its own, gone on with where it broke off. */
  readonly sendPhoto: (photo: Blob, id: string, phase: string) => Promise<unknown>
}

export const realLine: FieldLine = {
  pull: (ask) => call(sync.pull, ask),
  push: (ask) => call(sync.push, ask),
  enrol: (ask) => call(sync.enrolDevice, ask),
  recoverKey: (ask) => call(sync.recoverKey, ask),
  handIn: (ask) => call(sync.handIn, ask),
  holdSession: (device) => call(holdSession, { device }),
  setSession: setBearer,
  sendPhoto: async (photo, id, phase) => (await import('@fengge/web/api/upload.ts')).sendPhoto(photo, id, phase),
}
