/** What the one whose turn it is would do next: one answer for each state that an event can wait in. */
import type { Act } from '@fengge/domain/events/acts'
import { hasCitizen, type EventCore } from '@fengge/domain/events/terms'
import { hour } from '@fengge/domain/kernel/time'
import type { Caller } from '@fengge/server/kernel/context'
import type { CallerOf, Stage } from './live-through.ts'
import * as notes from './telling/notes.ts'
import type { Department, Desk } from './staff-county.ts'
import { answerOf } from './telling/stories.ts'

export interface Step {
  readonly caller: Caller
  readonly act: Act
}

/** Somebody, who may not exist, and what he does. */
export type Choice = readonly [accountId: string | undefined, act: Act]

/** An event, and who has to do with it. */
export interface Case {
  readonly stage: Stage
  readonly core: EventCore
  readonly now: number
  readonly desk: Desk
  readonly worker: string | undefined
  readonly handler: string | undefined
}

export async function nextStep(
  stage: Stage,
  core: EventCore,
  now: number,
  callerOf: CallerOf,
): Promise<Step | undefined> {
  return stepOf(answers[core.status]?.(caseOf(stage, core, now)), callerOf)
}

export async function stepOf(choice: Choice | undefined, callerOf: CallerOf): Promise<Step | undefined> {
  const caller = choice?.[0] === undefined ? undefined : await callerOf(choice[0])
  return choice && caller && { caller, act: choice[1] }
}

export function caseOf(stage: Stage, core: EventCore, now: number): Case {
  const { cast } = stage
  const desk = cast.desks.get(core.deskPlaceId)!
  const department = [...cast.departments.values()].flat().find((o) => o.id === core.departmentId)
  const worker = core.gridId === null ? undefined : cast.workers.get(core.gridId)
  return { stage, core, now, desk, worker, handler: department?.accountId }
}

const answers: Partial<Record<EventCore['status'], (c: Case) => Choice>> = {
  reported: afterReport,
  verifying: ({ worker }) => [worker, { action: 'verify', finding: 'exists', note: '' }],
  registered: afterRegistering,
  reopened: afterRegistering,
  dispatched: afterDispatch,
  'return-requested': (c) => [
    decides(c),
    c.stage.dice.chance(0.5)
      ? { action: 'agree-return', note: '同意改派' }
      : { action: 'refuse-return', note: '按职责清单仍由你单位承办' },
  ],
  ruling: (c) => [
    decides(c),
    { action: 'rule', departmentId: c.core.departmentId!, note: notes.rulingOf(c.stage.dice) },
  ],
  'in-progress': whileHandling,
  'extend-requested': (c) => [
    decides(c),
    c.stage.dice.chance(0.8)
      ? { action: 'agree-extension', note: '' }
      : { action: 'refuse-extension', note: '理由不足，请按期办结' },
  ],
  'suspend-requested': (c) => [decides(c), { action: 'agree-suspension', note: '' }],
  rework: finish,
  handled: afterHandling,
  verified: callBack,
  callback: callBack,
}

function afterReport({ stage, desk, worker }: Case): Choice {
  if (stage.dice.chance(0.04))
    return [desk.desk, { action: 'refuse', reason: 'untrue', note: notes.refusalOf(stage.dice) }]
  return worker === undefined
    ? [desk.desk, { action: 'register', note: '' }]
    : [worker, { action: 'verify', finding: 'exists', note: '' }]
}

function afterRegistering(c: Case): Choice {
  const { stage, core, desk } = c
  const own = stage.told.get(core.id)?.own ?? ''
  const isOwnFind = core.source === 'grid-worker' && core.level === 1 && !core.isSensitive
  if (isOwnFind && own !== '' && core.status === 'registered' && stage.dice.chance(0.75))
    return [core.reporterId ?? undefined, { action: 'self-close', result: own }]
  if (core.level < 3 && stage.dice.chance(0.05))
    return [desk.desk, { action: 'report-up', note: notes.upwardOf(stage.dice) }]
  return dispatch(c)
}

/** To the lead department of the category, else to the centre's own office; not back to one that returned it. */
export function dispatch(c: Case, withKinds: readonly string[] = []): Choice {
  const { core, desk, stage } = c
  const departments = stage.cast.departments.get(core.deskPlaceId)!
  const lead = stage.categories.get(core.categoryCode)?.lead
  const free = departments.filter((d) => !core.returnedBy.includes(d.id))
  const department = ofKind(free, lead) ?? ofKind(free, 'centre-office') ?? free[0] ?? departments[0]!
  const coDepartmentIds = withKinds.flatMap((kind) => ofKind(departments, kind)?.id ?? [])
  return [desk.desk, { action: 'dispatch', departmentId: department.id, coDepartmentIds, note: '' }]
}
const ofKind = (departments: readonly Department[], kind: string | undefined) =>
  departments.find((d) => d.kind === kind)

