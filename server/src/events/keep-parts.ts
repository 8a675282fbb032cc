import { partsOf, partsOnceAboutStaff, type Hand } from '@fengge/domain/events/secrecy'
import type { EventCore } from '@fengge/domain/events/terms'
import type { Ctx } from '../kernel/context.ts'
import { listHelpers, saveParts, setParts } from './store/parts.ts'

/** Who had a part goes on seeing it; that it is about staff ends the parts of those whom it may be about. */
export async function keepParts({ tx, caller }: Ctx, was: EventCore, event: EventCore, hand: Hand): Promise<void> {
  if (event.isAboutStaff && !was.isAboutStaff)
    return setParts(tx, caller.countyCode, event.id, partsOnceAboutStaff(event, hand))
  const helpers = await listHelpers(tx, caller.countyCode, event.id)
  await saveParts(tx, caller.countyCode, event.id, partsOf(was, hand, helpers))
}
