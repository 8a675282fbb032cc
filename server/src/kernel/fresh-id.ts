import { randomFillSync } from 'node:crypto'
import { composeId } from '@fengge/domain/kernel/id'

// Random bytes are drawn in stock: asking the system for ten at a time costs more than the id.
const stock = new Uint8Array(5120)
let used = stock.length

/** Ten random bytes of their own. */
export function tenBytes(): Uint8Array {
  if (used === stock.length) {
    randomFillSync(stock)
    used = 0
  }
  used += 10
  return stock.slice(used - 10, used)
}

/** A UUIDv7 for a moment (now unless given). */
export const freshId = (now: number = Date.now()): string => composeId(now, tenBytes())
