/** What a step is given and what it gives back: the shared words of the step files. */
import type { Problem } from '../kernel/problem.ts'
import type { Action, ActOf } from './acts.ts'
import type { WorkCalendar } from './deadline.ts'
import type { Actor } from './standing.ts'
import type { Category, EventCore } from './terms.ts'

/** A department as the rules need it. */
export interface Department {
  readonly id: string
  readonly placeId: string
  readonly isActive: boolean
}

/** What the outside knows at the moment of the act. */
export interface Given {
  readonly now: number
  readonly calendar: WorkCalendar
  readonly actor: Actor
  readonly category: Category
  /** The category asked for by recode. */
  readonly newCategory?: Category | undefined
  readonly departments: ReadonlyMap<string, Department>
  /** The desks of this event's village, town and county; null where the place is not known. */
  readonly desks: { readonly 1: string | null; readonly 2: string | null; readonly 3: string }
  readonly openChildren: number
  readonly evidencePhases: ReadonlySet<string>
  /** The reporting worker, when still posted to the grid. */
  readonly presentWorkerId: string | null
  readonly mergeTarget?: EventCore | undefined
}

/** What a step changed, and what the journal keeps of it. */
export interface Change {
  readonly event: EventCore
  readonly reason: string
  readonly detail: Record<string, unknown>
}

export type Step<A extends Action> = (event: EventCore, act: ActOf<A>, given: Given) => Change | Problem
export type Steps<A extends Action> = { readonly [K in A]: Step<K> }

/** A change with its words; details that are empty are left out. */
export function changed(event: EventCore, reason: string, detail: Record<string, unknown> = {}): Change {
  return { event, reason, detail }
}
