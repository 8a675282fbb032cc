/** Examples of when a visit is due and what a day takes: tests walk them, and docs/rules/visit-planning.md shows them. */
import type { PlanItem, WhyKey } from './day-plan.ts'

/** When a rule asks for the next visit; `asks` is undefined where it asks for nothing yet. */
export interface RhythmExample {
  readonly what: string
  readonly lastOn: string
  readonly periodDays: number
  readonly today: string
  readonly asks: { readonly earliestOn: string; readonly dueOn: string } | undefined
  readonly why: string
}
export const rhythmExamples: readonly RhythmExample[] = [
  {
    what: '每 30 天',
    lastOn: '2026-02-05',
    periodDays: 30,
    today: '2026-03-02',
    asks: { earliestOn: '2026-02-20', dueOn: '2026-03-07' },
    why: '一个周期后到期；过了半个周期才可以上门',
  },
  {
    what: '每 7 天',
    lastOn: '2026-03-01',
    periodDays: 7,
    today: '2026-03-02',
    asks: { earliestOn: '2026-03-05', dueOn: '2026-03-08' },
    why: '单数周期的一半向上取整',
  },
  {
    what: '每 90 天，提前三周',
    lastOn: '2025-12-23',
    periodDays: 90,
    today: '2026-03-02',
    asks: { earliestOn: '2026-02-06', dueOn: '2026-03-23' },
    why: '到期日在 21 天以内即下达，最后一天也算',
  },
  {
    what: '每 90 天，还早',
    lastOn: '2025-12-24',
    periodDays: 90,
    today: '2026-03-02',
    asks: undefined,
    why: '到期日超过 21 天，暂不下达',
  },
  {
    what: '早已过期',
    lastOn: '2025-11-01',
    periodDays: 30,
    today: '2026-03-02',
    asks: { earliestOn: '2025-11-16', dueOn: '2025-12-01' },
    why: '过期的按原到期日下达，看得出晚了多久',
  },
]

/** One item of a day, and why the plan takes it; `why` is undefined where it is left for another day. */
export interface DayExample {
  readonly what: string
  readonly item: Omit<PlanItem, 'id' | 'minutes'>
  readonly taken: { readonly why: WhyKey; readonly days: number } | undefined
  readonly because: string
}
/** The day of the examples, as a running count. */
export const exampleDay = 100
export const exampleSpots = [
  { id: '甲', lng: 120.2, lat: 31.6 },
  { id: '乙', lng: 120.203, lat: 31.6 },
] as const
/** All of these stand in one plan with room for every one of them. */
export const dayExamples: readonly DayExample[] = [
  {
    what: '过期 3 天',
    item: { spot: '甲', earliest: 80, due: 97, priority: 5 },
    taken: { why: 'late', days: 3 },
    because: '到期的全部先排',
  },
  {
    what: '今天到期',
    item: { spot: '甲', earliest: 80, due: 100, priority: 1 },
    taken: { why: 'due-today', days: 0 },
    because: '到期的全部先排，优先级低也排',
  },
  {
    what: '5 天后到期，同一幢楼，可上门期已过八成',
    item: { spot: '甲', earliest: 80, due: 105, priority: 3 },
    taken: { why: 'same-building', days: 5 },
    because: '反正要进这幢楼，顺路带上',
  },
  {
    what: '10 天后到期，同一幢楼，可上门期刚过一半',
    item: { spot: '甲', earliest: 90, due: 110, priority: 3 },
    taken: undefined,
    because: '去得太早就去得太勤',
  },
  {
    what: '明天起才可以上门，同一幢楼',
    item: { spot: '甲', earliest: 101, due: 104, priority: 9 },
    taken: undefined,
    because: '可上门之日以前一律不去',
  },
  {
    what: '2 天后到期，别处，优先级 7',
    item: { spot: '乙', earliest: 80, due: 102, priority: 7 },
    taken: { why: 'due-in', days: 2 },
    because: '要紧的最多提前两天，免得哪天一挤就晚了',
  },
  {
    what: '2 天后到期，别处，优先级 4',
    item: { spot: '乙', earliest: 100, due: 102, priority: 4 },
    taken: undefined,
    because: '不要紧的等到期或顺路',
  },
]
