/**
 * Days that a county counts by: how long a record stays fresh, how soon somebody who is verified nowhere is looked
 * for, how long leaving may be taken back, and how long what is held of him is kept. This is the set a county starts
 * with; its own days are rows, each in force from a day (registry.day_rule). Source: requirements.md R2; PIPL art. 19.
 */
import type { Day } from '../../kernel/time.ts'
import type { RecordKind, Values } from '../terms.ts'

export const dayGroups = ['fresh', 'leaving', 'keeping'] as const
export type DayGroup = (typeof dayGroups)[number]
export interface DayTerm {
  readonly code: string
  readonly group: DayGroup
  readonly days: number
  /** What a county may set it to. */
  readonly least: number
  readonly most: number
}

const fresh = (of: string, days: number): DayTerm => ({
  code: `fresh/${of}`,
  group: 'fresh',
  days,
  least: 7,
  most: 1095,
})

export const readyDays: readonly DayTerm[] = [
  fresh('person/resident', 365),
  fresh('person/floating', 180),
  fresh('person/overseas', 90),
  fresh('person/left-behind', 90),
  fresh('person', 365),
  fresh('house/self', 365),
  fresh('house/rental', 90),
  fresh('house/group', 30),
  fresh('house/vacant', 180),
  fresh('house/shop', 90),
  fresh('house', 365),
  fresh('unit/shop', 90),
  fresh('unit', 180),
  fresh('facility', 30),
  fresh('building', 730),
  fresh('estate', 365),
  { code: 'nowhere', group: 'leaving', days: 30, least: 1, most: 365 },
  { code: 'undo', group: 'leaving', days: 15, least: 1, most: 90 },
  { code: 'keep/moved', group: 'keeping', days: 730, least: 30, most: 3650 },
  { code: 'keep/died', group: 'keeping', days: 1095, least: 30, most: 3650 },
  { code: 'keep/wrong', group: 'keeping', days: 30, least: 15, most: 365 },
  // Asked for by right, it is done without delay; the days are there to take a slip back.
  { code: 'keep/erased', group: 'keeping', days: 15, least: 1, most: 15 },
  // A comparison asks who is to be looked at; after half a year it is answered, or no longer true.
  { code: 'keep/ledgers', group: 'keeping', days: 180, least: 7, most: 730 },
]
const ready = new Map(readyDays.map((term) => [term.code, term]))

/** How many days a code stands for. @example daysOf('fresh/house/rental') */
export type DaysOf = (code: string) => number

export const termOf = (code: string): DayTerm | undefined => ready.get(code)
export const readyDaysOf: DaysOf = (code) => ready.get(code)!.days

/** A county's own number of days, from a day on. */
export interface DayRule {
  readonly code: string
  readonly fromOn: Day
  readonly days: number
}

/** The days in force on a day: of a county's own the latest that has begun, else those it started with. */
export function daysOn(rules: readonly DayRule[], on: Day): DaysOf {
  const begun = rules.filter((r) => r.fromOn <= on).toSorted((a, b) => (a.fromOn < b.fromOn ? -1 : 1))
  const own = new Map(begun.map((r) => [r.code, r.days]))
  return (code) => own.get(code) ?? readyDaysOf(code)
}

/** Days a record stays fresh, by kind of person, use of a house, kind of unit; a facility has a rhythm of its own (R2). */
export function freshDays(kind: RecordKind, values: Values, daysOf: DaysOf): number {
  const own = kind === 'facility' ? Number(values['cycleDays'] ?? 0) : 0
  if (own > 0) return own
  const sort = `fresh/${kind}/${String(values[kind === 'house' ? 'use' : 'kind'] ?? '')}`
  return daysOf(ready.has(sort) ? sort : `fresh/${kind}`)
}
