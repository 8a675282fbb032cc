import { hiddenEvent } from '@fengge/domain/worklog/meetings'
import type { Meeting } from '@fengge/domain/worklog/terms'
import type { Asking, Ctx } from '../kernel/context.ts'
import type { HasShelf } from '../kernel/shelf.ts'
import { visibleAmong } from '../events/door.ts'
import { placeTree } from '../places/door.ts'
import type { HeldMeeting } from './store.ts'

/** Meetings as they are shown: with the names of their places, and of events no more than that there is one to who may not see it now. */
export async function viewMeetings(ctx: Asking | Ctx, meetings: readonly HeldMeeting[]): Promise<Meeting[]> {
  const seen = await visibleAmong(
    ctx,
    meetings.flatMap((m) => m.agenda.map((item) => item.eventId)),
  )
  return meetings.map((m) => ({
    ...m,
    placeName: placeTree(ctx).get(m.placeId)?.name ?? '',
    agenda: m.agenda.map((item) =>
      item.eventId === null || seen.has(item.eventId) ? item : { ...item, text: hiddenEvent, eventId: null },
    ),
  }))
}

export const viewMeeting = async (ctx: Ctx, m: HeldMeeting): Promise<Meeting> => (await viewMeetings(ctx, [m]))[0]!

/** The grids of a place: itself, where it is one. */
export const gridsOf = (home: HasShelf, placeId: string): string[] => {
  const tree = placeTree(home)
  return tree.get(placeId)?.tier === 'grid' ? [placeId] : tree.below(placeId, 'grid')
}
