/**
 * No event is closed without a check by somebody else, a forced close by two, or a declared self-handling that was in
 * the sample's hands: over all acts, several events, joined and parted reports, and people with several posts. Who did
 * what is written down here by the acts alone; what the events say of themselves is not believed.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isProblem } from '../kernel/problem.ts'
import { dayLength, hour } from '../kernel/time.ts'
import { followerOf, systemActor, type Actor } from './actor.ts'
import { actions, type Act, type Action } from './acts.ts'
import type { Heard, Told, Waiter } from './calling.ts'
import { decide } from './decide.ts'
import {
  aCategory,
  anEvent,
  calendar,
  county,
  countyLeader,
  given,
  person,
  police,
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
import type { Given } from './given.ts'
import { join, leave } from './joining.ts'
import { findObstacle, type Moment } from './guards.ts'
import { waitsFor } from './queues.ts'
import { findStand } from './standing.ts'
import { hasCitizen, isOpen, type Category, type EventCore, type EventSource, type EventStatus } from './terms.ts'

/** Everybody, some with posts on both sides of a step. */
const people: readonly Actor[] = [
  worker,
  village,
  town,
  townChief,
  townLeader,
  water,
  person('build', stand('town', 'town-build')),
  county,
  countyLeader,
  supervisor,
  police,
  person('everywhere', stand('grid'), stand('village'), stand('village', 'village-office'), stand('town')),
  person('both-sides', stand('town', 'town-water'), ...townLeader.stands, stand('grid')),
  person('two-desks', stand('town'), stand('county'), ...countyLeader.stands, stand('county', 'county-police')),
]

/** Of these one is about staff. */
const staffIf = (code: string) => ({ isAboutStaff: code === '8001', isSensitive: code === '8001' })
const categories = new Map<string, Category>(
  (
    [
      ['5002', 1, 0],
      ['1002', 2, 0],
      ['3005', 3, 1],
      ['3001', 1, 2],
      ['8001', 3, 0],
    ] as const
  ).map(([code, level, urgency]) => [code, { ...aCategory(level), code, urgency, ...staffIf(code) }]),
)

/** What the acts alone say of an event. */
interface Past {
  readonly source: EventSource
  readonly reporter: string | null
  readonly isSampled: boolean
  /** Who handled it, or something joined to it, since ever. */
  handlers: Set<string>
  /** Who passed it since it was last handled. */
  passedBy: string | null
  claimedBy: string | null
  askedBy: string | null
  forceAskedBy: string | null
  cancelAskedBy: string | null
  /** Who said that what is about staff is about nobody. */
  recodeAskedBy: string | null
  /** Since when a decision is owed of which a town may be silent for a day. */
  owedSince: number | null
  /** Anybody but its reporter did more with it than say a word. */
  isTakenUp: boolean
  /** How its citizen was asked since the last handling, and what he said himself. */
  heardAs: Heard | null
  tries: number[]
  ownWord: boolean | null
  into: string | null
  isWithdrawn: boolean
}

interface Town {
  readonly events: Map<string, EventCore>
  readonly pasts: Map<string, Past>
  readonly seen: Map<string, number>
}

function openTown(starts: readonly { source: EventSource; isSampled: boolean }[]): Town {
  const events = new Map<string, EventCore>()
  const pasts = new Map<string, Past>()
  for (const [i, { source, isSampled }] of starts.entries()) {
    const core = { ...anEvent(source, 1, isSampled), id: `e${i}` }
    events.set(core.id, core)
    pasts.set(core.id, {
      source,
      reporter: core.reporterId,
      isSampled,
      handlers: new Set(),
      passedBy: null,
      claimedBy: null,
      askedBy: null,
      forceAskedBy: null,
      cancelAskedBy: null,
      recodeAskedBy: null,
      owedSince: null,
      isTakenUp: false,
      heardAs: null,
      tries: [],
      ownWord: null,
      into: null,
      isWithdrawn: false,
    })
  }
  return { events, pasts, seen: new Map() }
}

/** The event that has a report now. */
function rootOf(town: Town, id: string): string {
  const { into } = town.pasts.get(id)!
  return into === null ? id : rootOf(town, into)
}
const behind = (town: Town, root: string) => [...town.pasts].filter(([id]) => rootOf(town, id) === root)
const waitersOf = (town: Town, root: string): Waiter[] =>
  behind(town, root)
    .filter(([, past]) => hasCitizen(past.source) && !past.isWithdrawn)
    .map(([id, { ownWord, heardAs, tries }]) => ({ id, ownWord, heardAs, score: null, tries, toldAt: null }))
