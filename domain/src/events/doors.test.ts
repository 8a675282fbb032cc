/** Side doors round the check, each tried: nobody gets an event closed by them (review F1, F4–F9, F11, F12). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProblem } from '../kernel/problem.ts'
import { dayLength, hour, showInstant } from '../kernel/time.ts'
import { followerOf, residentActor, systemActor, type Actor } from './actor.ts'
import type { Act } from './acts.ts'
import { catchUp, nextAlarm } from './alarms.ts'
import { instantOf as at } from './deadline-examples.ts'
import { resumeDue } from './deadline.ts'
import { decide } from './decide.ts'
import {
  aCategory,
  anEvent,
  calendar,
  county,
  countyLeader,
  given,
  person,
  play,
  police,
  refused,
  stand,
  start,
  supervisor,
  town,
  townChief,
  townLeader,
  village,
  water,
  worker,
} from './example-town.ts'
import { waitsFor } from './queues.ts'
import { availableActions } from './standing.ts'
import type { EventCore } from './terms.ts'

const dispatch = (departmentId: string): Act => ({ action: 'dispatch', departmentId, coDepartmentIds: [], note: '' })
/** Before anybody was silent too long. */
const early = { now: start, calendar }
const asksForce: Act = { action: 'force-close', note: '无法联系' }
const confirms: Act = { action: 'confirm-force-close', note: '' }
const until = (days: number) => new Date(start + days * dayLength).toISOString()

test('a request to close by force dies with the state it was asked in', () => {
  const asked = play(anEvent(), [village, asksForce], [worker, { action: 'self-close', result: '已劝导' }])
  const again = play(asked, [village, { action: 'reopen', note: '又来了' }])
  assert.equal(again.forceClose, null)
  assert.equal(refused(again, countyLeader, confirms), 'event.out-of-turn')
  const sent = play(anEvent('grid-worker', 2), [town, asksForce], [town, dispatch('town-water')])
  assert.equal(sent.forceClose, null)
})

test('what forbids a forced close is asked again when it is confirmed: the level, the hazard and the category of now', () => {
  const hazard: EventCore = { ...anEvent('grid-worker', 2), categoryCode: '3005' }
  const raised = play(hazard, [town, asksForce], [town, { action: 'report-up', note: '职权不够' }])
  assert.equal(refused(raised, countyLeader, confirms), 'event.out-of-turn', 'the desk it was asked at has it no more')
  const turned: EventCore = {
    ...anEvent('grid-worker', 3),
    categoryCode: '3005',
    forceClose: { by: 'county', reason: '无法联系' },
  }
  assert.equal(refused(turned, countyLeader, confirms), 'event.hazard-stays')
  assert.ok(!availableActions(turned, given(countyLeader, start)).includes('confirm-force-close'))
})

test('a request to close by force is withdrawn by who asked or by who stands above, and by nobody else', () => {
  const withdraws: Act = { action: 'withdraw-force-close', note: '' }
  const asked = play(anEvent('grid-worker', 3), [county, asksForce])
  assert.equal(refused(asked, village, withdraws), 'not-allowed')
  assert.equal(refused(asked, person('county-chief', stand('county')), withdraws), 'event.asker-only')
  assert.equal(refused(asked, county, withdraws), 'allowed')
  assert.equal(refused(asked, countyLeader, withdraws), 'allowed')
  const inVillage = play(anEvent(), [village, asksForce])
  assert.equal(refused(inVillage, townChief, withdraws), 'allowed')
})

