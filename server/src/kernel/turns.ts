/** Long work that lets others have their turn: in slices, or a few at a time. */
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Works through many things, a slice at a time, and lets whoever waits have a turn between. */
export async function inSlices<T, R>(
  items: readonly T[],
  size: number,
  work: (item: T, index: number) => R,
): Promise<R[]> {
  const done: R[] = []
  for (let from = 0; from < items.length; from += size) {
    if (from > 0) await nextTurn()
    for (let i = from; i < Math.min(from + size, items.length); i++) done.push(work(items[i]!, i))
  }
  return done
}

export interface Gate {
  /** Waits until there is room. @returns what is called on leaving */
  readonly enter: () => Promise<() => void>
}

/** Lets so many in at a time; the others wait in line. */
export function openGate(most: number): Gate {
  let inside = 0
  const line: (() => void)[] = []
  const leave = () => {
    const next = line.shift()
    if (next) next()
    else inside--
  }
  return {
    enter: async () => {
      if (inside < most) inside++
      else await new Promise<void>((resolve) => line.push(resolve))
      let isInside = true
      return () => {
        if (isInside) leave()
        isInside = false
      }
    },
  }
}
