/** Whose strays a desk decides: those of a place it watches. */
import { postsWith, type Asker } from '../kernel/context.ts'
import { placeTree } from '../places/door.ts'

export const watches = (asker: Asker, placeId: string | null): boolean =>
  placeId !== null && postsWith(asker.caller, 'sync.watch').some((p) => placeTree(asker).contains(p.placeId, placeId))
