/** Words of areas and grids. Source: requirements.md G1–G8, domain.md B1. */
import { z } from 'zod'
import { Id } from '../kernel/id.ts'
import { AskedDay } from '../kernel/moments.ts'

/** Anchors of every tree; a county may put levels of its own between them. */
export const tiers = ['province', 'city', 'county', 'town', 'village', 'grid', 'micro'] as const
export const Tier = z.enum(tiers)
export type Tier = z.infer<typeof Tier>

export const gridKinds = ['general', 'dedicated', 'micro', 'mobile'] as const
export const GridKind = z.enum(gridKinds)
/** What the land is: it weighs more to walk a square kilometre of hills or of canals (G4). */
export const terrains = ['plain', 'hill', 'water'] as const
export const Terrain = z.enum(terrains)
export const dedicatedKinds = [
  'office',
  'park',
  'building',
  'mall',
  'market',
  'school',
  'hospital',
  'scenic',
  'religious',
  'street-shops',
] as const
export const DedicatedKind = z.enum(dedicatedKinds)

type Point = [longitude: number, latitude: number]
const mostInRing = 20_000
const isNumberWithin = (value: unknown, most: number): boolean =>
  typeof value === 'number' && value >= -most && value <= most
/** Judged as a whole and to its first fault: of many thousand wrong points a list of faults would take seconds. */
const isRing = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length >= 4 &&
  value.length <= mostInRing &&
  value.every((p) => Array.isArray(p) && p.length === 2 && isNumberWithin(p[0], 180) && isNumberWithin(p[1], 90))
const number = { type: 'number' }
const Ring = z
  .custom<Point[]>(isRing, 'border.ring')
  .meta({ type: 'array', minItems: 4, maxItems: mostInRing, items: { type: 'array', prefixItems: [number, number] } })
const Polygon = z.strictObject({ type: z.literal('Polygon'), coordinates: z.array(Ring).min(1).max(200) })
const MultiPolygon = z.strictObject({
  type: z.literal('MultiPolygon'),
  coordinates: z.array(z.array(Ring).min(1)).min(1).max(500),
})
/** A border in longitude and latitude; a Polygon is read as a MultiPolygon of one. */
export const Geometry = z
  .discriminatedUnion('type', [Polygon, MultiPolygon])
  .transform((g) => (g.type === 'MultiPolygon' ? g : { type: 'MultiPolygon' as const, coordinates: [g.coordinates] }))
export type Geometry = z.output<typeof Geometry>

/** WGS-84 (CGCS2000 at our precision) is stored; borders from Chinese web maps come as GCJ-02. */
export const Datum = z.enum(['wgs84', 'gcj02'])
export type Datum = z.infer<typeof Datum>

export const Place = z.strictObject({
  id: Id,
  code: z.string(),
  name: z.string(),
  level: z.string(),
  tier: Tier,
  parentId: Id.nullable(),
  kind: GridKind.nullable(),
  dedicatedKind: DedicatedKind.nullable(),
  households: z.int().nullable(),
  people: z.int().nullable(),
  normReason: z.string().nullable(),
  terrain: Terrain,
  validFrom: z.string(),
  validTo: z.string().nullable(),
  hasBoundary: z.boolean(),
  childCount: z.int(),
  version: z.int(),
})
export type Place = z.infer<typeof Place>

export const SizeNorm = z.strictObject({
  kind: GridKind,
  leastHouseholds: z.int().min(0).nullable(),
  mostHouseholds: z.int().min(0).nullable(),
  leastPeople: z.int().min(0).nullable(),
  mostPeople: z.int().min(0).nullable(),
  source: z.string().max(200),
})
export type SizeNorm = z.infer<typeof SizeNorm>

const Weight = z.number().min(0).max(10_000)
/**
 * What a rental, a firm, a dispute of a year and a square kilometre weigh in persons, from a day on (G4); `hill` and
 * `water` are what a square kilometre of such land weighs beside. Who does not name them weighs no terrain.
 */
