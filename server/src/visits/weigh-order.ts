/** An order before it is given: what it adds to whom; one that is too heavy for somebody needs a word (A4). */
import { dayOf } from '@fengge/domain/kernel/time'
import { orderedHeavy } from '@fengge/domain/visits/facts'
import type { Selector } from '@fengge/domain/visits/terms'
import type { Asking, Ctx } from '../kernel/context.ts'
import { refuse } from '../kernel/problems.ts'
import { placeTree } from '../places/door.ts'
import { weigh, type Added, type Weighed } from './load.ts'
import { countSubjects } from './store/subjects.ts'

/** Whom a campaign is for, and how long each takes. */
export interface CampaignDraft {
  readonly placeId: string
  readonly selector: Selector
  readonly minutes: number
  readonly fromOn: string
  readonly toOn: string
}
type Draft = Added & { readonly tasks: number }

/** One task a grid. */
export const orderDraft = (gridIds: readonly string[], minutes: number, fromOn: string, toOn: string): Draft => ({
  minutes: new Map(gridIds.map((id) => [id, minutes])),
  fromOn,
  toOn,
  tasks: new Set(gridIds).size,
})

/** A task for everybody in its place. */
export async function campaignDraft(
  ctx: Asking,
  { placeId, selector, minutes, fromOn, toOn }: CampaignDraft,
): Promise<Draft> {
  const tree = placeTree(ctx)
  const grids = tree.get(placeId)?.tier === 'grid' ? [placeId] : tree.below(placeId, 'grid')
  const search = { selector, formCode: '', placeId, today: dayOf(ctx.now), periodDays: 1 }
  const found = await countSubjects(ctx.tx, { county: ctx.caller.countyCode, tree, today: search.today }, search, grids)
  const added = found.flatMap((r): [string, number][] => (r.grid_id === null ? [] : [[r.grid_id, r.n * minutes]]))
  return {
    minutes: new Map(added),
    fromOn,
    toOn,
    tasks: found.reduce((sum, r) => sum + r.n, 0),
  }
}

export const heavyOf = (weighed: Weighed): number => weighed.workers.filter((w) => w.isHeavy).length

/** Refuses what would be too heavy for somebody and says no word for it; the word is kept. */
export async function admitLoad(
  ctx: Ctx,
  draft: Added,
  given: { readonly id: string; readonly word: string | undefined },
): Promise<void> {
  const heavy = heavyOf(await weigh(ctx, draft))
  if (heavy === 0) return
  if (given.word === undefined) refuse('order.too-heavy', 422, { workers: heavy })
  ctx.tell(orderedHeavy, { workers: heavy, word: given.word }, given.id)
}
