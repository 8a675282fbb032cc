import { useSyncExternalStore } from 'react'

const step = 10_000
const read = () => Math.floor(Date.now() / step) * step
const subscribe = (onTick: () => void) => {
  const timer = setInterval(onTick, step)
  return () => clearInterval(timer)
}

/** The time now in milliseconds, to ten seconds; what shows it is drawn anew as it passes. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read)
}
