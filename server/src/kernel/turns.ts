/** Long work that lets others have their turn: in slices, or a few at a time. */
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Milliseconds after which others have their turn, however few things a slice has come to. */
const longestTurn = 10

/** Works through many things, a slice at a time and no longer than a turn, and lets whoever waits have a turn between. */
export async function inSlices<T, R>(
  items: readonly T[],
  size: number,
  work: (item: T, index: number) => R,
): Promise<R[]> {
  const done: R[] = []
  let left = size
  let began = performance.now()
  for (const [i, item] of items.entries()) {
    if (left-- <= 0 || performance.now() - began > longestTurn) {
      await nextTurn()
      left = size - 1
      began = performance.now()
    }
    done.push(work(item, i))
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