test('one person is never both sides of a request, also with two posts: the town decides for a village of one', () => {
  const both = person('village', stand('village'), stand('village', 'village-office'))
  const busy = play(anEvent(), [both, dispatch('village-office')])
  const asked: [Act, Act, Act][] = [
    [
      { action: 'ask-extension', until: new Date(busy.handleDueAt! + hour).toISOString(), note: '雨', plan: '分段' },
      { action: 'agree-extension', note: '' },
      { action: 'refuse-extension', note: '不' },
    ],
    [
      { action: 'ask-suspension', reason: 'season', until: until(300), note: '雨季' },
      { action: 'agree-suspension', note: '' },
      { action: 'refuse-suspension', note: '不' },
    ],
    [
      { action: 'return', note: '非本职', suggestedDepartmentId: 'town-water' },
      { action: 'agree-return', note: '' },
      { action: 'refuse-return', note: '不' },
    ],
  ]
  for (const [ask, agree, refuse] of asked) {
    const waiting = play(busy, [both, ask])
    assert.equal(refused(waiting, both, agree), 'event.second-person', agree.action)
    assert.equal(refused(waiting, both, refuse), 'event.second-person', refuse.action)
    assert.ok(!waitsFor('to-decide', waiting, both, early), `${ask.action} does not wait for who asked`)
    assert.ok(waitsFor('to-decide', waiting, townChief, early), `${ask.action} waits for the town`)
    assert.equal(refused(waiting, townChief, agree), 'allowed', agree.action)
    assert.equal(refused(waiting, person('colleague', stand('village')), agree), 'allowed')
  }
  const called = play(
    anEvent('resident'),
    [worker, { action: 'verify', finding: 'exists', note: '' }],
    [village, dispatch('village-office')],
    [village, { action: 'finish', result: '好', answer: '好了' }],
    [worker, { action: 'pass', note: '' }],
    [town, { action: 'call-back', outcome: 'unreasonable', score: 1, isSolved: false, note: '要求过高' }],
  )
  assert.equal(refused(called, town, { action: 'confirm-unreasonable', note: '' }), 'event.second-person')
  assert.equal(refused(called, townLeader, { action: 'confirm-unreasonable', note: '' }), 'allowed')
})

test('the second extension is agreed by a leader', () => {
  const busy = play(anEvent('grid-worker', 2), [town, dispatch('town-water')], [water, { action: 'sign' }])
  const longer = (event: EventCore): Act => ({
    action: 'ask-extension',
    until: new Date(event.handleDueAt! + hour).toISOString(),
    note: '雨',
    plan: '分段',
  })
  const once = play(busy, [water, longer(busy)], [townChief, { action: 'agree-extension', note: '' }])
  const twice = play(once, [water, longer(once)])
  assert.equal(refused(twice, townChief, { action: 'agree-extension', note: '' }), 'event.leader-only')
  assert.equal(refused(twice, townChief, { action: 'refuse-extension', note: '不' }), 'event.leader-only')
  assert.equal(refused(twice, townLeader, { action: 'agree-extension', note: '' }), 'allowed')
  assert.ok(waitsFor('to-decide', twice, townLeader, early))
  assert.ok(!waitsFor('to-decide', twice, townChief, early))
})

test('a red card names the leader, and is lifted only by a leader who stands where it was given or above', () => {
  const red = (leader: string): Act => ({ action: 'supervise', grade: 3, leader, note: '限期' })
  const lifts: Act = { action: 'lift-supervision', note: '已整改' }
  const event = anEvent('grid-worker', 2)
  assert.equal(refused(event, countyLeader, red('')), 'event.leader-needed')
  const carded = play(event, [countyLeader, red('李副区长')])
  assert.equal(carded.redLeader, '李副区长')
  assert.equal(refused(carded, supervisor, lifts), 'event.leader-only')
  assert.equal(refused(carded, townLeader, lifts), 'event.card-above')
  const lifted = play(carded, [countyLeader, lifts])
  assert.deepEqual([lifted.supervision, lifted.redLeader], [0, null])
  const yellow = play(event, [supervisor, { action: 'supervise', grade: 2, leader: '', note: '限期' }])
  assert.equal(refused(yellow, supervisor, lifts), 'allowed')
})

test('a sampled self-handling that is sent back lies before the desk, and its worker may do it again', () => {
  const sampled = play(anEvent('grid-worker', 1, true), [worker, { action: 'self-close', result: '已劝导' }])
  const back = play(sampled, [town, { action: 'fail', reason: 'not-done', note: '没有做' }])
  assert.deepEqual([back.status, back.reworks, back.answer], ['registered', 1, null])
  assert.ok(back.dueAt !== null)
  assert.ok(waitsFor('to-dispatch', back, village, early))
  assert.ok(availableActions(back, given(worker, start)).includes('self-close'))
  const again = play(back, [worker, { action: 'self-close', result: '重做' }])
  assert.equal(again.status, 'handled', 'it is still in the sample')
})

