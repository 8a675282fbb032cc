import { placeTree } from '../../places/door.ts'

/** The name of a place as lists show it. */
export const placeName = (id: string | null): string | null =>
  id === null ? null : (placeTree().get(id)?.name ?? null)
