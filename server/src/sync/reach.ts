/** Whose strays a desk decides: those of a place it watches. */
import { tiers } from '@fengge/domain/places/terms'
import { postsWith, type Asker } from '../kernel/context.ts'
import { placeTree } from '../places/door.ts'

export const watches = (asker: Asker, placeId: string | null): boolean =>
  placeId !== null && postsWith(asker.caller, 'sync.watch').some((p) => placeTree(asker).contains(p.placeId, placeId))

/** The places it watches, so that those of others crowd nothing out of a list. @returns null for all of the county */
export function watchedPlaces(asker: Asker): string[] | null {
  const tree = placeTree(asker)
  const posts = postsWith(asker.caller, 'sync.watch')
  if (posts.some((p) => tree.get(p.placeId)?.tier === 'county')) return null
  return [...new Set(posts.flatMap((p) => tiers.flatMap((tier) => tree.below(p.placeId, tier))))]
}
