/** Borders as they come: how large they may be, and how they are read. */
import type { Datum, Geometry } from '@fengge/domain/places/terms'
import { refuse } from '../kernel/problems.ts'
import { tidy, toDatum } from './geometry.ts'
import { pointsOf } from './tangles.ts'

/** So many points a border has that somebody draws, and all borders of one change together. */
const mostDrawn = { border: 2000, change: 4000 }
/** So many points all borders of one file have. A county's are sent town by town. */
const mostImported = 20_000

/** @throws Refusal where borders have more points than hands draw, before anything is reckoned with them */
export function holdDrawn(drawn: readonly (Geometry | null)[]): void {
  const points = drawn.map((g) => (g === null ? 0 : pointsOf(g)))
  if (points.some((n) => n > mostDrawn.border)) refuse('border.invalid', 422, { most: mostDrawn.border })
  if (points.reduce((sum, n) => sum + n, 0) > mostDrawn.change)
    refuse('border.invalid', 422, { most: mostDrawn.change })
}

/** @throws Refusal where a file has more points than can be judged while somebody waits */
export function holdImported(read: readonly Geometry[]): void {
  if (read.reduce((sum, g) => sum + pointsOf(g), 0) > mostImported)
    refuse('border.invalid', 422, { most: mostImported })
}

/** Borders in our datum, closed and without self-crossings, or the refusal. */
export const readBorders = (drawn: readonly Geometry[], datum: Datum): Geometry[] =>
  drawn.map((g) => tidy(toDatum(g, datum, 'wgs84')) ?? refuse('border.invalid', 422))
