/** What stands before the pages: opening, the PIN, signing in, leaving. Source: requirements.md U2. */
import { Refused } from '@fengge/web/api/call.ts'
import type { Holdings } from '@fengge/web/offline/holdings.ts'
import type { Outbox } from '@fengge/web/offline/outbox.ts'
import { fromText, toText, Vault } from '@fengge/web/offline/vault.ts'
import { adoptPhotos } from './leftover-photos.ts'
import type { Drafts } from './drafts.ts'
import type { FieldLine } from './line.ts'
import type { Rounds } from './rounds.ts'
import type { Segments } from './segments.ts'
import type { Watched } from './state.ts'
import type { FieldStore } from './store.ts'
import type { Wipe } from './wipe.ts'

/** The window the program runs in. */
export interface Place {
  /** One window at a time owns the store; a second one says so and may take over. */
  readonly takeHold: (isForced: boolean, lost: () => void) => Promise<boolean>
  readonly reload: () => void
  /** Starts anew at the first page. */
  readonly reloadAtHome: () => void
  readonly deviceName: () => string
}
export interface GateParts {
  readonly state: Watched
  readonly vault: Vault
  readonly store: FieldStore
  readonly outbox: Outbox
  readonly drafts: Drafts
  readonly holdings: Holdings
  readonly segments: Segments
  readonly rounds: Rounds
  readonly line: FieldLine
  readonly wipe: Wipe
  readonly place: Place
  readonly makeId: () => string
}
export interface GateKeeper {
  readonly start: (isForced?: boolean) => Promise<void>
  readonly unlock: (pin: string) => Promise<'open' | 'wrong' | 'gone'>
  /** Sets the PIN: from now on the phone works without signal. Needs the line once. */
  readonly choosePin: (pin: string) => Promise<void>
  /** A forgotten PIN: after a fresh sign-in the server gives the data key back, and nothing is lost. */
  readonly renewPin: (pin: string) => Promise<void>
  readonly lock: () => void
  readonly signedIn: (accountId: string) => Promise<void>
  readonly leave: () => Promise<void>
  /** A phone to be wiped whose content could not be handed in: tries again, or gives it up. */
  readonly handInAgain: () => Promise<void>
  readonly giveUp: () => Promise<void>
}

export function makeGate(parts: GateParts): GateKeeper {
  const { state, vault, place, rounds } = parts
  return {
    start: async (isForced = false) => {
      if (!(await place.takeHold(isForced, () => state.set({ gate: 'elsewhere' })))) {
        state.set({ gate: 'elsewhere' })
        return
      }
      await vault.find()
      if (vault.state === 'locked') {
        state.set({ gate: 'locked' })
        void parts.wipe.check()
        return
      }
      await enter(parts)
    },
    unlock: async (pin) => {
      const done = await vault.unlock(pin)
      if (done === 'open') await begin(parts)
      return done
    },
    choosePin: async (pin) => {
      await beginVault(parts, pin)
      await holdOn(parts)
      await parts.store.seal()
      await parts.outbox.load()
      // A round that was under way may have taken rows before there was a place to keep them.
      await rounds.settled()
      await rounds.round()
    },
    renewPin: async (pin) => {
      const { dataKey } = await parts.line.recoverKey({ requestId: parts.makeId(), id: vault.device!.id })
      const key = fromText(dataKey)
      await vault.lockUnder(pin, key)
      await vault.openWith(key)
      await holdOn(parts)
      await begin(parts)
    },
    lock: () => {
      vault.lock()
      place.reload()
    },
    signedIn: (accountId) => signedIn(parts, accountId),
    leave: async () => {
      if (vault.state === 'open') await vault.drop('keys', 'session')
      if (vault.state === 'open') vault.lock()
      place.reloadAtHome()
    },
    handInAgain: parts.wipe.obey,
    giveUp: parts.wipe.wipe,
  }
}

/** In with the session there is: the first paint wants the day alone; the rest follows. */
async function enter({ state, vault, holdings, rounds, line }: GateParts): Promise<void> {
  try {
    rounds.take(await line.pull({ part: 'day' }))
    state.set({ gate: 'open', problem: null, isOnline: true })
  } catch (error) {
    const problem = error instanceof Refused ? error.problem : undefined
    if (problem?.status === 401) state.set({ gate: 'signed-out', problem: null })
    else if (problem?.problem === 'not-allowed') state.set({ gate: 'signed-out', problem: error })
    else {
      const gate = vault.state === 'open' && holdings.isWhole ? 'open' : 'signed-out'
      state.set({ gate, isOnline: false, problem: error })
    }
    return
  }
  void rounds.round()
}

/** Everything from the disk: what is held, what waits. */
async function begin({ state, vault, outbox, drafts, holdings, segments, rounds, line }: GateParts): Promise<void> {
  await segments.load(holdings)
  await outbox.load()
  await drafts.load()
  await adoptPhotos(vault, outbox, (id) => holdings.table('event').has(id))
  line.setSession((await vault.get<{ token: string }>('keys', 'session').catch(() => undefined))?.token)
  state.set({ gate: 'open' })
  void rounds.round()
}

async function beginVault({ vault, holdings, line, place, makeId }: GateParts, pin: string): Promise<void> {
  const { me } = holdings
  if (!me) throw new Refused({ problem: 'signed-out', status: 401 })
  const key = Vault.makeDataKey()
  const asked = { requestId: makeId(), id: makeId(), name: place.deviceName(), dataKey: toText(key) }
  const { id, token } = await line.enrol(asked)
  await vault.begin(pin, key, { id, token, accountId: me.accountId, holder: me.name })
}

/** Takes the session out of the cookie and seals it: whoever finds the phone has neither its rows nor its holder's session. */
async function holdOn({ vault, line }: GateParts): Promise<void> {
  line.setSession(undefined)
  const { token } = await line.holdSession(vault.device!.id)
  await vault.put('keys', 'session', { token })
  line.setSession(token)
}

/** After a sign-in. Another person's phone is not this person's: what the first left sealed is handed in before it goes. */
async function signedIn(parts: GateParts, accountId: string): Promise<void> {
  const { state, vault } = parts
  if (vault.device && vault.device.accountId !== accountId) {
    // Nothing of the first is lost: without having handed it in the phone is not given on, unless that is said.
    const handed = await parts.wipe.handIn(true)
    if (handed === 'cut') throw new Refused({ problem: 'network.down', status: 0 })
    if (handed !== 'done') {
      state.set({ gate: 'to-be-wiped' })
      return
    }
    await vault.wipe()
  }
  if (vault.state === 'open') await holdOn(parts)
  if (vault.state === 'locked') {
    state.set({ gate: 'locked', problem: null })
    return
  }
  await enter(parts)
}
