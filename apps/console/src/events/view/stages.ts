/** Where the time of an event went and what is still ahead, read from its steps. */
import { dueAfter, type WorkCalendar } from '@fengge/domain/events/deadline'
import type { EventView, FlowRow } from '@fengge/domain/events/contract/views'
import { isOpen, type EventStatus, type Milestone } from '@fengge/domain/events/terms'

/** A part of its life: in whose hands it was, as far as a clock is concerned. */
export type Part = 'verify' | 'dispatch' | 'sign' | 'handle' | 'rework' | 'rest' | 'check' | 'callback'

const parts: Readonly<Partial<Record<EventStatus, Part>>> = {
  reported: 'verify',
  verifying: 'verify',
  registered: 'dispatch',
  reopened: 'dispatch',
  dispatched: 'sign',
  'in-progress': 'handle',
  'return-requested': 'handle',
  ruling: 'handle',
  'extend-requested': 'handle',
  'suspend-requested': 'handle',
  suspended: 'rest',
  rework: 'rework',
  handled: 'check',
  verified: 'callback',
  callback: 'callback',
  'unreasonable-claimed': 'callback',
}
export const partOf = (status: EventStatus): Part | undefined => parts[status]

const milestoneOf: Readonly<Partial<Record<Part, Milestone>>> = {
  verify: 'accept',
  dispatch: 'dispatch',
  sign: 'sign',
  check: 'check',
  callback: 'callback',
}

export interface Span {
  readonly part: Part
  readonly from: number
  /** Where it still runs, now. */
  readonly to: number
  readonly isRunning: boolean
  /** By when it had to end, where that is known. */
  readonly due: number | null
}

type Told = Pick<EventView, 'flow' | 'limits' | 'handleDueAt' | 'dueAt' | 'status'>

/**
 * Its parts in order. The limit of handling is that which holds now, after extensions and stops, so only the last part of
 * handling has one; the others have theirs by the work calendar, and none while that is not there.
 */
export function spansOf(event: Told, calendar: WorkCalendar | undefined, now: number): Span[] {
  const cuts = cutsOf(event.flow)
  const lastWork = cuts.findLastIndex(({ part }) => part === 'handle' || part === 'rework')
  return cuts.flatMap(({ part, at }, i) => {
    if (part === undefined) return []
    const next = cuts[i + 1]
    const isRunning = next === undefined && isOpen(event.status)
    const due =
      i === lastWork && event.handleDueAt !== null ? Date.parse(event.handleDueAt) : dueOf(part, at, event.limits)
    return [{ part, from: at, to: next?.at ?? Math.max(now, at), isRunning, due }]
  })
  function dueOf(part: Part, from: number, limits: EventView['limits']): number | null {
    const milestone = milestoneOf[part]
    return milestone === undefined || calendar === undefined ? null : dueAfter(from, limits[milestone], calendar)
  }
}

/** When it came into which part; where it only changed its state inside of one, nothing. */
function cutsOf(flow: readonly FlowRow[]): { readonly part: Part | undefined; readonly at: number }[] {
  const cuts: { part: Part | undefined; at: number }[] = []
  for (const row of flow) {
    const part = partOf(row.to)
    if (cuts.length === 0 || cuts.at(-1)!.part !== part) cuts.push({ part, at: Date.parse(row.at) })
  }
  return cuts
}

export const isOver = ({ due, to }: Span): boolean => due !== null && to > due

export type Way = 'report' | 'verify' | 'register' | 'dispatch' | 'sign' | 'handle' | 'check' | 'callback' | 'close'
const way: readonly Way[] = ['report', 'verify', 'register', 'dispatch', 'sign', 'handle', 'check', 'callback', 'close']
const place: Readonly<Record<Part, Way>> = {
  verify: 'verify',
  dispatch: 'dispatch',
  sign: 'sign',
  handle: 'handle',
  rework: 'handle',
  rest: 'handle',
  check: 'check',
  callback: 'callback',
}
const ends: Readonly<Record<Way, readonly string[]>> = {
  report: ['report'],
  verify: ['verify'],
  register: ['register', 'verify'],
  dispatch: ['dispatch', 'transfer', 'rule'],
  sign: ['sign', 'count-as-signed'],
  handle: ['finish'],
  check: ['pass'],
  callback: ['call-back', 'rate'],
  close: ['pass', 'call-back', 'rate', 'self-close', 'confirm-force-close'],
}

/** When a step was taken the last time; what is registered by itself was so when it came. */
function whenOf(step: Way, flow: readonly FlowRow[]): string | null {
  const taken = flow.findLast((row) => ends[step].includes(row.action))
  const came = step === 'register' ? flow.find((row) => row.to === 'registered') : undefined
  return (taken ?? came)?.at ?? null
}

export interface WayStep {
  readonly way: Way
  readonly state: 'gone' | 'now' | 'ahead'
  /** When it was done; null where it was not, or nothing says so. */
  readonly at: string | null
}

/** The way from the report to its end, with what of it is gone. Nobody is called back where nobody waits. */
export function wayOf({ flow, status, isAwaited }: Pick<EventView, 'flow' | 'status' | 'isAwaited'>): WayStep[] {
  const part = partOf(status)
  const here = part === undefined ? way.length : way.indexOf(place[part])
  return way.flatMap((step, i): WayStep[] => {
    if (step === 'callback' && !isAwaited) return []
    const at = whenOf(step, flow)
    if (i < here) return step === 'verify' && at === null ? [] : [{ way: step, state: 'gone', at }]
    return [{ way: step, state: i === here ? 'now' : 'ahead', at: null }]
  })
}
