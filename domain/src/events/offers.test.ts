import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isProblem } from '../kernel/problem.ts'
import { dayLength, hour } from '../kernel/time.ts'
import { followerOf, residentActor, systemActor, type Actor, type Stand } from './actor.ts'
import { actions, acts, type Act, type Action } from './acts.ts'
import { decide } from './decide.ts'
import { anEvent, departments, given, start, aCategory } from './example-town.ts'
import type { Department, Given } from './given.ts'
import { dutyOf, moves } from './moves.ts'
import { queueTable, waitsFor, workQueues } from './queues.ts'
import { mayTakePart } from './secrecy.ts'
import { latestExtension } from './stage-clock.ts'
import { availableActions, isRelated, isCentreCheck } from './standing.ts'
import { sources, statuses, stages, type EventCore } from './terms.ts'

/** So many offices at each desk that what asks for another finds one. */
const offices = new Map<string, Department>([
  ...departments,
  ['village-clinic', { id: 'village-clinic', placeId: 'village', isActive: true }],
  ['county-works', { id: 'county-works', placeId: 'county', isActive: true }],
  ['county-law', { id: 'county-law', placeId: 'county', isActive: true }],
  ['county-health', { id: 'county-health', placeId: 'county', isActive: true }],
])
const officeIds = [...offices.keys()]
const accounts = ['worker', 'village', 'town', 'somebody']
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
const someAccount = fc.constantFrom(...accounts)
const someOffice = fc.constantFrom(...officeIds)
const someInstant = fc.integer({ min: -20, max: 20 }).map((days) => start + days * dayLength + 7 * hour)

/** An event in any state, whether the rules would lead there or not: a guard has to stand by itself. */
const someEvent: fc.Arbitrary<EventCore> = fc
  .record({
    status: fc.constantFrom(...statuses),
    level: fc.constantFrom(1, 2, 3),
    source: fc.constantFrom(...sources),
    categoryCode: fc.constantFrom('5002', '3001'),
    urgency: fc.constantFrom(0, 1, 2),
    isSensitive: fc.constantFrom(true, false, false),
    isAboutStaff: fc.constantFrom(true, false, false),
    people: fc.constantFrom(0, 29, 30, 40),
    depth: fc.constantFrom(0, 1, 2, 3, 3, 3),
    reporterId: maybe(someAccount),
    checkerId: maybe(someAccount),
    checkBy: fc.constantFrom('worker', 'centre'),
    isSampled: fc.boolean(),
    departmentId: maybe(someOffice),
    handledBy: fc.subarray(accounts, { maxLength: 2 }),
    stage: fc.constantFrom(...stages),
    dispatchedAt: maybe(someInstant),
    handleDueAt: maybe(someInstant),
    returnedBy: fc.subarray(officeIds, { maxLength: 2 }),
    isRuled: fc.boolean(),
    extensions: fc.nat(2),
    pendingExtension: maybe(fc.constant({ until: start + dayLength, reason: '材料', plan: '计划', by: 'worker' })),
    suspension: maybe(fc.constant({ reason: 'works', until: start + dayLength, leftMs: hour, since: start })),
    citizenWaits: fc.nat(2),
    reopens: fc.nat(1),
    supervision: fc.constantFrom(0, 1, 2, 3),
    urgedAt: maybe(someInstant),
    urgedInsideAt: maybe(someInstant),
    coHandlers: fc.array(fc.record({ departmentId: someOffice, isDone: fc.boolean() }), { maxLength: 2 }),
    askedBy: maybe(someAccount),
    cardLevel: fc.constantFrom(null, 1, 2, 3),
    reporters: fc.integer({ min: 1, max: 3 }),
    citizens: fc.nat(1),
    forceClose: maybe(fc.record({ by: someAccount, reason: fc.constant('无法联系') })),
    cancelAsk: maybe(fc.record({ by: someAccount, reason: fc.constant('点错了'), at: fc.constant(start) })),
    recodeAsk: maybe(
      fc.record({
        by: someAccount,
        categoryCode: fc.constant('5002'),
        reason: fc.constant('与工作人员无关'),
        at: fc.constant(start),
      }),
    ),
    isTakenUp: fc.boolean(),
    parentId: fc.constantFrom(null, null, 'parent'),
    answer: fc.constantFrom(null, '已答复'),
    closedAt: maybe(someInstant),
  })
  .map(({ depth, ...random }) => {
    const [townId, villageId, gridId] = ['town', 'village', 'grid'].map((at, i) => (i < depth ? at : null))
    const deskPlaceId = [villageId, townId, 'county'][random.level - 1] ?? 'county'
    return { ...anEvent(), ...random, townId, villageId, gridId, deskPlaceId } as EventCore
  })

