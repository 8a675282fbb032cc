/** Attacks by leavings: nobody wipes a register with a phone, and where somebody went is told for a reason alone. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listAlarms } from '@fengge/domain/audit/contract'
import { getHistory, getRecord, listLooks, revealField, saveRecord, undoChange } from '@fengge/domain/registry/contract'
import {
  askErasure,
  decideErasure,
  leavePerson,
  listErasures,
  listLeavings,
  returnPerson,
  undoLeaving,
} from '@fengge/domain/registry/leaving/contract'
import { erasureQuota, leavingQuota } from '@fengge/domain/registry/leaving/leaving'
import { revealQuota } from '@fengge/domain/registry/sight'
import { mergePersons } from '@fengge/domain/registry/doubles-contract'
import { decideInbox, listInbox, push } from '@fengge/domain/sync/contract'
import { listMatters } from '@fengge/domain/matters/contract'
import { listHazards } from '@fengge/domain/visits/contract/desk'
import { listVisits, recordVisit } from '@fengge/domain/visits/contract/worker'
import { run, sql } from '../../src/kernel/db/sql.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { deleteLeft } from '../../src/registry/leaving/delete-left.ts'
import { openRegistry, type Registry } from '../registry-world.ts'
import type { AskedOf, World } from '../world.ts'

let r: Registry
let world: World
before(async () => {
  r = await openRegistry()
  world = r.world
})
after(() => world.close())

const leave = (personId: string, more: Partial<AskedOf<typeof leavePerson>> = {}) => ({
  id: freshId(),
  personId,
  kind: 'moved' as const,
  onDay: '2026-03-01',
  seenBy: 'neighbour' as const,
  ...more,
})
const stateOf = async (id: string) => (await world.ask(getRecord, 'village', { id })).record.state
let seq = 0
const act = (ask: object) => {
  const madeAt = new Date(world.clock.now()).toISOString()
  return { requestId: freshId(), seq: ++seq, name: 'leavePerson', ask, madeAt } as never
}

test('登记错了 is the desk’s to do: a worker and a liaison are told so, and what a phone kept is a request to the desk', async () => {
  const personId = await r.person({ name: '温留名' })
  const wrong = leave(personId, { kind: 'wrong' })
  for (const login of ['liaison', 'worker'] as const)
    assert.equal((await world.refusal(leavePerson, login, wrong)).problem, 'leaving.desk', login)
  const { fates } = await world.ask(push, 'liaison', { device: '', acts: [act(wrong)] })
  assert.deepEqual(
    fates.map((f) => [f.fate, f.problem]),
    [['kept', 'leaving.desk']],
  )
  assert.equal(await stateOf(personId), 'live')
  const row = (await world.ask(listInbox, 'village', {})).rows.find((x) => x.about.some((a) => a.id === personId))!
  await world.ask(decideInbox, 'village', { id: row.id, choice: 'apply' })
  assert.equal(await stateOf(personId), 'gone')
  await world.ask(leavePerson, 'village', leave(await r.person({ name: '温重名' }), { kind: 'wrong' }))
})

test('one account lets go of so many a day, at once or in turn; the next lies with the desk, and the auditor is told', async () => {
  const people: string[] = []
  for (let n = 0; n < leavingQuota + 5; n++) people.push(await r.person({ name: `连注销${n}` }))
  const answers = await Promise.all(
    people.map((id, n) =>
      world.post('liaison', '/api/registry/leave', {
        requestId: freshId(),
        ...leave(id, n % 2 === 0 ? {} : { kind: 'died' }),
      }),
    ),
  )
  const refused = answers.filter((a) => a.status !== 200).map((a) => a.body.problem)
  assert.deepEqual(
    refused,
    Array.from({ length: 5 }, () => 'leaving.quota'),
  )
  const { alarms } = await world.ask(listAlarms, 'auditor', {})
  assert.deepEqual(
    alarms.filter((a) => a.accountName === '演员liaison').map((a) => [a.kind, a.refused]),
    [['quota', 5]],
  )
  const late = await r.person({ name: '尾注销' })
  const { fates } = await world.ask(push, 'liaison', { device: '', acts: [act(leave(late))] })
  assert.deepEqual(
    fates.map((f) => [f.fate, f.problem]),
    [['kept', 'leaving.quota']],
  )
  // Another has a day of his own, and so has he tomorrow.
  await world.ask(leavePerson, 'worker', leave(late))
  world.clock.pass(86_400_000)
  await world.wake()
  await world.ask(leavePerson, 'liaison', leave(await r.person({ name: '明注销' })))
})

test('one account ends so many links a day, at once or in turn; the desk goes on, and the auditor is told', async () => {
  const houses = [r.house, r.other]
  const links: string[] = []
  for (let n = 0; n < leavingQuota + 3; n++) {
    const id = freshId()
    const { status, body } = await r.link(await r.person({ name: `连解除${n}` }), houses[n % 2]!, { id })
    assert.equal(status, 200, JSON.stringify(body))
    links.push(id)
  }
  const end = (id: string) => ({ requestId: freshId(), id, toOn: '2026-03-02', reason: '搬离' })
  const answers = await Promise.all(links.map((id) => world.post('worker', '/api/registry/unlink', end(id))))
  const left = links.filter((_, n) => answers[n]!.status !== 200)
  assert.deepEqual(
    answers.flatMap((a) => (a.status === 200 ? [] : [a.body.problem])),
    ['leaving.quota', 'leaving.quota', 'leaving.quota'],
  )
  const { alarms } = await world.ask(listAlarms, 'auditor', {})
  assert.ok(alarms.some((a) => a.accountName === '演员worker' && a.kind === 'quota' && a.refused === 3))
  const { requestId: _, ...ask } = end(left[0]!)
  const act = {
    requestId: freshId(),
    seq: ++seq,
    name: 'endLink',
    ask,
    madeAt: new Date(world.clock.now()).toISOString(),
  }
  const { fates } = await world.ask(push, 'worker', { device: '', acts: [act as never] })
  assert.deepEqual(
    fates.map((f) => [f.fate, f.problem]),
    [['kept', 'leaving.quota']],
  )
  for (const id of left) assert.equal((await world.post('village', '/api/registry/unlink', end(id))).status, 200)
})

test('where somebody went is revealed for a purpose, kept and counted; why he left is read by a desk alone', async () => {
  const [where, why] = ['邻市二号庇护所', '家暴，已报警']
  const personId = await r.person({ name: '安去处' })
  await world.ask(leavePerson, 'worker', leave(personId, { toWhere: where, reason: why }))
  for (const login of ['worker', 'liaison', 'leader1', 'village', 'keeper'] as const) {
    const read = [
      await world.get(login, '/api/registry/leavings', { personId }),
      await world.get(login, '/api/registry/history', { id: personId }),
    ]
    const told = JSON.stringify(read.map((a) => a.body))
    assert.ok(!told.includes(where), login)
    assert.equal(told.includes(why), login === 'village', login)
  }
  const look = { id: personId, field: 'toWhere', purpose: 'contact', note: '电话回访' } as const
  assert.equal((await world.refusal(revealField, 'liaison', look)).status, 403)
  assert.equal((await world.ask(revealField, 'worker', look)).value, where)
  const { looks } = await world.ask(listLooks, 'village', { id: personId })
  assert.ok(looks.some((l) => l.what === 'registry.person-revealed' && l.purpose.includes('电话回访')))
  const left = []
  for (let n = 0; n < revealQuota; n++)
    left.push(await world.post('worker', '/api/registry/reveal', { requestId: freshId(), ...look }))
  assert.equal(left.at(-1)!.body.problem, 'reveal.quota')
})

/** Deleted by right: the worker took it, the desk agreed. @returns the leaving */
async function erased(personId: string): Promise<string> {
  const id = freshId()
  await world.ask(askErasure, 'worker', { id, personId, basis: 'withdrawn', shownBy: '本人持证到场' })
  await world.ask(decideErasure, 'village', { id, isAgreed: true })
  return latest(personId).then((l) => l.id)
}
const latest = async (personId: string) => (await world.ask(listLeavings, 'village', { personId })).leavings[0]!