const isAwaited = (town: Town, root: string) =>
  behind(town, root).some(([, past]) => hasCitizen(past.source) && !past.isWithdrawn)

const handling: ReadonlySet<Action> = new Set(['sign', 'finish', 'finish-co-handling', 'self-close'])
const asks: ReadonlySet<Action> = new Set(['return', 'ask-extension', 'ask-suspension'])
const answers: ReadonlySet<Action> = new Set([
  'agree-return',
  'refuse-return',
  'rule',
  'agree-extension',
  'refuse-extension',
  'agree-suspension',
  'refuse-suspension',
])

const owedADay: ReadonlySet<EventStatus> = new Set([
  'return-requested',
  'extend-requested',
  'suspend-requested',
  'unreasonable-claimed',
])

interface Taken {
  readonly before: EventCore
  readonly after: EventCore
  readonly act: Act
  readonly actor: Actor
  readonly told?: Told | undefined
  readonly now: number
}

/** Writes down who did what. */
function note(town: Town, { before, after, act, actor, now }: Taken): void {
  const past = town.pasts.get(after.id)!
  const who = actor.accountId
  const isOwnDispatch = act.action === 'dispatch' && after.status === 'in-progress'
  if (who !== null && (handling.has(act.action) || isOwnDispatch)) {
    past.handlers.add(who)
    past.passedBy = null
  }
  if (act.action === 'pass') past.passedBy = who
  if (act.action === 'call-back' && act.outcome === 'unreasonable') past.claimedBy = who
  if (asks.has(act.action)) past.askedBy = who
  if (before.status !== after.status || before.deskPlaceId !== after.deskPlaceId) past.forceAskedBy = null
  if (act.action === 'force-close') past.forceAskedBy = who
  if (act.action === 'withdraw-force-close') past.forceAskedBy = null
  if (act.action === 'unlink') past.into = null
  noteWaiting(past, { before, after, act, actor, now })
  noteTakenBack(past, act.action, actor)
}

/** Writes down what waits for an answer. */
function noteWaiting(past: Past, { before, after, act, actor, now }: Taken): void {
  if (act.action === 'recode' && before.isAboutStaff) past.recodeAskedBy = actor.accountId
  if (before.status !== after.status) past.owedSince = owedADay.has(after.status) ? now : null
}

/** Writes down what was heard of whom; a fresh handling asks anew. */
function noteHeard(town: Town, { after, act, actor, told, now }: Taken): void {
  const whom = told && town.pasts.get(told.reporterId)
  if (whom && told.heardAs === null) whom.tries.push(now)
  if (whom && told.heardAs !== null) whom.heardAs = told.heardAs
  const own = actor.own?.id === undefined ? undefined : town.pasts.get(actor.own.id)
  if (act.action === 'rate' && own) own.ownWord = act.isSolved
  if (after.status === 'reopened')
    for (const [, past] of behind(town, after.id)) Object.assign(past, { heardAs: null, tries: [] })
}

/** Of each citizen: he was heard, or rung in three halves of days. */
function judgeHeard(town: Town, { after, act }: Taken): void {
  if (act.action === 'confirm-force-close') return
  for (const [id, past] of behind(town, after.id)) {
    if (!hasCitizen(past.source) || past.isWithdrawn) continue
    const halves = new Set(past.tries.map((at) => Math.floor((at + 8 * hour) / (dayLength / 2))))
    const isHeard = past.heardAs === 'solved' || past.heardAs === 'unreasonable' || past.ownWord === true
    assert.ok(isHeard || halves.size >= 3, `closed by ${act.action}, and nobody heard ${id}`)
  }
}

function noteTakenBack(past: Past, action: Action, actor: Actor): void {
  const who = actor.accountId
  if (action === 'ask-cancel') past.cancelAskedBy = who
  if (action === 'refuse-cancel') past.cancelAskedBy = null
  if (actor.kind === 'person' && who !== past.reporter && !['note', 'remark', 'urge'].includes(action))
    past.isTakenUp = true
}

