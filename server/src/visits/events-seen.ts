import type { Asking } from '../kernel/context.ts'

/** Those of some events that a caller may see; of the others not even the id is told. Who keeps events says it (house.ts). */
export type EventsSeen = (ctx: Asking, ids: readonly (string | null)[]) => Promise<ReadonlySet<string>>
