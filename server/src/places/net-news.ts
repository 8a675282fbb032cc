/** A change of the net as the slices above hear of it: what follows what, and where a point lies afterwards (G5). */
import type { NetChange } from '@fengge/domain/places/facts'
import { insideOf } from './geometry.ts'
import { outerOf, type Plan } from './net-plan.ts'
import { createLocator, type PlaceTree } from './tree.ts'

/** The change as the slices above hear of it. */
export function newsOf(tree: PlaceTree, plan: Plan, step: NetChange['step'] = async () => undefined): NetChange {
  const { ask, below, after, followers, keeping } = plan
  const grids = [...plan.grids, ...outerOf({ host: plan.host, opened: plan.wanted })]
  const rows = new Map([...grids, ...below].map((p) => [p.id, p]))
  const endedIds = new Set(plan.ended.map((p) => p.id))
  const from = [...grids, ...below].filter((p) => p.tier === 'grid').map((p) => p.id)
  const shapesOf = (tier: string) =>
    after.flatMap((s) => (s.tier === tier && s.geometry ? [{ id: s.id, geometry: s.geometry }] : []))
  const near = createLocator(shapesOf('grid'))
  const parents = new Map(plan.opened.map((o) => [o.id, o.parentId]))
  const known = (id: string): string => (parents.has(id) ? known(parents.get(id)!) : id)
  const heldBy = new Map<string, (lng: number, lat: number) => boolean>()
  const touched = new Set([...from, ...endedIds])
  return {
    on: ask.on,
    from,
    to: after.filter((s) => s.tier === 'grid').map((s) => s.id),
    ended: [...endedIds],
    locate: (lng, lat) => {
      const found = near(lng, lat)
      if (found !== undefined) return found
      // Where a grid within a grid ends, the outer one holds its points.
      const line = tree.line(tree.locate(lng, lat)?.id ?? '')
      return line.find((n) => n.tier === 'grid' && !touched.has(n.id))?.id
    },
    keepsAll: (id) => keeping.has(id),
    held: (id, lng, lat) => {
      const border = rows.get(id)?.geometry
      const isHeld = heldBy.get(id) ?? (border ? insideOf(border) : () => false)
      heldBy.set(id, isHeld)
      return isHeld(lng, lat)
    },
    followersOf: (id) => followers.get(id) ?? [],
    locateMicro: createLocator(shapesOf('micro')),
    microHolders: new Map(
      after.flatMap((s) => {
        const holder = parents.get(s.id) ?? rows.get(s.id)?.parent_id
        return s.tier === 'micro' && holder ? [[s.id, holder] as const] : []
      }),
    ),
    micros: [...grids, ...below].filter((p) => p.tier === 'micro').map((p) => p.id),
    settled: new Map(ask.settled.map((s) => [s.id, s.to])),
    rest: ask.rest === undefined && ask.kind === 'close' ? null : ask.rest,
    staff: new Map(ask.staff.map((s) => [s.postingId, s.to])),
    step,
    homeOf: (id) => ({
      villageId: tree.ancestor(known(id), 'village')?.id ?? null,
      townId: tree.ancestor(known(id), 'town')?.id ?? null,
    }),
  }
}
