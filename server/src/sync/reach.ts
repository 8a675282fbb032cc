/** Whose strays a desk decides: those of a place it watches. */
import { postsWith, type Caller } from '../kernel/context.ts'
import { placeTree } from '../places/door.ts'

export const watches = (caller: Caller, placeId: string | null): boolean =>
  placeId !== null && postsWith(caller, 'sync.watch').some((p) => placeTree().contains(p.placeId, placeId))
