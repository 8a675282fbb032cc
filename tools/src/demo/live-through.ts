/**
 * Lets the demo county live through its days: events are reported, and each is led on, step by step, by whoever's
 * turn it is, with the real commands at simulated times. Clocks fire in between as they would have.
 */
import type { EventCore } from '@fengge/domain/events/terms'
import { hour, minute } from '@fengge/domain/kernel/time'
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
import { beginEvent, type Beginning } from './begin-event.ts'
import { nextStep } from './next-step.ts'
import type { Dice } from './random.ts'
import type { Cast } from './staff-county.ts'
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
}

interface Turn {
  readonly at: number
  readonly id: string | null
  readonly start?: Beginning
}

const over: readonly EventCore['status'][] = ['closed', 'archived', 'rejected', 'cancelled', 'merged']

/** @returns how many events began */
export async function liveThrough(
  stage: Stage,
  beginnings: readonly Beginning[],
  until: number,
  progress: (done: number) => void,
): Promise<number> {
  const { engine, clock, dice } = stage
  const queue = createQueue<Turn>(beginnings.map((start) => ({ at: start.at, id: null, start })))
  const callerOf = rememberCallers(stage)
  let nextAlarms = beginnings[0]?.at ?? until
  let started = 0
  for (let turn = queue.take(); turn && turn.at <= until; turn = queue.take()) {
    for (; nextAlarms <= turn.at; nextAlarms += 6 * hour) {
      clock.at(nextAlarms)
      await fireAlarms(engine)
    }
    clock.at(turn.at)
    const core = turn.start
      ? await beginEvent(stage, turn.start, callerOf)
      : await leadOn(stage, turn.id!, turn.at, callerOf)
    if (turn.start && ++started % 100 === 0) progress(started)
    if (core && !over.includes(core.status)) queue.put({ at: turn.at + dice.spread(delayBefore(core)), id: core.id })
  }
  clock.at(until)
  await fireAlarms(engine, 100_000)
  return started
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

/** The next step of an event by whoever's turn it is; a refusal leaves it as it is. */
async function leadOn(stage: Stage, id: string, now: number, callerOf: CallerOf): Promise<EventCore | undefined> {
  const { engine, county } = stage
  const record = await findEvent(engine.database.read, county, id)
  const step = record && (await nextStep(stage, record.core, now, callerOf))
  if (!step) return undefined
  const acted = await actAs(engine, step.caller, `demo:${step.act.action}`, async (ctx) => {
    const evidenceIds = step.act.action === 'finish' ? await addPhotos(stage, ctx, record.core) : []
    return act(ctx, { eventId: id, evidenceIds }, step.act)
  }).catch((error: unknown) => {
    if (problemOf(error)) return undefined
    throw error
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

/** How long people take before each step. */
function delayBefore(core: EventCore): number {
  const isUrgent = core.urgency > 0
  switch (core.stage) {
    case 'accept':
      return isUrgent ? 25 * minute : 3 * hour
    case 'dispatch':
      return isUrgent ? 20 * minute : 4 * hour
    case 'handle':
      if (core.status === 'dispatched') return isUrgent ? 20 * minute : 3 * hour
      return isUrgent ? 2 * hour : 22 * hour
    case 'check':
      return 6 * hour
    case 'callback':
      return 18 * hour
  }
}
