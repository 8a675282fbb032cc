/** What must hold of borders before a change is saved, and what a check of the net finds. Source: G4–G8, A1. */
import { judgeLoad, loadOf } from '@fengge/domain/places/load'
import type { Finding, Geometry, LoadFigures, LoadWeights, SizeNorm } from '@fengge/domain/places/terms'
import { judgeSize } from '@fengge/domain/places/terms'
import { refuse } from '../kernel/problems.ts'
import { areaOf, boxesMeet, boxOf, differenceOf, intersectionOf, isInside } from './geometry.ts'
import type { PlaceRow } from './store/places.ts'
import { crossingsBetween } from './tangles.ts'

/** Square metres that count as nothing: rounding of shared borders (A1). */
export const tolerance = 1

export interface Shape {
  readonly id: string
  readonly name: string
  readonly geometry: Geometry
}

/** So often may what is drawn cross what is there: a border redrawn along another one crosses it now and then. */
const mostCrossings = 400

/** So often may two borders cross that come by a file or stand there: each may be another's drawing of one road. */
const mostClipped = 4000

/** @throws Refusal where borders cross each other so often that clipping them would hold everybody up */
export function holdUntangled(fresh: readonly Geometry[], others: readonly Geometry[]): void {
  if (crossingsBetween(fresh, others, mostCrossings) > mostCrossings) refuse('border.invalid', 422)
}

/** Refuses a shape that leaves its parent or lies over a sibling by more than a square metre. */
export function holdBorders(
  fresh: readonly Shape[],
  siblings: readonly Shape[],
  parent: { name: string; geometry: Geometry | null },
): void {
  const there = siblings.map((s) => s.geometry)
  const drawn = fresh.map((f) => f.geometry)
  holdUntangled(drawn, parent.geometry ? [...there, parent.geometry] : there)
  for (const shape of fresh) {
    if (parent.geometry) {
      const outside = differenceOf(shape.geometry, [parent.geometry])
      if (areaOf(outside) > tolerance)
        refuse('border.outside-parent', 422, {
          name: shape.name,
          parent: parent.name,
          areaM2: Math.round(areaOf(outside)),
          geometry: outside,
        })
    }
  }
  for (const [i, shape] of fresh.entries()) {
    const overlap = findOverlaps([shape, ...fresh.slice(i + 1), ...siblings], new Set([shape.id]), 1)[0]
    if (overlap)
      refuse('border.overlap', 422, {
        names: overlap.names,
        areaM2: Math.round(overlap.areaM2 ?? 0),
        geometry: overlap.geometry,
      })
  }
}

/** Pairs of shapes that lie over each other, `most` at the most; with `only`, pairs that have one of those in them. */
function findOverlaps(shapes: readonly Shape[], only?: ReadonlySet<string>, most = Infinity): Finding[] {
  const findings: Finding[] = []
  const boxes = shapes.map((s) => boxOf(s.geometry))
  for (let i = 0; i < shapes.length; i++)
    for (let j = i + 1; j < shapes.length; j++) {
      const [a, b] = [shapes[i]!, shapes[j]!]
      if (only && !only.has(a.id) && !only.has(b.id)) continue
      if (!boxesMeet(boxes[i]!, boxes[j]!)) continue
      if (crossingsBetween([a.geometry], [b.geometry], mostClipped) > mostClipped) refuse('border.too-much', 422)
      const both = intersectionOf(a.geometry, b.geometry)
      const areaM2 = areaOf(both)
      if (areaM2 > tolerance)
        findings.push({
          kind: 'overlap',
          placeIds: [a.id, b.id],
          names: [a.name, b.name],
          areaM2,
          geometry: both,
          note: '',
        })
      if (findings.length >= most) return findings
    }
  return findings
}

