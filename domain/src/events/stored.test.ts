import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Actor } from './actor.ts'
import type { Act } from './acts.ts'
import {
  clockOf,
  readCore,
  StoredCategory,
  StoredClock,
  StoredCore,
  StoredFilter,
  StoredHours,
  StoredSuggestion,
} from './stored.ts'
import { aCategory, anEvent, everybody, given, start } from './example-town.ts'
import { decide } from './decide.ts'
import { isProblem } from '../kernel/problem.ts'
import type { EventCore } from './terms.ts'

/** Rows as each version wrote them, by number; none is ever edited. A new shape adds one. */
const rowsOfShape: Readonly<Record<number, string>> = {
  1: `{"id":"0199c3f0-1111-7abc-8def-0123456789ab","status":"suspended","statusSince":1772413200000,"level":2,
    "source":"hotline","categoryCode":"5002","urgency":1,"isSensitive":false,"people":3,"gridId":null,
    "villageId":null,"townId":"t","countyId":"c","deskPlaceId":"t","reporterId":null,"checkerId":null,
    "checkBy":"worker","isSampled":false,"departmentId":"d","isSigned":true,"isUnsignedFlagged":false,
    "handledBy":["a"],"stage":"handle","stageStartedAt":1772413200000,"dueAt":null,
    "limits":{"handle":{"kind":"work-day","value":3}},"dispatchedAt":1772413200000,"handleDueAt":1772672400000,
    "totalDueAt":1772672400000,"returnedBy":[],"isRuled":false,"extensions":1,
    "pendingExtension":null,"suspension":{"reason":"works","until":1773000000000,"leftMs":3600000,"since":1772413200000},
    "citizenWaits":0,"reworks":1,"reopens":0,"callbackTries":0,"supervision":2,
    "coHandlers":[{"departmentId":"e","isDone":false}],"forceClose":{"by":"a","reason":"r"},"mergedInto":null,
    "parentId":null,"answer":null,"closeKind":null,"closedAt":null,"isSolved":null,"satisfaction":null,
    "spent":{"accept":1.5,"dispatch":0,"handle":0,"check":0,"callback":0},"pausedMs":0,"alarmedAt":1772413200000,
    "version":7}`,
  2: `{"id":"0199c3f0-1111-7abc-8def-0123456789ab","status":"suspended","statusSince":1772413200000,"level":2,
    "source":"hotline","categoryCode":"5002","urgency":1,"isSensitive":false,"people":3,"gridId":null,
    "villageId":null,"townId":"t","countyId":"c","deskPlaceId":"t","reporterId":null,"checkerId":null,
    "checkBy":"worker","isSampled":false,"departmentId":"d","isSigned":true,"isUnsignedFlagged":false,
    "handledBy":["a"],"stage":"handle","stageStartedAt":1772413200000,"dueAt":null,
    "limits":{"handle":{"kind":"work-day","value":3}},"dispatchedAt":1772413200000,"handleDueAt":1772672400000,
    "totalDueAt":1772672400000,"returnedBy":[],"isRuled":false,"extensions":1,
    "pendingExtension":null,"suspension":{"reason":"works","until":1773000000000,"leftMs":3600000,"since":1772413200000},
    "citizenWaits":0,"reworks":1,"reopens":0,"callbackTries":0,"supervision":2,
    "coHandlers":[{"departmentId":"e","isDone":false}],"forceClose":{"by":"a","reason":"r"},"mergedInto":null,
    "parentId":null,"onBehalfOf":"王大爷","answer":null,"closeKind":null,"closedAt":null,"isSolved":null,"satisfaction":null,
    "spent":{"accept":1.5,"dispatch":0,"handle":0,"check":0,"callback":0},"pausedMs":0,"alarmedAt":1772413200000,
    "version":7}`,
  3: `{"id":"0199c3f0-1111-7abc-8def-0123456789ab","status":"suspended","statusSince":1772413200000,"level":2,
    "source":"hotline","categoryCode":"5002","urgency":1,"isSensitive":false,"people":3,"gridId":null,
    "villageId":null,"townId":"t","countyId":"c","deskPlaceId":"t","reporterId":null,"checkerId":null,
    "checkBy":"worker","isSampled":false,"departmentId":"d","isSigned":true,"isUnsignedFlagged":false,
    "handledBy":["a"],"stage":"handle","stageStartedAt":1772413200000,"dueAt":null,
    "limits":{"handle":{"kind":"work-day","value":3}},"dispatchedAt":1772413200000,"handleDueAt":1772672400000,
    "totalDueAt":1772672400000,"returnedBy":[],"isRuled":false,"extensions":1,
    "pendingExtension":null,"suspension":{"reason":"works","until":1773000000000,"leftMs":3600000,"since":1772413200000},
    "citizenWaits":0,"reworks":1,"reopens":0,"callbackTries":0,"supervision":2,"urgedAt":1772413200000,
    "coHandlers":[{"departmentId":"e","isDone":false}],"forceClose":{"by":"a","reason":"r"},"mergedInto":null,
    "parentId":null,"onBehalfOf":"王大爷","answer":null,"closeKind":null,"closedAt":null,"isSolved":null,"satisfaction":null,
    "spent":{"accept":1.5,"dispatch":0,"handle":0,"check":0,"callback":0},"pausedMs":0,"alarmedAt":1772413200000,
    "version":7}`,
  4: `{"id":"0199c3f0-1111-7abc-8def-0123456789ab","status":"suspended","statusSince":1772413200000,"level":2,
    "source":"hotline","categoryCode":"5002","urgency":1,"isSensitive":false,"people":3,"gridId":null,
    "villageId":null,"townId":"t","countyId":"c","deskPlaceId":"t","reporterId":null,"checkerId":null,
    "checkBy":"worker","isSampled":false,"departmentId":"d","isSigned":true,"isUnsignedFlagged":false,
    "handledBy":["a"],"stage":"handle","stageStartedAt":1772413200000,"dueAt":null,
    "limits":{"handle":{"kind":"work-day","value":3}},"dispatchedAt":1772413200000,"handleDueAt":1772672400000,
    "totalDueAt":1772672400000,"returnedBy":[],"isRuled":false,"extensions":1,
    "pendingExtension":null,"suspension":{"reason":"works","until":1773000000000,"leftMs":3600000,"since":1772413200000},
    "citizenWaits":0,"reworks":1,"reopens":0,"callbackTries":0,"supervision":2,"cardLevel":2,"redLeader":null,"urgedAt":1772413200000,
    "coHandlers":[{"departmentId":"e","isDone":false}],"forceClose":{"by":"a","reason":"r"},"askedBy":null,"mergedInto":null,
    "parentId":null,"onBehalfOf":"王大爷","said":{"level":1,"urgency":1},"reporters":1,"citizens":1,"answer":null,"closeKind":null,"closedAt":null,"isSolved":null,"satisfaction":null,
    "spent":{"accept":1.5,"dispatch":0,"handle":0,"check":0,"callback":0},"pausedMs":0,"alarmedAt":1772413200000,
    "version":7}`,
  5: `{"id":"0199c3f0-1111-7abc-8def-0123456789ab","status":"suspended","statusSince":1772413200000,"level":2,
    "source":"hotline","categoryCode":"5002","urgency":1,"isSensitive":false,"people":3,"gridId":null,
    "villageId":null,"townId":"t","countyId":"c","deskPlaceId":"t","reporterId":null,"checkerId":null,
    "checkBy":"worker","isSampled":false,"departmentId":"d","isSigned":true,"isUnsignedFlagged":false,
    "handledBy":["a"],"stage":"handle","stageStartedAt":1772413200000,"dueAt":null,
    "limits":{"handle":{"kind":"work-day","value":3}},"dispatchedAt":1772413200000,"handleDueAt":1772672400000,
    "totalDueAt":1772672400000,"returnedBy":[],"isRuled":false,"extensions":1,
    "pendingExtension":null,"suspension":{"reason":"works","until":1773000000000,"leftMs":3600000,"since":1772413200000},
    "citizenWaits":0,"reworks":1,"reopens":0,"callbackTries":0,"supervision":2,"cardLevel":2,"redLeader":null,"urgedAt":1772413200000,
    "coHandlers":[{"departmentId":"e","isDone":false}],"forceClose":{"by":"a","reason":"r"},"askedBy":null,"mergedInto":null,
    "parentId":null,"onBehalfOf":"王大爷","said":{"level":1,"urgency":1},"reporters":1,"citizens":1,"awaiting":1,
    "refusal":null,"answer":null,"closeKind":null,"closedAt":null,"isSolved":null,"satisfaction":null,
    "spent":{"accept":1.5,"dispatch":0,"handle":0,"check":0,"callback":0},"pausedMs":0,"alarmedAt":1772413200000,
    "version":7}`,
  6: `{"id":"0199c3f0-1111-7abc-8def-0123456789ab","status":"suspended","statusSince":1772413200000,"level":2,"topLevel":2,
    "source":"hotline","categoryCode":"5002","urgency":1,"isSensitive":false,"people":3,"gridId":null,
    "villageId":null,"townId":"t","countyId":"c","deskPlaceId":"t","reporterId":null,"checkerId":null,
    "checkBy":"worker","isSampled":false,"departmentId":"d","isSigned":true,"isUnsignedFlagged":false,
    "handledBy":["a"],"stage":"handle","stageStartedAt":1772413200000,"dueAt":null,
    "limits":{"handle":{"kind":"work-day","value":3}},"dispatchedAt":1772413200000,"handleDueAt":1772672400000,
    "totalDueAt":1772672400000,"returnedBy":[],"isRuled":false,"extensions":1,
    "pendingExtension":null,"suspension":{"reason":"works","until":1773000000000,"leftMs":3600000,"since":1772413200000},
    "citizenWaits":0,"reworks":1,"reopens":0,"callbackTries":0,"unreachedAt":null,"supervision":2,"cardLevel":2,"redLeader":null,"urgedAt":1772413200000,
    "coHandlers":[{"departmentId":"e","isDone":false}],"forceClose":{"by":"a","reason":"r"},"askedBy":null,"mergedInto":null,
    "parentId":null,"onBehalfOf":"王大爷","said":{"level":1,"urgency":1},"reporters":1,"citizens":1,"awaiting":1,
    "refusal":null,"answer":null,"closeKind":null,"closedAt":null,"isSolved":null,"satisfaction":null,
    "spent":{"accept":1.5,"dispatch":0,"handle":0,"check":0,"callback":0},"pausedMs":0,"alarmedAt":1772413200000,
    "version":7}`,
  7: `{"id":"0199c3f0-1111-7abc-8def-0123456789ab","status":"suspended","statusSince":1772413200000,"level":2,"topLevel":2,
    "source":"hotline","categoryCode":"5002","urgency":1,"isSensitive":false,"people":3,"gridId":null,
    "villageId":null,"townId":"t","countyId":"c","deskPlaceId":"t","reporterId":null,"checkerId":null,
    "checkBy":"worker","isSampled":false,"departmentId":"d","isSigned":true,"isUnsignedFlagged":false,
    "handledBy":["a"],"stage":"handle","stageStartedAt":1772413200000,"dueAt":null,
    "limits":{"handle":{"kind":"work-day","value":3}},"dispatchedAt":1772413200000,"handleDueAt":1772672400000,
    "totalDueAt":1772672400000,"promisedDueAt":null,"returnedBy":[],"isRuled":false,"extensions":1,
    "pendingExtension":null,"suspension":{"reason":"works","until":1773000000000,"leftMs":3600000,"since":1772413200000},
    "citizenWaits":0,"reworks":1,"reopens":0,"callbackTries":0,"unreachedAt":null,"supervision":2,"cardLevel":2,"redLeader":null,"urgedAt":1772413200000,
    "coHandlers":[{"departmentId":"e","isDone":false}],"forceClose":{"by":"a","reason":"r"},"isTakenUp":true,"cancelAsk":null,"askedBy":null,"mergedInto":null,
    "parentId":null,"onBehalfOf":"王大爷","said":{"level":1,"urgency":1},"reporters":1,"citizens":1,"awaiting":1,
    "refusal":null,"answer":null,"closeKind":null,"closedAt":null,"isSolved":null,"satisfaction":null,
    "spent":{"accept":1.5,"dispatch":0,"handle":0,"check":0,"callback":0},"pausedMs":0,"alarmedAt":1772413200000,
    "version":7}`,
  8: `{"id":"0199c3f0-1111-7abc-8def-0123456789ab","status":"suspended","statusSince":1772413200000,"level":2,"topLevel":2,
    "source":"hotline","categoryCode":"5002","urgency":1,"isSensitive":false,"isAboutStaff":false,"people":3,"gridId":null,
    "villageId":null,"townId":"t","countyId":"c","deskPlaceId":"t","reporterId":null,"checkerId":null,
    "checkBy":"worker","isSampled":false,"departmentId":"d","isSigned":true,"isUnsignedFlagged":false,
    "handledBy":["a"],"stage":"handle","stageStartedAt":1772413200000,"dueAt":null,
    "limits":{"handle":{"kind":"work-day","value":3}},"dispatchedAt":1772413200000,"handleDueAt":1772672400000,
    "totalDueAt":1772672400000,"promisedDueAt":null,"returnedBy":[],"isRuled":false,"extensions":1,
    "pendingExtension":null,"suspension":{"reason":"works","until":1773000000000,"leftMs":3600000,"since":1772413200000},
    "citizenWaits":0,"reworks":1,"reopens":0,"callbackTries":0,"unreachedAt":null,"supervision":2,"cardLevel":2,"redLeader":null,"urgedAt":1772413200000,
    "coHandlers":[{"departmentId":"e","isDone":false}],"forceClose":{"by":"a","reason":"r"},"isTakenUp":true,"cancelAsk":null,"askedBy":null,"mergedInto":null,
    "parentId":null,"onBehalfOf":"王大爷","said":{"level":1,"urgency":1},"reporters":1,"citizens":1,"awaiting":1,
    "refusal":null,"answer":null,"closeKind":null,"closedAt":null,"isSolved":null,"satisfaction":null,
    "spent":{"accept":1.5,"dispatch":0,"handle":0,"check":0,"callback":0},"pausedMs":0,"alarmedAt":1772413200000,
    "version":7}`,
  9: `{"id":"0199c3f0-1111-7abc-8def-0123456789ab","status":"suspended","statusSince":1772413200000,"level":2,"topLevel":2,
    "source":"hotline","categoryCode":"5002","urgency":1,"isSensitive":false,"isAboutStaff":false,"people":3,"gridId":null,
    "villageId":null,"townId":"t","countyId":"c","deskPlaceId":"t","reporterId":null,"checkerId":null,
    "checkBy":"worker","isSampled":false,"departmentId":"d","isSigned":true,"isUnsignedFlagged":false,
    "handledBy":["a"],"stage":"handle","stageStartedAt":1772413200000,"dueAt":null,
    "limits":{"handle":{"kind":"work-day","value":3}},"dispatchedAt":1772413200000,"handleDueAt":1772672400000,
    "totalDueAt":1772672400000,"promisedDueAt":null,"returnedBy":[],"isRuled":false,"extensions":1,
    "pendingExtension":null,"suspension":{"reason":"works","until":1773000000000,"leftMs":3600000,"since":1772413200000},
    "citizenWaits":0,"reworks":1,"reopens":0,"supervision":2,"cardLevel":2,"redLeader":null,"urgedAt":1772413200000,
    "coHandlers":[{"departmentId":"e","isDone":false}],"forceClose":{"by":"a","reason":"r"},"isTakenUp":true,"cancelAsk":null,"askedBy":null,"mergedInto":null,
    "parentId":null,"onBehalfOf":"王大爷","said":{"level":1,"urgency":1},"reporters":1,"citizens":1,"awaiting":1,
    "refusal":null,"answer":null,"closeKind":null,"closedAt":null,"isSolved":null,"satisfaction":null,
    "spent":{"accept":1.5,"dispatch":0,"handle":0,"check":0,"callback":0},"pausedMs":0,"alarmedAt":1772413200000,
    "version":7}`,
  10: `{"id":"0199c3f0-1111-7abc-8def-0123456789ab","status":"suspended","statusSince":1772413200000,"level":2,"topLevel":2,
    "source":"hotline","categoryCode":"5002","urgency":1,"isSensitive":false,"isAboutStaff":false,"people":3,"gridId":null,
    "villageId":null,"townId":"t","countyId":"c","deskPlaceId":"t","reporterId":null,"checkerId":null,
    "checkBy":"worker","isSampled":false,"departmentId":"d","isSigned":true,"isUnsignedFlagged":false,
    "handledBy":["a"],"stage":"handle","stageStartedAt":1772413200000,"dueAt":null,
    "limits":{"handle":{"kind":"work-day","value":3}},"dispatchedAt":1772413200000,"handleDueAt":1772672400000,
    "totalDueAt":1772672400000,"promisedDueAt":null,"returnedBy":[],"isRuled":false,"extensions":1,
    "pendingExtension":null,"suspension":{"reason":"works","until":1773000000000,"leftMs":3600000,"since":1772413200000},
    "citizenWaits":0,"reworks":1,"reopens":0,"supervision":2,"cardLevel":2,"redLeader":null,"urgedAt":1772413200000,
    "coHandlers":[{"departmentId":"e","isDone":false}],"forceClose":{"by":"a","reason":"r"},"isTakenUp":true,"cancelAsk":null,"recodeAsk":null,"askedBy":null,"mergedInto":null,
    "parentId":null,"onBehalfOf":"王大爷","said":{"level":1,"urgency":1},"reporters":1,"citizens":1,"awaiting":1,
    "refusal":null,"answer":null,"closeKind":null,"closedAt":null,"isSolved":null,"satisfaction":null,
    "spent":{"accept":1.5,"dispatch":0,"handle":0,"check":0,"callback":0},"pausedMs":0,"alarmedAt":1772413200000,
    "version":7}`,
  11: `{"id":"0199c3f0-1111-7abc-8def-0123456789ab","status":"suspended","statusSince":1772413200000,"level":2,"topLevel":2,
    "source":"hotline","categoryCode":"5002","urgency":1,"isSensitive":false,"isAboutStaff":false,"people":3,"gridId":null,
    "villageId":null,"townId":"t","countyId":"c","deskPlaceId":"t","reporterId":null,"checkerId":null,
    "checkBy":"worker","isSampled":false,"departmentId":"d","isSigned":true,"isUnsignedFlagged":false,
    "handledBy":["a"],"stage":"handle","stageStartedAt":1772413200000,"dueAt":null,
    "limits":{"handle":{"kind":"work-day","value":3}},"dispatchedAt":1772413200000,"handleDueAt":1772672400000,
    "totalDueAt":1772672400000,"externalDueAt":1772500000000,"promisedDueAt":null,"returnedBy":[],"isRuled":false,"extensions":1,
    "pendingExtension":null,"suspension":{"reason":"works","until":1773000000000,"leftMs":3600000,"since":1772413200000},
    "citizenWaits":0,"reworks":1,"reopens":0,"supervision":2,"cardLevel":2,"redLeader":null,"urgedAt":1772413200000,"urgedInsideAt":null,
    "coHandlers":[{"departmentId":"e","isDone":false}],"forceClose":{"by":"a","reason":"r"},"isTakenUp":true,"cancelAsk":null,"recodeAsk":null,"askedBy":null,"mergedInto":null,
    "parentId":null,"onBehalfOf":"王大爷","said":{"level":1,"urgency":1},"reporters":1,"citizens":1,"awaiting":1,
    "refusal":null,"answer":null,"closeKind":null,"closedAt":null,"isSolved":null,"satisfaction":null,
    "spent":{"accept":1.5,"dispatch":0,"handle":0,"check":0,"callback":0},"pausedMs":0,"alarmedAt":1772413200000,
    "version":7}`,
}

