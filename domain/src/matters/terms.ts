/** Grid matters: what the grid may be asked to do, from when to when, for whom and why. Source: requirements.md A1–A3, domain.md B6, D6. */
import { z } from 'zod'
import { Id } from '../kernel/id.ts'
import { dayLength, type Day } from '../kernel/time.ts'

export const matterKinds = ['regular', 'temporary', 'emergency'] as const
/** What is done under a matter: collecting, looking after a place, calling on somebody, mediating, telling, serving, reporting, meeting. */
export const taskKinds = ['collect', 'patrol', 'visit', 'mediate', 'publicise', 'serve', 'report', 'meet'] as const
export const TaskKind = z.enum(taskKinds)
export type TaskKind = z.infer<typeof TaskKind>

/** Whom or what it is done about: all of them, or a group that the registry finds. */
export const matterObjects = [
  'person',
  'elder-alone',
  'left-behind',
  'care',
  'house',
  'house-rental',
  'house-group',
  'unit',
  'unit-shop',
  'facility',
  'grid',
] as const
export const MatterObject = z.enum(matterObjects)
export type MatterObject = z.infer<typeof MatterObject>

export const evidenceKinds = ['none', 'photo', 'signature'] as const

export const Matter = z.strictObject({
  id: Id,
  code: z.string(),
  name: z.string(),
  nameEn: z.string(),
  classCode: z.string(),
  className: z.string(),
  classNameEn: z.string(),
  kind: z.enum(matterKinds),
  owner: z.string(),
  taskKinds: z.array(TaskKind),
  objects: z.array(MatterObject),
  steps: z.string(),
  /** Of one task at most. */
  minutes: z.int(),
  /** What it takes of a grid in all, in words. */
  effort: z.string(),
  frequency: z.string(),
  funding: z.string(),
  basis: z.string(),
  evidence: z.enum(evidenceKinds),
  evidenceWhy: z.string(),
  setCode: z.string(),
  isReconstructed: z.boolean(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
  version: z.int(),
})
export type Matter = z.infer<typeof Matter>

/**
 * Matters under which households are asked whether what is registered is still true, as the ready sets name them; the
 * first of them that is in force. A county may call it what it likes: it is known by its code.
 */
export const confirmingCodes = ['000-A02', '000-A01', '001-1', 'jiangsu-J02'] as const

/** @returns undefined where no such matter is in force: then there is no such list */
export function confirmingMatter<M extends Pick<Matter, 'code'>>(inForce: readonly M[]): M | undefined {
  return confirmingCodes.flatMap((code) => inForce.find((m) => m.code === code) ?? [])[0]
}

/** Longest term of a temporary matter in days (domain.md D6). */
export const temporaryDays = 90

/** Whether a matter may be worked on that day; the last day counts. */
export function isInForce(matter: Pick<Matter, 'validFrom' | 'validTo'>, day: Day): boolean {
  return matter.validFrom <= day && (matter.validTo === null || day <= matter.validTo)
}

export type MatterFault =
  | 'matter.evidence-why'
  | 'matter.no-end'
  | 'matter.too-long'
  | 'matter.dates'
  | 'matter.forbidden'

/** What no grid worker may be sent to do: enforcing, fining, charging (domain.md D6 hard rules). */
const beyondTheGrid = /执法|处罚|罚款|收费|收缴|强制|催缴/

/** What is wrong with a matter, or undefined. A photo needs its reason (domain.md A15); a temporary matter an end. */
export function judgeMatter(
  matter: Pick<Matter, 'name' | 'kind' | 'evidence' | 'evidenceWhy' | 'validFrom' | 'validTo'>,
): MatterFault | undefined {
  if (beyondTheGrid.test(matter.name)) return 'matter.forbidden'
  if (matter.evidence !== 'none' && matter.evidenceWhy === '') return 'matter.evidence-why'
  if (matter.validTo !== null && matter.validTo < matter.validFrom) return 'matter.dates'
  if (matter.kind !== 'temporary') return undefined
  if (matter.validTo === null) return 'matter.no-end'
  return Date.parse(matter.validTo) - Date.parse(matter.validFrom) > temporaryDays * dayLength
    ? 'matter.too-long'
    : undefined
}
