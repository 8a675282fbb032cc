/** Of joined citizens none speaks for the others, and three calls in a minute are one. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProblem } from '../kernel/problem.ts'
import { dayLength, hour } from '../kernel/time.ts'
import { followerOf } from './actor.ts'
import type { ActOf } from './acts.ts'
import { endingOf, lowestScore, stateOf, withTold, type Waiter } from './calling.ts'
import { decide } from './decide.ts'
import { anEvent, given, refused, start, town, townLeader } from './example-town.ts'
import { callRuleAt, countsFrom, countTries } from './forms/call-rules.ts'
import type { EventCore } from './terms.ts'

const waits = (id: string, more: Partial<Waiter> = {}): Waiter => ({
  id,
  ownWord: null,
  heardAs: null,
  score: null,
  tries: [],
  toldAt: null,
  ...more,
})
const passed: EventCore = {
  ...anEvent('hotline', 2),
  status: 'verified',
  stage: 'callback',
  answer: '已答复',
  awaiting: 2,
}
type Call = ActOf<'call-back'>
const content = (reporterId?: string): Call =>
  ({ action: 'call-back', reporterId, outcome: 'satisfied', score: 5, isSolved: true, note: '' }) as Call
const inVain = (reporterId?: string): Call =>
  ({ action: 'call-back', reporterId, outcome: 'unreached', score: null, isSolved: null, note: '' }) as Call

/** Takes calls one after another, keeping what each said; gives the states that it led to. */
function ring(waiters: readonly Waiter[], calls: readonly (readonly [at: number, call: Call])[]) {
  let [event, book] = [passed, [...waiters]]
  const states: string[] = []
  for (const [now, call] of calls) {
    const decision = decide(event, call, { ...given(town, now), waiters: book })
    assert.ok(!isProblem(decision), JSON.stringify(decision))
    event = decision.event
    if (decision.told) book = withTold(book, decision.told, now)
    states.push(event.status)
  }
  return { event, states, book }
}

test('one who is content closes nothing for another who waits; the last of them does, and the lowest score stands', () => {
  const { event, states } = ring(
    [waits('x'), waits('y')],
    [
      [start, { ...content('y'), score: 2 }],
      [start + hour, content()],
    ],
  )
  assert.deepEqual(states, ['callback', 'closed'])
  assert.deepEqual([event.closeKind, event.satisfaction, event.isSolved], ['normal', 2, true])
  const own = followerOf({ id: 'x', isLinked: false, isSettled: false, isCitizen: true, isWaiting: true })
  const rates = { action: 'rate', score: 5, isSolved: true, note: '' } as const
  const both = [waits('x', { ownWord: true, score: 5 }), waits('y')]
  const rated = decide(passed, rates, { ...given(own, start), waiters: both })
  assert.ok(!isProblem(rated))
  assert.equal(rated.event.status, 'callback')
})

test('three calls within a minute are one; three parts of the day end it, the number of each kept by who keeps it', () => {
  const calls = [0, 20_000, 40_000, 5 * hour, dayLength].map((at) => [start + at, inVain()] as const)
  const { event, states } = ring([waits('x')], calls)
  assert.deepEqual(states, ['callback', 'callback', 'callback', 'callback', 'closed'])
  assert.equal(event.closeKind, 'unreached')
  const rule = callRuleAt(start)
  assert.equal(countTries([start, start + 60_000], rule), 1)
  assert.equal(countsFrom([start], start + hour, rule), Date.parse('2026-03-02T12:00:00+08:00'))
  assert.equal(countsFrom([start + 5 * hour], start + 6 * hour, rule), Date.parse('2026-03-03T00:00:00+08:00'))
  assert.equal(countsFrom([start], start + 5 * hour, rule), null)
})

test('one not reached by the rule and one content close it as heard; nobody reached at all closes it as unreached', () => {
  const tried = waits('x', { tries: [start - dayLength, start - 20 * hour, start] })
  assert.equal(stateOf(tried, start), 'tried')
  assert.equal(endingOf([tried, waits('y', { heardAs: 'solved' })], start), 'normal')
  assert.equal(endingOf([tried], start), 'unreached')
  const told = waits('q', { toldAt: start - 16 * dayLength })
  assert.equal(stateOf(told, start), 'told')
  assert.equal(stateOf({ ...told, ownWord: false }, start), 'to-ring', 'who said no is asked again')
  assert.equal(lowestScore([waits('a', { heardAs: 'solved', score: 4 }), waits('b', { score: 1 })], start), 4)
})

test('what a leader judged of one ends it only when the others were heard', () => {
  const claimed: EventCore = { ...passed, status: 'unreasonable-claimed', askedBy: 'town' }
  const confirms = { action: 'confirm-unreasonable', note: '尽责' } as const
  const first = waits('x', { heardAs: 'unreasonable' })
  const end = (waiters: Waiter[]) => {
    const decision = decide(claimed, confirms, { ...given(townLeader, start + hour), waiters })
    assert.ok(!isProblem(decision))
    return [decision.event.status, decision.event.closeKind]
  }
  assert.deepEqual(end([first, waits('y')]), ['callback', null])
  assert.deepEqual(end([first]), ['closed', 'dutiful'])
  assert.equal(ring([first, waits('y')], [[start, content()]]).event.closeKind, 'dutiful')
})

test('each reporter has it opened again once, whatever another did', () => {
  const closed: EventCore = { ...passed, status: 'closed', closedAt: start, reopens: 1 }
  const own = (hasReopened: boolean) =>
    followerOf({ id: 'q', isLinked: true, isSettled: false, hasReopened, isCitizen: true, isWaiting: true })
  const no = { action: 'rate', score: 1, isSolved: false, note: '没解决' } as const
  assert.equal(refused(closed, own(false), no), 'allowed')
  assert.equal(refused(closed, own(true), no), 'event.reopened-before')
})