test('the state of an event is read from a row of every shape there ever was', () => {
  for (let shape = 1; shape <= StoredCore.now; shape++) {
    const row: unknown = JSON.parse(rowsOfShape[shape] ?? assert.fail(`no row of shape ${shape}`))
    const core = StoredCore.read(row, shape)
    assert.equal(core.version, 7)
    assert.equal(core.suspension?.reason, 'works')
    assert.equal(core.onBehalfOf, shape === 1 ? '' : '王大爷')
    assert.equal(core.urgedAt, shape < 3 ? null : 1772413200000)
    assert.deepEqual(core.said, { level: 1, urgency: 1 })
    assert.deepEqual([core.reporters, core.citizens, core.askedBy, core.cardLevel], [1, 1, null, 2])
    assert.deepEqual([core.awaiting, core.refusal], [1, null])
    assert.equal(core.topLevel, 2)
    assert.ok(!('callbackTries' in core))
    assert.deepEqual([core.isTakenUp, core.cancelAsk, core.recodeAsk, core.promisedDueAt], [true, null, null, null])
    assert.equal(core.isAboutStaff, false)
    const staff = StoredCore.read({ ...(row as object), categoryCode: '8001' }, shape)
    if (shape < 8) assert.deepEqual([staff.isAboutStaff, staff.isSensitive], [true, true])
    assert.deepEqual(readCore(row, shape), core)
  }
  assert.throws(() => readCore(JSON.parse(rowsOfShape[1]!), StoredCore.now + 1), /this version reads up to/)
  assert.throws(() => StoredCore.read({ ...anEvent(), level: 9 }, 1), /events\.core of shape 1 cannot be read: level/)
})

