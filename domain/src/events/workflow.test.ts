import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isProblem } from '../kernel/problem.ts'
import { dayLength, hour } from '../kernel/time.ts'
import type { Act, Action } from './acts.ts'
import { actions } from './acts.ts'
import { residentActor, type Actor } from './actor.ts'
import { nextAlarm } from './alarms.ts'
import { decide } from './decide.ts'
import {
  anEvent,
  calendar,
  county,
  departments,
  everybody,
  given,
  otherWorker,
  person,
  play,
  police,
  refused,
  stand,
  start,
  town,
  townChief,
  townLeader,
  village,
  water,
  worker,
} from './example-town.ts'
import type { Moment } from './guards.ts'
import { canMove, moves } from './moves.ts'
import { availableActions } from './standing.ts'
import { hasCitizen, isOpen, type EventCore, type EventSource, type Level } from './terms.ts'

test('level one: the village handles, the worker checks, it closes', () => {
  const event = play(
    anEvent(),
    [village, { action: 'dispatch', departmentId: 'village-office', coDepartmentIds: [], note: '' }],
    [village, { action: 'finish', result: '已清理', answer: '' }],
    [worker, { action: 'pass', note: '' }],
  )
  assert.equal(event.status, 'closed')
  assert.equal(event.closeKind, 'normal')
})

test('level two: reported up, the town dispatches, the department signs and finishes, the worker checks', () => {
  const event = play(
    anEvent(),
    [village, { action: 'report-up', note: '村里修不了' }],
    [town, { action: 'dispatch', departmentId: 'town-water', coDepartmentIds: [], note: '' }],
    [water, { action: 'sign' }],
    [water, { action: 'finish', result: '修好了', answer: '' }],
    [worker, { action: 'fail', reason: 'partly-done', note: '还在漏' }],
    [water, { action: 'finish', result: '又修了', answer: '' }],
    [worker, { action: 'pass', note: '' }],
  )
  assert.deepEqual([event.status, event.level, event.reworks], ['closed', 2, 1])
})

test('level three: a resident reports, the county handles, the resident is asked and says no, then yes', () => {
  const event = play(
    anEvent('resident'),
    [worker, { action: 'verify', finding: 'exists', note: '' }],
    [village, { action: 'report-up', note: '职权不够' }],
    [town, { action: 'report-up', note: '职权不够' }],
    [county, { action: 'dispatch', departmentId: 'county-police', coDepartmentIds: [], note: '' }],
    [police, { action: 'sign' }],
    [police, { action: 'finish', result: '已处理', answer: '已经处理，谢谢。' }],
    [worker, { action: 'pass', note: '' }],
    [residentActor, { action: 'rate', score: 2, isSolved: false, note: '没有' }],
    [county, { action: 'dispatch', departmentId: 'county-police', coDepartmentIds: [], note: '' }],
    [police, { action: 'sign' }],
    [police, { action: 'finish', result: '再次处理', answer: '这次好了。' }],
    [worker, { action: 'pass', note: '' }],
    [residentActor, { action: 'rate', score: 5, isSolved: true, note: '' }],
  )
  assert.deepEqual([event.status, event.reopens, event.satisfaction], ['closed', 1, 5])
})

test('the clock of handling starts at dispatch and not at signing', () => {
  const sent = play(anEvent('grid-worker', 2), [
    town,
    { action: 'dispatch', departmentId: 'town-water', coDepartmentIds: [], note: '' },
  ])
  const signed = play(sent, [water, { action: 'sign' }])
  assert.equal(signed.dueAt, sent.dueAt)
  assert.equal(signed.stageStartedAt, sent.stageStartedAt)
})

