/** The window the phone's program runs in. */
import type { Place } from './gate.ts'
import type { Phone } from './phone.ts'

export const browserPlace: Place = {
  takeHold: (isForced, lost) => {
    if (!navigator.locks) return Promise.resolve(true)
    return new Promise((resolve) => {
      void navigator.locks
        .request('fengge-field', isForced ? { steal: true } : { ifAvailable: true }, (lock) => {
          resolve(lock !== null)
          return lock === null ? undefined : new Promise<void>(() => undefined)
        })
        .catch(lost)
    })
  },
  reload: () => location.reload(),
  reloadAtHome: () => {
    location.hash = ''
    location.reload()
  },
  deviceName: () => (/\(([^)]+)\)/.exec(navigator.userAgent)?.[1] ?? 'phone').slice(0, 70),
}

/** Rounds at the moments that matter: the line is back, the page is looked at, and each minute it is. */
export function keepRound({ state, round }: Pick<Phone, 'state' | 'round'>): void {
  window.addEventListener('online', () => {
    state.set({ isOnline: true })
    void round()
  })
  window.addEventListener('offline', () => state.set({ isOnline: false }))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void round()
  })
  setInterval(() => {
    if (document.visibilityState === 'visible') void round()
  }, 60_000)
}
