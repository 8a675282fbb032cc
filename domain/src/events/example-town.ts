/** An invented town for the tests of events: a grid in a village in a town in a county, and who serves it. */
import { residentActor, systemActor, type Actor, type Stand } from './actor.ts'
import type { Duty } from '../kernel/duty.ts'
import { isProblem } from '../kernel/problem.ts'
import { hour } from '../kernel/time.ts'
import { actions, type Act } from './acts.ts'
import type { WorkCalendar } from './deadline.ts'
import { decide } from './decide.ts'
import type { Department, Given } from './given.ts'
import { receiveReport } from './intake.ts'
import { dutyOf } from './moves.ts'
import type { Category, EventCore, EventSource, Level } from './terms.ts'

export const calendar: WorkCalendar = {
  version: 1,
  windows: [
    [540, 720],
    [810, 1050],
  ],
  special: new Map(),
}
export const start = Date.parse('2026-03-02T09:00:00+08:00')
const all: ReadonlySet<Duty> = new Set(actions.map(dutyOf))
/** Only a leader confirms a forced close. */
const most: ReadonlySet<Duty> = new Set([...all].filter((duty) => duty !== 'event.confirm-force-close'))

export const stand = (placeId: string, departmentId: string | null = null, duties = most): Stand => ({
  postingId: `${placeId}/${departmentId}`,
  placeId,
  departmentId,
  duties,
  covers: departmentId === null,
  isOfGrid: placeId === 'grid',
})
export const person = (accountId: string, ...stands: Stand[]): Actor => ({ kind: 'person', accountId, stands })
export const worker = person('worker', stand('grid'))
export const otherWorker = person('other-worker', stand('other-grid'))
otherWorker.stands.forEach((s) => Object.assign(s, { covers: false }))
export const village = person('village', stand('village'), stand('village', 'village-office'))
export const town = person('town', stand('town'))
export const townChief = person('town-chief', stand('town'))
export const water = person('water', stand('town', 'town-water'))
export const county = person('county', stand('county'))
export const townLeader = person('town-leader', stand('town', null, all))
export const countyLeader = person('county-leader', stand('county', null, all))
export const supervisor = person('supervisor', stand('county'))
export const police = person('police', stand('county', 'county-police'))
export const everybody = {
  worker,
  otherWorker,
  village,
  town,
  townChief,
  water,
  county,
  townLeader,
  countyLeader,
  police,
  resident: residentActor,
  system: systemActor,
}

export const departments = new Map<string, Department>([
  ['village-office', { id: 'village-office', placeId: 'village', isActive: true }],
  ['town-water', { id: 'town-water', placeId: 'town', isActive: true }],
  ['town-build', { id: 'town-build', placeId: 'town', isActive: true }],
  ['county-police', { id: 'county-police', placeId: 'county', isActive: true }],
])

export function aCategory(level: Level): Category {
  return {
    code: '5002',
    name: '道路破损',
    nameEn: 'Broken road',
    classCode: '50',
    className: '城市管理',
    classNameEn: 'City',
    level,
    lead: 'works',
    order: 'owner-first',
    evidence: [],
    isSensitive: false,
    isAboutStaff: false,
    urgency: 0,
    limits: { handle: { kind: 'work-day', value: 3 } },
    stopNotice: null,
    stopNoticeEn: null,
    keywords: [],
    validFrom: '2026-01-01',
    validTo: null,
    source: 'test',
  }
}

export function anEvent(source: EventSource = 'grid-worker', level: Level = 1, isSampled = false): EventCore {
  const reporterId = source === 'grid-worker' ? 'worker' : null
  return receiveReport(
    { id: 'e', source, text: '路坏了', people: 1, scale: 'single', urgency: 0, reporterId },
    aCategory(level),
    { gridId: 'grid', villageId: 'village', townId: 'town', countyId: 'county' },
    { now: start, calendar, isSampled },
  )
}

export function given(actor: Actor, now: number, openChildren = 0): Given {
  return {
    now,
    calendar,
    actor,
    category: aCategory(1),
    newCategory: aCategory(2),
    departments,
    openChildren,
    evidencePhases: new Set(),
    presentWorkerId: 'worker',
    waiters: [],
    mergeTarget: { ...anEvent(), id: 'other' },
  }
}

/** Plays acts one hour apart; none is refused. */
export function play(event: EventCore, ...steps: [Actor, Act][]): EventCore {
  let now = start
  for (const [actor, act] of steps) {
    now += hour
    const decision = decide(event, act, given(actor, now))
    if (isProblem(decision)) throw new Error(`${act.action}: ${JSON.stringify(decision)}`)
    event = decision.event
  }
  return event
}

/** How an act is refused an hour after the start, or `allowed`. */
export function refused(
  event: EventCore,
  actor: Actor,
  act: Act,
  at: { readonly now?: number; readonly children?: number } = {},
): string {
  const decision = decide(event, act, given(actor, at.now ?? start + hour, at.children))
  return isProblem(decision) ? decision.problem : 'allowed'
}