/** What may not happen, whoever did it. */
function judge(town: Town, taken: Taken): void {
  const { before, after, act, actor } = taken
  const past = town.pasts.get(after.id)!
  if (answers.has(act.action)) assert.notEqual(past.askedBy, actor.accountId, `${act.action} of one's own ask`)
  if (after.status === 'cancelled' && actor.kind === 'person') judgeTakenBack(town, taken)
  if (after.status === 'closed' && before.status !== 'closed') judgeClosed(town, taken)
  judgeStaff(town, taken)
}

/** Whom a matter about staff may be about has no part in it; that it is about nobody is said by two of the county. */
function judgeStaff(town: Town, { before, after, act, actor }: Taken): void {
  if (!before.isAboutStaff || actor.kind !== 'person') return
  const past = town.pasts.get(before.id)!
  const isAbove = actor.stands.some((s) => s.placeId === 'town' || s.placeId === 'county')
  assert.ok(isAbove || actor.accountId === past.reporter, `${act.action} by whom it may be about`)
  if (after.isAboutStaff) return
  count(town, 'recoded from staff')
  assert.ok(past.recodeAskedBy !== null && past.recodeAskedBy !== actor.accountId, 'said by two')
  assert.equal(before.level, 3, 'of the county')
}

/** What a town is silent about for a day stands in the list of somebody of the county, and not before. */
function judgeSilence(town: Town, now: number): void {
  for (const event of town.events.values()) {
    const since = town.pasts.get(event.id)!.owedSince
    if (since === null || event.level !== 2) continue
    const isDue = now - since >= dayLength
    const isElse = event.forceClose !== null || event.cancelAsk !== null || event.recodeAsk !== null
    if (isElse && !isDue) continue
    const isListed = ofCounty.some((actor) => waitsFor('to-decide', event, actor, { now, calendar }))
    assert.equal(isListed, isDue, `${event.status} fell up`)
    if (isDue) count(town, 'fell up')
  }
}
const ofCounty = [county, countyLeader, supervisor]

function judgeClosed(town: Town, { before, after, act, actor }: Taken): void {
  const past = town.pasts.get(after.id)!
  count(town, `closed by ${act.action}`)
  const who = actor.accountId
  const others = (account: string | null) => account !== null && !past.handlers.has(account)
  if (act.action === 'confirm-force-close') {
    assert.ok(past.forceAskedBy !== null && past.forceAskedBy !== who, 'two people close by force')
    assert.ok(!(before.categoryCode.startsWith('30') && before.level === 3), 'no hazard of the county by force')
    return
  }
  if (act.action === 'self-close') {
    assert.ok(past.reporter === who && !past.isSampled, 'declared by its reporter, and not drawn')
    assert.ok(before.level === 1 && !isAwaited(town, after.id), 'no citizen waits')
    return
  }
  const checker = act.action === 'pass' ? who : past.passedBy
  assert.ok(others(checker), `${act.action}: checked by somebody else`)
  if (past.isSampled) assert.notEqual(checker, past.reporter, 'a sample is not for its reporter to check')
  if (who !== null) assert.ok(others(who), `${act.action}: not by who handled it`)
  if (act.action === 'confirm-unreasonable') assert.notEqual(who, past.claimedBy, 'a second reviewer')
  if (isAwaited(town, after.id)) assert.ok(after.answer, 'the citizen is answered')
}

/** A report is taken back by its reporter while it is his alone, later by two; never that of others or of a citizen. */
function judgeTakenBack(town: Town, { before, act, actor }: Taken): void {
  const past = town.pasts.get(before.id)!
  const who = actor.accountId
  count(town, `taken back by ${act.action}`)
  assert.equal(behind(town, before.id).length, 1, 'nobody else reported it')
  assert.ok(!hasCitizen(past.source), 'no citizen’s')
  assert.ok(!(before.categoryCode.startsWith('30') && before.level === 3), 'no hazard of the county')
  if (act.action === 'cancel') {
    assert.equal(who, past.reporter)
    assert.ok(before.status !== 'registered' || !past.isTakenUp, 'no desk had taken it up')
    return
  }
  assert.ok(past.cancelAskedBy === past.reporter && past.reporter !== null, 'its reporter asked')
  assert.ok(who !== past.reporter && !past.handlers.has(who!), 'answered by another, who handled none of it')
}

const count = (town: Town, what: string) => town.seen.set(what, (town.seen.get(what) ?? 0) + 1)