test('what the rules write is of the shape of today, step by step', () => {
  let event: EventCore = anEvent('hotline', 2)
  const written = [event]
  const steps: readonly (readonly [Actor, Act])[] = [
    [everybody.worker, { action: 'verify', finding: 'exists', note: '' }],
    [everybody.town, { action: 'dispatch', departmentId: 'town-water', coDepartmentIds: ['town-build'], note: '' }],
    [everybody.water, { action: 'sign' }],
    [everybody.town, { action: 'force-close', note: '无法联系' }],
    [everybody.water, { action: 'ask-suspension', reason: 'works', until: '2026-04-02T09:00:00+08:00', note: '雨' }],
    [everybody.town, { action: 'agree-suspension', note: '' }],
  ]
  for (const [who, act] of steps) {
    const decision = decide(event, act, given(who, start))
    assert.ok(!isProblem(decision), act.action)
    event = decision.event
    written.push(event)
  }
  for (const core of written)
    assert.deepEqual(StoredCore.read(JSON.parse(JSON.stringify(core)), StoredCore.now), core, core.status)
})

test('catalogue and office hours from before there were numbers are read as shape one', () => {
  const { code: _code, validFrom: _from, validTo: _to, ...body } = aCategory(1)
  assert.deepEqual(StoredCategory.read(body), body)
  assert.deepEqual(StoredCategory.read(StoredCategory.numbered(body)), body)
  assert.throws(() => StoredCategory.read({ ...body, order: 'nobody-first' }), /events\.category of shape 1/)
  const hours = [{ from: '09:00', to: '12:00' }]
  assert.deepEqual(StoredHours.read(hours, 1), hours)
  assert.throws(() => StoredHours.read([{ from: '9', to: '12:00' }], 1), /events\.office_hours/)
})