/** What lies outside of its parent. */
function findOutside(parent: Shape, shapes: readonly Shape[], most = Infinity): Finding[] {
  const findings: Finding[] = []
  for (const s of shapes) {
    if (findings.length >= most) return findings
    const outside = differenceOf(s.geometry, [parent.geometry])
    if (areaOf(outside) > tolerance)
      findings.push({
        kind: 'outside-parent',
        placeIds: [s.id],
        names: [s.name, parent.name],
        areaM2: areaOf(outside),
        geometry: outside,
        note: '',
      })
  }
  return findings
}

/** So many faults of a file are told. */
const mostTold = 20

/**
 * Refuses borders of a file that lie over others or outside of their parent.
 * @param read ids of places whose borders are read from it; of a parent that is, everything below is judged anew
 */
export function holdLevel(parent: Shape | null, shapes: readonly Shape[], read: ReadonlySet<string>): void {
  const judged = shapes.filter((s) => read.has(s.id) || (parent !== null && read.has(parent.id)))
  const overlaps = findOverlaps(shapes, new Set(judged.map((s) => s.id)), mostTold)
  const outside = parent ? findOutside(parent, judged, mostTold - overlaps.length) : []
  const findings = [...overlaps, ...outside]
  const worst = findings[0]
  if (worst) refuse(worst.kind === 'overlap' ? 'border.overlap' : 'border.outside-parent', 422, { findings })
}

/** Every fault among the places right below one parent. */
export function checkLevel(parent: PlaceRow, children: readonly PlaceRow[], norms: readonly SizeNorm[]): Finding[] {
  const shapes = children.filter((c): c is PlaceRow & { geometry: Geometry } => c.geometry !== null)
  const findings: Finding[] = findOverlaps(shapes)
  for (const c of children)
    if (!c.geometry)
      findings.push({ kind: 'no-boundary', placeIds: [c.id], names: [c.name], areaM2: null, geometry: null, note: '' })
  if (parent.geometry && shapes.length > 0) {
    findings.push(...findOutside({ ...parent, geometry: parent.geometry }, shapes))
    const gap = differenceOf(
      parent.geometry,
      shapes.map((s) => s.geometry),
    )
    if (areaOf(gap) > tolerance)
      findings.push({
        kind: 'gap',
        placeIds: [parent.id],
        names: [parent.name],
        areaM2: areaOf(gap),
        geometry: gap,
        note: '',
      })
  }
  return [...findings, ...checkSizes(children, norms)]
}

function checkSizes(children: readonly PlaceRow[], norms: readonly SizeNorm[]): Finding[] {
  return children.flatMap((c) => {
    const norm = norms.find((n) => n.kind === c.kind)
    const verdict = norm ? judgeSize(norm, c) : 'in-band'
    if (verdict !== 'too-large' && verdict !== 'too-small') return []
    return [
      {
        kind: verdict,
        placeIds: [c.id],
        names: [c.name],
        areaM2: null,
        geometry: c.geometry,
        note: c.norm_reason ?? '',
      },
    ]
  })
}

const terrainNames: Readonly<Record<string, string>> = { plain: '平原', hill: '丘陵山地', water: '水网' }

/** The land of a grid, and how much of it is of a terrain that weighs more: all of it, or nothing. */
function landOf({ geometry, terrain }: PlaceRow): Pick<LoadFigures, 'km2' | 'hill' | 'water'> {
  const km2 = areaOf(geometry) / 1e6
  return { km2, hill: terrain === 'hill' ? km2 : 0, water: terrain === 'water' ? km2 : 0 }
}

/** Grids that are more or less work than their size band, by what stands in them beside heads (G4). */
export function checkLoads(
  grids: readonly PlaceRow[],
  figures: ReadonlyMap<string, Partial<LoadFigures>>,
  { norms, weights }: { readonly norms: readonly SizeNorm[]; readonly weights: LoadWeights },
): Finding[] {
  return grids.flatMap((grid) => {
    const known = figures.get(grid.id)
    const norm = norms.find((n) => n.kind === grid.kind)
    if (!norm || !known?.person) return []
    const all = { person: 0, rental: 0, unit: 0, dispute: 0, ...known, ...landOf(grid) }
    const load = loadOf(all, weights)
    const kind = judgeLoad(norm, load)
    if (kind === undefined) return []
    const parts = `人口 ${all.person}、出租 ${all.rental} 套、单位 ${all.unit} 家、一年矛盾纠纷 ${all.dispute} 件、面积 ${all.km2.toFixed(2)} km²（${terrainNames[grid.terrain]}）`
    const note = `折算 ${load} 人（${parts}）${grid.norm_reason ? `；${grid.norm_reason}` : ''}`
    return [{ kind, placeIds: [grid.id], names: [grid.name], areaM2: null, geometry: grid.geometry, note }]
  })
}

