/**
 * The phone's own books: vault, holdings and outbox, and the rounds that keep them level with the server. Screens read
 * from here and never wait for the line. Without a PIN everything stays in memory, and an act is only acknowledged
 * once the server has it. Made once (main.tsx), or by a test with a line and a vault of its own.
 */
import { Holdings } from '@fengge/web/offline/holdings.ts'
import { Outbox } from '@fengge/web/offline/outbox.ts'
import { Vault } from '@fengge/web/offline/vault.ts'
import { makeActs, type DoAct } from './acts.ts'
import { makeClock } from './clock.ts'
import { makeDrafts, type Drafts } from './drafts.ts'
import { makeGate, type GateKeeper, type Place } from './gate.ts'
import type { FieldLine } from './line.ts'
import { makePhotos } from './photos.ts'
import { makeRounds } from './rounds.ts'
import { makeSegments } from './segments.ts'
import { makeState, type Watched } from './state.ts'
import { makeStore } from './store.ts'
import { makeWipe } from './wipe.ts'

export interface PhoneParts {
  readonly line: FieldLine
  readonly place: Place
  readonly vault?: Vault
  readonly clock: () => number
  readonly makeId: () => string
  readonly wait: (ms: number) => Promise<void>
  readonly version: string
  readonly isOnline: boolean
}
export interface Phone {
  readonly state: Watched
  readonly vault: Vault
  readonly holdings: Holdings
  readonly outbox: Outbox
  readonly drafts: Drafts
  readonly gate: GateKeeper
  readonly now: () => number
  readonly makeId: () => string
  readonly round: () => Promise<void>
  readonly doAct: DoAct
}

export function makePhone(parts: PhoneParts): Phone {
  const { line, makeId, version } = parts
  const vault = parts.vault ?? new Vault()
  const clock = makeClock(parts.clock)
  const state = makeState(parts.isOnline)
  const holdings = new Holdings()
  const store = makeStore(vault)
  const push: ConstructorParameters<typeof Outbox>[0]['line']['push'] = async (acts) => {
    const answer = await line.push({ device: vault.device?.id ?? '', acts: [...acts] })
    clock.learn(answer.now)
    return answer
  }
  const outbox = new Outbox({ store, line: { push }, now: clock.now, makeId, changed: () => state.set({}) })
  const drafts = makeDrafts(vault)
  const segments = makeSegments(vault)
  const wipe = makeWipe(vault, { line, wait: parts.wait }, state)
  const sendPhotos = makePhotos({ outbox, send: line.sendPhoto, tellFault: (fault) => state.set({ fault }) })
  const { wait } = parts
  const rounds = makeRounds({ state, outbox, holdings, vault, segments, line, clock, wipe, sendPhotos, version, wait })
  const { round } = rounds
  return {
    state,
    vault,
    holdings,
    outbox,
    drafts,
    makeId,
    round,
    now: clock.now,
    gate: makeGate({ ...parts, state, vault, store, outbox, drafts, holdings, segments, rounds, wipe }),
    doAct: makeActs({ outbox, isSealed: () => vault.state === 'open', round, sendPhotos, wait: parts.wait }),
  }
}
