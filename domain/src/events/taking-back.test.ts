/** A slip of one's own has a way back, and no door round the check is made of it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Act } from './acts.ts'
import {
  anEvent,
  calendar,
  county,
  everybody,
  given,
  play,
  refused,
  start,
  town,
  townChief,
  village,
  water,
  worker,
} from './example-town.ts'
import { join } from './joining.ts'
import { waitsFor } from './queues.ts'
import { availableActions } from './standing.ts'
import type { EventCore } from './terms.ts'

const takes: Act = { action: 'cancel', note: '点错了' }
const asks: Act = { action: 'ask-cancel', note: '点错了类别和地点' }
const agrees: Act = { action: 'agree-cancel', note: '' }
const refuses: Act = { action: 'refuse-cancel', note: '现场确有此事' }
const send: Act = { action: 'dispatch', departmentId: 'town-water', coDepartmentIds: [], note: '' }
/** Before anybody was silent too long. */
const early = { now: start, calendar }
const can = (event: EventCore) => availableActions(event, given(worker, start))

test('before a desk took it up its reporter takes it back alone, with a reason; a word about it takes nothing up', () => {
  const fresh = anEvent('grid-worker', 2)
  assert.ok(can(fresh).includes('cancel') && !can(fresh).includes('ask-cancel'))
  assert.equal(play(fresh, [worker, takes]).status, 'cancelled')
  assert.equal(refused(fresh, everybody.otherWorker, takes), 'not-allowed')
  assert.ok(can(play(fresh, [town, { action: 'note', note: '尽快' }])).includes('cancel'))
})

test('once a desk took it up he asks, and somebody else at the desk or above answers', () => {
  const sent = play(anEvent('grid-worker', 2), [town, send])
  assert.equal(refused(sent, worker, takes), 'event.out-of-turn')
  const raised = play(anEvent(), [village, { action: 'report-up', note: '上报' }])
  assert.equal(refused(raised, worker, takes), 'event.taken-up')
  const asked = play(sent, [worker, asks])
  assert.equal(asked.status, 'dispatched')
  assert.deepEqual([asked.cancelAsk?.by, asked.cancelAsk?.reason], ['worker', '点错了类别和地点'])
  assert.equal(refused(asked, worker, asks), 'event.out-of-turn')
  for (const who of [town, townChief]) assert.ok(waitsFor('to-decide', asked, who, early))
  assert.ok(!waitsFor('to-decide', asked, county, early) && !waitsFor('to-decide', asked, worker, early))
  assert.equal(refused(asked, county, agrees), 'allowed', 'whoever stands above')
  assert.equal(refused(asked, village, agrees), 'not-allowed')
  assert.equal(play(asked, [town, agrees]).status, 'cancelled')
  const goesOn = play(asked, [town, refuses])
  assert.deepEqual([goesOn.status, goesOn.cancelAsk], ['dispatched', null])
  assert.equal(refused(goesOn, worker, asks), 'allowed')
})

test('a request outlives the steps of handling and dies with the handling; who handled it does not agree', () => {
  const own = play(anEvent(), [village, { ...send, departmentId: 'village-office' } as Act], [worker, asks])
  assert.equal(refused(own, village, agrees), 'event.own-work')
  assert.ok(waitsFor('to-decide', own, townChief, early))
  const signed = play(anEvent('grid-worker', 2), [town, send], [worker, asks], [water, { action: 'sign' }])
  assert.notEqual(signed.cancelAsk, null)
  assert.equal(play(signed, [water, { action: 'finish', result: '好', answer: '' }]).cancelAsk, null)
})

test('what others joined, what is a citizen’s, and a hazard of the county are not taken back', () => {
  const sent = play(anEvent('grid-worker', 2), [town, send])
  const asked = play(sent, [worker, asks])
  const joined = join(asked, { ...anEvent('grid-worker', 2), id: 'b' }, given(town, start))
  assert.equal(refused(joined, town, agrees), 'event.out-of-turn')
  assert.equal(refused(joined, worker, asks), 'event.joined')
  assert.equal(refused({ ...asked, reporters: 2 }, town, agrees), 'event.joined')
  for (const own of [{ onBehalfOf: '王大妈' }, { citizens: 1 }]) {
    assert.equal(refused({ ...anEvent(), ...own }, worker, takes), 'event.of-citizen')
    assert.equal(refused({ ...sent, ...own }, worker, asks), 'event.of-citizen')
    assert.equal(refused({ ...asked, ...own }, town, agrees), 'event.of-citizen')
  }
  const hazard: EventCore = { ...anEvent('grid-worker', 3), categoryCode: '3005' }
  assert.equal(refused(hazard, worker, takes), 'event.hazard-stays')
  assert.equal(refused({ ...hazard, topLevel: 1, level: 1, deskPlaceId: 'village' }, worker, takes), 'allowed')
  assert.equal(refused(asked, town, agrees, { children: 1 }), 'event.open-children')
})
