/**
 * Lets the demo county live through its days: events are reported, and each is led on, step by step, by whoever's
 * turn it is, with the real commands at simulated times. Clocks fire in between as they would have.
 */
import type { Act } from '@fengge/domain/events/acts'
import type { Category, EventCore } from '@fengge/domain/events/terms'
import { hour, minute } from '@fengge/domain/kernel/time'
import { act, reportAsResident, reportInside } from '@fengge/server/events/door'
import { submitTicket } from '@fengge/server/events/commands/hotline'
import { fireAlarms } from '@fengge/server/events/jobs'
import { findEvent } from '@fengge/server/events/store'
import { saveEvidence } from '@fengge/server/events/store/evidence'
import { actAs } from '@fengge/server/kernel/act-as'
import { residentCaller, type Caller, type Ctx } from '@fengge/server/kernel/context'
import type { Engine } from '@fengge/server/kernel/engine'
import type { KeptFile } from '@fengge/server/kernel/files'
import { findCaller } from '@fengge/server/kernel/sessions'
import type { setClock } from '@fengge/server/kernel/stand-ins/set-clock'
import { inventContent, inventName, inventSpot } from './people.ts'
import type { Dice } from './random.ts'
import type { Cast } from './staff-county.ts'

export interface Beginning {
  readonly at: number
  readonly category: Category
  readonly gridId: string
  readonly point: { lng: number; lat: number }
  readonly source: 'grid-worker' | 'resident' | 'hotline'
}
interface Turn {
  readonly at: number
  readonly id: string | null
  readonly start?: Beginning
}

export async function liveThrough(
  engine: Engine,
  clock: ReturnType<typeof setClock>,
  cast: Cast,
  county: string,
  beginnings: readonly Beginning[],
  until: number,
  dice: Dice,
  progress: (done: number) => void,
): Promise<number> {
  const queue = createQueue(beginnings.map((start) => ({ at: start.at, id: null, start })))
  const callers = new Map<string, Caller>()
  let nextAlarms = beginnings[0]?.at ?? until
  let started = 0
  const callerOf = async (accountId: string) => {
    const known = callers.get(accountId) ?? (await findCaller(engine.database.read, accountId, clock.now()))
    if (known) callers.set(accountId, known)
    return known
  }
  for (let turn = queue.take(); turn && turn.at <= until; turn = queue.take()) {
    for (; nextAlarms <= turn.at; nextAlarms += 6 * hour) {
      clock.at(nextAlarms)
      await fireAlarms(engine)
    }
    clock.at(turn.at)
    if (turn.start) {
      const core = await begin(engine, turn.start, cast, county, dice, callerOf)
      if (++started % 100 === 0) progress(started)
      queue.put({ at: turn.at + dice.spread(delayBefore(core)), id: core.id })
      continue
    }
    const record = await findEvent(engine.database.read, county, turn.id!)
    const step = record && (await nextStep(record.core, cast, dice, callerOf, turn.at))
    if (!step) continue
    const acted = await actAs(engine, step.caller, `demo:${step.act.action}`, async (ctx) => {
      const evidenceIds = step.act.action === 'finish' ? await addPhotos(ctx, record.core, dice) : []
      return act(ctx, { eventId: turn.id!, evidenceIds }, step.act)
    }).catch((error: unknown) => {
      if ((error as { problem?: unknown }).problem) return undefined
      throw error
    })
    const core = acted?.event ?? record.core
    if (!['closed', 'archived', 'rejected', 'cancelled', 'merged'].includes(core.status))
      queue.put({ at: turn.at + dice.spread(delayBefore(core)), id: core.id })
  }
  clock.at(until)
  await fireAlarms(engine, 100_000)
  return started
}

/** Pictures of the demo, kept once and shown by every event that needs some. */
export const album: { photo?: KeptFile } = {}
/** What evidence each category asks for, told before the county lives. */
export const needs = new Map<string, readonly string[]>()

