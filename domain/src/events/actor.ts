/** Somebody before an event: the postings by which he may act, each seen from this event. */
import type { Duty } from '../kernel/duty.ts'

/** A posting of the caller, seen from one event. */
export interface Stand {
  readonly postingId: string
  readonly placeId: string
  readonly departmentId: string | null
  readonly duties: ReadonlySet<Duty>
  /** The posting's place contains the event. */
  readonly covers: boolean
  /** The post stands at the event's grid, or at a grid that holds it. */
  readonly isOfGrid: boolean
}

export interface Actor {
  readonly kind: 'person' | 'resident' | 'system'
  readonly accountId: string | null
  readonly stands: readonly Stand[]
}

export const systemActor: Actor = { kind: 'system', accountId: null, stands: [] }
export const residentActor: Actor = { kind: 'resident', accountId: null, stands: [] }
