/** What was pulled, as it lies on the disk: the whole first, then deltas, folded into a new whole now and then. */
import type { PulledRows } from '@fengge/web/offline/holdings.ts'
import type { Vault } from '@fengge/web/offline/vault.ts'

const mostSegments = 40

export interface Segments {
  /** Whether rows lie on the disk: a delta is kept only upon what it stands on. */
  readonly isEmpty: () => boolean
  readonly load: (take: (p: PulledRows) => void) => Promise<void>
  /** @returns false when there is no room: rows can be fetched again, acts cannot, so the room is given to them */
  readonly keep: (p: PulledRows) => Promise<boolean>
}

export function makeSegments(vault: Pick<Vault, 'keys' | 'get' | 'put' | 'clear'>): Segments {
  const held = { count: 0 }
  return {
    isEmpty: () => held.count === 0,
    load: async (take) => {
      const keys = (await vault.keys('segments')).toSorted()
      held.count = keys.length
      for (const key of keys) {
        const segment = await vault.get<PulledRows>('segments', key).catch(() => undefined)
        if (segment) take(segment)
      }
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