/** The handler's photos: after the work, and before it where nobody took one. Gives the ids to send with the act. */
async function addPhotos(ctx: Ctx, core: EventCore, dice: Dice): Promise<string[]> {
  const asked = needs.get(core.categoryCode) ?? []
  const keep = async (phase: 'before' | 'after', eventId: string | null) => {
    const id = dice.id(ctx.now)
    await saveEvidence(ctx.tx, ctx.caller.countyCode, {
      ...album.photo!,
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
  switch (core.stage) {
    case 'accept':
      return core.urgency > 0 ? 25 * minute : 3 * hour
    case 'dispatch':
      return core.urgency > 0 ? 20 * minute : 4 * hour
    case 'handle':
      return core.status === 'dispatched'
        ? core.urgency > 0
          ? 20 * minute
          : 3 * hour
        : core.urgency > 0
          ? 2 * hour
          : 22 * hour
    case 'check':
      return 6 * hour
    case 'callback':
      return 18 * hour
  }
}

async function begin(
  engine: Engine,
  start: Beginning,
  cast: Cast,
  county: string,
  dice: Dice,
  callerOf: (id: string) => Promise<Caller | undefined>,
): Promise<EventCore> {
  const spot = inventSpot(dice)
  const { title, content } = inventContent(start.category.code, start.category.name, spot, dice)
  const id = dice.id(start.at)
  const core = async (eventId: string) => (await findEvent(engine.database.read, county, eventId))!.core
  if (start.source === 'resident') {
    await actAs(engine, residentCaller(county), 'demo:report', (ctx) =>
      reportAsResident(ctx, {
        id,
        title,
        content,
        placeText: spot,
        categoryCode: start.category.code,
        point: start.point,
        gridId: start.gridId,
        name: inventName(dice),
        phone: '',
        stopNoticeRead: true,
      }),
    )
    return core(id)
  }
  if (start.source === 'hotline') {
    const hotline = (await callerOf(cast.hotline))!
    const ticket = await actAs(engine, hotline, 'demo:ticket', (ctx) =>
      submitTicket(ctx, {
        ticketNo: `T${start.at.toString(36)}${dice.int(1e6)}`.toUpperCase(),
        title,
        content,
        placeText: spot,
        point: start.point,
        categoryCode: start.category.code,
        callerName: inventName(dice),
        isSecret: false,
      }),
    )
    return core(ticket.id)
  }
  const worker = (await callerOf(cast.workers.get(start.gridId)!))!
  const report = {
    requestId: id,
    id,
    title,
    content,
    categoryCode: start.category.code,
    source: 'grid-worker' as const,
    urgency: 0 as const,
    scale: 'single' as const,
    people: 0,
    point: start.point,
    gridId: start.gridId,
    placeText: spot,
    occurredAt: null,
    evidenceIds: [],
    stopNoticeRead: true,
  }
  return (await actAs(engine, worker, 'demo:report', (ctx) => reportInside(ctx, report, 'grid-worker'))).core
}

interface Step {
  readonly caller: Caller
  readonly act: Act
}

/** What the one whose turn it is would do next. */
async function nextStep(
  core: EventCore,
  cast: Cast,
  dice: Dice,
  callerOf: (id: string) => Promise<Caller | undefined>,
  now: number,
): Promise<Step | undefined> {
  const desk = cast.desks.get(core.deskPlaceId)!
  const by = async (accountId: string | undefined, what: Act): Promise<Step | undefined> => {
    const caller = accountId === undefined ? undefined : await callerOf(accountId)
    return caller && { caller, act: what }
  }
  const worker = core.gridId === null ? undefined : cast.workers.get(core.gridId)
  const office = [...cast.offices.values()].flat().find((o) => o.id === core.departmentId)
  const handler = office?.accountId ?? (core.departmentId === null ? undefined : cast.desks.get(core.deskPlaceId)?.desk)
  switch (core.status) {
    case 'reported':
      return dice.chance(0.04)
        ? by(desk.desk, { action: 'refuse', reason: 'untrue', note: '现场未发现所述情况' })
        : by(
            worker ?? desk.desk,
            worker ? { action: 'verify', finding: 'exists', note: '' } : { action: 'register', note: '' },
          )
    case 'verifying':
      return by(worker, { action: 'verify', finding: 'exists', note: '' })
    case 'registered':
    case 'reopened':
      return registered(core, cast, dice, desk, by)
    case 'dispatched':
      return dice.chance(0.02) && core.returnedBy.length === 0
        ? by(handler, {
            action: 'return',
            note: '依据部门职责规定，应由其他部门承办',
            suggestedDepartmentId: otherOffice(cast, core),
          })
        : by(handler, { action: 'sign' })
    case 'return-requested':
      return by(
        desk.chief,
        dice.chance(0.5)
          ? { action: 'agree-return', note: '改派' }
          : { action: 'refuse-return', note: '仍由你部门承办' },
      )
    case 'ruling':
      return by(desk.chief, { action: 'rule', departmentId: core.departmentId!, note: '依职责裁定' })
    case 'in-progress':
      return inProgress(core, dice, handler, now, by)
    case 'extend-requested':
      return by(
        desk.chief,
        dice.chance(0.8) ? { action: 'agree-extension', note: '' } : { action: 'refuse-extension', note: '请按期办结' },
      )
    case 'suspend-requested':
      return by(desk.chief, { action: 'agree-suspension', note: '' })
    case 'rework':
      return by(handler, { action: 'finish', result: '已按要求重新处理', answer: '已按要求重新处理，感谢监督。' })
    case 'handled':
      return core.checkBy === 'centre'
        ? by(above(core, cast, desk, handler).chief, { action: 'pass', note: '' })
        : by(
            core.checkerId ?? worker,
            dice.chance(0.07)
              ? { action: 'fail', reason: 'partly-done', note: '现场仍有遗留' }
              : { action: 'pass', note: '' },
          )
    case 'verified':
    case 'callback':
      return by(
        above(core, cast, desk, handler).desk,
        dice.chance(0.06)
          ? { action: 'call-back', outcome: 'unsatisfied', score: 2, isSolved: false, note: '反映问题仍在' }
          : {
              action: 'call-back',
              outcome: dice.chance(0.1) ? 'unreached' : 'satisfied',
              score: 3 + dice.int(3),
              isSolved: true,
              note: '',
            },
      )
    default:
      return undefined
  }
}

/** Who may judge what a desk handled itself: its chief, or in a community of one officer the town. */
function above(
  core: EventCore,
  cast: Cast,
  desk: { desk: string; chief: string },
  handler: string | undefined,
): { desk: string; chief: string } {
  if (desk.desk !== handler) return desk
  return desk.chief === handler ? (cast.desks.get(core.townId ?? '') ?? desk) : { desk: desk.chief, chief: desk.chief }
}

type By = (accountId: string | undefined, what: Act) => Promise<Step | undefined>

function registered(
  core: EventCore,
  cast: Cast,
  dice: Dice,
  desk: { desk: string },
  by: By,
): Promise<Step | undefined> {
  if (core.level === 1) {
    if (core.source === 'grid-worker' && !core.isSensitive && core.status === 'registered' && dice.chance(0.45))
      return by(core.reporterId ?? undefined, { action: 'self-close', result: '现场劝导并处理完毕' })
    if (dice.chance(0.08)) return by(desk.desk, { action: 'report-up', note: '超出村（社区）处置能力' })
    return by(desk.desk, {
      action: 'dispatch',
      departmentId: cast.villageOffice.get(core.deskPlaceId)!,
      coDepartmentIds: [],
      note: '',
    })
  }
  if (core.level === 2 && dice.chance(0.05)) return by(desk.desk, { action: 'report-up', note: '需县级部门牵头' })
  const offices = cast.offices.get(core.deskPlaceId)!
  return by(desk.desk, {
    action: 'dispatch',
    departmentId: (offices.find((o) => leads.get(core.categoryCode) === o.kind) ?? dice.pick(offices)).id,
    coDepartmentIds: [],
    note: '',
  })
}

/** Lead department of each category, told before the county lives. */
export const leads = new Map<string, string>()

function inProgress(
  core: EventCore,
  dice: Dice,
  handler: string | undefined,
  now: number,
  by: By,
): Promise<Step | undefined> {
  if (core.handleDueAt !== null && core.extensions === 0 && now < core.handleDueAt && dice.chance(0.04))
    return by(handler, {
      action: 'ask-extension',
      until: new Date(core.handleDueAt + 20 * hour).toISOString(),
      note: '材料采购中',
      plan: '到货后一天内完成',
    })
  if (core.level > 1 && dice.chance(0.01))
    return by(handler, {
      action: 'ask-suspension',
      reason: 'works',
      until: new Date(now + 20 * 24 * hour).toISOString(),
      note: '需列入道路施工计划',
    })
  return by(handler, { action: 'finish', result: '已处理完毕', answer: '您反映的问题已处理完毕，感谢支持。' })
}

function otherOffice(cast: Cast, core: EventCore): string {
  return (
    (cast.offices.get(core.deskPlaceId) ?? []).find((o) => o.id !== core.departmentId)?.id ??
    [...cast.villageOffice.values()].find((id) => id !== core.departmentId)!
  )
}

/** A queue by time: a binary heap. */
function createQueue(turns: readonly Turn[]) {
  const heap = turns.toSorted((a, b) => a.at - b.at)
  return {
    put(turn: Turn) {
      heap.push(turn)
      for (let i = heap.length - 1, up = (i - 1) >> 1; i > 0 && heap[i]!.at < heap[up]!.at; i = up, up = (i - 1) >> 1)
        [heap[i], heap[up]] = [heap[up]!, heap[i]!]
    },
    take(): Turn | undefined {
      const first = heap[0]
      const last = heap.pop()
      if (heap.length === 0 || !last) return first
      heap[0] = last
      for (let i = 0; ;) {
        const [l, r] = [2 * i + 1, 2 * i + 2]
        const least = [i, l, r].filter((k) => k < heap.length).toSorted((a, b) => heap[a]!.at - heap[b]!.at)[0]!
        if (least === i) return first
        ;[heap[i], heap[least]] = [heap[least]!, heap[i]!]
        i = least
      }
    },
  }
}
