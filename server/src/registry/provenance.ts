/** Where a value comes from, as it is kept beside it. */
import type { Provenance } from '@fengge/domain/registry/terms'
import type { Asking } from '../kernel/context.ts'

export const markOf = (ctx: Asking, source: string): Provenance => ({
  source,
  by: ctx.caller.name,
  at: new Date(ctx.now).toISOString(),
})
