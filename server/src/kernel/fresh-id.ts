import { randomBytes } from 'node:crypto'
import { composeId } from '@fengge/domain/kernel/id'

/** A UUIDv7 for a moment (now unless given). */
export function freshId(now: number = Date.now()): string {
  return composeId(now, randomBytes(10))
}