test('a stop ends on its day, or on the day of the agreement where that is later, and is late after it', () => {
  const busy = play(anEvent('grid-worker', 2), [town, dispatch('town-water')], [water, { action: 'sign' }])
  const asked = play(busy, [
    water,
    { action: 'ask-suspension', reason: 'works', until: new Date(start + 6 * hour).toISOString(), note: '雨' },
  ])
  const agreedAt = start + 9 * hour
  const late = decide(asked, { action: 'agree-suspension', note: '' }, given(townChief, agreedAt))
  assert.ok(!isProblem(late))
  const alarm = nextAlarm(late.event, calendar)
  assert.deepEqual([alarm?.kind, alarm && alarm.at - agreedAt <= 1000], ['stop-ends', true])
  assert.equal(late.event.dueAt, agreedAt)
  const resumed = decide(late.event, { action: 'resume-by-date' }, given(systemActor, agreedAt + hour))
  assert.ok(!isProblem(resumed))
  assert.equal(resumed.event.status, 'in-progress')
  const onTime = play(busy, [water, { action: 'ask-suspension', reason: 'works', until: until(20), note: '雨' }])
  const agreed = play(onTime, [townChief, { action: 'agree-suspension', note: '' }])
  assert.equal(agreed.dueAt, start + 20 * dayLength, 'whose turn it is owes an end of the stop')
  const missed = nextAlarm({ ...agreed, alarmedAt: start + 25 * dayLength }, calendar)
  assert.equal(missed?.kind, 'stop-ends', 'an end that was passed over is still to come')
})

test('a stop that the clock comes late to end ends on its day all the same, and gives back what was left from then', () => {
  const busy = play(anEvent('grid-worker', 2), [town, dispatch('town-water')], [water, { action: 'sign' }])
  const ask = { action: 'ask-suspension', reason: 'works', until: until(2), note: '雨' } as const
  const agreed = play(busy, [water, ask], [townChief, { action: 'agree-suspension', note: '' }])
  const [onTime, late] = [0, 3].map((days) => {
    const resumed = decide(agreed, { action: 'resume-by-date' }, given(systemActor, start + (2 + days) * dayLength))
    assert.ok(!isProblem(resumed))
    return resumed.event
  })
  assert.equal(onTime!.pausedMs, start + 2 * dayLength - agreed.suspension!.since)
  assert.deepEqual([late!.pausedMs, late!.handleDueAt], [onTime!.pausedMs, onTime!.handleDueAt])
  assert.equal(late!.stageStartedAt, start + 2 * dayLength)
})

test('a reminder that something is late never swallows that nobody signed', () => {
  const sent: EventCore = {
    ...anEvent('grid-worker', 2),
    status: 'dispatched',
    stage: 'handle',
    limits: { handle: { kind: 'natural-hour', value: 2 } },
    departmentId: 'town-water',
    dispatchedAt: at('2026-03-06 16:00'),
    stageStartedAt: at('2026-03-06 16:00'),
    handleDueAt: at('2026-03-06 18:00'),
    dueAt: at('2026-03-06 18:00'),
    alarmedAt: at('2026-03-06 18:00'),
  }
  const first = nextAlarm(sent, calendar)!
  assert.deepEqual([showInstant(first.at), first.kind], ['2026-03-07 09:00', 'late'])
  const now = at('2026-03-11 10:00')
  const caught = { ...sent, alarmedAt: catchUp(sent, first, now, calendar) }
  const next = nextAlarm(caught, calendar)!
  assert.deepEqual([showInstant(next.at), next.kind], ['2026-03-09 17:30', 'unsigned'])
  const stuck = nextAlarm({ ...sent, alarmedAt: now }, calendar)!
  assert.equal(stuck.kind, 'unsigned', 'also where it was swallowed before')
})

