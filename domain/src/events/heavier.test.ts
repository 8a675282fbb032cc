/** What weighed once goes on weighing: sent down, or joined to something lighter. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayLength, hour } from '../kernel/time.ts'
import type { Act } from './acts.ts'
import {
  anEvent,
  calendar,
  county,
  countyLeader,
  given,
  play,
  refused,
  start,
  town,
  village,
  worker,
} from './example-town.ts'
import { decide } from './decide.ts'
import { join } from './joining.ts'
import { isProblem } from '../kernel/problem.ts'
import type { EventCore } from './terms.ts'

const down: Act = { action: 'assign-down', note: '交办' }
const settles: Act = { action: 'self-close', result: '已处理' }

test('a hazard of the county sent down is neither closed by force below nor by its worker alone', () => {
  const hazard: EventCore = { ...anEvent('grid-worker', 3), categoryCode: '3005' }
  const atTown = play(hazard, [county, down])
  assert.equal(refused(atTown, town, { action: 'force-close', note: '无法联系' }), 'event.hazard-stays')
  const asked: EventCore = { ...atTown, forceClose: { by: 'town', reason: '旧的' } }
  assert.equal(refused(asked, countyLeader, { action: 'confirm-force-close', note: '' }), 'event.hazard-stays')
  const atVillage = play(atTown, [town, down])
  assert.equal(atVillage.level, 1)
  assert.equal(refused(atVillage, worker, settles), 'event.not-own-level')
  assert.equal(refused(anEvent(), worker, settles), 'allowed')
})

test('a report without a place stands high only for that, and is its worker’s own once it is placed', () => {
  const unplaced: EventCore = { ...anEvent(), topLevel: 1, level: 3, deskPlaceId: 'county' }
  assert.equal(refused({ ...unplaced, level: 1, deskPlaceId: 'village' }, worker, settles), 'allowed')
})

test('what is joined to something lighter makes it as heavy: level and desk, urgency, people, card and due date', () => {
  const light = { ...anEvent(), id: 'light' }
  const grave: EventCore = {
    ...anEvent('grid-worker', 3),
    id: 'grave',
    urgency: 2,
    people: 40,
    said: { level: 3, urgency: 2 },
    supervision: 3,
    cardLevel: 3,
    redLeader: '李副区长',
    dueAt: start + hour,
  }
  const kept = join(light, grave, { now: start, calendar })
  assert.deepEqual([kept.level, kept.deskPlaceId, kept.topLevel], [3, 'county', 3])
  assert.deepEqual([kept.urgency, kept.people, kept.said], [2, 40, { level: 3, urgency: 2 }])
  assert.deepEqual([kept.supervision, kept.cardLevel, kept.redLeader], [3, 3, '李副区长'])
  assert.equal(kept.dueAt, start + hour)
  assert.equal(refused(kept, worker, settles), 'event.not-own-level')
  const back = join(grave, light, { now: start, calendar })
  assert.deepEqual({ ...back, reporters: 1, version: 1, isTakenUp: false }, grave, 'the lighter one takes nothing away')
})

test('what was promised of a matter holds when it is joined to one that nobody has sent yet', () => {
  const send: Act = { action: 'dispatch', departmentId: 'village-office', coDepartmentIds: [], note: '' }
  const sent = { ...play(anEvent(), [village, send]), id: 'sent' }
  assert.ok(sent.handleDueAt !== null)
  const later = start + 2 * dayLength
  const late = { ...anEvent(), id: 'late', stageStartedAt: later, alarmedAt: later }
  const joined = join(late, sent, { now: later, calendar })
  assert.equal(joined.handleDueAt, null)
  const decision = decide(joined, send, given(village, later + hour))
  assert.ok(!isProblem(decision))
  assert.equal(decision.event.handleDueAt, sent.handleDueAt)
  assert.equal(decision.event.totalDueAt, sent.totalDueAt)
  const alone = decide(late, send, given(village, later + hour))
  assert.ok(!isProblem(alone) && alone.event.handleDueAt! > sent.handleDueAt!)
})
