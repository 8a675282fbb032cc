/** Whose first page it is: by what his posts let him do, in the order of docs/decisions/0011-faces.md. */
import type { Me } from '@fengge/domain/identity/contract'
import { has } from '../shell/useMe.ts'

/**
 * `officer`: the desk of a community. `chief`: who decides what desks ask for, and leaders. `desk`: who dispatches for a town
 * or the county. `handler`: who serves a department. `other`: everybody else who reads events.
 */
export type HomeKind = 'officer' | 'chief' | 'desk' | 'handler' | 'other'

export function homeOf(me: Me): HomeKind {
  if (has(me, 'event.supervise', 'event.confirm-force-close')) return 'chief'
  if (has(me, 'event.dispatch')) return has(me, 'registry.write') ? 'officer' : 'desk'
  return has(me, 'event.sign') ? 'handler' : 'other'
}
