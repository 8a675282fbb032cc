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

/** Who serves the grid of an event now, as far as it bears on whose turn it is. Source: domain.md D2, I1. */
export interface Around {
  readonly canVerify: boolean
  /** Somebody may check there who had no hand in the handling. */
  readonly canCheck: boolean
  /** The worker whose check it is still serves there. */
  readonly isCheckerThere: boolean
  /** A check that waits is past its limit; an older phone was not told. */
  readonly isCheckLate?: boolean
}

export interface Actor {
  readonly kind: 'person' | 'resident' | 'system'
  readonly accountId: string | null
  readonly stands: readonly Stand[]
  /** Without it everybody is taken to be where the event says. */
  readonly around?: Around | undefined
  /** What a resident's own report says of him; without it he is whoever holds a follow code. */
  readonly own?: OwnReport
}

/** A report as its reporter stands to the event it has become part of. */
export interface OwnReport {
  /** The number of his report; without it nobody who waits is meant. */
  readonly id?: string
  /** It was joined to somebody else's, which is not his to withdraw. */
  readonly isLinked: boolean
  /** He has said that it is solved. One who said it is not is asked again after the next handling. */
  readonly isSettled: boolean
  /** After a close he once said that it is not solved; each reporter may once. */
  readonly hasReopened?: boolean
  readonly isCitizen: boolean
  /** He is a citizen who waits for an answer. */
  readonly isWaiting: boolean
  /** He has withdrawn it from those it was joined to, and does nothing more with it. */
  readonly isWithdrawn?: boolean
}

export const systemActor: Actor = { kind: 'system', accountId: null, stands: [] }
export const residentActor: Actor = { kind: 'resident', accountId: null, stands: [] }

/** Who follows a report of his own. */
export const followerOf = (own: OwnReport): Actor => ({ ...residentActor, own })
