/** What happens to the net, as the journal keeps it and as the slices above hear it. */
import { z } from 'zod'
import { announced, question, recorded } from '../kernel/fact.ts'
import {
  LoadWeights,
  SizeNorm,
  Tier,
  type LoadFigures,
  type LoosePart,
  type NetFlow,
  type NetPost,
  type NetStep,
} from './terms.ts'

/** A change of the net: which grids ended or moved, what stands in their place, and where each thing goes. */
export interface NetChange {
  readonly on: string
  /** Grids that ended or whose border moved, with the grids inside them. */
  readonly from: readonly string[]
  /** Grids in force after the change, in place of those. */
  readonly to: readonly string[]
  /** Grids and micro-grids that end. */
  readonly ended: readonly string[]
  /** The grid in force after the change that holds a point, anywhere in the net. */
  readonly locate: (lng: number, lat: number) => string | undefined
  /** Whether a grid goes on with all the land it had. */
  readonly keepsAll: (gridId: string) => boolean
  /** Whether a grid held a point before the change. */
  readonly held: (gridId: string, lng: number, lat: number) => boolean
  /** What stands in place of a grid or micro-grid that ended; nothing where it was closed. */
  readonly followersOf: (placeId: string) => readonly string[]
  /** The micro-grid that holds a point after the change, among those that the change touched. */
  readonly locateMicro: (lng: number, lat: number) => string | undefined
  /** The grid of each micro-grid that stands after the change. */
  readonly microHolders: ReadonlyMap<string, string>
  /** Micro-grids that ended or whose border moved. */
  readonly micros: readonly string[]
  /** What a person said of things without a point: a grid, or null for the village above. */
  readonly settled: ReadonlyMap<string, string | null>
  /** Where all else without a point goes, `stay` for where it is; undefined where nobody said. */
  readonly rest: string | null | undefined
  /** Where posts of ended grids go on, by posting. */
  readonly staff: ReadonlyMap<string, readonly string[]>
  /** Tells how far the change is, for who waits. */
  readonly step: (step: NetStep) => Promise<void>
  /** Village and town of a grid, before or after the change. */
  readonly homeOf: (gridId: string) => { villageId: string | null; townId: string | null }
}

/** What a slice foresees of a change: what goes where, what has to be settled first, and whose posts end. */
export interface NetForesight {
  readonly moved?: readonly NetFlow[]
  readonly loose?: readonly LoosePart[]
  readonly posts?: readonly NetPost[]
}
/** What the slices above know of each grid that makes work. */
export interface GridFigures {
  readonly gridId: string
  readonly figures: Partial<LoadFigures>
}
export const gridsWeighed = question<{ readonly gridIds: readonly string[] }, readonly GridFigures[]>('net.weighed')
/** Whether an account may still edit grids, by a post in force today. */
export const giverAsked = question<{ readonly accountId: string; readonly gridIds: readonly string[] }, boolean>(
  'net.giver',
)
export const netForeseen = question<NetChange, NetForesight>('net.foreseen')

/** Where people live in some grids: how many on which point, null where their homes have none. */
export interface Peopled {
  readonly gridId: string
  readonly point: { readonly lng: number; readonly lat: number } | null
  readonly persons: number
}
export const gridsPeopled = question<{ readonly gridIds: readonly string[] }, readonly Peopled[]>('net.peopled')

/** Whom the departments of the caller's county have. */
export interface DepartmentStaff {
  readonly accountId: string
  readonly name: string
  readonly role: string
  readonly department: string
}
export const staffOfDepartments = question<Readonly<Record<string, never>>, readonly DepartmentStaff[]>('net.staff')

/** A department's grid became grids of ours, with who serves on in them. */
export interface AreaFolded {
  readonly foldingId: string
  /** What it is and by which paper. */
  readonly cause: string
  readonly on: string
  readonly gridIds: readonly string[]
  readonly askedBy: string
  readonly staff: readonly { readonly accountId: string; readonly roleCode: string }[]
}
export const areaFolded = announced<AreaFolded>()(
  'area.folded',
  z.strictObject({ how: z.string(), on: z.string(), basis: z.string() }),
)
/** Withdrawn before its day: nobody serves because of it. */
export const areaUnfolded = announced<{ readonly foldingId: string }>()('area.unfolded', z.strictObject({}))

