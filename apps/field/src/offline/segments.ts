/** What was pulled, as it lies on the disk: the whole first, then deltas, folded into a new whole now and then. */
import type { Holdings, PulledRows } from '@fengge/web/offline/holdings.ts'
import type { Vault } from '@fengge/web/offline/vault.ts'

const mostSegments = 40

export interface Segments {
  /** Whether rows lie on the disk: a delta is kept only upon what it stands on. */
  readonly isEmpty: () => boolean
  readonly load: (holdings: Pick<Holdings, 'apply' | 'miss'>) => Promise<void>
  /** @returns false when there is no room: rows can be fetched again, acts cannot, so the room is given to them */
  readonly keep: (p: PulledRows) => Promise<boolean>
}

export function makeSegments(vault: Pick<Vault, 'keys' | 'get' | 'put' | 'clear'>): Segments {
  const held = { count: 0 }
  return {
    isEmpty: () => held.count === 0,
    load: async (holdings) => {
      const keys = (await vault.keys('segments')).toSorted()
      held.count = keys.length
      let isTorn = false
      for (const key of keys) {
        const segment = await vault.get<PulledRows>('segments', key).catch(() => undefined)
        if (segment) holdings.apply(segment)
        else isTorn = true
      }
      if (!isTorn) return
      // What later ones stand on is missing: shown as far as it goes, and never taken for the whole.
      holdings.miss()
      held.count = 0
    },
    keep: async (p) => {
      try {
        if (p.isWhole) {
          await vault.clear('segments')
          held.count = 0
        }
        await vault.put('segments', String(held.count++).padStart(6, '0'), p)
        // Enough: the next pull asks for the whole.
        if (held.count > mostSegments) held.count = 0
        return true
      } catch {
        await vault.clear('segments').catch(() => undefined)
        held.count = 0
        return false
      }
    },
  }
}
