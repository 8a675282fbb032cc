import type { Meeting } from '@fengge/domain/worklog/terms'
import type { HasShelf } from '../kernel/shelf.ts'
import { placeTree } from '../places/door.ts'
import type { HeldMeeting } from './store.ts'

/** A meeting as it is shown: with the name of its place. */
export const viewMeeting = (home: HasShelf, m: HeldMeeting): Meeting => ({
  ...m,
  placeName: placeTree(home).get(m.placeId)?.name ?? '',
})

/** The grids of a place: itself, where it is one. */
export const gridsOf = (home: HasShelf, placeId: string): string[] => {
  const tree = placeTree(home)
  return tree.get(placeId)?.tier === 'grid' ? [placeId] : tree.below(placeId, 'grid')
}
