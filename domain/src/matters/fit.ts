/**
 * Whether what is ordered is what its matter says: its kind of work, whom or what it is about, and no more minutes
 * than the matter grants. A matter in force is not enough: under 实有人口采集 nobody may run a fire campaign.
 * Source: requirements.md A3 (多头管理, 小马拉大车). Left out: how often, which the rhythm of a rule says.
 */
import type { Matter, MatterObject, TaskKind } from './terms.ts'

/** What an order asks for: as the matter has it, where it says nothing itself. */
export interface Ordered {
  readonly taskKind?: TaskKind | undefined
  readonly object?: MatterObject | undefined
  readonly minutes: number
}
export const misfits = ['matter.other-kind', 'matter.other-object', 'matter.more-minutes'] as const
export type MatterMisfit = (typeof misfits)[number]

/** What a group of people or places is part of: whoever may be sent to all, may be sent to some. */
const partOf: Readonly<Partial<Record<MatterObject, MatterObject>>> = {
  'elder-alone': 'person',
  'left-behind': 'person',
  care: 'person',
  'house-rental': 'house',
  'house-group': 'house',
  'unit-shop': 'unit',
}

export function judgeFit(
  matter: Pick<Matter, 'taskKinds' | 'objects' | 'minutes'>,
  { taskKind = matter.taskKinds[0], object = matter.objects[0], minutes }: Ordered,
): MatterMisfit | undefined {
  if (taskKind === undefined || !matter.taskKinds.includes(taskKind)) return 'matter.other-kind'
  const named = object === undefined ? [] : [object, partOf[object]]
  if (!matter.objects.some((o) => named.includes(o))) return 'matter.other-object'
  return minutes > matter.minutes ? 'matter.more-minutes' : undefined
}
