/**
 * What is asked of each worker, before and after an order: the work of a grid is shared by who serves it, and nobody has
 * more hours because he serves two grids. Source: requirements.md A4 (小马拉大车). Left out: who of two is the quicker.
 */
import { onTheWay } from './rota.ts'

/** Hours a week that a worker has for visits, where a county says nothing else. */
export const usualHoursPerWeek = 20

/** Somebody with all grids that he serves. */
export interface Holder {
  readonly accountId: string
  readonly name: string
  readonly gridIds: readonly string[]
}

/** Minutes a week, the way included: what is due within a week asks all of itself in it. @param days from its first day to its last */
export const weeklyOf = (minutes: number, days: number): number =>
  Math.round((minutes * (1 + onTheWay) * 7) / Math.max(7, days))

/** The minutes that a grid has of its workers: each gives it his week in equal parts with his other grids. */
export const capacityOf = (gridId: string, holders: readonly Holder[], minutesPerWeek: number): number =>
  Math.round(
    holders.filter((h) => h.gridIds.includes(gridId)).reduce((sum, h) => sum + minutesPerWeek / h.gridIds.length, 0),
  )

/** What is asked of each by name: of every grid of his, his part among who serves it. @param asked minutes a week, by grid */
export function shareAmong(holders: readonly Holder[], asked: ReadonlyMap<string, number>): Map<string, number> {
  const served = Map.groupBy(
    holders.flatMap((h) => h.gridIds),
    (id) => id,
  )
  const partOf = (gridId: string) => (asked.get(gridId) ?? 0) / (served.get(gridId)?.length ?? 1)
  return new Map(
    holders.map((h) => [h.accountId, Math.round(h.gridIds.reduce((sum, gridId) => sum + partOf(gridId), 0))]),
  )
}
