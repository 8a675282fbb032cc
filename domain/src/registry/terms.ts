/** Words of the registry: what is kept, and how one record looks to a screen. Source: requirements.md R, domain.md B2–B4. */
import { z } from 'zod'
import { Id } from '../kernel/id.ts'

export const recordKinds = ['person', 'house', 'building', 'estate', 'unit', 'facility'] as const
export const RecordKind = z.enum(recordKinds)
export type RecordKind = z.infer<typeof RecordKind>

/** What may stand in what: a building in its estate, a room in a building or along a road, a firm or a thing in any of them. */
export const parentKinds: Readonly<Record<RecordKind, readonly RecordKind[]>> = {
  estate: [],
  building: ['estate'],
  house: ['building', 'estate'],
  unit: ['house', 'building', 'estate'],
  facility: [],
  person: [],
}

/** What comes in and goes out as files. */
export const importKinds = ['person', 'house', 'unit', 'estate', 'building', 'facility', 'link'] as const
export const ImportKind = z.enum(importKinds)
export type ImportKind = z.infer<typeof ImportKind>
export const ExportKind = z.enum(['person', 'house', 'unit'])
export type ExportKind = z.infer<typeof ExportKind>
/** A trial writes nothing, `all` takes the whole file or nothing, `good` what is without fault. */
export const ImportMode = z.enum(['trial', 'all', 'good'])

/** Sharing tiers of requirement D1: general, important, core. */
export type Tier = 'G' | 'I' | 'C'
/** Personal information: none, personal, sensitive (PIPL art. 28). */
export type Personal = '-' | 'p' | 's'

export const linkRoles = ['head', 'member', 'tenant', 'owner', 'co-resident'] as const
export const LinkRole = z.enum(linkRoles)
export type LinkRole = z.infer<typeof LinkRole>
/** Who lives there, as against who owns it. */
export const homeRoles = ['head', 'member', 'tenant', 'co-resident'] as const
export const livingRoles: readonly LinkRole[] = homeRoles
/** Where a house has a head by now, which is refused until it is said: he heads it and the other is a member, or he is a member. */
export const HeadIs = z.enum(['head', 'member'])
export type HeadIs = z.infer<typeof HeadIs>

export const sources = [
  'grid-worker',
  'liaison',
  'resident',
  'department',
  'import',
  'demo',
  'proxy',
  'office',
] as const
export const Source = z.enum(sources)
export type Source = z.infer<typeof Source>

const sourceOfRole: Readonly<Record<string, Source>> = {
  'grid-worker': 'grid-worker',
  'part-time-worker': 'grid-worker',
  'grid-leader': 'grid-worker',
  liaison: 'liaison',
}
/** Where a change comes from by the role of the post that made it: people of the grid, else a desk of the community or the centre. */
export const sourceOf = (roleCode: string | undefined): Source => sourceOfRole[roleCode ?? ''] ?? 'office'

/**
 * Where a value comes from is told by the post of whoever writes it down, and of what he says of himself one thing counts:
 * that somebody else asked him to. A post of a department writes as that department.
 * @example sourceFor({ roleCode: 'registrar', departmentId: null }, 'grid-worker') // 'office'
 */
export function sourceFor(
  post: { readonly roleCode: string; readonly departmentId: string | null } | undefined,
  asked: Source,
): Source {
  if (asked === 'proxy') return 'proxy'
  return (post?.departmentId ?? null) === null ? sourceOf(post?.roleCode) : 'department'
}

export type Value = string | number | boolean | null
export type Values = Readonly<Record<string, Value>>
export const Value = z.union([z.string().max(4000), z.number(), z.boolean(), z.null()])
export const Values = z.record(z.string().max(40), Value)

/** Where a value comes from and when it was last confirmed. */
export const Provenance = z.strictObject({ source: z.string(), by: z.string(), at: z.string() })
export type Provenance = z.infer<typeof Provenance>

/** A record as its reader may see it: masked values are marked, and can be revealed one at a time where `canReveal`. */
export const RecordView = z.strictObject({
  id: Id,
  kind: RecordKind,
  version: z.int(),
  name: z.string(),
  gridId: Id.nullable(),
  gridName: z.string().nullable(),
  parentId: Id.nullable(),
  state: z.enum(['live', 'merged', 'gone']),
  values: Values,
  masked: z.array(z.string()),
  canReveal: z.array(z.string()),
  origin: z.record(z.string(), Provenance),
  confirmedAt: z.string().nullable(),
  dueAt: z.string().nullable(),
  isDue: z.boolean(),
  gaps: z.array(z.string()),
  can: z.array(z.string()),
})
export type RecordView = z.infer<typeof RecordView>

/** What may be amiss with where somebody lives; the same person may stand in two lists. */
export const gaps = ['several', 'nowhere', 'noLead', 'groupRent', 'heads', 'headless', 'minors', 'unplaced'] as const
export const Gap = z.enum(gaps)
export type Gap = z.infer<typeof Gap>

export const Brief = z.strictObject({
  id: Id,
  kind: RecordKind,
  name: z.string(),
  sort: z.string(),
  gridName: z.string().nullable(),
  note: z.string(),
  isDue: z.boolean(),
  dueAt: z.string().nullable(),
})
export type Brief = z.infer<typeof Brief>