test('what two agreed to delete no one officer brings back: he asks, and another agrees', async () => {
  const personId = await r.person({ name: '严愿删' })
  const id = await erased(personId)
  for (const login of ['village', 'worker'] as const) {
    const alone = await world.refusal(undoLeaving, login, { id, personId, reason: '误会' })
    assert.deepEqual([alone.status, alone.problem], [409, 'leaving.two'], login)
  }
  const back = await world.refusal(returnPerson, 'village', { id, personId, onDay: '2026-03-02' })
  assert.equal(back.problem, 'leaving.no-return')
  assert.deepEqual((await latest(personId)).can, ['ask-undo'])
  const undo = { id: freshId(), personId, aim: 'undo' as const, basis: 'other' as const, shownBy: '本人改变主意' }
  await world.ask(askErasure, 'village', undo)
  assert.deepEqual((await latest(personId)).can, [], 'one waits')
  const agree = { id: undo.id, isAgreed: true }
  assert.equal(
    (await world.refusal(decideErasure, 'village', agree)).problem,
    'erasure.own',
    'nobody agrees with himself',
  )
  assert.equal((await world.refusal(decideErasure, 'worker', agree)).status, 403)
  assert.equal(await stateOf(personId), 'gone')
  const other = await r.person({ name: '严又留' })
  await erased(other)
  const his = { ...undo, id: freshId(), personId: other }
  await world.ask(askErasure, 'worker', his)
  await world.ask(decideErasure, 'village', { id: his.id, isAgreed: true })
  assert.deepEqual([await stateOf(other), (await latest(other)).state], ['live', 'undone'])
  const row = (await world.ask(listErasures, 'village', {})).erasures.find((e) => e.id === his.id)!
  assert.deepEqual([row.aim, row.state], ['undo', 'agreed'])
  const none = await world.refusal(askErasure, 'village', { ...his, id: freshId() })
  assert.equal(none.problem, 'leaving.closed', 'there is nothing left to take back')
})