/** Somebody with one to three posts, each with most of the duties. */
const somePerson: fc.Arbitrary<Actor> = fc
  .record({
    accountId: someAccount,
    stands: fc.array(
      fc.record({
        placeId: fc.constantFrom('grid', 'village', 'town', 'county', 'elsewhere'),
        departmentId: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: someOffice }),
        left: fc.subarray([...actions], { maxLength: 12 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ accountId, stands }) => ({ kind: 'person' as const, accountId, stands: stands.map(standOf) }))
const someFollower = fc
  .record({
    isLinked: fc.boolean(),
    hasReopened: fc.boolean(),
    isSettled: fc.boolean(),
    isCitizen: fc.boolean(),
    isWaiting: fc.boolean(),
    isWithdrawn: fc.boolean(),
  })
  .map(followerOf)
const someActor = fc.oneof(
  { weight: 8, arbitrary: somePerson },
  { weight: 1, arbitrary: fc.constant(residentActor) },
  { weight: 2, arbitrary: someFollower },
  { weight: 1, arbitrary: fc.constant(systemActor) },
)

function standOf(post: { placeId: string; departmentId: string | null; left: Action[] }): Stand {
  return {
    postingId: 'p',
    placeId: post.placeId,
    departmentId: post.departmentId,
    duties: new Set(actions.filter((a) => !post.left.includes(a)).map(dutyOf)),
    covers: false,
    isOfGrid: false,
  }
}

/** The same somebody, his posts seen from an event. */
function seenFrom(event: EventCore, actor: Actor): Actor {
  const above = [event.gridId, event.villageId, event.townId, event.countyId]
  const stands = actor.stands.map((s) => ({
    ...s,
    covers: s.departmentId === null && above.includes(s.placeId),
    isOfGrid: s.departmentId === null && s.placeId === 'grid' && event.gridId === 'grid',
  }))
  return { ...actor, stands }
}

const someMoment: fc.Arbitrary<Given> = fc
  .record({ actor: someActor, now: someInstant, openChildren: fc.constantFrom(0, 0, 0, 1) })
  .map(({ actor, now, openChildren }) => ({
    ...given(actor, now, openChildren),
    category: { ...aCategory(1), evidence: ['before', 'after'] },
    departments: offices,
    site: { gridId: 'other grid', villageId: 'village', townId: 'town' },
    evidencePhases: new Set(['before', 'after']),
  }))

/** Asks that fit: every choice an act has, with everything filled in that can be. */
function asksThatFit(action: Action, event: EventCore, { now, calendar }: Given): Act[] {
  const offices = officeIds.filter((id) => id !== event.departmentId)
  const latest = action === 'ask-extension' ? latestExtension(event, calendar) : now + dayLength
  const filled = {
    note: '说明',
    result: '已处理',
    answer: '已答复',
    plan: '计划',
    until: new Date(latest).toISOString(),
    categoryCode: '5002',
    gridId: 'other grid',
    intoEventId: 'other',
    coDepartmentIds: [],
    children: [],
    finding: 'exists',
    score: 5,
    leader: '李副区长',
  }
  const choices = offices.flatMap((departmentId, i) =>
    [true, false].map((isSolved) => ({
      departmentId,
      departmentIds: [departmentId],
      basis: 'other-duty',
      suggestedDepartmentId: departmentId,
      reason: 'works',
      reporterId: undefined,
      isSolved,
      outcome: (['satisfied', 'unsatisfied', 'unreached', 'unreasonable'] as const)[i % 4],
      grade: ((i % 3) + 1) as 1 | 2 | 3,
    })),
  )
  return choices.map((choice) => ({ action, ...filled, ...choice }) as unknown as Act)
}

const isAccepted = (action: Action, event: EventCore, moment: Given) =>
  asksThatFit(action, event, moment).some((act) => !isProblem(decide(event, act, moment)))

/** Another event that this one may be joined to. */
const twinOf = (event: EventCore): EventCore => ({
  ...anEvent(),
  id: 'other',
  isSensitive: event.isSensitive,
  isAboutStaff: event.isAboutStaff,
  categoryCode: event.categoryCode,
})

/** Where what is offered and what would be accepted part, if they do. */
function findDifference(offer: typeof availableActions, seed: number) {
  const seen = { offered: new Set<Action>(), accepted: 0, tried: 0 }
  const result = fc.check(
    fc.property(someEvent, someMoment, (event, { actor, ...rest }) => {
      const moment = { ...rest, actor: seenFrom(event, actor), mergeTarget: twinOf(event) }
      const offered = new Set(offer(event, moment))
      for (const action of actions) {
        if (!moves[action].from.includes(event.status)) continue
        seen.tried++
        const accepted = isAccepted(action, event, moment)
        if (accepted) seen.accepted++
        if (offered.has(action)) seen.offered.add(action)
        assert.equal(offered.has(action), accepted, `${action} offered ${offered.has(action)}, accepted ${accepted}`)
      }
    }),
    { numRuns: 6000, seed },
  )
  return { result, seen }
}

test('an action is offered if and only if it would be accepted, over any event and anybody', () => {
  const { result, seen } = findDifference(availableActions, 7)
  assert.ok(!result.failed, fc.defaultReportMessage(result))
  assert.deepEqual(
    actions.filter((a) => !seen.offered.has(a)),
    [],
    'every action was on offer at some time',
  )
  assert.ok(seen.accepted > 1000 && seen.tried - seen.accepted > 1000, 'as many times yes as no')
})

test('the comparison finds a button that is missing and a button too many', () => {
  const missing: typeof availableActions = (event, moment) =>
    availableActions(event, moment).filter((a) => a !== 'bypass' || (event.level === 1 && event.urgency === 2))
  assert.match(String(findDifference(missing, 1).result.errorInstance), /bypass offered false, accepted true/)
  const tooMany: typeof availableActions = (event, moment) =>
    availableActions({ ...event, forceClose: event.forceClose && { ...event.forceClose, by: '' } }, moment)
  assert.match(
    String(findDifference(tooMany, 1).result.errorInstance),
    /confirm-force-close offered true, accepted false/,
  )
})

test('what stands in a work list can be worked on: some action of the list is his to take', () => {
  let rows = 0
  fc.assert(
    fc.property(someEvent, someMoment, (event, moment) => {
      const actor = seenFrom(event, moment.actor)
      const onOffer = availableActions(event, { ...moment, actor, openChildren: 0 })
      for (const queue of workQueues) {
        const isListed = waitsFor(queue, event, actor, moment)
        const mine = queueTable[queue].filter(({ action }) => onOffer.includes(action))
        if (isListed) rows++
        // What others still owe (a department that helps, an answer, a date) holds an action up, not the turn.
        if (isListed && mine.length === 0) assert.ok(['to-handle', 'to-decide', 'to-check'].includes(queue), queue)
        if (!isListed) assert.deepEqual(mine.filter(isAtHand(event, actor)), [], `${queue} leaves out ${event.status}`)
      }
    }),
    { numRuns: 6000, seed: 20261127 },
  )
  assert.ok(rows > 300, `${rows} rows stood in lists`)
})

/** Whether an action is on offer from the very post that the list is for, and not from further up. */
const isAtHand =
  (event: EventCore, actor: Actor) =>
  ({ action, for: turn }: (typeof queueTable)['to-call'][number]) =>
    turn !== 'desk-or-town' &&
    turn !== 'unplaced' &&
    turn !== 'forced' &&
    turn !== 'asked-back' &&
    turn !== 'recode-asked' &&
    turn !== 'answer' &&
    !(turn === 'checker' && isCentreCheck(event, actor)) &&
    actor.stands.some((s) => s.duties.has(dutyOf(action)) && isRelated[turn](event, actor, s))

test('every field that an act may carry is filled in when its acceptance is tried', () => {
  const sample = asksThatFit('note', anEvent(), given(residentActor, start))[0]!
  for (const action of actions)
    for (const field of Object.keys(acts[action])) assert.ok(field in sample, `${action} has ${field}`)
})

const isInHand = (event: EventCore) => (id: string) => mayTakePart(event, offices.get(id)!.placeId)
/** What is about staff lies with nobody below its desk to begin with. */
function handedWell(event: EventCore): EventCore {
  if (!event.isAboutStaff) return event
  const { departmentId, coHandlers } = event
  const isFit = isInHand(event)
  return {
    ...event,
    departmentId: departmentId !== null && isFit(departmentId) ? departmentId : null,
    coHandlers: coHandlers.filter((c) => isFit(c.departmentId)),
  }
}

test('no act of anybody gives what is about staff to a department below its desk, nor is one taken from there', () => {
  const tried = new Set<Action>()
  const property = fc.property(someEvent, someMoment, (random, { actor, ...rest }) => {
    const event = handedWell(random)
    const newCategory = { ...aCategory(1), isAboutStaff: true }
    const moment = { ...rest, newCategory, actor: seenFrom(event, actor), mergeTarget: twinOf(event) }
    for (const action of availableActions(event, moment))
      for (const ask of asksThatFit(action, event, moment)) {
        const decision = decide(event, ask, moment)
        if (isProblem(decision) || !decision.event.isAboutStaff) continue
        tried.add(action)
        const { departmentId, coHandlers } = decision.event
        const having = [...(departmentId === null ? [] : [departmentId]), ...coHandlers.map((c) => c.departmentId)]
        assert.ok(having.every(isInHand(decision.event)), `${action} gives it to ${having.join(' ')}`)
        const suggested = decision.detail['suggested']
        assert.ok(typeof suggested !== 'string' || isInHand(event)(suggested), `${action} names one below`)
        const isOwn = moves[action].by.some((by) => by === 'author' || by === 'reporter')
        const at = decision.stand?.departmentId === null ? decision.stand.placeId : undefined
        if (event.isAboutStaff && at !== undefined && !isOwn) assert.ok(mayTakePart(event, at), `${action} from ${at}`)
      }
  })
  fc.assert(property, { numRuns: 6000, seed: 7 })
  for (const action of ['dispatch', 'rule', 'transfer', 'return', 'ask-co-handling', 'recode', 'place', 'pass', 'urge'])
    assert.ok(tried.has(action as Action), `${action} was tried`)
})

/** Fields of acts that are written for the citizen; the rest is inside talk. */
const forTheCitizen = new Set(['answer'])
const inside = '内部话'

test('no inside word of any act becomes what a citizen reads', () => {
  const texts = ['note', 'result', 'plan', 'answer'] as const
  let taken = 0
  const property = fc.property(someEvent, someMoment, (event, { actor, ...rest }) => {
    const moment = { ...rest, actor: seenFrom(event, actor), mergeTarget: twinOf(event) }
    const begun = event.forceClose === null ? event : { ...event, forceClose: { ...event.forceClose, reason: inside } }
    for (const action of availableActions(begun, moment))
      for (const ask of asksThatFit(action, begun, moment)) {
        const planted = Object.fromEntries(texts.map((field) => [field, forTheCitizen.has(field) ? '' : inside]))
        const decision = decide(begun, { ...ask, ...planted } as Act, moment)
        if (isProblem(decision)) continue
        taken++
        assert.ok(!(decision.event.answer ?? '').includes(inside), action)
      }
  })
  fc.assert(property, { numRuns: 1500, seed: 11 })
  assert.ok(taken > 1000, String(taken))
})
