import type { HasShelf } from '../../kernel/shelf.ts'
import { placeTree } from '../../places/door.ts'

/** The name of a place as lists show it. */
export const placeName = (home: HasShelf, id: string | null): string | null =>
  id === null ? null : (placeTree(home).get(id)?.name ?? null)