test('a stop does not make good what was late before it', () => {
  const limit = { kind: 'work-hour', value: 4 } as const
  const due = resumeDue(at('2026-11-25 10:00'), -2 * hour, limit, calendar)
  assert.equal(showInstant(due), '2026-11-24 16:30')
  const inHand: EventCore = {
    ...anEvent('grid-worker', 2),
    status: 'suspend-requested',
    stage: 'handle',
    departmentId: 'town-water',
    handleDueAt: at('2026-03-06 17:30'),
    dueAt: at('2026-03-06 17:30'),
    suspension: { reason: 'works', until: at('2026-03-30 10:00'), leftMs: 0, since: start },
  }
  const stopped = decide(inHand, { action: 'agree-suspension', note: '' }, given(townChief, at('2026-03-07 10:00')))
  assert.ok(!isProblem(stopped))
  const resumed = decide(stopped.event, { action: 'resume', note: '' }, given(water, at('2026-03-08 10:00')))
  assert.ok(!isProblem(resumed))
  assert.ok(resumed.event.handleDueAt! < at('2026-03-08 10:00'), 'late on a Saturday is late on Sunday')
})

test('half and four fifths of a limit in working time are told in working time', () => {
  const waiting: EventCore = {
    ...anEvent(),
    status: 'in-progress',
    stage: 'handle',
    limits: { handle: { kind: 'work-day', value: 3 } },
    stageStartedAt: at('2026-03-05 17:30'),
    dueAt: at('2026-03-10 17:30'),
    alarmedAt: at('2026-03-05 17:30'),
  }
  const half = nextAlarm(waiting, calendar)!
  assert.deepEqual([showInstant(half.at), half.kind], ['2026-03-09 14:00', 'half'])
  const soon = nextAlarm({ ...waiting, alarmedAt: half.at }, calendar)!
  assert.deepEqual([showInstant(soon.at), soon.kind], ['2026-03-10 11:48', 'soon'])
})

test('a recode brings level, urgency, limits and desk of the new category, with the time spent kept', () => {
  const limits = { dispatch: { kind: 'natural-hour', value: 2 }, handle: { kind: 'natural-hour', value: 6 } } as const
  const gas = { ...aCategory(2), code: '3003', urgency: 2 as const, limits }
  const before = anEvent()
  const recode: Act = { action: 'recode', categoryCode: '3003', note: '燃气' }
  const turned = decide(before, recode, { ...given(village, start + hour), newCategory: gas })
  assert.ok(!isProblem(turned))
  const after = turned.event
  assert.deepEqual([after.level, after.urgency, after.deskPlaceId, after.limits], [2, 2, 'town', limits])
  assert.equal(after.stageStartedAt, before.stageStartedAt)
  assert.equal(after.dueAt, start + 2 * hour, 'the limit of the new category runs from when the stage began')
  const back = decide(
    after,
    { ...recode, categoryCode: '5002' },
    {
      ...given(town, start + 2 * hour),
      category: gas,
      newCategory: aCategory(1),
    },
  )
  assert.ok(!isProblem(back))
  assert.deepEqual([back.event.level, back.event.urgency, back.event.deskPlaceId], [1, 0, 'village'])
})

test('a recode keeps what the report itself asks for, and does not bring down what was reported up', () => {
  const recode: Act = { action: 'recode', categoryCode: '5002', note: '更正' }
  const many: EventCore = { ...anEvent('grid-worker', 3), people: 40, said: { level: 3, urgency: 1 } }
  const still = decide(many, recode, { ...given(county, start), category: aCategory(3), newCategory: aCategory(1) })
  assert.ok(!isProblem(still))
  assert.deepEqual([still.event.level, still.event.urgency], [3, 1])
  const raised = play(anEvent(), [village, { action: 'report-up', note: '职权不够' }])
  const kept = decide(raised, recode, { ...given(town, start + hour), newCategory: aCategory(1) })
  assert.ok(!isProblem(kept))
  assert.equal(kept.event.level, 2)
})

test('a recode of what is done anew leaves the department to the new category', () => {
  const open: EventCore = {
    ...anEvent('grid-worker', 2),
    status: 'reopened',
    stage: 'dispatch',
    departmentId: 'town-water',
  }
  const other = { ...aCategory(2), code: '3003', lead: 'fire' }
  const turned = decide(
    open,
    { action: 'recode', categoryCode: '3003', note: '更正' },
    {
      ...given(town, start),
      newCategory: other,
    },
  )
  assert.ok(!isProblem(turned))
  assert.equal(turned.event.departmentId, null)
})