test('only the department that has it may return it, once, within a working day; the second time is ruled', () => {
  const sent = play(anEvent('grid-worker', 2), [
    town,
    { action: 'dispatch', departmentId: 'town-water', coDepartmentIds: [], note: '' },
  ])
  const back: Act = { action: 'return', note: '条例第三条', suggestedDepartmentId: 'town-build' }
  assert.equal(refused(sent, police, back), 'not-allowed')
  assert.equal(refused(sent, water, back, { now: start + 5 * dayLength }), 'event.too-late')
  const asked = play(sent, [water, back], [town, { action: 'refuse-return', note: '归你' }])
  assert.equal(refused(asked, water, back), 'event.returned-before')
  const ruled = play(asked, [town, { action: 'transfer', departmentId: 'town-build', note: '改派' }])
  const builder = person('builder', stand('town', 'town-build'))
  const ruling = play(ruled, [builder, { action: 'return', note: '不是我', suggestedDepartmentId: 'town-water' }])
  assert.equal(ruling.status, 'ruling')
  const bound = play(ruling, [townChief, { action: 'rule', departmentId: 'town-water', note: '定了' }])
  assert.equal(refused(bound, water, { ...back, suggestedDepartmentId: 'town-build' }), 'event.ruled')
})

test('nobody checks his own work, and only the reporting worker checks', () => {
  const double = person('village', stand('village'), stand('village', 'village-office'), stand('grid'))
  const event = play(
    anEvent('resident'),
    [worker, { action: 'verify', finding: 'exists', note: '' }],
    [double, { action: 'dispatch', departmentId: 'village-office', coDepartmentIds: [], note: '' }],
    [double, { action: 'finish', result: '好', answer: '好了' }],
  )
  assert.equal(refused({ ...event, checkerId: null }, double, { action: 'pass', note: '' }), 'event.own-work')
  assert.equal(refused(event, otherWorker, { action: 'pass', note: '' }), 'not-allowed')
  assert.equal(refused(event, worker, { action: 'pass', note: '' }), 'allowed')
})

test('a stop gives its time back, and the worker of another grid sees no buttons', () => {
  const busy = play(
    anEvent('grid-worker', 2),
    [town, { action: 'dispatch', departmentId: 'town-water', coDepartmentIds: [], note: '' }],
    [water, { action: 'sign' }],
  )
  const until = new Date(start + 20 * dayLength).toISOString()
  const stopped = play(
    busy,
    [water, { action: 'ask-suspension', reason: 'season', until, note: '雨季' }],
    [town, { action: 'agree-suspension', note: '' }],
  )
  assert.equal(stopped.dueAt, Date.parse(until))
  assert.ok(nextAlarm(stopped, calendar)!.kind.startsWith('stop'))
  const again = decide(stopped, { action: 'resume', note: '' }, given(water, start + 2 * hour + 7 * dayLength))
  assert.ok(!isProblem(again))
  assert.equal(again.event.dueAt! - busy.dueAt!, 7 * dayLength)
  assert.equal(again.event.pausedMs, 7 * dayLength)
  assert.deepEqual(availableActions(busy, given(otherWorker, start)), [])
})

test('closing waits for children, forced closing for a second person, and a red card is not lowered to yellow', () => {
  const handled = play(
    anEvent(),
    [village, { action: 'dispatch', departmentId: 'village-office', coDepartmentIds: [], note: '' }],
    [village, { action: 'finish', result: '好', answer: '' }],
  )
  assert.equal(
    refused(handled, worker, { action: 'pass', note: '' }, { now: start + 9 * hour, children: 1 }),
    'event.open-children',
  )
  const asked = play(anEvent(), [village, { action: 'force-close', note: '无法处理' }])
  assert.equal(
    refused(asked, person('village', ...townLeader.stands), { action: 'confirm-force-close', note: '' }),
    'event.second-person',
  )
  assert.equal(play(asked, [townLeader, { action: 'confirm-force-close', note: '' }]).closeKind, 'forced')
  const red = play(anEvent(), [county, { action: 'supervise', grade: 3, leader: '李副区长', note: '限期' }])
  assert.equal(refused(red, county, { action: 'supervise', grade: 2, leader: '', note: '' }), 'event.supervised')
})