/** What the server does beside the event: joined reports hang together and are counted. */
function follow(town: Town, { before, after, act, actor }: Taken): void {
  const { events, pasts } = town
  const past = pasts.get(after.id)!
  const above = (id: string | null): EventCore[] => {
    const event = id === null ? undefined : events.get(id)
    return event ? [event, ...above(event.mergedInto)] : []
  }
  if (act.action === 'merge') {
    const target = events.get(act.intoEventId)!
    events.set(target.id, join(target, before, { now: start, calendar }))
    past.into = target.id
    const root = pasts.get(target.id)!
    Object.assign(root, { isTakenUp: true, cancelAskedBy: null })
    root.handlers = new Set([...root.handlers, ...past.handlers])
  }
  if (act.action === 'unlink') for (const event of above(before.mergedInto)) events.set(event.id, leave(event, before))
  if (act.action === 'withdraw' && actor.own) {
    const origin = leaverOf(town, after.id, actor.own.isLinked)!
    pasts.get(origin)!.isWithdrawn = true
    for (const event of above(origin))
      if (event.id !== after.id)
        events.set(
          event.id,
          leave(event, { reporters: 1, citizens: actor.own.isCitizen ? 1 : 0, awaiting: actor.own.isWaiting ? 1 : 0 }),
        )
  }
}

/** Somebody whose report this event has, joined to it or its own, and who is still with it. */
function leaverOf(town: Town, root: string, isLinked: boolean): string | undefined {
  return behind(town, root).find(([id, past]) => !past.isWithdrawn && (id !== root) === isLinked)?.[0]
}

function followersOf(town: Town, id: string): Actor[] {
  return [true, false].flatMap((isLinked) => {
    const leaver = leaverOf(town, id, isLinked)
    if (leaver === undefined) return []
    const isCitizen = hasCitizen(town.pasts.get(leaver)!.source)
    return [followerOf({ id: leaver, isLinked, isSettled: false, isCitizen, isWaiting: isCitizen })]
  })
}

const offices: Readonly<Record<string, string>> = {
  village: 'village-office',
  town: 'town-water',
  county: 'county-police',
}

/** An ask that mostly fits. */
function askFor(action: Action, town: Town, event: EventCore, roll: number): Act {
  const others = [...town.events.keys()].filter((id) => id !== event.id)
  return {
    action,
    departmentId: offices[event.deskPlaceId],
    coDepartmentIds: [],
    departmentIds: ['town-build'],
    suggestedDepartmentId: 'town-build',
    note: '说明',
    plan: '计划',
    until: new Date((event.handleDueAt ?? start) + (1 + (roll % 3)) * dayLength).toISOString(),
    reason: action === 'fail' ? 'not-done' : 'season',
    result: '结果',
    answer: '答复',
    finding: 'exists',
    outcome: (['satisfied', 'unsatisfied', 'unreached', 'unreasonable'] as const)[roll % 4],
    score: 1 + (roll % 5),
    isSolved: roll % 3 > 0,
    intoEventId: others[roll % others.length],
    categoryCode: [...categories.keys()][roll % categories.size],
    children: [],
    grade: 1 + (roll % 3),
    leader: '李副区长',
  } as unknown as Act
}

interface Asking {
  readonly actor: Actor
  readonly now: number
  readonly act?: Act
}

function momentOf(town: Town, event: EventCore, { actor, now, act }: Asking): Given {
  return {
    ...given(actor, now),
    category: categories.get(event.categoryCode)!,
    newCategory: categories.get(act?.action === 'recode' ? act.categoryCode : (event.recodeAsk?.categoryCode ?? '')),
    waiters: waitersOf(town, event.id),
    mergeTarget: act?.action === 'merge' ? town.events.get(act.intoEventId) : undefined,
  }
}

const dull: ReadonlySet<Action> = new Set([
  'note',
  'urge',
  'supervise',
  'lift-supervision',
  'refuse',
  'archive',
  'split',
])

/** Anything by anybody; mostly the first that is on offer to somebody and leads on. */
function choose(
  actors: readonly Actor[],
  event: EventCore,
  seen: (actor: Actor) => Moment,
  roll: number,
): { actor: Actor; action: Action } {
  let at = roll
  const next = <T>(list: readonly T[]): T => {
    at = (at * 1_103_515_245 + 12_345) % 2_147_483_648
    return list[Math.floor(at / 65_536) % list.length]!
  }
  for (let tries = 0; tries < 150; tries++) {
    const [actor, action] = [next(actors), next(actions)]
    if (roll % 7 === 0) return { actor, action }
    if (roll % 5 > 0 && dull.has(action)) continue
    if (isProblem(findStand(action, event, actor)) || findObstacle(action, event, seen(actor))) continue
    return { actor, action }
  }
  return { actor: next(actors), action: next(actions) }
}

