import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayLength, hour, showInstant } from '../kernel/time.ts'
import type { Actor } from './actor.ts'
import type { Act } from './acts.ts'
import { hasFallen, requestsOf } from './asking.ts'
import { instantOf } from './deadline-examples.ts'
import {
  anEvent,
  calendar,
  county,
  countyLeader,
  play,
  start,
  town,
  townChief,
  townLeader,
  village,
  water,
  worker,
} from './example-town.ts'
import { waitsFor } from './queues.ts'
import type { EventCore } from './terms.ts'

const dispatch: Act = { action: 'dispatch', departmentId: 'town-water', coDepartmentIds: [], note: '' }
const waits = (event: EventCore, actor: Actor, now: number) => waitsFor('to-decide', event, actor, { now, calendar })
/** In the hands of the town's water office. */
const busy = play(anEvent('grid-worker', 2), [town, dispatch], [water, { action: 'sign' }])
const since = start + hour

const returned = play(busy, [water, { action: 'return', note: '非本职', suggestedDepartmentId: 'town-build' }])

test('what a town does not answer for a day waits in the county’s list too; the town may go on answering', () => {
  assert.deepEqual(requestsOf(returned, calendar), [{ kind: 'decision', since, dueAt: since + dayLength }])
  const due = since + dayLength
  assert.ok(!waits(returned, county, due - 1) && waits(returned, townChief, due - 1))
  assert.ok(waits(returned, county, due) && waits(returned, townChief, due))
  assert.ok(!waits(returned, village, due) && !waits(returned, water, due))
})

test('a ruling is owed by the end of the next working day', () => {
  const friday = instantOf('2026-03-06 16:00')
  const ruling: EventCore = { ...returned, status: 'ruling', statusSince: friday }
  const [request] = requestsOf(ruling, calendar)
  assert.equal(showInstant(request!.dueAt), '2026-03-09 17:30')
  assert.ok(!waits(ruling, county, friday + 2 * dayLength), 'not over a weekend that nobody works in')
  assert.ok(waits(ruling, county, request!.dueAt))
})

test('a claim and a second extension fall to the leader above, a request to take back to the desk above', () => {
  const claimed: EventCore = { ...busy, status: 'unreasonable-claimed', statusSince: since, askedBy: 'town' }
  const twice: EventCore = { ...busy, status: 'extend-requested', statusSince: since, extensions: 1 }
  const due = since + dayLength
  for (const event of [claimed, twice]) {
    assert.ok(!waits(event, countyLeader, due - 1), event.status)
    assert.ok(waits(event, countyLeader, due) && waits(event, townLeader, due), event.status)
  }
  assert.ok(!waits(twice, county, due), 'a second extension is no chief’s')
  const back = play(busy, [worker, { action: 'ask-cancel', note: '点错了类别和地点' }])
  assert.deepEqual(requestsOf(back, calendar), [{ kind: 'take-back', since, dueAt: due }])
  assert.ok(!waits(back, county, due - 1) && waits(back, county, due))
})

test('a community’s requests lie before its town from the beginning, and the county has nobody above', () => {
  const [request] = requestsOf(returned, calendar)
  const late = request!.dueAt + dayLength
  assert.ok(hasFallen(2, request!.dueAt, late))
  assert.ok(!hasFallen(1, request!.dueAt, late) && !hasFallen(3, request!.dueAt, late))
})
