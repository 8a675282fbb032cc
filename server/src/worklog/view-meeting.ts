import type { Meeting } from '@fengge/domain/worklog/terms'
import { placeTree } from '../places/door.ts'
import type { HeldMeeting } from './store.ts'

/** A meeting as it is shown: with the name of its place. */
export const viewMeeting = (m: HeldMeeting): Meeting => ({
  ...m,
  placeName: placeTree().get(m.placeId)?.name ?? '',
})

/** The grids of a place: itself, where it is one. */
export const gridsOf = (placeId: string): string[] =>
  placeTree().get(placeId)?.tier === 'grid' ? [placeId] : placeTree().below(placeId, 'grid')