/** Events, buildings, tasks and staff follow it. */
export const netChanged = announced<NetChange>()(
  'net.changed',
  z.strictObject({ on: z.string(), from: z.array(z.string()), to: z.array(z.string()) }),
)

const codes = z.array(z.string())
const turned = z.strictObject({ from: z.string().nullable(), to: z.string().nullable() })

export const gridDrawn = recorded('grid.drawn', z.strictObject({ code: z.string(), name: z.string() }))
export const borderMoved = recorded(
  'grid.border-moved',
  z.strictObject({ grids: codes, on: z.string(), reason: z.string() }),
)
export const gridSplit = recorded(
  'grid.split',
  z.strictObject({ from: z.string(), to: codes, on: z.string(), reason: z.string() }),
)
export const gridsMerged = recorded(
  'grid.merged',
  z.strictObject({ from: codes, to: z.string(), on: z.string(), reason: z.string() }),
)
export const gridClosed = recorded(
  'grid.closed',
  z.strictObject({ code: z.string(), on: z.string(), reason: z.string() }),
)
/** Posts that follow the border see people whom they did not see before. */
export const netWidened = recorded(
  'net.widened',
  z.strictObject({ people: z.int(), posts: z.int(), grids: z.array(z.string()) }),
)
export const netOrdered = recorded(
  'net.ordered',
  z.strictObject({ kind: z.string(), on: z.string(), reason: z.string() }),
)
/** An ordered change that was not carried out on its day; the net stays as it was. */
export interface OrderRefused {
  readonly orderId: string
  readonly kind: string
  readonly on: string
  readonly problem: string
  /** The grids that were to change, by name. */
  readonly about: string
  /** Those grids and all that holds them, and of these the villages and towns. */
  readonly placeIds: readonly string[]
  readonly deskIds: readonly string[]
  /** Who gave the order. */
  readonly accountId: string | null
}
export const orderRefused = announced<OrderRefused>()(
  'net.order-refused',
  z.strictObject({ kind: z.string(), on: z.string(), problem: z.string() }),
)
export const foldingOrdered = recorded(
  'area.fold-ordered',
  z.strictObject({ how: z.string(), on: z.string(), basis: z.string() }),
)
export const netWithdrawn = recorded('net.withdrawn')
export const gridChanged = recorded(
  'grid.changed',
  z.strictObject({ code: z.string(), name: turned, kind: turned, terrain: turned.optional() }),
)

export const levelSaved = recorded(
  'level.saved',
  z.strictObject({ code: z.string(), name: z.string(), tier: Tier, ordinal: z.int() }),
)
export const weightsSaved = recorded('weights.saved', LoadWeights)
export const normSaved = recorded('norm.saved', SizeNorm)
export const areasImported = recorded(
  'areas.imported',
  z.strictObject({
    added: z.int(),
    renamed: z.array(z.strictObject({ code: z.string(), from: z.string(), to: z.string() })),
  }),
)
/** `codes` counts the borders. */
export const bordersImported = recorded(
  'borders.imported',
  z.strictObject({ codes: z.int(), datum: z.enum(['wgs84', 'gcj02']) }),
)
/** A shape whole where it is short; of a longer one how many points it has, how large it is and its digest (SHA-256). */
const KeptShape = z.union([
  z.strictObject({ whole: z.unknown() }),
  z.strictObject({ points: z.int(), areaM2: z.int(), digest: z.string() }),
])
export type KeptShape = z.infer<typeof KeptShape>
/** `changed`: those that were there and are now another, with what they were; `shape` only where it is another. */
export const layerImported = recorded(
  'layer.imported',
  z.strictObject({
    layer: z.string(),
    owner: z.string(),
    count: z.int(),
    changed: z.array(
      z.strictObject({
        id: z.string(),
        name: z.strictObject({ from: z.string(), to: z.string() }),
        shape: z.strictObject({ from: KeptShape, to: KeptShape }).optional(),
      }),
    ),
  }),
)
/** A county got its areas, roles, catalogue, calendar and norms. */
export const countySetUp = recorded('county.set-up', z.strictObject({ categories: z.boolean() }))
