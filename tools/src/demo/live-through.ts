/**
 * Lets the demo county live through its days: events are reported, and each is led on, step by step, by whoever's
 * turn it is, with the real commands at simulated times. Clocks fire in between as they would have.
 */
import type { EventCore } from '@fengge/domain/events/terms'
import { dayLength, hour, minute, minuteOfDay } from '@fengge/domain/kernel/time'
import { act } from '@fengge/server/events/door'
import { fireAlarms } from '@fengge/server/events/jobs'
import { findEvent } from '@fengge/server/events/store/event'
import { saveEvidence } from '@fengge/server/events/store/evidence'
import { actAs } from '@fengge/server/kernel/act-as'
import type { Caller, Ctx } from '@fengge/server/kernel/context'
import type { Engine } from '@fengge/server/kernel/engine'
import type { KeptFile } from '@fengge/server/kernel/files'
import { problemOf } from '@fengge/server/kernel/problems'
import { findCaller } from '@fengge/server/identity/door'
import type { setClock } from '@fengge/server/kernel/stand-ins/set-clock'
import { beginEvent } from './begin-event.ts'
import type { Beginning } from './beginnings.ts'
import { caseOf, nextStep, stepOf, type Step } from './next-step.ts'
import type { Staged } from './open-work.ts'
import type { Dice } from './random.ts'
import type { Cast } from './staff-county.ts'
import type { Ground } from './net/spots.ts'
import type { createTeller, Told } from './telling/stories.ts'
import { listLate, listOpenAt } from './store.ts'
import { createQueue } from './turns.ts'

/** Everything that the county lives by. */
export interface Stage {
  readonly engine: Engine
  readonly clock: ReturnType<typeof setClock>
  readonly county: string
  readonly cast: Cast
  readonly dice: Dice
  /** The picture of the demo, kept once and shown by every event that needs some. */
  readonly photo: KeptFile
  /** Lead department of each category, and what evidence it asks for. */
  readonly categories: ReadonlyMap<string, { readonly lead: string; readonly evidence: readonly string[] }>
  readonly groundOf: (gridId: string) => Ground
  readonly tell: ReturnType<typeof createTeller>
  /** What was told of each event, with how it ends. */
  readonly told: Map<string, Told>
}

type Script = Staged['steps']
interface Turn {
  readonly at: number
  readonly id: string | null
  readonly start?: Beginning
  /** What is to happen to it, and no more; else whatever comes next. */
  readonly script?: Script
}

const over: readonly EventCore['status'][] = ['closed', 'archived', 'rejected', 'cancelled', 'merged']

/** What begins by itself and is led to its end, and what is led just so far. */
export interface Course {
  readonly beginnings: readonly Beginning[]
  readonly staged: readonly Staged[]
  readonly until: number
  readonly progress: (done: number) => void
}

/** @returns how many events began */
export async function liveThrough(stage: Stage, course: Course): Promise<number> {
  const { engine, clock, dice } = stage
  const { until } = course
  const queue = createQueue<Turn>([
    ...course.beginnings.map((start) => ({ at: start.at, id: null, start })),
    ...course.staged.map(({ start, steps }) => ({ at: start.at, id: null, start, script: steps })),
  ])
  const callerOf = rememberCallers(stage)
  let nextAlarms: number | undefined
  let started = 0
  const stagedIds: string[] = []
  for (let turn = queue.take(); turn && turn.at <= until; turn = queue.take()) {
    for (nextAlarms ??= turn.at; nextAlarms <= turn.at; nextAlarms += pauseAt(nextAlarms, until)) {
      clock.at(nextAlarms)
      await fireAlarms(engine)
    }
    clock.at(turn.at)
    const core = turn.start ? await beginEvent(stage, turn.start, callerOf) : await leadOn(stage, turn, callerOf)
    if (turn.start && turn.script && core) stagedIds.push(core.id)
    if (turn.start && ++started % 200 === 0) course.progress(started)
    if (core && !over.includes(core.status)) put(queue, turn, core, dice)
  }
  clock.at(until)
  await fireAlarms(engine, 100_000)
  await catchUp(stage, new Set(stagedIds), callerOf)
  return started
}

/** Alarms are fired more often in the last days, whose notices are still read. */
const pauseAt = (at: number, until: number): number => (until - at < 2 * dayLength ? hour : 6 * hour)

/** What is late at the end beside what was staged: a county has some of it, not dozens. */
const mostLate = 2
async function catchUp(stage: Stage, staged: ReadonlySet<string>, callerOf: CallerOf): Promise<void> {
  const { engine, county, clock, cast } = stage
  const { read } = engine.database
  const late = await listLate(read, county, clock.now())
  await leadToTheEnd(stage, late.filter((x) => !staged.has(x)).slice(mostLate), callerOf)
  const desks = { countyId: cast.first.get('county')!, townId: cast.first.get('town')! }
  const left = Map.groupBy(
    (await listOpenAt(read, county, desks)).filter((e) => !staged.has(e.id)),
    (e) => e.at,
  )
  for (const open of left.values())
    await leadToTheEnd(
      stage,
      open.slice(mostOpen).map((e) => e.id),
      callerOf,
    )
}

