/** What to do where the server is out of reach: pages are waited for, and everybody is told that there is no line. */
import { useSyncExternalStore } from 'react'

const subscribe = (onChange: () => void) => {
  for (const name of ['online', 'offline']) window.addEventListener(name, onChange)
  return () => {
    for (const name of ['online', 'offline']) window.removeEventListener(name, onChange)
  }
}

/** Whether the computer has a line at all. */
export const useIsOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine)

const untilOnline = () =>
  new Promise<void>((resolve) => {
    if (navigator.onLine) resolve()
    else window.addEventListener('online', () => resolve(), { once: true })
  })

/**
 * Loads a part of the program. Without a line it waits for one; where it cannot be had with a line, the program was
 * replaced by a newer one, which the page says (it is not thrown as a failed import, on which the router loads anew by
 * itself and leaves nothing but the browser's own page).
 */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  for (let tries = 0; tries < 3; tries++) {
    await untilOnline()
    try {
      return await load()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
  }
  throw new Error('part.not-loaded')
}