export const LoadWeights = z.strictObject({
  validFrom: AskedDay,
  person: Weight,
  rental: Weight,
  unit: Weight,
  dispute: Weight,
  km2: Weight,
  hill: Weight.default(0),
  water: Weight.default(0),
  source: z.string().max(200),
})
export type LoadWeights = z.infer<typeof LoadWeights>
/** How many of each a grid has; `hill` and `water` are its square kilometres where its terrain is that. */
export type LoadFigures = Readonly<Record<'person' | 'rental' | 'unit' | 'dispute' | 'km2' | 'hill' | 'water', number>>

export const findingKinds = [
  'overlap',
  'gap',
  'outside-parent',
  'no-boundary',
  'too-large',
  'too-small',
  'too-heavy',
  'too-light',
  'blind-spot',
  'shared-spot',
  'beat-mismatch',
  'unbound-grid',
  'invalid',
] as const
/** Something wrong with the net, with the shape of the fault so that a map can show it. */
export const Finding = z.strictObject({
  kind: z.enum(findingKinds),
  placeIds: z.array(Id),
  names: z.array(z.string()),
  areaM2: z.number().nullable(),
  geometry: z.unknown().nullable(),
  note: z.string(),
})
export type Finding = z.infer<typeof Finding>

/** What follows a border (G5). */
export const netThings = [
  'building',
  'estate',
  'house',
  // The households of a micro-grid, beside the houses of its grid.
  'household',
  'person',
  'unit',
  'facility',
  'event',
  'task',
  'hazard',
  'service',
] as const
export const NetThing = z.enum(netThings)
export type NetThing = z.infer<typeof NetThing>
/** So many of a thing go from one grid to another, or stay where both are the same; null is the village above. */
export const NetFlow = z.strictObject({ thing: NetThing, from: Id.nullable(), to: Id.nullable(), n: z.int() })
export type NetFlow = z.infer<typeof NetFlow>
/** How far a change of the net is, in the order in which it goes. */
export const netSteps = ['places', 'posts', 'buildings', 'houses', 'people', 'firms', 'tasks', 'events'] as const
export type NetStep = (typeof netSteps)[number]
export const netKinds = ['border', 'split', 'merge', 'close', 'carve'] as const
export const orderStates = ['waiting', 'running', 'done', 'refused', 'withdrawn'] as const
/** A change of the net that was ordered: for a day to come, or too large to wait for. */
export const NetOrder = z.strictObject({
  id: Id,
  kind: z.enum(netKinds),
  on: z.string(),
  reason: z.string(),
  names: z.array(z.string()),
  state: z.enum(orderStates),
  step: z.enum(netSteps).nullable(),
  problem: z.string().nullable(),
  byName: z.string(),
  askedAt: z.string(),
  finishedAt: z.string().nullable(),
  moved: z.array(NetFlow),
  places: z.array(z.strictObject({ id: Id, name: z.string() })),
})
export type NetOrder = z.infer<typeof NetOrder>
/** From so many people on, a change is better ordered than waited for. */
export const mostAtOnce = 5000

/** What has no point and must be settled: one thing by its id and name, or several that are only counted. */
export const LoosePart = z.strictObject({
  thing: z.union([NetThing, z.literal('place')]),
  id: Id.nullable(),
  name: z.string(),
  from: Id,
  n: z.int(),
})
export type LoosePart = z.infer<typeof LoosePart>
/** A post at a grid that ends, and what follows that grid; `to` is where it is said to go, null where nobody said. */
export const NetPost = z.strictObject({
  postingId: Id,
  holder: z.string(),
  role: z.string(),
  placeId: Id,
  followers: z.array(Id),
  to: z.array(Id).nullable(),
})
export type NetPost = z.infer<typeof NetPost>

/** Whether a grid stands outside its size band; the band advises and never blocks (domain.md A1). */
export function judgeSize(
  norm: SizeNorm,
  size: { households: number | null; people: number | null },
): 'too-large' | 'too-small' | 'in-band' | 'unknown' {
  const { households, people } = size
  if (households === null && people === null) return 'unknown'
  const above = (value: number | null, most: number | null) => value !== null && most !== null && value > most
  const below = (value: number | null, least: number | null) => value !== null && least !== null && value < least
  if (above(households, norm.mostHouseholds) || above(people, norm.mostPeople)) return 'too-large'
  if (below(households, norm.leastHouseholds) || below(people, norm.leastPeople)) return 'too-small'
  return 'in-band'
}
