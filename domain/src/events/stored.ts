/**
 * What is stored of events as JSON, each kind with the number of its shape (kernel/shape.ts). A field added to one
 * of them adds a number and an upcast; the rows of earlier shapes stand in stored.test.ts.
 */
import { z } from 'zod'
import { shaped } from '../kernel/shape.ts'
import { Suggestion } from './suggestion.ts'
import { sizeLevel } from './intake.ts'
import { Category, EventCore, hasCitizen, Stage } from './terms.ts'
import type { Model } from './suggesting/triage.ts'

/** What is read here is judged with the rest, once it is of the shape of today. */
function asOfFour(core: EventCore): object {
  return {
    ...core,
    // Nothing is brought down that a person may have said.
    said: { level: sizeLevel(core.people, 'single'), urgency: core.urgency },
    reporters: 1,
    citizens: hasCitizen(core.source) ? 1 : 0,
    askedBy: core.pendingExtension?.by ?? null,
    cardLevel: core.supervision === 0 ? null : core.level,
    redLeader: null,
  }
}

const topLevelOf = ({ level, said }: EventCore) => Math.max(level, said.level)

const aboutStaffBefore: ReadonlySet<string> = new Set(['1015', '8001', '8003'])
function withStaff(core: EventCore): object {
  const isAboutStaff = aboutStaffBefore.has(core.categoryCode)
  const checkerId = isAboutStaff ? null : core.checkerId
  return { ...core, isAboutStaff, isSensitive: core.isSensitive || isAboutStaff, checkerId }
}

/** The state of an event; its number stands in `event.core_shape`. */
export const StoredCore = shaped({
  name: 'events.core',
  now: 11,
  schema: EventCore,
  upcasts: {
    // For whom a report was made stood in its text.
    1: z.looseObject({}).transform((core) => ({ ...core, onBehalfOf: '' })),
    // When it was last urged stood in its flow alone.
    2: z.looseObject({}).transform((core) => ({ ...core, urgedAt: null })),
    // What was asked by whom, what the report itself weighed and who was joined to it were not kept.
    3: z.looseObject({}).transform((core) => asOfFour(core as unknown as EventCore)),
    // Who wanted no answer was kept with his report alone, and who refused in the flow.
    4: z
      .looseObject({})
      .transform((core) => ({ ...core, awaiting: (core as unknown as EventCore).citizens, refusal: null })),
    // How high it had ever stood was not kept, nor when a call was in vain.
    5: z
      .looseObject({})
      .transform((core) => ({ ...core, topLevel: topLevelOf(core as unknown as EventCore), unreachedAt: null })),
    // Whether a desk had taken it up stood in its flow; each step counts a version.
    6: z.looseObject({}).transform((core) => ({
      ...core,
      isTakenUp: (core as unknown as EventCore).version > 1,
      cancelAsk: null,
      promisedDueAt: null,
    })),
    // What is about staff was not marked; these were, of the ready catalogue.
    7: z.looseObject({}).transform((core) => withStaff(core as unknown as EventCore)),
    // Calls in vain were counted by event; they are kept with each reporter.
    8: z.looseObject({}).transform(({ callbackTries: _tries, unreachedAt: _at, ...core }) => core),
    // That a matter is about nobody who serves was said by one alone.
    9: z.looseObject({}).transform((core) => ({ ...core, recodeAsk: null })),
    // The hotline's date stood beside the state; of what was open then it has been brought in. Who urged was not told apart.
    10: z.looseObject({}).transform((core) => ({ externalDueAt: null, urgedInsideAt: null, ...core })),
  },
})

/**
 * The state of an event out of its row. A row of today's shape was written by these rules and is taken as it is:
 * a page of events, or a phone's whole grid, is not checked field by field; an earlier one is lifted and checked.
 */
export function readCore(stored: unknown, shape: number): EventCore {
  return shape === StoredCore.now ? (stored as EventCore) : StoredCore.read(stored, shape)
}

/** A row of the catalogue without what stands in columns beside it. */
export const CategoryBody = Category.omit({ code: true, validFrom: true, validTo: true })
export const StoredCategory = shaped({
  name: 'events.category',
  now: 2,
  schema: CategoryBody,
  upcasts: {
    // Which are about staff was not said; those of the ready catalogue were marked in their rows.
    1: z.looseObject({}).transform((body) => ({ ...body, isAboutStaff: false })),
  },
})

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
/** Office hours of a day, in order; their number stands in `office_hours.shape`. */
export const OfficeHours = z.array(z.strictObject({ from: Clock, to: Clock }))
export const StoredHours = shaped({ name: 'events.office_hours', now: 1, schema: OfficeHours, upcasts: {} })

/** What a step of the flow says of itself; each kind of action has words of its own. */
export const StoredDetail = shaped({
  name: 'events.flow.detail',
  now: 1,
  schema: z.record(z.string(), z.unknown()),
  upcasts: {},
})

const Instant = z.number().nullable()
/** The clocks of an event as a step of its flow left them. */
export const FlowClock = z.strictObject({
  stage: Stage.nullable(),
  started: Instant,
  due: Instant,
  handleDue: Instant,
  /** Milliseconds by stage, and those in which the clock stood; null where the step did not say. */
  spent: z.record(Stage, z.number()).readonly().nullable(),
  paused: z.number().nullable(),
})
export type FlowClock = z.output<typeof FlowClock>
const unsaid: FlowClock = { stage: null, started: null, due: null, handleDue: null, spent: null, paused: null }

export const StoredClock = shaped({
  name: 'events.flow.clock',
  now: 2,
  schema: FlowClock,
  upcasts: {
    // A report told its stage and when it was due, a move to another grid nothing at all.
    1: z.looseObject({}).transform((clock) => ({ ...unsaid, ...clock })),
  },
})

export const clockOf = (core: EventCore): FlowClock => ({
  stage: core.stage,
  started: core.stageStartedAt,
  due: core.dueAt,
  handleDue: core.handleDueAt,
  spent: core.spent,
  paused: core.pausedMs,
})

/** What was suggested for a report of a citizen before anybody looked at it. */
export const StoredSuggestion = shaped({ name: 'events.suggestion', now: 1, schema: Suggestion, upcasts: {} })

/** The filter of a saved view, as it stands in the address of the list. */
export const StoredFilter = shaped({
  name: 'events.saved_view',
  now: 1,
  schema: z.record(z.string(), z.string()),
  upcasts: {},
})

/** A learnt model: large, made anew every night, so only its outline is checked. */
export const StoredModel = shaped({
  name: 'events.model',
  now: 1,
  schema: z.custom<Model>((v) => typeof v === 'object' && v !== null && 'labels' in v && 'words' in v),
  upcasts: {},
})
