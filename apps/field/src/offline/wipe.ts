/** Handing in what waits, sealed as it lies, and wiping: for a phone whose holder may not sign in any more. */
import type { Vault } from '@fengge/web/offline/vault.ts'
import type { FieldLine } from './line.ts'
import type { Watched } from './state.ts'

export interface Wipe {
  /** True when the server has what waits and wants the phone wiped. */
  readonly handIn: (isLeaving?: boolean) => Promise<boolean>
  /** Asks whether this phone is to be wiped, also while it is locked. */
  readonly check: () => Promise<void>
  readonly wipe: () => Promise<void>
}

export function makeWipe(vault: Vault, line: FieldLine, state: Watched): Wipe {
  const handIn = async (isLeaving = false): Promise<boolean> => {
    if (!vault.device) return false
    const { id: device, token } = vault.device
    try {
      const asked = await line.handIn({ device, token, isLeaving, sealed: [] })
      if (!asked.wipe) return false
      await line.handIn({ device, token, isLeaving, sealed: await vault.sealedActs() })
      return true
    } catch {
      return false
    }
  }
  const wipe = async () => {
    await vault.wipe()
    state.set({ gate: 'wiped' })
  }
  return {
    handIn,
    wipe,
    check: async () => {
      if (await handIn()) await wipe()
    },
  }
}
