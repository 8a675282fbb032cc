/** Rounds that keep the phone level with the server: send what waits, then photos, then take what changed. */
import { Refused } from '@fengge/web/api/call.ts'
import type { Holdings, PulledRows } from '@fengge/web/offline/holdings.ts'
import type { Outbox } from '@fengge/web/offline/outbox.ts'
import type { Vault } from '@fengge/web/offline/vault.ts'
import type { FieldClock } from './clock.ts'
import type { FieldLine } from './line.ts'
import type { Segments } from './segments.ts'
import type { Watched } from './state.ts'
import { waitAfter, type Wipe } from './wipe.ts'

export interface RoundParts {
  readonly state: Watched
  readonly outbox: Outbox
  readonly holdings: Holdings
  readonly vault: Vault
  readonly segments: Segments
  readonly line: FieldLine
  readonly clock: FieldClock
  readonly wipe: Wipe
  readonly sendPhotos: () => Promise<void>
  readonly version: string
  readonly wait: (ms: number) => Promise<void>
}
export interface Rounds {
  /** Rounds never overlap; one asked for meanwhile follows. */
  readonly round: () => Promise<void>
  /** Resolves when no round is under way. */
  readonly settled: () => Promise<void>
  /** Takes a pull into what is held. */
  readonly take: (p: PulledRows) => void
}

export function makeRounds(parts: RoundParts): Rounds {
  const { clock, holdings } = parts
  const under: { way: Promise<void> | undefined; isWantedAgain: boolean } = { way: undefined, isWantedAgain: false }
  const take = (p: PulledRows) => {
    clock.learn(p.now)
    holdings.apply(p)
  }
  const round = (): Promise<void> => {
    if (under.way) {
      under.isWantedAgain = true
      return under.way
    }
    under.way = doRound(parts, take).then((ms) => {
      under.way = undefined
      if (ms !== undefined) void parts.wait(ms).then(round)
      if (!under.isWantedAgain) return
      under.isWantedAgain = false
      void round()
    })
    return under.way
  }
  return { round, take, settled: async () => under.way }
}

/** @returns after how long another is due, where the server said so */
async function doRound(parts: RoundParts, take: Rounds['take']): Promise<number | undefined> {
  const { state, outbox, wipe } = parts
  if (state.get().gate !== 'open') return undefined
  state.set({ isSyncing: true })
  try {
    const sent = await outbox.flush()
    await parts.sendPhotos()
    await pullOnce(parts, take)
    if (sent !== 'cut') await outbox.flush()
    state.set({ isOnline: true, fault: '' })
    return undefined
  } catch (error) {
    const problem = error instanceof Refused ? error.problem : undefined
    if (problem?.status === 401 || problem?.problem === 'not-allowed') {
      await wipe.check()
      if (state.get().gate === 'open') state.set({ fault: 'signed-out' })
    } else state.set({ isOnline: problem !== undefined && problem.status !== 0, fault: problem?.problem ?? 'storage' })
    return waitAfter(error)
  } finally {
    state.set({ isSyncing: false })
  }
}

async function pullOnce(parts: RoundParts, take: Rounds['take']): Promise<void> {
  const { vault, outbox, holdings, segments, line, clock, state, wipe } = parts
  const waiting = outbox.waiting()
  // Rows that lie nowhere are asked for whole: a delta upon them would be kept without what it stands on.
  const cursor = vault.state === 'open' && segments.isEmpty() ? '' : holdings.cursor
  const p = await line.pull({
    cursor,
    part: 'all',
    device: vault.device?.id ?? '',
    waiting: waiting.length,
    oldest: waiting[0]?.act.madeAt ?? '',
    clock: clock.own(),
    version: parts.version,
    fault: state.get().fault,
  })
  if (p.wipe) {
    // What waits was sent just before; what could not be sent is handed in sealed, with its photos.
    await wipe.obey()
    return
  }
  // Pages of the grid must not change under a finger for nothing: a delta without rows changes nothing.
  const isNews =
    p.isWhole || p.gone.length > 0 || Object.values(p.rows).some((rows) => rows !== undefined && rows.length > 0)
  take(p)
  if (vault.state === 'open' && isNews && !(await segments.keep(p))) state.set({ fault: 'storage-full' })
}
