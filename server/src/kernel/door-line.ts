/**
 * A door that lets a few in at a time. Whoever is known waits in a line of his own and goes first, but never takes more than
 * three of four turns while a stranger waits; among each kind turns go round (lines.ts).
 */
import { networkOfAddress } from '@fengge/domain/kernel/address'
import { Lines, type Most, type Waits } from './lines.ts'
import type { Refusal } from './problems.ts'

export interface Asker {
  /** In whose line he waits. */
  readonly who: string
  readonly isKnown: boolean
}

/** A stranger waits in the line of his network. */
export const strangerAt = (address: string): Asker => ({ who: networkOfAddress(address), isKnown: false })

export interface Room {
  /** So many inside at a time. */
  readonly inside: number
  readonly known: Most
  readonly strangers: Most
  /** What is said where the line is full. */
  readonly full: () => Refusal
}

export interface Door {
  /** Waits until there is room. @returns what is called on leaving @throws what is said where the line is full */
  readonly enter: (asker: Asker) => Promise<() => void>
}

interface Waiting extends Waits {
  readonly go: () => void
}

const knownInARow = 3

export function openDoor(room: Room): Door {
  const known = new Lines<Waiting>(room.known)
  const strangers = new Lines<Waiting>(room.strangers)
  let inside = 0
  let inARow = 0
  const next = () => {
    const isStrangersTurn = known.isEmpty || (inARow >= knownInARow && !strangers.isEmpty)
    inARow = isStrangersTurn ? 0 : inARow + 1
    return (isStrangersTurn ? strangers : known).take()
  }
  const serve = () => {
    while (inside < room.inside) {
      const taken = next()
      if (!taken) return
      inside++
      taken.waits.go()
    }
  }
  return {
    enter: async ({ who, isKnown }) => {
      await new Promise<void>((go, reject) => {
        const drop = () => reject(room.full())
        if (!(isKnown ? known : strangers).join(who, { go, drop })) return drop()
        serve()
      })
      let isInside = true
      return () => {
        if (isInside) inside--
        isInside = false
        serve()
      }
    },
  }
}
