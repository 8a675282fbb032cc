/** What the one whose turn it is would do next: one answer for each state that an event can wait in. */
import type { Act } from '@fengge/domain/events/acts'
import type { EventCore } from '@fengge/domain/events/terms'
import { hour } from '@fengge/domain/kernel/time'
import type { Caller } from '@fengge/server/kernel/context'
import type { CallerOf, Stage } from './live-through.ts'
import type { Desk } from './staff-county.ts'

export interface Step {
  readonly caller: Caller
  readonly act: Act
}

/** Somebody, who may not exist, and what he does. */
type Choice = readonly [accountId: string | undefined, act: Act]

/** An event, and who has to do with it. */
interface Case {
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
  const choice = answers[core.status]?.(caseOf(stage, core, now))
  const caller = choice?.[0] === undefined ? undefined : await callerOf(choice[0])
  return choice && caller && { caller, act: choice[1] }
}

function caseOf(stage: Stage, core: EventCore, now: number): Case {
  const { cast } = stage
  const desk = cast.desks.get(core.deskPlaceId)!
  const department = [...cast.departments.values()].flat().find((o) => o.id === core.departmentId)
  const ownDesk = core.departmentId === null ? undefined : desk.desk
  const worker = core.gridId === null ? undefined : cast.workers.get(core.gridId)
  return { stage, core, now, desk, worker, handler: department?.accountId ?? ownDesk }
}

const answers: Partial<Record<EventCore['status'], (c: Case) => Choice>> = {
  reported: afterReport,
  verifying: ({ worker }) => [worker, { action: 'verify', finding: 'exists', note: '' }],
  registered: afterRegistering,
  reopened: afterRegistering,
  dispatched: afterDispatch,
  'return-requested': ({ stage, desk }) => [
    desk.chief,
    stage.dice.chance(0.5)
      ? { action: 'agree-return', note: '改派' }
      : { action: 'refuse-return', note: '仍由你部门承办' },
  ],
  ruling: ({ core, desk }) => [desk.chief, { action: 'rule', departmentId: core.departmentId!, note: '依职责裁定' }],
  'in-progress': whileHandling,
  'extend-requested': ({ stage, desk }) => [
    desk.chief,
    stage.dice.chance(0.8)
      ? { action: 'agree-extension', note: '' }
      : { action: 'refuse-extension', note: '请按期办结' },
  ],
  'suspend-requested': ({ desk }) => [desk.chief, { action: 'agree-suspension', note: '' }],
  rework: ({ handler }) => [
    handler,
    { action: 'finish', result: '已按要求重新处理', answer: '已按要求重新处理，感谢监督。' },
  ],
  handled: afterHandling,
  verified: callBack,
  callback: callBack,
}

function afterReport({ stage, desk, worker }: Case): Choice {
  if (stage.dice.chance(0.04)) return [desk.desk, { action: 'refuse', reason: 'untrue', note: '现场未发现所述情况' }]
  return worker === undefined
    ? [desk.desk, { action: 'register', note: '' }]
    : [worker, { action: 'verify', finding: 'exists', note: '' }]
}

function afterRegistering(c: Case): Choice {
  const { stage, core, desk } = c
  if (core.level === 1) return inTheVillage(c)
  if (core.level === 2 && stage.dice.chance(0.05)) return [desk.desk, { action: 'report-up', note: '需县级部门牵头' }]
  const departments = stage.cast.departments.get(core.deskPlaceId)!
  const lead = stage.categories.get(core.categoryCode)?.lead
  const department = departments.find((o) => o.kind === lead) ?? stage.dice.pick(departments)
  return [desk.desk, { action: 'dispatch', departmentId: department.id, coDepartmentIds: [], note: '' }]
}

function inTheVillage({ stage, core, desk }: Case): Choice {
  const isOwnFind = core.source === 'grid-worker' && !core.isSensitive && core.status === 'registered'
  if (isOwnFind && stage.dice.chance(0.45))
    return [core.reporterId ?? undefined, { action: 'self-close', result: '现场劝导并处理完毕' }]
  if (stage.dice.chance(0.08)) return [desk.desk, { action: 'report-up', note: '超出村（社区）处置能力' }]
  const departmentId = stage.cast.villageOffice.get(core.deskPlaceId)!
  return [desk.desk, { action: 'dispatch', departmentId, coDepartmentIds: [], note: '' }]
}

function afterDispatch(c: Case): Choice {
  if (!c.stage.dice.chance(0.02) || c.core.returnedBy.length > 0) return [c.handler, { action: 'sign' }]
  return [
    c.handler,
    { action: 'return', note: '依据部门职责规定，应由其他部门承办', suggestedDepartmentId: otherOffice(c) },
  ]
}

function otherOffice({ stage: { cast }, core }: Case): string {
  return (
    (cast.departments.get(core.deskPlaceId) ?? []).find((o) => o.id !== core.departmentId)?.id ??
    [...cast.villageOffice.values()].find((id) => id !== core.departmentId)!
  )
}

function whileHandling({ stage, core, handler, now }: Case): Choice {
  const due = core.handleDueAt
  if (due !== null && core.extensions === 0 && now < due && stage.dice.chance(0.04)) {
    const until = new Date(due + 20 * hour).toISOString()
    return [handler, { action: 'ask-extension', until, note: '材料采购中', plan: '到货后一天内完成' }]
  }
  if (core.level > 1 && stage.dice.chance(0.01)) {
    const until = new Date(now + 20 * 24 * hour).toISOString()
    return [handler, { action: 'ask-suspension', reason: 'works', until, note: '需列入道路施工计划' }]
  }
  return [handler, { action: 'finish', result: '已处理完毕', answer: '您反映的问题已处理完毕，感谢支持。' }]
}

function afterHandling(c: Case): Choice {
  if (c.core.checkBy === 'centre') return [above(c).chief, { action: 'pass', note: '' }]
  const checker = c.core.checkerId ?? c.worker
  return c.stage.dice.chance(0.07)
    ? [checker, { action: 'fail', reason: 'partly-done', note: '现场仍有遗留' }]
    : [checker, { action: 'pass', note: '' }]
}

function callBack(c: Case): Choice {
  const { dice } = c.stage
  const { desk } = above(c)
  if (dice.chance(0.06))
    return [desk, { action: 'call-back', outcome: 'unsatisfied', score: 2, isSolved: false, note: '反映问题仍在' }]
  const outcome = dice.chance(0.1) ? 'unreached' : 'satisfied'
  return [desk, { action: 'call-back', outcome, score: 3 + dice.int(3), isSolved: true, note: '' }]
}

/** Who may judge what a desk handled itself: its chief, or in a community of one officer the town. */
function above({ stage, core, desk, handler }: Case): Pick<Desk, 'desk' | 'chief'> {
  if (desk.desk !== handler) return desk
  if (desk.chief !== handler) return { desk: desk.chief, chief: desk.chief }
  return stage.cast.desks.get(core.townId ?? '') ?? desk
}
