/** How screens reach the phone's books: one object, handed down; and how a form does its act. */
import { createContext, useContext, useRef, useSyncExternalStore } from 'react'
import { Refused } from '@fengge/web/api/call.ts'
import type { DoAct } from './acts.ts'
import type { Phone } from './phone.ts'
import type { FieldState } from './state.ts'

const PhoneContext = createContext<Phone | null>(null)
export const PhoneProvider = PhoneContext.Provider

export function usePhone(): Phone {
  const phone = useContext(PhoneContext)
  if (!phone) throw new Error('no phone was handed to the screens')
  return phone
}

/** What is to be watched; the screen is drawn anew with every change. */
export function useField(): FieldState {
  const { state } = usePhone()
  return useSyncExternalStore(state.watch, state.get)
}

/** In which part the holder reports and records: as a grid worker or as a liaison. */
export function useSource(): 'grid-worker' | 'liaison' {
  const { holdings } = usePhone()
  return holdings.postings().some((p) => p.roleCode === 'liaison') ? 'liaison' : 'grid-worker'
}

/**
 * The acts of one form. What was refused here is mended here: the next act of that name takes its place, with its
 * photos. `giveUp` drops what was refused.
 */
export function useActs(): { readonly doAct: DoAct; readonly giveUp: () => Promise<void> } {
  const { doAct, outbox, makeId } = usePhone()
  const refused = useRef(new Map<string, string>())
  return {
    doAct: async (fresh) => {
      const form = fresh.requestId ?? fresh.name
      const requestId = fresh.requestId ?? refused.current.get(form) ?? makeId()
      try {
        const outcome = await doAct({ ...fresh, requestId })
        refused.current.delete(form)
        return outcome
      } catch (error) {
        if (error instanceof Refused) refused.current.set(form, requestId)
        throw error
      }
    },
    giveUp: async () => {
      for (const requestId of refused.current.values()) await outbox.drop(requestId)
      refused.current.clear()
    },
  }
}