test('who had moved away before has moved away again once his deletion is taken back', async () => {
  const personId = await r.person({ name: '严外迁' })
  await world.ask(leavePerson, 'worker', leave(personId))
  const before = await latest(personId)
  await erased(personId)
  assert.equal((await latest(personId)).kind, 'erased')
  const undo = { id: freshId(), personId, aim: 'undo' as const, basis: 'other' as const, shownBy: '本人改变主意' }
  await world.ask(askErasure, 'worker', undo)
  await world.ask(decideErasure, 'village', { id: undo.id, isAgreed: true })
  const { kind, state, keepUntil } = await latest(personId)
  assert.deepEqual([kind, state, keepUntil, await stateOf(personId)], ['moved', 'open', before.keepUntil, 'gone'])
})

const request = (personId: string) => ({ id: freshId(), personId, basis: 'other' as const, shownBy: '本人持证到场' })

test('two of one mind delete no community: who takes requests and who agrees has so many a day, and the auditor is told', async () => {
  world.clock.pass(86_400_000)
  await world.wake()
  const before_ = (await world.ask(listErasures, 'village', {})).open
  const real = request(await r.person({ name: '真申请' }))
  await world.ask(askErasure, 'worker', real)
  world.clock.pass(60_000)
  const mine: string[] = []
  for (let n = 0; n < erasureQuota; n++) {
    const one = request(await r.person({ name: `批删除${n}` }))
    await world.ask(askErasure, 'liaison', one)
    mine.push(one.id)
  }
  const more = await world.refusal(askErasure, 'liaison', request(await r.person({ name: '超限额' })))
  assert.equal(more.problem, 'leaving.quota')
  const { alarms } = await world.ask(listAlarms, 'auditor', {})
  const day = alarms.filter((a) => a.accountName === '演员liaison').map((a) => [a.kind, a.refused])
  assert.deepEqual(day[0], ['quota', 1])
  const waiting = await world.ask(listErasures, 'village', {})
  assert.deepEqual(
    [waiting.erasures[before_]!.id, waiting.open - before_],
    [real.id, erasureQuota + 1],
    'the oldest first',
  )
  assert.ok(waiting.total > waiting.open)
  assert.deepEqual((await world.ask(listErasures, 'village', { page: 2 })).erasures, [])
  const seen = (await world.ask(listErasures, 'liaison', {})).erasures
  assert.deepEqual(
    [real.id, mine[0]].map((id) => seen.find((e) => e.id === id)!).map((e) => [e.shownBy, e.askedBy]),
    [
      ['', ''],
      ['本人持证到场', '演员liaison'],
    ],
    'why somebody asks is for the desk and for who took it',
  )
  for (const id of mine) await world.ask(decideErasure, 'village', { id, isAgreed: true })
  assert.equal(
    (await world.refusal(decideErasure, 'village', { id: real.id, isAgreed: true })).problem,
    'leaving.quota',
  )
  await world.ask(decideErasure, 'village', { id: real.id, isAgreed: false, reason: '未到场' })
})

