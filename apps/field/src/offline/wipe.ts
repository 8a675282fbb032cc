/**
 * Handing in what waits, sealed as it lies, and wiping: for a phone whose holder may not sign in any more. Nothing is
 * wiped before the server has all of it; what cannot be handed in goes only when whoever holds the phone says so.
 */
import { Refused } from '@fengge/web/api/call.ts'
import type { Vault } from '@fengge/web/offline/vault.ts'
import type { FieldLine } from './line.ts'
import type { Watched } from './state.ts'

/**
 * done: the server has all that waits, the phone may be wiped. unwanted: it is not to be wiped. cut: the line broke.
 * refused: the server would not take it.
 */
export type Handed = 'done' | 'unwanted' | 'cut' | 'refused'
export interface Wipe {
  readonly handIn: (isLeaving?: boolean) => Promise<Handed>
  /** Asks whether this phone is to be wiped, also while it is locked. */
  readonly check: () => Promise<void>
  /** The server has said that the phone is to be wiped: hands in and wipes, or says that it could not hand in. */
  readonly obey: () => Promise<void>
  /** Wipes, whatever was handed in. */
  readonly wipe: () => Promise<void>
}

/** Signs of sealed text in one part; a part is whole before the next is begun. */
const partSize = 700_000
const mostInPart = 40

type Drawers = Pick<Vault, 'device' | 'keys' | 'sealed' | 'wipe' | 'lock'>

interface Way {
  readonly line: Pick<FieldLine, 'handIn'>
  readonly wait: (ms: number) => Promise<void>
}

export function makeWipe(vault: Drawers, way: Way, state: Watched): Wipe {
  const send = patiently(way)
  const asked = { isWanted: false, isLeaving: false }
  const handIn = async (isLeaving = false): Promise<Handed> => {
    if (!vault.device) return 'unwanted'
    const own = { device: vault.device.id, token: vault.device.token, isLeaving }
    try {
      asked.isWanted = (await send({ ...own, step: 'ask', sealed: [] })).wipe
      if (!asked.isWanted) return 'unwanted'
      for await (const part of partsOf(vault)) {
        if (!(await send({ ...own, step: 'part', ...part })).wipe) return 'unwanted'
      }
      return (await send({ ...own, step: 'last', sealed: [] })).wipe ? 'done' : 'unwanted'
    } catch (error) {
      const status = error instanceof Refused ? error.problem.status : 0
      return status === 0 || status === 429 || status >= 500 ? 'cut' : 'refused'
    }
  }
  const wipe = async () => {
    await vault.wipe()
    state.set({ gate: 'wiped' })
  }
  const obey = async () => {
    const handed = await handIn(asked.isLeaving)
    if (handed === 'done') await wipe()
    if (handed !== 'cut' && handed !== 'refused') return
    // Nobody reads on, and nothing is lost: the next contact hands it in, or whoever holds the phone gives it up.
    vault.lock()
    state.set({ gate: 'to-be-wiped' })
  }
  return {
    handIn: (isLeaving = false) => {
      asked.isLeaving = isLeaving
      return handIn(isLeaving)
    },
    wipe,
    obey,
    check: async () => {
      const handed = await handIn()
      if (handed === 'done') await wipe()
      if (asked.isWanted && (handed === 'cut' || handed === 'refused')) state.set({ gate: 'to-be-wiped' })
    },
  }
}

/** How often in a row a phone lets itself be put off. */
const mostPutOff = 20

/** Sends the same again when it was told to wait and has waited. */
function patiently({ line, wait }: Way): FieldLine['handIn'] {
  return async (ask) => {
    for (let putOff = 0; ; putOff++) {
      try {
        return await line.handIn(ask)
      } catch (error) {
        const ms = waitAfter(error)
        if (ms === undefined || putOff >= mostPutOff) throw error
        await wait(ms)
      }
    }
  }
}

/** How long to wait after a refusal, or undefined where waiting helps nothing. */
export function waitAfter(error: unknown): number | undefined {
  if (!(error instanceof Refused) || error.problem.problem !== 'too-many-requests') return undefined
  const seconds = Number(error.problem.details?.['retryAfter'])
  return Math.min(60, Number.isFinite(seconds) && seconds > 0 ? seconds : 5) * 1000
}

interface HandedPart {
  readonly sealed: string[]
  readonly photos: { readonly id: string; readonly sealed: string }[]
}

/** Acts first, then photos, which follow the acts that tell of them; each read when its turn comes. */
async function* partsOf(vault: Drawers): AsyncGenerator<HandedPart> {
  for (const drawer of ['acts', 'photos'] as const) {
    let part: HandedPart['photos'] = []
    let size = 0
    const whole = (): HandedPart =>
      drawer === 'acts' ? { sealed: part.map((p) => p.sealed), photos: [] } : { sealed: [], photos: part }
    for (const id of await vault.keys(drawer)) {
      const sealed = await vault.sealed(drawer, id)
      if (sealed === undefined) continue
      if (part.length > 0 && (size + sealed.length > partSize || part.length >= mostInPart)) {
        yield whole()
        part = []
        size = 0
      }
      part.push({ id, sealed })
      size += sealed.length
    }
    if (part.length > 0) yield whole()
  }
}
