/** When looks at people are unusual, by simple figures that anybody can check; a reason to ask, not a verdict. domain.md B7, A11. */
export interface LookDay {
  readonly today: number
  readonly refusedByQuota: number
  /** Looks a day over the thirty days before, on days with any. */ readonly usual: number
}
export const lookAlarms = ['quota', 'many'] as const
export type LookAlarm = (typeof lookAlarms)[number]
/** net: a change of the net by which posts see people whom they did not see before. */
export const alarmKinds = [...lookAlarms, 'net'] as const

const least = 40,
  times = 3

export function judgeLooks(day: LookDay): LookAlarm | undefined {
  if (day.refusedByQuota > 0) return 'quota'
  return day.today >= least && day.today > times * day.usual ? 'many' : undefined
}
