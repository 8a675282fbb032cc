/** Walks events through every act that people take, with marked texts; then lets everybody try every act. */
import { acts, type Action } from '@fengge/domain/events/acts'
import { actContract, attachEvidence, actEndpoint, getEvent, reportEvent } from '@fengge/domain/events/contract/desk'
import { submitTicket } from '@fengge/domain/events/contract/rules'
import { freshId } from '../../../src/kernel/fresh-id.ts'
import { idOf, office, type Login } from '../../world.ts'
import type { Known } from './asks.ts'
import { told } from './marks.ts'
import { addressOf, photo, secretTicket } from './play.ts'
import { everybody, type Stage } from './stage.ts'
import { upload } from '../uploading.ts'

type Step = readonly [login: Login, action: Action, fields?: Record<string, unknown>]
const [works, urban] = [office('town-works'), office('town-urban')]
const until = '2026-03-10T08:00:00.000Z'

const fields: Record<string, unknown> = {
  note: '照此办理',
  result: '已办',
  answer: '已办结，谢谢。',
  finding: 'exists',
  categoryCode: '5002',
  reason: 'duplicate',
  departmentId: works,
  suggestedDepartmentId: urban,
  departmentIds: [urban],
  until,
  plan: '分两步',
  outcome: 'unreasonable',
  score: null,
  isSolved: false,
  grade: 2,
  leader: '',
}
const reasons: Partial<Record<Action, string>> = { 'ask-suspension': 'season', fail: 'not-done' }

/** A whole ask of an act, with what the step says besides. */
function fieldsOf(action: Action, more: Record<string, unknown> = {}): Record<string, unknown> {
  const all: Record<string, unknown> = {
    ...fields,
    reason: reasons[action] ?? fields['reason'],
    intoEventId: freshId(),
  }
  const children = [1, 2].map((n) => ({ id: freshId(), title: `第${n}部分`, content: '分办', categoryCode: '1002' }))
  const asked = Object.keys(acts[action]).filter((name) => name !== 'coDepartmentIds')
  return { ...Object.fromEntries(asked.map((name) => [name, name === 'children' ? children : all[name]])), ...more }
}

async function walk({ get }: Stage, id: string, steps: readonly Step[]): Promise<void> {
  for (const [login, action, more] of steps) {
    const { version } = await get(getEvent, login, { id })
    await get(actEndpoint(action), login, { eventId: id, version, ...fieldsOf(action, more) } as never)
  }
}

let tickets = 100
const tell = async ({ get }: Stage, categoryCode: string, more: object = {}) =>
  (
    await get(submitTicket, 'hotline', {
      ticketNo: `T-8${++tickets}`,
      title: '路面破损',
      content: '路面破损，请处理',
      categoryCode,
      areaCode: '320206001000',
      callerName: told.calledName,
      callerPhone: told.calledPhone,
      ...more,
    })
  ).id
const report = async ({ get }: Stage, login: Login, categoryCode: string, more: object = {}) =>
  (
    await get(reportEvent, login, {
      id: `${freshId().slice(0, -4)}0001`,
      title: '楼道堆放',
      content: '楼道堆放',
      categoryCode,
      gridId: idOf('grid1'),
      ...more,
    })
  ).id

const by = (login: Login, ...actions: Action[]): Step[] => actions.map((action) => [login, action])