test('a self-handled event closes at once, a sampled one waits for the centre, and never for its reporter', () => {
  assert.equal(play(anEvent(), [worker, { action: 'self-close', result: '已劝导' }]).closeKind, 'self-handled')
  const sampled = play(anEvent('grid-worker', 1, true), [worker, { action: 'self-close', result: '已劝导' }])
  assert.equal(sampled.status, 'handled')
  const both = person('worker', stand('grid'), stand('village'))
  assert.equal(refused(sampled, both, { action: 'pass', note: '' }), 'event.own-work')
  assert.equal(play(sampled, [village, { action: 'pass', note: '' }]).status, 'closed')
})

const someAct: fc.Arbitrary<Act> = fc
  .tuple(
    fc.constantFrom(...actions),
    fc.constantFrom(...departments.keys()),
    fc.nat(40),
    fc.boolean(),
    fc.integer({ min: 1, max: 5 }),
  )
  .map(
    ([action, departmentId, days, flag, score]) =>
      ({
        action,
        departmentId,
        coDepartmentIds: flag ? [] : ['town-build'],
        departmentIds: ['town-build'],
        suggestedDepartmentId: departmentId,
        note: flag ? '说明' : '',
        plan: '计划',
        until: new Date(start + days * dayLength).toISOString(),
        reason: flag ? 'season' : 'citizen',
        result: '结果',
        answer: flag ? '答复' : '',
        finding: flag ? 'exists' : 'absent',
        outcome: (['satisfied', 'unsatisfied', 'unreached', 'unreasonable'] as const)[days % 4],
        score,
        isSolved: flag,
        intoEventId: 'other',
        categoryCode: '5002',
        children: [],
        grade: (days % 3) + 1,
        leader: '李副区长',
      }) as unknown as Act,
  )

test('whatever people try, in whatever order, the invariants hold', () => {
  const script = fc.array(
    fc.tuple(
      fc.constantFrom(...(Object.keys(everybody) as (keyof typeof everybody)[])),
      someAct,
      fc.integer({ min: 1, max: 24 }),
    ),
    { minLength: 40, maxLength: 120, size: 'max' },
  )
  const seen = new Set<string>()
  fc.assert(
    fc.property(
      fc.constantFrom<EventSource>('grid-worker', 'resident', 'hotline'),
      fc.constantFrom<Level>(1, 2, 3),
      fc.record({ children: fc.nat(1), sampled: fc.boolean() }),
      script,
      (source, level, { children, sampled }, steps) => {
        let event = anEvent(source, level, sampled)
        let now = start
        for (const [who, act, hours] of steps) {
          now += hours * hour
          const before = event
          const { actor, tried } = choose(event, given(everybody[who], now, children), act, hours)
          const decision = decide(event, tried, given(actor, now, children))
          if (isProblem(decision)) continue
          event = decision.event
          seen.add(tried.action)
          hold(before, event, { action: tried.action, actor, children, now })
        }
      },
    ),
    { numRuns: 400, seed: 20261120 },
  )
  assert.ok(
    seen.size >= 35,
    `the walk took ${seen.size} kinds of action: ${actions.filter((a) => !seen.has(a)).join(' ')}`,
  )
})

const endings = new Set<Action>([
  'cancel',
  'refuse',
  'merge',
  'self-close',
  'confirm-force-close',
  'force-close',
  'archive',
  'supervise',
  'note',
  'urge',
  'lift-supervision',
  'recode',
  'agree-recode',
  'refuse-recode',
  'withdraw-force-close',
  'split',
  'agree-cancel',
])

const officeOf: Record<string, string> = { village: 'village-office', town: 'town-water', county: 'county-police' }