export interface Layer {
  readonly id: string
  readonly layer: string
  readonly name: string
  readonly owner: string
  readonly geometry: Geometry | { type: 'Point'; coordinates: readonly [number, number] }
}

/** Blind spots (G8), department grids bound to none (G6), police beats that do not match towns (G7). */
export function checkLayers(layers: readonly Layer[], grids: readonly Shape[], towns: readonly Shape[]): Finding[] {
  const beats = layers.filter((l) => l.layer === 'police-beat').flatMap((l) => checkBeat(l, towns))
  const others = layers.filter((l) => l.layer !== 'police-beat').flatMap((l) => checkSpot(l, grids))
  return [...beats, ...others]
}

function checkSpot(spot: Layer, grids: readonly Shape[]): Finding[] {
  const base = { names: [spot.name, spot.owner], geometry: spot.geometry }
  const isBound = spot.layer === 'department-grid'
  if (spot.geometry.type === 'Point') {
    const [lng, lat] = spot.geometry.coordinates
    const hits = grids.filter((g) => isInside(g.geometry, lng, lat))
    if (hits.length === 0)
      return [{ ...base, kind: isBound ? 'unbound-grid' : 'blind-spot', placeIds: [], areaM2: null, note: '' }]
    return hits.length > 1
      ? [
          {
            ...base,
            kind: 'shared-spot',
            placeIds: hits.map((h) => h.id),
            areaM2: null,
            note: hits.map((h) => h.name).join('、'),
          },
        ]
      : []
  }
  const shape = spot.geometry as Geometry
  const hits = grids.filter(
    (g) => areaOf(intersectionOf(g.geometry, shape)) > Math.max(tolerance, areaOf(shape) * 0.01),
  )
  const bare = differenceOf(
    shape,
    hits.map((h) => h.geometry),
  )
  const findings: Finding[] = []
  if (areaOf(bare) > Math.max(tolerance, areaOf(shape) * 0.01))
    findings.push({
      ...base,
      kind: isBound ? 'unbound-grid' : 'blind-spot',
      placeIds: hits.map((h) => h.id),
      areaM2: areaOf(bare),
      geometry: bare,
      note: '',
    })
  if (!isBound && hits.length > 1)
    findings.push({
      ...base,
      kind: 'shared-spot',
      placeIds: hits.map((h) => h.id),
      areaM2: areaOf(shape),
      note: hits.map((h) => h.name).join('、'),
    })
  return findings
}

function checkBeat(beat: Layer, towns: readonly Shape[]): Finding[] {
  if (beat.geometry.type === 'Point') return []
  const shape = beat.geometry as Geometry
  const whole = areaOf(shape)
  const shares = towns
    .map((t) => ({ town: t, area: areaOf(intersectionOf(t.geometry, shape)) }))
    .filter((s) => s.area > whole * 0.02)
  const best = shares.toSorted((a, b) => b.area - a.area)[0]
  const isOne = best !== undefined && shares.length === 1 && best.area > areaOf(best.town.geometry) * 0.95
  if (isOne) return []
  return [
    {
      kind: 'beat-mismatch',
      placeIds: shares.map((s) => s.town.id),
      names: [beat.name, ...shares.map((s) => s.town.name)],
      areaM2: whole,
      geometry: shape,
      note: shares.map((s) => `${s.town.name} ${Math.round((s.area / whole) * 100)}%`).join('，'),
    },
  ]
}