test('an event is joined only to one that is open and of the same matter', () => {
  const merge: Act = { action: 'merge', intoEventId: 'other', note: '' }
  const into = (target: Partial<EventCore>) => {
    const decision = decide(anEvent(), merge, {
      ...given(village, start),
      mergeTarget: { ...anEvent(), id: 'other', ...target },
    })
    return isProblem(decision) ? decision.problem : decision.event.status
  }
  assert.equal(into({}), 'merged')
  for (const status of ['closed', 'archived', 'rejected', 'cancelled', 'merged'] as const)
    assert.equal(into({ status }), 'event.not-mergeable', status)
  assert.equal(into({ categoryCode: '1002' }), 'event.not-mergeable')
  assert.equal(into({ townId: 'other-town' }), 'event.not-mergeable')
})

test('whom a citizen waits for answers him: what a citizen’s report was joined to is not closed by its own worker', () => {
  const open: EventCore = { ...anEvent(), reporters: 2, citizens: 1, awaiting: 1 }
  assert.equal(refused(open, worker, { action: 'self-close', result: '好' }), 'event.citizen-waits')
  const busy = play(open, [village, dispatch('village-office')])
  assert.equal(refused(busy, village, { action: 'finish', result: '', answer: '' }), 'event.answer-needed')
  const done = play(
    busy,
    [village, { action: 'finish', result: '好', answer: '好了' }],
    [worker, { action: 'pass', note: '' }],
  )
  assert.equal(done.status, 'verified')
})

test('whoever wants no answer is not rung: it ends with the check, and nobody has to write him one', () => {
  const quiet: EventCore = { ...anEvent('hotline'), awaiting: 0 }
  const busy = play(
    quiet,
    [worker, { action: 'verify', finding: 'exists', note: '' }],
    [village, dispatch('village-office')],
  )
  const done = play(busy, [village, { action: 'finish', result: '好', answer: '' }])
  assert.equal(refused(done, village, { action: 'pass', note: '' }), 'not-allowed', 'by somebody else')
  assert.deepEqual(play(done, [worker, { action: 'pass', note: '' }]).status, 'closed')
  const registered = play(quiet, [worker, { action: 'verify', finding: 'exists', note: '' }])
  assert.equal(
    refused({ ...registered, reporterId: 'worker' }, worker, { action: 'self-close', result: '好' }),
    'event.citizen-waits',
  )
})

test('an appeal goes to the desk above the one that refused, once for each refusal, and not back below', () => {
  const refuse = { action: 'refuse', reason: 'untrue', note: '未见', answer: '' } as const
  const appeal = { action: 'appeal', note: '请再看' } as const
  const told = (e: EventCore) => [e.status, e.level, e.deskPlaceId]
  let event = play(anEvent('resident'), [village, refuse], [residentActor, appeal])
  assert.deepEqual(told(event), ['reported', 2, 'town'])
  assert.equal(refused(event, village, refuse), 'not-allowed', 'it is no more its desk')
  const elsewhere = { gridId: 'grid-2', villageId: 'village', townId: 'town' }
  const moved = decide(
    event,
    { action: 'place', gridId: 'grid-2', note: '' },
    { ...given(town, start + 2 * hour), site: elsewhere },
  )
  assert.ok(!isProblem(moved) && moved.event.deskPlaceId === 'town', 'another grid brings it not back to the village')
  event = play(event, [town, refuse], [residentActor, appeal])
  assert.deepEqual(told(event), ['reported', 3, 'county'])
  event = play(event, [county, refuse])
  assert.equal(refused(event, residentActor, appeal), 'event.appealed-before')
  const first = play({ ...anEvent('resident', 3), townId: null, villageId: null, gridId: null }, [county, refuse])
  const again = play(first, [residentActor, appeal])
  assert.deepEqual(told(again), ['reported', 3, 'county'], 'above the county there is no desk')
  assert.equal(refused(again, county, refuse), 'event.second-person')
  assert.equal(refused(again, countyLeader, refuse), 'allowed')
  assert.equal(refused(play(again, [countyLeader, refuse]), residentActor, appeal), 'event.appealed-before')
})