/** Every act that a person may take is taken by somebody who may. */
export async function walkEvents(stage: Stage): Promise<void> {
  const handled = await report(stage, 'worker', '5002')
  for (const phase of ['before', 'after'] as const) {
    const sent = await upload(addressOf(stage), 'worker', await photo(), { name: 'a.jpg', type: 'image/jpeg' })
    await stage.get(attachEvidence, 'worker', { eventId: handled, evidenceIds: [sent.id], phase })
  }
  await walk(stage, handled, [
    ...by('town', 'dispatch'),
    ...by('works', 'sign', 'ask-co-handling'),
    ...by('urban', 'decline-co-handling'),
    ...by('works', 'ask-co-handling'),
    ...by('urban', 'finish-co-handling'),
    ...by('works', 'ask-extension'),
    ...by('townchief', 'refuse-extension'),
    ...by('works', 'ask-extension'),
    ...by('townchief', 'agree-extension'),
    ...by('works', 'ask-suspension'),
    ...by('townchief', 'refuse-suspension'),
    ...by('works', 'ask-suspension'),
    ...by('townchief', 'agree-suspension'),
    ...by('works', 'resume'),
    ...by('leader', 'supervise', 'lift-supervision', 'note', 'urge'),
    ...by('worker', 'ask-cancel'),
    ...by('town', 'refuse-cancel', 'remark'),
    ...by('townchief', 'force-close', 'withdraw-force-close'),
    ...by('works', 'finish'),
    ...by('worker', 'fail'),
    ...by('works', 'finish'),
    ...by('worker', 'check-unable'),
    ...by('town', 'pass', 'reopen'),
    ...by('townchief', 'force-close'),
    ...by('townleader', 'confirm-force-close'),
  ])
  await walk(stage, await report(stage, 'worker', '5002'), [
    ...by('town', 'dispatch'),
    ...by('works', 'return'),
    ...by('townchief', 'agree-return'),
    ...by('town', 'dispatch'),
  ])
  await walk(stage, await report(stage, 'worker', '5002'), [
    ...by('town', 'dispatch'),
    ...by('works', 'return'),
    ...by('townchief', 'refuse-return'),
    ['town', 'transfer', { departmentId: urban }],
    ['urban', 'return', { suggestedDepartmentId: works }],
    ['townchief', 'rule'],
  ])
  await walkBetweenLevels(stage)
  await walkTickets(stage)
}

async function walkBetweenLevels(stage: Stage): Promise<void> {
  await walk(stage, await report(stage, 'worker', '1002', { urgency: 2 }), [
    ...by('village', 'report-up'),
    ...by('townchief', 'assign-down'),
    ...by('chief', 'bypass'),
  ])
  await walk(stage, await report(stage, 'worker', '1002'), [
    ...by('village', 'report-up'),
    ...by('worker', 'ask-cancel'),
    ...by('town', 'agree-cancel'),
  ])
  await walk(stage, await report(stage, 'worker', '1002'), by('worker', 'self-close'))
  await walk(stage, await report(stage, 'worker', '1002'), [['village', 'split']])
}

async function walkTickets(stage: Stage): Promise<void> {
  const point = { lng: 120.205, lat: 31.61 }
  await walk(stage, await tell(stage, '5002', { point }), [
    ['town', 'recode', { categoryCode: '5003' }],
    // Of a kind that a community handles: it has it now.
    ['village', 'place', { gridId: idOf('grid2') }],
    ['village', 'place', { gridId: idOf('grid1') }],
    ['village', 'ask-verify'],
    ['worker', 'verify'],
  ])
  await walk(stage, await tell(stage, '8001', { point }), [
    ['county', 'recode', { categoryCode: '5002' }],
    ['county', 'refuse-recode'],
    ['county', 'recode', { categoryCode: '5002' }],
    ['countychief', 'agree-recode'],
  ])
  const [first, second] = [await tell(stage, '5002'), await tell(stage, '5002')]
  await walk(stage, first, [['town', 'register']])
  await walk(stage, second, [
    ['town', 'merge', { intoEventId: first }],
    ['town', 'unlink'],
  ])
  for (const decided of ['confirm-unreasonable', 'refuse-unreasonable'] as const)
    await walk(stage, await tell(stage, '2001'), [
      ['county', 'register'],
      ['county', 'dispatch', { departmentId: office('county-police') }],
      ['bureau', 'sign'],
      ['bureau', 'finish'],
      ['countychief', 'pass'],
      ['county', 'call-back'],
      ['leader', decided],
    ])
  await walk(stage, await tell(stage, '5002'), [['town', 'refuse']])
  await walk(stage, await report(stage, 'liaison', '5001'), [['liaison', 'cancel']])
}

/** Everybody tries every act upon an event that was told in confidence. */
export async function tryActs(stage: Stage, known: Known): Promise<void> {
  const { id } = await stage.get(submitTicket, 'hotline', secretTicket('T-9009'))
  for (const { action, promise } of actContract)
    await Promise.all(
      everybody.map((who) =>
        stage.send(promise, who, {
          eventId: id,
          version: 1,
          ...fieldsOf(action, action === 'merge' ? { intoEventId: known.event } : {}),
        }),
      ),
    )
}
