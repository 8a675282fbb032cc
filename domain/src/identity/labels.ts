/**
 * How a county calls its roles and the offices of its centres. The ready set is what the documents say: 综治中心 at the
 * county, 网格化服务管理中心 at town and street (seed 000), the committee of a community by its own name. Roles have theirs in
 * roles.ts. A county's own word replaces both in its screens, badges and boards; what was written before keeps its words.
 */
import type { Tier } from '../places/terms.ts'

export const labelKinds = ['role', 'office'] as const
export type LabelKind = (typeof labelKinds)[number]

/** Levels whose centre has a name of its own behind that of the place. */
export const officeLevels = ['county', 'town', 'village'] as const satisfies readonly Tier[]
export type OfficeLevel = (typeof officeLevels)[number]

export const readyOffices: Readonly<Record<OfficeLevel, readonly [name: string, nameEn: string]>> = {
  county: ['综治中心', 'Centre for governance'],
  town: ['网格化服务管理中心', 'Grid service centre'],
  village: ['', ''],
}
