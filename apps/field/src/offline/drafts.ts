/** What is being written and was not sent: kept over other pages, and sealed over a closed window where there is a PIN. */
import type { Vault } from '@fengge/web/offline/vault.ts'

export interface Drafts {
  readonly get: (name: string) => unknown
  readonly keep: (name: string, value: unknown) => void
  readonly drop: (name: string) => void
  /** From the disk, once it is open. */
  readonly load: () => Promise<void>
}
const place = 'drafts'

export function makeDrafts(vault: Pick<Vault, 'state' | 'get' | 'put'>): Drafts {
  const held = new Map<string, unknown>()
  let writing: Promise<void> = Promise.resolve()
  const write = () => {
    if (vault.state !== 'open') return
    writing = writing.then(() => vault.put('keys', place, Object.fromEntries(held))).catch(() => undefined)
  }
  return {
    get: (name) => held.get(name),
    keep: (name, value) => {
      held.set(name, value)
      write()
    },
    drop: (name) => {
      if (held.delete(name)) write()
    },
    load: async () => {
      const stored = await vault.get<Record<string, unknown>>('keys', place).catch(() => undefined)
      for (const [name, value] of Object.entries(stored ?? {})) if (!held.has(name)) held.set(name, value)
    },
  }
}
