/** The arithmetic of borders that may take long, as a thread of its own does it (beside.ts). It knows no database. */
import type { Geometry } from '@fengge/domain/places/terms'
import { refuse } from '../../kernel/problems.ts'
import { readBorders } from '../drawn.ts'
import { areaOf, differenceOf, intersectionOf, unionOf } from '../geometry.ts'
import { checkLayers, checkLevel, holdBorders, holdLevel, holdUntangled, tolerance, type Shape } from '../net-checks.ts'
import { planChange, type Outline, type Plan } from '../net-plan.ts'

/** What a plan adds to its outline, by ids where the outline has the rows. */
export type Planned = Pick<Plan, 'opened' | 'borders' | 'after' | 'followers' | 'keeping'> & {
  readonly ended: readonly string[]
  readonly unplaced: readonly string[]
}

function plan(outline: Outline): Planned {
  const { opened, borders, after, followers, keeping, ended, unplaced } = planChange(outline)
  const idsOf = (rows: readonly { readonly id: string }[]) => rows.map((r) => r.id)
  return { opened, borders, after, followers, keeping, ended: idsOf(ended), unplaced: idsOf(unplaced) }
}

/** The parts of a split are the whole, and nothing lies in two of them. */
function holdCover(name: string, whole: Geometry, parts: readonly Shape[]): void {
  holdBorders(parts, [], { name, geometry: whole })
  const drawn = parts.map((s) => s.geometry)
  const left = areaOf(differenceOf(whole, drawn))
  if (left > tolerance) refuse('border.not-cover', 422, { areaM2: Math.round(left) })
}

/** What is left of each of some borders without a new one; null where that is nothing. */
function takeFrom(border: Geometry, others: readonly Geometry[]): (Geometry | null)[] {
  holdUntangled([border], others)
  return others.map((o) => {
    const left = differenceOf(o, [border])
    return areaOf(left) > tolerance ? left : null
  })
}

/** Whether borders are the same land but for rounding. */
const areSame = (pairs: readonly (readonly [Geometry, Geometry])[]): boolean[] =>
  pairs.map(([a, b]) => areaOf(differenceOf(a, [b])) <= tolerance && areaOf(differenceOf(b, [a])) <= tolerance)

/** Of each of some borders, the square metres that an area has of it; and those that it has of none. */
function shareOf(area: Geometry, borders: readonly Geometry[]): { both: number[]; bare: number } {
  holdUntangled([area], borders)
  const both = borders.map((b) => areaOf(intersectionOf(b, area)))
  return { both, bare: areaOf(differenceOf(area, borders)) }
}

export const tasks = {
  shareOf,
  readBorders,
  holdBorders,
  holdCover,
  holdLevel,
  takeFrom,
  areSame,
  unionOf,
  plan,
  checkLevel,
  checkLayers,
}