/** Three of four acts are drawn from what is on offer to anybody and leads on, so that the walk goes deep. */
function choose(event: EventCore, moment: Moment, act: Act, roll: number): { actor: Actor; tried: Act } {
  if (roll % 4 === 0) return { actor: moment.actor, tried: act }
  const offers = Object.values(everybody).flatMap((a) =>
    availableActions(event, { ...moment, actor: a })
      .filter((x) => roll % 4 === 1 || !endings.has(x))
      .map((x) => [a, x] as const),
  )
  const offer = offers[(roll * 7 + act.action.length) % Math.max(1, offers.length)]
  if (!offer) return { actor: moment.actor, tried: act }
  const departmentId = officeOf[event.deskPlaceId]
  return { actor: offer[0], tried: { ...act, action: offer[1], departmentId, coDepartmentIds: [] } as unknown as Act }
}

const moversOfDue: Action[] = [
  'agree-extension',
  'agree-suspension',
  'resume',
  'resume-by-date',
  'rule',
  'fail',
  'dispatch',
  'agree-return',
  'report-up',
  'assign-down',
  'bypass',
]

interface Taken {
  readonly action: Action
  readonly actor: Actor
  readonly children: number
  readonly now: number
}

function hold(before: EventCore, after: EventCore, taken: Taken): void {
  const { action, actor, children } = taken
  assert.ok(canMove(action, before.status, after.status), 'I3: only moves of the table')
  assert.equal(after.version, before.version + 1)
  if (['pass', 'fail', 'call-back'].includes(action))
    assert.ok(!before.handledBy.includes(actor.accountId ?? '?'), 'I1: not his own work')
  const isClosed = after.status === 'closed'
  if (isClosed && before.status !== 'closed' && action !== 'self-close') assert.equal(children, 0, 'I4: children first')
  if (isClosed && hasCitizen(after.source)) assert.ok(after.answer, 'I5: an answer for the citizen')
  if (after.status === 'in-progress') assert.ok(after.departmentId !== null, 'what is handled has a handler')
  assert.ok(after.supervision >= before.supervision || action === 'lift-supervision', 'no card is lowered')
  holdClocks(before, after, taken)
}

function holdClocks(before: EventCore, after: EventCore, { action, now }: Taken): void {
  if (before.handleDueAt !== after.handleDueAt && before.handleDueAt !== null)
    assert.ok([...moversOfDue, 'reopen', 'rate', 'unlink'].includes(action), `I2: ${action} moved the due date`)
  const sum =
    Object.values(after.spent).reduce((a, b) => a + b, 0) +
    after.pausedMs +
    (isOpen(after.status) ? now - after.stageStartedAt : 0)
  assert.ok(sum <= now - start, 'I7: no time is counted twice')
  if (!isOpen(after.status)) assert.equal(after.dueAt, null, 'what is over is not due')
  if (isOpen(after.status) && after.status !== 'suspended')
    assert.ok(after.dueAt !== null, `somebody owes ${after.status} by a date`)
  const alarm = nextAlarm(after, calendar)
  if (alarm) assert.ok(alarm.at > after.alarmedAt)
}

test('the table is closed: every open state has a way out, and every target is a state', () => {
  for (const move of Object.values(moves)) if (move.to !== 'same') assert.ok(move.to.length > 0)
  const leaves = (status: string) =>
    Object.values(moves).some((m) => (m.from as readonly string[]).includes(status) && m.to !== 'same')
  for (const status of new Set(Object.values(moves).flatMap((m) => (m.to === 'same' ? [] : m.to))))
    if (isOpen(status)) assert.ok(leaves(status), status)
})

test('what its worker reported for somebody he settles, and a centre checks it before it closes', () => {
  const event = { ...anEvent(), onBehalfOf: '张**' }
  const settled = play(event, [worker, { action: 'self-close', result: '已劝和' }])
  assert.deepEqual([settled.status, settled.checkBy], ['handled', 'centre'])
  assert.equal(refused(settled, worker, { action: 'pass', note: '' }), 'not-allowed')
  assert.equal(play(settled, [village, { action: 'pass', note: '' }]).status, 'closed')
})