/** Clocks as steps of the flow wrote them, by number; none is ever edited. */
const clocksOfShape: Readonly<Record<number, readonly string[]>> = {
  1: [
    '{"stage":"accept","due":1772416800000}',
    '{}',
    `{"stage":"handle","started":1772413200000,"due":1772672400000,"handleDue":1772672400000,
      "spent":{"accept":1.5,"dispatch":0,"handle":0,"check":0,"callback":0},"paused":0}`,
  ],
  2: [
    `{"shape":2,"stage":"accept","started":1772413200000,"due":1772416800000,"handleDue":null,
      "spent":{"accept":0,"dispatch":0,"handle":0,"check":0,"callback":0},"paused":0}`,
  ],
}

test('the clock of a step is read from a row of every shape there ever was', () => {
  const read = Object.values(clocksOfShape)
    .flat()
    .map((row) => StoredClock.read(JSON.parse(row)))
  assert.deepEqual(
    read.map((c) => [c.stage, c.due, c.paused]),
    [
      ['accept', 1772416800000, null],
      [null, null, null],
      ['handle', 1772672400000, 0],
      ['accept', 1772416800000, 0],
    ],
  )
  assert.ok(clocksOfShape[StoredClock.now], 'a row of the shape of today')
  const today = clockOf(anEvent())
  assert.deepEqual(StoredClock.read(JSON.parse(JSON.stringify(StoredClock.numbered(today)))), today)
  assert.throws(() => StoredClock.read({ stage: 'lunch' }), /events\.flow\.clock of shape 1 cannot be read: stage/)
})

test('suggestions and saved filters from before there were numbers are read as shape one', () => {
  const suggested = {
    categories: [{ code: '5001', share: 0.5, words: ['垃圾'] }],
    topics: [{ label: '环境', share: 0.4, words: [] }],
    duplicates: [],
    departments: [{ id: '0199c3f0-1111-7abc-8def-0123456789ab', name: '执法队', reason: 'precedent' }],
  }
  assert.deepEqual(StoredSuggestion.read(suggested), suggested)
  assert.deepEqual(StoredSuggestion.read(StoredSuggestion.numbered(suggested)), suggested)
  assert.throws(() => StoredSuggestion.read({ ...suggested, topics: [{}] }), /events\.suggestion of shape 1/)
  assert.throws(() => StoredSuggestion.read({ ...suggested, shape: 2 }), /this version reads up to 1/)
  const filter = { queue: 'late', level: '2' }
  assert.deepEqual(StoredFilter.read(filter), filter)
  assert.deepEqual(StoredFilter.read(StoredFilter.numbered(filter)), filter)
})
