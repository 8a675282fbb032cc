/** Whose strays a desk decides: those of a place it watches. */
import { postsWith, type Asker, type Post } from '../kernel/context.ts'
import { idsWithin, placeTree } from '../places/door.ts'
import type { InboxRow } from './store/inbox.ts'

export const watches = (asker: Asker, placeId: string | null): boolean =>
  placeId !== null && postsWith(asker.caller, 'sync.watch').some((p) => placeTree(asker).contains(p.placeId, placeId))

/** Whether an act is among those that a caller is shown: of a place whose desk he is, or a keeper's where he keeps records. */
export const isShownTo = (asker: Asker, row: Pick<InboxRow, 'place_id' | 'kept_for'>): boolean =>
  watches(asker, row.place_id) ||
  (row.kept_for === 'keeper' && row.place_id !== null && placesKept(asker).includes(row.place_id))

/** All within the places where somebody keeps the records of key populations. */
export function placesKept(asker: Asker): string[] {
  const posts = postsWith(asker.caller, 'overlay.keep').filter((p) => p.departmentId === null)
  return placesBelow(asker, posts)
}

const placesBelow = (asker: Asker, posts: readonly Post[]): string[] =>
  idsWithin(
    placeTree(asker),
    posts.map((p) => p.placeId),
  )

/** The places it watches, so that those of others crowd nothing out of a list. @returns null for all of the county */
export function watchedPlaces(asker: Asker): string[] | null {
  const tree = placeTree(asker)
  const posts = postsWith(asker.caller, 'sync.watch')
  if (posts.some((p) => tree.get(p.placeId)?.tier === 'county')) return null
  return placesBelow(asker, posts)
}
