/** Words of visits: forms, rules that make tasks, tasks, visit records, hazards. Source: requirements.md V1, V4, V5, E8. */
import { z } from 'zod'
import { Id } from '../kernel/id.ts'
import type { Day } from '../kernel/time.ts'

export const subjectKinds = ['person', 'house', 'unit', 'facility', 'building', 'grid'] as const
export const SubjectKind = z.enum(subjectKinds)
export type SubjectKind = z.infer<typeof SubjectKind>

/** Whom or what a rule is for. Each name is a query of the registry; `care` is the overlay, whose label never leaves it. */
export const selectors = [
  'elder-alone',
  'left-behind',
  'house-rental',
  'house-group',
  'unit-shop',
  'facility',
  'care',
  'grid',
] as const
export const Selector = z.enum(selectors)
export type Selector = z.infer<typeof Selector>
export const subjectOf: Readonly<Record<Selector, SubjectKind>> = {
  'elder-alone': 'person',
  'left-behind': 'person',
  'house-rental': 'house',
  'house-group': 'house',
  'unit-shop': 'unit',
  facility: 'facility',
  care: 'person',
  grid: 'grid',
}

export const origins = ['rule', 'campaign', 'order', 'service', 'meeting', 'recheck'] as const
export const taskStates = ['open', 'done', 'dropped'] as const
export type TaskState = (typeof taskStates)[number]
export type Origin = (typeof origins)[number]
export const outcomes = ['met', 'not-home', 'refused', 'done'] as const
export const Outcome = z.enum(outcomes)
export type Outcome = z.infer<typeof Outcome>
/** A visit that met nobody does not do the task: it comes again. */
export const doesTask = (outcome: Outcome): boolean => outcome === 'met' || outcome === 'done'

const Minute = z.int().min(0).max(1440)
export const Rule = z.strictObject({
  id: Id,
  matterId: Id,
  name: z.string(),
  nameEn: z.string(),
  selector: Selector,
  formCode: z.string(),
  periodDays: z.int().min(1).max(730),
  minutes: z.int().min(1).max(480),
  windowFrom: Minute.nullable(),
  windowTo: Minute.nullable(),
  /** Months of the year in which the rule works; empty for all. */
  months: z.array(z.int().min(1).max(12)),
  placeId: Id.nullable(),
  priority: z.int().min(1).max(9),
  isOn: z.boolean(),
  version: z.int(),
})
export type Rule = z.infer<typeof Rule>

export const Task = z.strictObject({
  id: Id,
  matterId: Id,
  origin: z.enum(origins),
  originId: Id.nullable(),
  originName: z.string(),
  subjectKind: SubjectKind,
  subjectId: Id.nullable(),
  gridId: Id.nullable(),
  accountId: Id.nullable(),
  formCode: z.string(),
  title: z.string(),
  note: z.string(),
  earliestOn: z.string(),
  dueOn: z.string(),
  windowFrom: z.int().nullable(),
  windowTo: z.int().nullable(),
  minutes: z.int(),
  priority: z.int(),
  cautions: z.array(z.string()),
  state: z.enum(taskStates),
  tries: z.int(),
  version: z.int(),
})
export type Task = z.infer<typeof Task>

/** How a hazard ends that no re-check found cleared: it was none, what it was at is there no more, or it goes on as an event. */
export const hazardEnds = ['not-hazard', 'subject-gone', 'in-event'] as const
export const HazardEnd = z.enum(hazardEnds)
export type HazardEnd = z.infer<typeof HazardEnd>
export const hazardStates = ['open', 'cleared', 'ended'] as const

export const Hazard = z.strictObject({
  id: Id,
  visitId: Id,
  subjectKind: SubjectKind,
  subjectId: Id.nullable(),
  gridId: Id.nullable(),
  what: z.string(),
  orderedText: z.string(),
  fixBy: z.string(),
  recheckDays: z.int(),
  state: z.enum(hazardStates),
  foundOn: z.string(),
  clearedOn: z.string().nullable(),
  /** Of one that ended without a re-check: why, and in whose words. */
  endReason: HazardEnd.nullable(),
  endWord: z.string(),
  eventId: Id.nullable(),
  rechecks: z.int(),
})
export type Hazard = z.infer<typeof Hazard>

/** Whether a rule works in the month of a day. */
export const isSeason = (rule: Pick<Rule, 'months'>, day: Day): boolean =>
  rule.months.length === 0 || rule.months.includes(Number(day.slice(5, 7)))

/** So many hidden dangers one account writes down within a day. */
export const mostHazardsADay = 100
/** So many requests of one grid that one account took may wait at a time. */
export const mostServicesOpen = 300
