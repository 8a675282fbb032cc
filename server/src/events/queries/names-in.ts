import type { Department } from '../../identity/door.ts'
import type { PlaceTree } from '../../places/door.ts'

/** What the ids of a step are called, where they are of departments or places. */
export function namesIn(
  detail: Readonly<Record<string, unknown>>,
  tree: PlaceTree,
  departments: ReadonlyMap<string, Department>,
): Record<string, string> {
  const ids = Object.values(detail)
    .flat()
    .filter((value) => typeof value === 'string')
  const nameOf = (id: string) => departments.get(id)?.name ?? tree.get(id)?.name
  return Object.fromEntries(
    ids.flatMap((id) => {
      const name = nameOf(id)
      return name === undefined ? [] : [[id, name]]
    }),
  )
}
