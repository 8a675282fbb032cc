/**
 * Which rules the people there are cannot meet. Minutes a week that each rule asks of a grid, highest priority first,
 * against the minutes its workers have. It names what is short and by how much; it ranks nobody (requirement V1).
 */
export interface Demand {
  readonly ruleId: string
  readonly priority: number
  readonly subjects: number
  readonly periodDays: number
  readonly minutes: number
}
export interface RotaLine {
  readonly ruleId: string
  readonly perWeek: number
  readonly met: number
  readonly shortMinutes: number
  readonly state: 'met' | 'partly' | 'unmet'
}
export interface Rota {
  readonly asked: number
  readonly capacity: number
  readonly lines: readonly RotaLine[]
}

function stateOf(met: number, asked: number): RotaLine['state'] {
  if (met >= asked) return 'met'
  return met > 0 ? 'partly' : 'unmet'
}

/** Walking and ways in, as a share of visiting time (measured on grid years: about a third). */
export const onTheWay = 0.35

export function judgeRota(demands: readonly Demand[], capacityMinutes: number): Rota {
  let left = capacityMinutes
  let asked = 0
  const lines = demands
    .toSorted((a, b) => b.priority - a.priority || a.periodDays - b.periodDays || (a.ruleId < b.ruleId ? -1 : 1))
    .map((d): RotaLine => {
      const perWeek = Math.round((d.subjects * d.minutes * (1 + onTheWay) * 7) / d.periodDays)
      const met = Math.max(0, Math.min(left, perWeek))
      left -= met
      asked += perWeek
      return {
        ruleId: d.ruleId,
        perWeek,
        met,
        shortMinutes: perWeek - met,
        state: stateOf(met, perWeek),
      }
    })
  return { asked, capacity: capacityMinutes, lines }
}
