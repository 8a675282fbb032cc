/**
 * What a fresh report starts as: level, urgency, first state, desk, sample.
 * Sources: domain.md C7 (size and words), seed 000 (levels), D2 (self-handled sample of 5 %).
 * A grid worker, a department, a leader or an inspection has seen the matter: it needs no second look and
 * starts as registered. A liaison, a resident, the hotline or a sensor is looked at by the worker first. What is about
 * staff goes past them: it starts as registered at the town or above, in confidence, and no grid is asked (gridAsked).
 */
import type { WorkCalendar } from './deadline.ts'
import { enter } from './stage-clock.ts'
import {
  hasCitizen,
  type Category,
  type EventCore,
  type EventSource,
  type Level,
  type Scale,
  type Urgency,
} from './terms.ts'
import type { z } from 'zod'

export interface Report {
  readonly id: string
  readonly source: EventSource
  readonly text: string
  readonly people: number
  readonly scale: z.infer<typeof Scale>
  readonly urgency: Urgency
  readonly reporterId: string | null
  readonly onBehalfOf?: string | undefined
  /** Whether who reports wants to be told what came of it; he does unless he says so. */
  readonly isAnswerWanted?: boolean
}

/** Every twentieth event that is settled on the spot is looked at by somebody else (D2). */
export const sampleShare = 0.05

export interface Site {
  readonly gridId: string | null
  readonly villageId: string | null
  readonly townId: string | null
  readonly countyId: string
}

const alarmWords =
  /跳楼|自杀|轻生|持刀|爆炸|燃气味|煤气味|天然气泄漏|燃气泄漏|起火|着火|失火|火灾|落水|溺水|走失|虐待|家暴|塌陷|坍塌/

/** The words that make a report most urgent; a person looks at it within ten minutes. */
export function findAlarmWord(text: string): string | undefined {
  return alarmWords.exec(text)?.[0]
}

/** Level and urgency from category, size and words, each with its reason. */
export function gradeReport(report: Report, category: Category): { level: Level; urgency: Urgency; reasons: string[] } {
  const reasons: string[] = []
  let level: Level = ownLevel(category)
  let urgency = Math.max(category.urgency, report.urgency) as Urgency
  const word = findAlarmWord(report.text)
  if (word !== undefined) {
    urgency = 2
    reasons.push(`word:${word}`)
  }
  const size = sizeLevel(report.people, report.scale)
  if (size === 3) {
    level = 3
    urgency = Math.max(urgency, 1) as Urgency
    reasons.push('size:mass')
  } else if (size > level) {
    level = 2
    reasons.push('size:group')
  }
  return { level, urgency, reasons }
}

/** The level that so many people ask for, whatever it is about. */
export function sizeLevel(people: number, scale: Report['scale']): Level {
  if (people >= 30 || scale === 'mass') return 3
  return people >= 5 || scale === 'group' ? 2 : 1
}

/** The level of a category: staff serve grids and communities, and no community judges its own. */
const ownLevel = ({ level, isAboutStaff }: Category): Level => (isAboutStaff && level === 1 ? 2 : level)

/** What a category asks for of a report, with what the report asks for itself. */
export function gradeBy(category: Category, said: EventCore['said']): EventCore['said'] {
  return {
    level: Math.max(ownLevel(category), said.level) as Level,
    urgency: Math.max(category.urgency, said.urgency) as Urgency,
  }
}

/** The first state of a report. A desk that does not exist (no village known) passes it up. */
export function receiveReport(
  report: Report,
  category: Category,
  site: Site,
  at: { now: number; calendar: WorkCalendar; isSampled: boolean },
): EventCore {
  const grade = gradeReport(report, category)
  const { level, urgency } = gradeReport(report, { ...category, isAboutStaff: false, level: 1, urgency: 0 })
  const desk = deskFor(grade.level, site)
  const isSeen =
    category.isAboutStaff ||
    ['grid-worker', 'sunk-officer', 'department', 'leader', 'inspection'].includes(report.source)
  const blank: EventCore = {
    ...untouched,
    id: report.id,
    status: isSeen ? 'archived' : 'cancelled',
    statusSince: at.now,
    level: desk.level,
    topLevel: grade.level,
    source: report.source,
    categoryCode: category.code,
    urgency: grade.urgency,
    isSensitive: category.isSensitive || category.isAboutStaff,
    isAboutStaff: category.isAboutStaff,
    people: report.people,
    ...site,
    deskPlaceId: desk.placeId,
    reporterId: report.reporterId,
    onBehalfOf: report.onBehalfOf ?? '',
    said: { level, urgency },
    citizens: hasCitizen(report.source) ? 1 : 0,
    awaiting: hasCitizen(report.source) && report.isAnswerWanted !== false ? 1 : 0,
    isSampled: at.isSampled,
    stageStartedAt: at.now,
    limits: category.limits,
    alarmedAt: at.now,
  }
  return enter(blank, isSeen ? 'registered' : 'reported', at, true)
}

/** An event that nothing has happened to yet. */
const untouched = {
  checkerId: null,
  checkBy: 'worker',
  departmentId: null,
  isSigned: false,
  isUnsignedFlagged: false,
  handledBy: [],
  stage: 'accept',
  dueAt: null,
  dispatchedAt: null,
  handleDueAt: null,
  totalDueAt: null,
  externalDueAt: null,
  promisedDueAt: null,
  returnedBy: [],
  isRuled: false,
  extensions: 0,
  pendingExtension: null,
  suspension: null,
  citizenWaits: 0,
  reworks: 0,
  reopens: 0,
  supervision: 0,
  cardLevel: null,
  redLeader: null,
  urgedAt: null,
  urgedInsideAt: null,
  coHandlers: [],
  forceClose: null,
  isTakenUp: false,
  cancelAsk: null,
  recodeAsk: null,
  askedBy: null,
  reporters: 1,
  refusal: null,
  mergedInto: null,
  parentId: null,
  answer: null,
  closeKind: null,
  closedAt: null,
  isSolved: null,
  satisfaction: null,
  spent: { accept: 0, dispatch: 0, handle: 0, check: 0, callback: 0 },
  pausedMs: 0,
  version: 1,
} as const satisfies Partial<EventCore>

/** The centre of a level for a place; where there is none, the one above has it. */
export function deskFor(level: Level, site: Site): { level: Level; placeId: string } {
  if (level === 1 && site.villageId !== null) return { level: 1, placeId: site.villageId }
  if (level <= 2 && site.townId !== null) return { level: 2, placeId: site.townId }
  return { level: 3, placeId: site.countyId }
}