/** Beside what was staged, so many are open at each desk of the demo's accounts: a county as large as ours leaves dozens. */
const mostOpen = 2

async function leadToTheEnd(stage: Stage, ids: readonly string[], callerOf: CallerOf): Promise<void> {
  for (const id of ids)
    for (let i = 0, core: EventCore | undefined; i < 12 && (!core || !over.includes(core.status)); i++)
      core = await leadOn(stage, { at: stage.clock.now(), id }, callerOf)
}

function put(queue: ReturnType<typeof createQueue<Turn>>, turn: Turn, core: EventCore, dice: Dice): void {
  if (turn.script === undefined) {
    queue.put({ at: wakingTime(turn.at + delayBefore(core, turn.at, dice), core, dice), id: core.id })
    return
  }
  const script = turn.start ? turn.script : turn.script.slice(1)
  if (script[0]) queue.put({ at: script[0].at, id: core.id, script })
}

export type CallerOf = (accountId: string) => Promise<Caller | undefined>

function rememberCallers({ engine, clock }: Stage): CallerOf {
  const callers = new Map<string, Caller>()
  return async (accountId) => {
    const known = callers.get(accountId) ?? (await findCaller(engine.database.read, accountId, clock.now()))
    if (known) callers.set(accountId, known)
    return known
  }
}

function stepFor(stage: Stage, core: EventCore, turn: Turn, callerOf: CallerOf): Promise<Step | undefined> {
  const [scripted] = turn.script ?? []
  return scripted
    ? stepOf(scripted.move(caseOf(stage, core, turn.at)), callerOf)
    : nextStep(stage, core, turn.at, callerOf)
}

/** The next step of an event by whoever's turn it is; a refusal leaves it as it is. */
async function leadOn(stage: Stage, turn: Turn, callerOf: CallerOf): Promise<EventCore | undefined> {
  const { engine, county } = stage
  const id = turn.id!
  const record = await findEvent(engine.database.read, county, id)
  const step = record && (await stepFor(stage, record.core, turn, callerOf))
  // Who is stopped waits for his day; where nobody can do anything, nothing more happens.
  if (!step) return record?.core.status === 'suspended' ? record.core : undefined
  const acted = await actAs(engine, step.caller, `demo:${step.act.action}`, async (ctx) => {
    const evidenceIds = step.act.action === 'finish' ? await addPhotos(stage, ctx, record.core) : []
    return act(ctx, { eventId: id, evidenceIds }, step.act)
  }).catch((error: unknown) => {
    const problem = problemOf(error)
    if (!problem) throw error
    if (turn.script) throw new Error(`${record.core.categoryCode}: ${step.act.action} ${JSON.stringify(problem)}`)
    return undefined
  })
  return acted?.event ?? record.core
}

/** The handler's photos: after the work, and before it where nobody took one. Gives the ids to send with the act. */
async function addPhotos({ categories, dice, photo }: Stage, ctx: Ctx, core: EventCore): Promise<string[]> {
  const asked = categories.get(core.categoryCode)?.evidence ?? []
  const keep = async (phase: 'before' | 'after', eventId: string | null) => {
    const id = dice.id(ctx.now)
    await saveEvidence(ctx.tx, ctx.caller.countyCode, {
      ...photo,
      id,
      eventId,
      uploadedBy: ctx.caller.accountId,
      phase,
      name: '演示图片.jpg',
      at: ctx.now,
    })
    return id
  }
  if (asked.includes('before')) await keep('before', core.id)
  return asked.includes('after') ? [await keep('after', null)] : []
}

/** How long people take before each step; most handle well within the limit, a few over it. */
function delayBefore(core: EventCore, now: number, dice: Dice): number {
  const isUrgent = core.urgency > 0
  switch (core.stage) {
    case 'accept':
      return dice.spread(isUrgent ? 25 * minute : 2 * hour)
    case 'dispatch':
      return dice.spread(isUrgent ? 20 * minute : 3 * hour)
    case 'handle':
      return core.status === 'dispatched'
        ? dice.spread(isUrgent ? 20 * minute : 3 * hour)
        : handlingTime(core, now, dice)
    case 'check':
      return dice.spread(6 * hour)
    case 'callback':
      return dice.spread(16 * hour)
  }
}

function handlingTime(core: EventCore, now: number, dice: Dice): number {
  if (core.suspension) return Math.max(hour, core.suspension.until - now + dice.spread(20 * hour))
  const left = Math.max(hour, (core.dueAt ?? now + 22 * hour) - now)
  if (dice.chance(0.05)) return left + dice.spread(10 * hour)
  return Math.min(left * (0.15 + dice.next() * 0.6), (1 + dice.next() * 5) * dayLength)
}

/** What is not urgent waits for the morning. */
function wakingTime(at: number, core: EventCore, dice: Dice): number {
  const hours = minuteOfDay(at) / 60
  if (core.urgency > 0 || (hours >= 8 && hours < 19.5)) return at
  const untilEight = ((hours < 8 ? 8 : 32) - hours) * hour
  return at + untilEight + dice.int(80) * minute
}