test('who follows a joined report withdraws himself; the event and the others stay', () => {
  const joined: EventCore = { ...anEvent('resident'), reporters: 2, citizens: 2, awaiting: 2 }
  const follower = (isLinked: boolean): Actor =>
    followerOf({ isLinked, isSettled: false, isCitizen: true, isWaiting: true })
  for (const isLinked of [true, false]) {
    assert.equal(refused(joined, follower(isLinked), { action: 'cancel', note: '' }), 'event.joined')
    const left = play(joined, [follower(isLinked), { action: 'withdraw', note: '' }])
    assert.deepEqual([left.status, left.reporters, left.citizens, left.awaiting], ['reported', 1, 1, 1])
  }
  const alone = { ...joined, reporters: 1, citizens: 1 }
  assert.equal(refused(alone, follower(false), { action: 'withdraw', note: '' }), 'event.out-of-turn')
  assert.equal(refused(alone, follower(false), { action: 'cancel', note: '' }), 'allowed')
})

const splitOff = (id: string) => ({ id, title: '另一件', content: '另一件', categoryCode: '3003' })

test('nothing ends while what was split off it is open, by its own worker neither', () => {
  const parent = play(anEvent(), [
    village,
    { action: 'split', children: [splitOff('a'), splitOff('b')], note: '两件事' },
  ])
  assert.equal(refused(parent, worker, { action: 'self-close', result: '好' }, { children: 2 }), 'event.open-children')
  assert.equal(refused(parent, worker, { action: 'self-close', result: '好' }), 'allowed')
  const waiting: EventCore = { ...anEvent('resident'), reporterId: null }
  assert.equal(refused(waiting, residentActor, { action: 'cancel', note: '' }, { children: 1 }), 'event.open-children')
  const slip: EventCore = { ...anEvent(), isTakenUp: false }
  assert.equal(refused(slip, worker, { action: 'cancel', note: '点错' }, { children: 1 }), 'event.open-children')
})

test('who waits for an answer is joined to nothing that was finished without one', () => {
  const asks: EventCore = { ...anEvent('hotline'), status: 'registered' }
  const into = (event: EventCore, target: Partial<EventCore>) => {
    const decision = decide(
      event,
      { action: 'merge', intoEventId: 'other', note: '' },
      { ...given(village, start), mergeTarget: { ...anEvent(), id: 'other', ...target } },
    )
    return isProblem(decision) ? decision.problem : decision.event.status
  }
  for (const status of ['handled', 'verified', 'callback', 'unreasonable-claimed'] as const) {
    assert.equal(into(asks, { status }), 'event.unanswered', status)
    assert.equal(into(asks, { status, answer: '已修好' }), 'merged', status)
    assert.equal(into(anEvent(), { status }), 'merged', `${status}: nobody waits`)
  }
  assert.equal(into(asks, { status: 'in-progress' }), 'merged')
})

test('what was ruled is transferred by who rules, not by the desk below him', () => {
  const desk = person('desk', stand('town', null, new Set([...stand('town').duties].filter((d) => d !== 'event.rule'))))
  const returns = (departmentId: string): Act => ({
    action: 'return',
    note: '非本职',
    suggestedDepartmentId: departmentId,
  })
  const build = person('build', stand('town', 'town-build'))
  const ruled = play(
    anEvent('grid-worker', 2),
    [town, dispatch('town-water')],
    [water, returns('town-build')],
    [townChief, { action: 'agree-return', note: '' }],
    [town, dispatch('town-build')],
    [build, returns('town-water')],
    [townChief, { action: 'rule', departmentId: 'town-water', note: '按职责' }],
  )
  const transfer: Act = { action: 'transfer', departmentId: 'town-build', note: '改派' }
  assert.equal(refused(ruled, desk, transfer, { now: start + 9 * hour }), 'event.ruled')
  assert.ok(!availableActions(ruled, given(desk, start)).includes('transfer'))
  assert.equal(refused(ruled, townChief, transfer, { now: start + 9 * hour }), 'allowed')
})

