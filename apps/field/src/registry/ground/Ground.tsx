import type { Holdings } from '@fengge/web/offline/holdings.ts'
import type { Plane, Point } from './project.ts'

/** Borders and placed buildings that a phone holds. */
export function groundOf(holdings: Holdings) {
  const places = holdings.config?.places ?? []
  const own = new Set(places.filter((p) => p.isMine).map((p) => p.id))
  const shapes = (holdings.config?.borders ?? []).map((b) => ({
    id: b.id,
    name: places.find((p) => p.id === b.id)?.name ?? '',
    isMine: own.has(b.id),
    rings: b.geometry.coordinates.flat() as readonly (readonly Point[])[],
  }))
  const buildings = [...holdings.table('building').values()].flatMap(({ id, no, lng, lat, estateId }) =>
    lng === null || lat === null ? [] : [{ id, no, estateId, at: [lng, lat] as const }],
  )
  const border = shapes.filter((s) => s.isMine).flatMap((s) => s.rings.flat())
  return { shapes, buildings, all: border.length > 0 ? border : buildings.map((b): Point => b.at) }
}
export type Ground = ReturnType<typeof groundOf>

/** The ground drawn from what the phone holds: no tiles, no line. */
export function GroundLines({ ground, plane }: { readonly ground: Ground; readonly plane: Plane }) {
  return ground.shapes.map((s) =>
    s.rings.map((ring, i) => (
      <polygon
        key={`${s.id}${i}`}
        className={s.isMine ? 'ground-mine' : 'ground-other'}
        points={ring
          .map((p) =>
            plane
              .at(p)
              .map((n) => n.toFixed(1))
              .join(','),
          )
          .join(' ')}
      />
    )),
  )
}