/** One step: mostly what is on offer to somebody and leads on, else anything by anybody. */
function step(town: Town, roll: number, now: number, tamper: (event: EventCore) => EventCore): void {
  const open = [...town.events.values()]
  const event = tamper(open[roll % open.length]!)
  const actors = [...people, ...followersOf(town, event.id), systemActor]
  const { actor, action } = choose(actors, event, (actor) => momentOf(town, event, { actor, now }), roll)
  const act = askFor(action, town, event, roll >> 5)
  const decision = decide(event, act, momentOf(town, event, { actor, now, act }))
  if (isProblem(decision)) return
  count(town, action)
  const taken: Taken = { before: event, after: decision.event, act, actor, told: decision.told, now }
  town.events.set(event.id, decision.event)
  judge(town, taken)
  note(town, taken)
  noteHeard(town, taken)
  if (taken.after.status === 'closed' && event.status !== 'closed') judgeHeard(town, taken)
  follow(town, taken)
  for (const [id, past] of town.pasts)
    if (past.into !== null && isOpen(town.events.get(rootOf(town, id))!.status))
      assert.equal(town.events.get(id)!.status, 'merged', 'what is joined follows what has it')
  for (const [id] of town.pasts)
    if (town.pasts.get(id)!.into === null)
      assert.equal(town.events.get(id)!.citizens > 0, isAwaited(town, id), 'who waits is known')
}

const someStart = fc.record({
  source: fc.constantFrom<EventSource>('grid-worker', 'resident', 'hotline', 'liaison'),
  isSampled: fc.boolean(),
})

function walk(numRuns: number, tamper: (event: EventCore) => EventCore = (event) => event) {
  const seen = new Map<string, number>()
  const result = fc.check(
    fc.property(
      fc.array(someStart, { minLength: 3, maxLength: 4 }),
      fc.array(fc.noBias(fc.nat(1_000_000_000)), { minLength: 50, maxLength: 110, size: 'max' }),
      (starts, rolls) => {
        const town = openTown(starts)
        for (const [i, roll] of rolls.entries()) {
          const now = start + (i + 1) * hour
          judgeSilence(town, now)
          step(town, roll, now, tamper)
        }
        for (const [what, n] of town.seen) seen.set(what, (seen.get(what) ?? 0) + n)
      },
    ),
    { numRuns, seed: 20261127, endOnFailure: true },
  )
  return { result, seen }
}

test('nothing is closed without a check by somebody else, a forced close by two, or a self-handling left to the sample', () => {
  const { result, seen } = walk(600)
  assert.ok(!result.failed, `${String(result.errorInstance)}\n${fc.defaultReportMessage(result)}`)
  for (const action of ['pass', 'self-close', 'confirm-force-close', 'call-back', 'rate', 'confirm-unreasonable'])
    assert.ok((seen.get(`closed by ${action}`) ?? 0) > 0, `closed by ${action}`)
  for (const action of ['cancel', 'agree-cancel']) assert.ok((seen.get(`taken back by ${action}`) ?? 0) > 5, action)
  for (const action of ['fell up', 'recoded from staff', 'finish-co-handling', 'appeal'])
    assert.ok((seen.get(action) ?? 0) > 0, `${action}: ${seen.get(action)}`)
  for (const action of ['merge', 'unlink', 'withdraw', 'recode', 'reopen', 'fail'])
    assert.ok((seen.get(action) ?? 0) > 20, `${action}: ${seen.get(action)}`)
})

test('the walk finds a door that is left open', () => {
  const forgets: readonly Partial<EventCore>[] = [
    { handledBy: [] },
    { forceClose: { by: 'nobody', reason: '旧的' } },
    { citizens: 0 },
    { askedBy: null },
    { isTakenUp: false },
    { cancelAsk: { by: 'nobody', reason: '旧的', at: 0 } },
  ]
  for (const forgotten of forgets)
    assert.ok(walk(400, (event) => ({ ...event, ...forgotten })).result.failed, Object.keys(forgotten).join())
})
