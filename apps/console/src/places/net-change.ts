/**
 * A change of the net out of what is drawn and filled in. What is drawn is fitted: cut to the parent, and taken from or
 * kept off the neighbours, so that no slivers are left between grids.
 */
import type { Dayjs } from 'dayjs'
import * as clip from 'polyclip-ts'
import type { SentOf } from '@fengge/domain/kernel/endpoint'
import type { foreseeChange } from '@fengge/domain/places/net-contract'
import type { dedicatedKinds, gridKinds } from '@fengge/domain/places/terms'
import { freshId } from '@fengge/web/api/fresh-id.ts'

export type Coordinates = [number, number][][][]
export interface Feature {
  id: string
  properties: { id: string; name: string; kind: string | null; version: number; isParent: boolean }
  geometry: { type: 'MultiPolygon'; coordinates: Coordinates }
}
export type Tool = 'draw' | 'take' | 'split' | 'merge' | 'close'
export interface Values {
  level?: string
  name?: string
  second?: string
  kind?: 'general' | 'dedicated' | 'micro'
  dedicatedKind?: (typeof dedicatedKinds)[number]
  households?: number
  people?: number
  reason?: string
  on: Dayjs
  sure?: boolean
  /** What lies in other grids goes to the new one too. */
  takes?: boolean
}
export type Change = SentOf<typeof foreseeChange>['change']

const poly = (c: Coordinates) => c as unknown as Parameters<typeof clip.union>[0]
const shape = (c: unknown) => ({ type: 'MultiPolygon' as const, coordinates: c as Coordinates })

interface Drawing {
  readonly features: readonly Feature[]
  readonly chosen: readonly string[]
  readonly ring: [number, number][] | null
}
const handle = ({ properties: { id, version } }: Feature) => ({ id, version })
const gridsOf = ({ features }: Drawing) => features.filter((f) => !f.properties.isParent)

/** What was drawn, within its parent. */
function insideOf({ features, ring }: Drawing) {
  const drawn = ring === null ? [] : ([[ring]] as Coordinates)
  const parent = features.find((f) => f.properties.isParent)
  return parent ? clip.intersection(poly(drawn), poly(parent.geometry.coordinates)) : clip.union(poly(drawn))
}

/** @throws Error('empty') where what was drawn meets nothing */
export function drawingOf(v: Values, parentId: string, drawing: Drawing): Change {
  const grids = gridsOf(drawing)
  const inside = insideOf(drawing)
  const touched = grids.filter((g) => clip.intersection(poly(g.geometry.coordinates), inside).length > 0)
  const isFree = !v.takes && touched.length > 0
  const free = isFree ? clip.difference(inside, ...touched.map((g) => poly(g.geometry.coordinates))) : inside
  if (free.length === 0) throw new Error('empty')
  return {
    kind: 'carve',
    parentId,
    grids: isFree ? [] : touched.map(handle),
    on: v.on.format('YYYY-MM-DD'),
    reason: v.reason ?? '',
    grid: {
      id: freshId(),
      name: v.name!,
      level: v.level ?? null,
      kind: v.kind ?? 'general',
      dedicatedKind: v.kind === 'dedicated' ? (v.dedicatedKind ?? null) : null,
      households: v.households ?? null,
      people: v.people ?? null,
      geometry: shape(free),
    },
  }
}

/** @throws Error('empty') where what was drawn meets nothing */
export function changeOf(tool: Exclude<Tool, 'draw'>, v: Values, drawing: Drawing): Change {
  const said = { on: v.on.format('YYYY-MM-DD'), reason: v.reason ?? '' }
  const mine = gridsOf(drawing).filter((g) => drawing.chosen.includes(g.properties.id))
  const target = mine[0]!
  switch (tool) {
    case 'merge':
      return { kind: 'merge', grids: mine.map(handle), into: { id: freshId(), name: v.name! }, ...said }
    case 'close':
      return { kind: 'close', ...handle(target), ...said }
    case 'split':
      return { kind: 'split', ...handle(target), parts: partsOf(target, v, drawing), ...said }
    case 'take':
      return { kind: 'border', borders: bordersOf(target, drawing), ...said }
  }
}

interface Taking {
  readonly on: string
  readonly reason: string
  readonly geometry: Feature['geometry']
  readonly features: readonly Feature[]
}
/** What of a department's area lies in a village. @throws Error('empty') where nothing does */
function landOf({ geometry, features }: Taking): Coordinates {
  const parent = features.find((f) => f.properties.isParent)
  const inside = parent
    ? clip.intersection(poly(geometry.coordinates), poly(parent.geometry.coordinates))
    : clip.union(poly(geometry.coordinates))
  if (inside.length === 0) throw new Error('empty')
  return inside as Coordinates
}
const meeting = (features: readonly Feature[], land: Coordinates) =>
  features.filter(
    (f) => !f.properties.isParent && clip.intersection(poly(f.geometry.coordinates), poly(land)).length > 0,
  )

/** A department's area as a dedicated grid of a village. */
export function dedicatedFrom(
  taking: Taking,
  grid: { readonly parentId: string; readonly name: string; readonly dedicatedKind: (typeof dedicatedKinds)[number] },
): Change {
  const land = landOf(taking)
  const { parentId, ...named } = grid
  return {
    kind: 'carve',
    parentId,
    grids: meeting(taking.features, land).map(handle),
    on: taking.on,
    reason: taking.reason,
    grid: { id: freshId(), kind: 'dedicated', geometry: shape(land), ...named },
  }
}

/** A grid gets the border of a department's area, and its neighbours give way. */
export function borderFrom(taking: Taking, gridId: string): Change {
  const land = landOf(taking)
  const target = taking.features.find((f) => f.properties.id === gridId)
  if (!target) throw new Error('empty')
  const others = meeting(taking.features, land).filter((f) => f !== target)
  const left = others.map((f) => ({
    ...handle(f),
    geometry: shape(clip.difference(poly(f.geometry.coordinates), poly(land))),
  }))
  const borders = [{ ...handle(target), geometry: shape(land) }, ...left]
  return { kind: 'border', borders, on: taking.on, reason: taking.reason }
}

function bordersOf(target: Feature, drawing: Drawing) {
  const inside = insideOf(drawing)
  const touched = gridsOf(drawing).filter(
    (g) => g !== target && clip.intersection(poly(g.geometry.coordinates), inside).length > 0,
  )
  return [
    { ...handle(target), geometry: shape(clip.union(poly(target.geometry.coordinates), inside)) },
    ...touched.map((g) => ({
      ...handle(g),
      geometry: shape(clip.difference(poly(g.geometry.coordinates), inside)),
    })),
  ]
}

function partsOf(grid: Feature, v: Values, { ring }: Drawing) {
  const drawn = [[ring]] as Coordinates
  const part = clip.intersection(poly(grid.geometry.coordinates), poly(drawn))
  const rest = clip.difference(poly(grid.geometry.coordinates), poly(drawn))
  if (part.length === 0 || rest.length === 0) throw new Error('empty')
  const kind = (grid.properties.kind ?? 'general') as (typeof gridKinds)[number]
  const make = (name: string, geometry: unknown) => ({
    id: freshId(),
    name,
    kind,
    dedicatedKind: null,
    households: null,
    people: null,
    geometry: shape(geometry),
  })
  return [make(v.name!, part), make(v.second!, rest)]
}
