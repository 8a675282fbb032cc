/** What the thread that compares ledgers is told and says, a slice at a time. */
import type { Pair } from '@fengge/domain/registry/linkage/link'
import type { LedgerRow } from '@fengge/domain/registry/linkage/records'

export interface Cluster {
  readonly members: number[]
  readonly probability: number
}
export interface Compared {
  readonly links: readonly Pair[]
  readonly doubtful: readonly Pair[]
  readonly clusters: readonly Cluster[]
}

/** A thread is kept: it begins anew, takes both ledgers, and gives a slice of what it found each time it is asked. */
export type CompareTask =
  | { readonly begin: true }
  | { readonly side: 'employers' | 'rentals'; readonly rows: readonly LedgerRow[] }
  | { readonly next: true }
export type CompareSaid =
  | { readonly what: keyof Compared; readonly found: readonly (Pair | Cluster)[] }
  | { readonly end: true }

/** A list in parts of a turn's work each. */
export function slicesOf<T>(rows: readonly T[], size = 1000): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size))
}
