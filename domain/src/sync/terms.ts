/** Words of synchronising a phone: acts that wait, their fates, what a phone holds. Source: domain.md D9, anchors.md idea 1. */
import { z } from 'zod'
import { Id } from '../kernel/id.ts'
import { AskedInstant } from '../kernel/moments.ts'
import { cleanText } from '../kernel/text.ts'

/** What a phone may do without signal; each is the command of the same name. Everything else needs the line. */
export const offlineActs = [
  'reportEvent',
  'attachEvidence',
  'recordVisit',
  'confirmRecords',
  'saveRecord',
  'linkPerson',
  'chooseHead',
  'endLink',
  'leavePerson',
  'undoLeaving',
  'returnPerson',
  'closeRecord',
  'offerMover',
  'takeArrival',
  'missArrival',
  'placeBuilding',
  'takeService',
  'moveService',
  'addToWeek',
  'act.pass',
  'act.fail',
  'act.check-unable',
  'act.verify',
  'act.self-close',
  'act.cancel',
  'act.ask-cancel',
  'act.sign',
  'act.finish',
  'act.reopen',
  'act.finish-co-handling',
] as const

export type ActName = (typeof offlineActs)[number]

/** One act as it is pushed. `at` is the phone's clock corrected by what it knew of the server's; it is the same in every repeat. */
export const Act = z.strictObject({
  requestId: Id,
  seq: z.int().min(0),
  name: z.enum(offlineActs),
  /** Judged by the promise of its name, each act by itself: one that cannot be read holds up no other (contract/acts.ts). */
  ask: z.record(z.string(), z.unknown()),
  madeAt: AskedInstant,
  needs: z.array(Id).max(20).default([]),
  subject: z.string().max(80).default('').transform(cleanText),
})
export type Act = z.infer<typeof Act>

/** `act.pass` is the promise of that action; the others are named as they are. */
export const promiseOf = (name: ActName): string => (name.startsWith('act.') ? `act:${name.slice(4)}` : name)

const Ask = Act.shape.ask
/** An ask as it lies sealed in the inbox of a desk. */
export const readAsk = (text: string): Act['ask'] => Ask.parse(JSON.parse(text))

/**
 * For whom the desk does an act that it applies in its own name: whoever made it. A report keeps the name that was
 * given with it, of the resident who asked for it.
 */
export function onBehalfIn(name: ActName, ask: Act['ask'], holder: string): { readonly onBehalfOf?: string } {
  if (name === 'reportEvent') return {}
  return 'onBehalfOf' in ask || name === 'recordVisit' || name === 'saveRecord' ? { onBehalfOf: holder } : {}
}

/**
 * done: in the books. refused: never in the books unless mended. held: what it needs was refused. kept: the work belongs
 * to others now, the act lies in the desk's inbox. later: not tried, to be sent again.
 */
export const fates = ['done', 'refused', 'held', 'kept', 'later'] as const
export const Fate = z.strictObject({
  requestId: Id,
  fate: z.enum(fates),
  reply: z.unknown().optional(),
  problem: z.string().optional(),
  details: z.unknown().optional(),
})
export type Fate = z.infer<typeof Fate>

/** Refusals that mean: this is no longer yours. Such an act is kept for the desk, never thrown away. */
const notYours = new Set([
  'event.not-found',
  'record.unknown',
  'not-allowed',
  'not-found',
  'task.unknown',
  'record.out-of-place',
  'service.unknown',
  'event.source-not-yours',
  'place.unknown',
  'visit.subject',
  'leaving.desk',
  'arrival.answered',
  'leaving.quota',
  'building.placed',
])
export const isNoLongerYours = (problem: string): boolean => notYours.has(problem)

/** Refusals of the moment: the act was not judged and is sent again. */
const momentary = new Set([
  'server.failed',
  'server.draining',
  'server.disk-full',
  'too-many-requests',
  'network.down',
  'signed-out',
  'password.must-change',
])
export const isMomentary = (problem: string, status: number): boolean =>
  momentary.has(problem) || status >= 500 || status === 0

/** The most that a phone may hold; above it the pull is refused and the centre is told (anchors 3.2). */
export const holdingsCap = 20_000
