/** What a step is given and what it gives back: the shared words of the step files. */
import type { Problem } from '../kernel/problem.ts'
import type { Action, ActOf } from './acts.ts'
import type { Told, Waiter } from './calling.ts'
import type { Moment } from './guards.ts'
import type { Category, EventCore } from './terms.ts'

/** A department as the rules need it. */
export interface Department {
  readonly id: string
  readonly placeId: string
  readonly isActive: boolean
}

/** A grid and what it lies in. */
export interface GridSite {
  readonly gridId: string
  readonly villageId: string | null
  readonly townId: string | null
}

/** What the outside knows at the moment of the act. */
export interface Given extends Moment {
  readonly category: Category
  /** The category asked for by recode. */
  readonly newCategory?: Category | undefined
  readonly departments: ReadonlyMap<string, Department>
  /** Departments among those that the act names where nobody serves who would handle it. */
  readonly nobodyIn?: ReadonlySet<string> | undefined
  readonly evidencePhases: ReadonlySet<string>
  /** The reporting worker, when still posted to the grid. */
  readonly presentWorkerId: string | null
  /** Citizens who want to be told, in the order of reporting; known to the steps that end with them. */
  readonly waiters: readonly Waiter[]
  readonly mergeTarget?: EventCore | undefined
  /** What has the report that is unlinked, as it is now. */
  readonly root?: EventCore | undefined
  /** The grid asked for by `place`, with what it lies in. */
  readonly site?: GridSite | undefined
}

/** What a step changed, and what the journal keeps of it. */
export interface Change {
  readonly event: EventCore
  readonly reason: string
  readonly detail: Record<string, unknown>
  /** What was heard of one who waits, or that he was not reached. */
  readonly told?: Told
}

export type Step<A extends Action> = (event: EventCore, act: ActOf<A>, given: Given) => Change | Problem
export type Steps<A extends Action> = { readonly [K in A]: Step<K> }

/** A change with its words; details that are empty are left out. */
export function changed(event: EventCore, reason: string, detail: Record<string, unknown> = {}): Change {
  return { event, reason, detail }
}

/** What the guard of the step has seen to be there. Throws where it is not: then a guard is wrong, not a person. */
export function must<T>(value: T | null): T {
  if (value === null) throw new Error('a guard let through what is not there')
  return value
}