function afterDispatch(c: Case): Choice {
  const mayReturn = c.core.returnedBy.length === 0 && c.core.level > 1
  return mayReturn && c.stage.dice.chance(0.02) ? askReturn(c) : [c.handler, { action: 'sign' }]
}

export function askReturn({ stage, core, handler }: Case): Choice {
  const others = (stage.cast.departments.get(core.deskPlaceId) ?? []).filter((o) => o.id !== core.departmentId)
  const other = ofKind(others, 'centre-office') ?? others[0]!
  return [handler, { action: 'return', note: notes.returnOf(stage.dice), suggestedDepartmentId: other.id }]
}

function whileHandling(c: Case): Choice {
  const { core, now, stage } = c
  const open = core.coHandlers.find((co) => !co.isDone)
  if (open) {
    const department = [...stage.cast.departments.values()].flat().find((d) => d.id === open.departmentId)
    return [department?.accountId, { action: 'finish-co-handling', result: '已到现场配合，协办部分办结。' }]
  }
  const due = core.handleDueAt
  if (due !== null && core.extensions === 0 && now < due && stage.dice.chance(0.03)) return askExtension(c)
  if (core.level > 1 && stage.dice.chance(0.01)) return askSuspension(c)
  return finish(c)
}

export function askExtension({ stage, core, handler }: Case): Choice {
  const until = new Date((core.handleDueAt ?? 0) + 20 * hour).toISOString()
  return [handler, { action: 'ask-extension', until, ...notes.extensionOf(core.categoryCode, stage.dice) }]
}

export function askSuspension({ handler, now }: Case): Choice {
  const until = new Date(now + 20 * 24 * hour).toISOString()
  return [handler, { action: 'ask-suspension', reason: 'works', until, note: '需列入道路改造计划，开工前先行围挡' }]
}

export function finish({ stage, core, handler }: Case): Choice {
  const { dice } = stage
  const done = stage.told.get(core.id)?.done ?? '现场已处理完毕。'
  const result = core.status === 'rework' ? `${notes.againOf(core.categoryCode, dice)}${done}` : done
  const answer = hasCitizen(core.source) ? answerOf(result, dice) : ''
  return [handler, { action: 'finish', result, answer }]
}

export function checker(c: Case): string | undefined {
  return c.core.checkBy === 'centre' ? above(c).chief : (c.core.checkerId ?? c.worker)
}

export function fail(c: Case): Choice {
  return [
    checker(c),
    { action: 'fail', reason: 'partly-done', note: notes.failureOf(c.core.categoryCode, c.stage.dice) },
  ]
}

function afterHandling(c: Case): Choice {
  if (c.core.checkBy !== 'centre' && c.stage.dice.chance(0.07)) return fail(c)
  return [checker(c), { action: 'pass', note: notes.passOf(c.stage.dice) }]
}

function callBack(c: Case): Choice {
  const { dice } = c.stage
  const { desk } = above(c)
  if (dice.chance(0.06)) {
    const note = notes.unsatisfiedOf(dice)
    return [desk, { action: 'call-back', outcome: 'unsatisfied', score: 2, isSolved: false, note }]
  }
  if (dice.chance(0.1))
    return [desk, { action: 'call-back', outcome: 'unreached', score: null, isSolved: null, note: '电话无人接听' }]
  const note = notes.satisfiedOf(dice)
  return [desk, { action: 'call-back', outcome: 'satisfied', score: 3 + dice.int(3), isSolved: true, note }]
}

/** Who may judge what was done at a desk: its own people, or the town where one of them had a hand in it. */
function above({ stage, core, desk }: Case): Pick<Desk, 'desk' | 'chief'> {
  const isOwn = (id: string) => core.handledBy.includes(id)
  if (!isOwn(desk.desk) && !isOwn(desk.chief)) return desk
  return stage.cast.desks.get(core.townId ?? '') ?? desk
}

/** Who decides what was asked for at a desk: its chief, or the town's where he asked himself. */
const decides = ({ stage, core, desk }: Case): string | undefined =>
  desk.chief === core.askedBy ? stage.cast.desks.get(core.townId ?? '')?.chief : desk.chief
