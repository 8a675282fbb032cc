/**
 * What a change of the net shows to posts that did not see it before: posts follow borders, and with them who sees whom.
 * Posts are the security administrator's to give, so that he and the auditor are told. Left out: posts of villages and
 * above, whose places no border moves.
 */
import type { NetFlow, NetPost } from './terms.ts'

export interface Widening {
  /** People whom somebody answers for from now on who did not before. */
  readonly people: number
  /** Posts that go over to a grid with people of another one. */
  readonly posts: number
  readonly grids: readonly string[]
}

/** @param isNew whether a grid opens by the change: nobody serves in it but who follows into it */
export function widenedBy(
  { moved, posts }: { readonly moved: readonly NetFlow[]; readonly posts: readonly NetPost[] },
  isNew: (gridId: string) => boolean,
): Widening {
  const flows = moved.filter((f) => f.thing === 'person' && f.to !== null)
  const grids = [...new Set(flows.map((f) => f.to!))]
  const found = grids.map((gridId) => {
    const into = flows.filter((f) => f.to === gridId)
    const from = posts.filter((p) => p.to?.includes(gridId)).map((p) => p.placeId)
    const servedBy = new Set([...from, ...(isNew(gridId) ? [] : [gridId])])
    const seenAnew = into.filter((f) => [...servedBy].some((g) => g !== f.from))
    const widened = from.filter((g) => into.some((f) => f.from !== g))
    return { gridId, people: seenAnew.reduce((sum, f) => sum + f.n, 0), posts: widened.length }
  })
  const wider = found.filter((f) => f.people > 0)
  return {
    people: wider.reduce((sum, f) => sum + f.people, 0),
    posts: wider.reduce((sum, f) => sum + f.posts, 0),
    grids: wider.map((f) => f.gridId),
  }
}