test('who was asked to help by mistake declines and holds nobody up; a transfer asks no helper of the former department', () => {
  const asked = play(
    anEvent('grid-worker', 2),
    [town, dispatch('town-water')],
    [water, { action: 'sign' }],
    [water, { action: 'ask-co-handling', departmentIds: ['county-police', 'town-build'], note: '请配合' }],
  )
  const finish: Act = { action: 'finish', result: '好', answer: '' }
  assert.equal(refused(asked, water, finish), 'event.co-handling-open')
  assert.equal(
    refused(asked, water, { action: 'decline-co-handling', note: '不是' }),
    'not-allowed',
    'not for the lead',
  )
  const one = play(asked, [police, { action: 'decline-co-handling', note: '不属公安职责' }])
  assert.deepEqual(
    one.coHandlers.map((c) => c.departmentId),
    ['town-build'],
  )
  assert.equal(refused(one, water, finish), 'event.co-handling-open', 'another helps still')
  const helped = play(one, [
    person('build', stand('town', 'town-build')),
    { action: 'finish-co-handling', result: '好' },
  ])
  assert.equal(refused(helped, water, finish), 'allowed')
  const moved = play(asked, [town, { action: 'transfer', departmentId: 'town-build', note: '改派' }])
  assert.deepEqual(moved.coHandlers, [])
})

test('what came to be of another kind asks anew: a forced close dies with it, and a matter of two levels is nobody’s alone', () => {
  const asked = play(anEvent('grid-worker', 2), [town, asksForce])
  const recoded = decide(
    asked,
    { action: 'recode', categoryCode: '3002', note: '更正' },
    { ...given(town, start + hour), newCategory: { ...aCategory(2), code: '3002' } },
  )
  assert.ok(!isProblem(recoded))
  assert.equal(recoded.event.forceClose, null)
  const lower = decide(
    anEvent('grid-worker', 3),
    { action: 'recode', categoryCode: '4012', note: '更正' },
    { ...given(county, start + hour), category: aCategory(3), newCategory: { ...aCategory(1), code: '4012' } },
  )
  assert.ok(!isProblem(lower))
  assert.deepEqual([lower.event.level, lower.event.topLevel], [1, 3])
  assert.equal(refused(lower.event, worker, { action: 'self-close', result: '好' }), 'event.not-own-level')
})

test('a card is lifted at the level that gave it or above it, whatever its colour', () => {
  const carded = play(anEvent('grid-worker', 2), [
    countyLeader,
    { action: 'supervise', grade: 2, leader: '', note: '快' },
  ])
  const lift: Act = { action: 'lift-supervision', note: '已办' }
  assert.equal(refused(carded, townLeader, lift), 'event.card-above')
  assert.equal(refused(carded, countyLeader, lift), 'allowed')
  const own = play(anEvent('grid-worker', 2), [townLeader, { action: 'supervise', grade: 1, leader: '', note: '快' }])
  assert.equal(refused(own, townLeader, lift), 'allowed')
})

test('work that came back is sent on, extended or stopped as any other', () => {
  const back = play(
    anEvent('grid-worker', 2),
    [town, dispatch('town-water')],
    [water, { action: 'sign' }],
    [water, { action: 'finish', result: '好', answer: '' }],
    [worker, { action: 'fail', reason: 'not-done', note: '没修' }],
  )
  assert.equal(back.status, 'rework')
  const can = availableActions(back, given(town, start + 6 * hour))
  assert.ok(can.includes('transfer'))
  const sent = play(back, [town, { action: 'transfer', departmentId: 'town-build', note: '改派' }])
  assert.deepEqual([sent.status, sent.departmentId, sent.reworks], ['dispatched', 'town-build', 1])
  const now = start + 6 * hour
  const longer = new Date(back.handleDueAt! + hour).toISOString()
  assert.equal(
    refused(back, water, { action: 'ask-extension', until: longer, note: '雨', plan: '分段' }, { now }),
    'allowed',
  )
  assert.equal(
    refused(back, water, { action: 'ask-suspension', reason: 'season', until: until(90), note: '冬季' }, { now }),
    'allowed',
  )
})

test('who serves and urges does not use up what a resident may', () => {
  const urge = { action: 'urge', note: '请抓紧' } as const
  const urged = play(anEvent('resident'), [townLeader, urge])
  assert.equal(refused(urged, townLeader, urge), 'event.urged-lately')
  const both = play(urged, [residentActor, urge])
  assert.equal(refused(both, residentActor, urge), 'event.urged-lately')
})