test('who was taken back as never made is deleted when that term is over, and sooner by right', async () => {
  world.clock.pass(86_400_000)
  await world.wake()
  const ids = [await r.person({ name: '误建甲' }), await r.person({ name: '误建乙' })]
  for (const id of ids) {
    const { changes } = await world.ask(getHistory, 'village', { id })
    await world.ask(undoChange, 'village', { changeId: changes[0]!.id, reason: '误建' })
  }
  assert.equal((await latest(ids[0]!)).kind, 'wrong')
  await erased(ids[1]!)
  const names = () => Promise.all(ids.map(async (id) => (await world.ask(getRecord, 'village', { id })).record.name))
  for (const [days, left] of [
    [16, ['误建甲', '']],
    [20, ['', '']],
  ] as const) {
    world.clock.pass(days * 86_400_000)
    await world.wake()
    await deleteLeft(world.engine)
    assert.deepEqual(await names(), left)
  }
})

test('who only waits to be deleted is a name: nobody reads or changes anything else of him', async () => {
  const id = await r.person({ name: '等删人', phone: '13812345670' })
  await world.ask(saveRecord, 'worker', { id, kind: 'person', version: 1, values: { name: '等删改人' } })
  const { changes } = await world.ask(getHistory, 'village', { id })
  await erased(id)
  const { record, homes } = await world.ask(getRecord, 'village', { id })
  assert.deepEqual([record.name, record.values, record.canReveal, homes], ['等删改人', {}, [], []])
  const after_ = await world.ask(getHistory, 'village', { id })
  assert.ok(after_.changes.every((c) => c.fields.length === 0 && !c.canUndo))
  const undo = { changeId: changes.find((c) => c.what === 'edit')!.id, reason: '误改' }
  assert.equal((await world.refusal(undoChange, 'village', undo)).problem, 'change.not-undoable')
})

/** A record with a visit at which a danger was found. */
async function visited(name: string): Promise<string> {
  const subjectId = await r.person({ name })
  const matterId = (await world.ask(listMatters, 'rules', {})).matters[0]!.id
  const hazard = { id: freshId(), what: `${name}私拉电线`, orderedText: `请${name}拆除`, fixBy: '2026-03-20' }
  await world.ask(recordVisit, 'worker', {
    id: freshId(),
    taskId: null,
    matterId,
    formCode: 'errand',
    subjectKind: 'person',
    subjectId,
    outcome: 'met',
    note: `${name}在家`,
    madeAt: new Date(world.clock.now()).toISOString(),
    hazards: [{ ...hazard, recheckDays: 10, eventId: null }],
  })
  return subjectId
}

test('with somebody go all records that were merged into his, however often, and what visits hold of him', async () => {
  const names = ['链一人', '链二人', '链三人']
  const ids = [await visited(names[0]!), await r.person({ name: names[1]! }), await r.person({ name: names[2]! })]
  const versionOf = async (id: string) => (await world.ask(getRecord, 'village', { id })).record.version
  for (const [dropId, keepId] of [ids.slice(0, 2), ids.slice(1)] as [string, string][]) {
    const [keepVersion, dropVersion] = [await versionOf(keepId), await versionOf(dropId)]
    const ask = { keepId, keepVersion, dropId, dropVersion, take: [], reason: '同一人' }
    await world.ask(mergePersons, 'village', ask)
  }
  await erased(ids[2]!)
  world.clock.pass(16 * 86_400_000)
  await world.wake()
  await deleteLeft(world.engine)
  const left = async () => {
    const records = await Promise.all(ids.map((id) => world.ask(getRecord, 'village', { id })))
    return records.map((x) => x.record.name)
  }
  assert.deepEqual(await left(), ['', '', ''])
  const told = JSON.stringify([await world.ask(listVisits, 'village', {}), await world.ask(listHazards, 'village', {})])
  assert.ok(!/链[一二三]人/.test(told), told)

  // As a deletion of before left one behind.
  await world.engine.database.write((tx) =>
    run(tx, sql`update registry.person set name = '链一人' where id = ${ids[0]!}`),
  )
  await deleteLeft(world.engine)
  assert.deepEqual(await left(), ['', '', ''])
})
