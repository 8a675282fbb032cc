/** Arriving and leaving: days that hold, numbers that can be, and whoever has left is counted nowhere. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { listMatters } from '@fengge/domain/matters/contract'
import * as c from '@fengge/domain/registry/contract'
import { listDays, saveDays } from '@fengge/domain/registry/days/contract'
import { listDoubles } from '@fengge/domain/registry/doubles-contract'
import { searchQuota } from '@fengge/domain/registry/sight'
import { listGaps } from '@fengge/domain/registry/link-contract'
import * as l from '@fengge/domain/registry/leaving/contract'
import { listTasks, saveCampaign } from '@fengge/domain/visits/contract/desk'
import { freshId } from '../src/kernel/fresh-id.ts'
import { deleteLeft } from '../src/registry/leaving/delete-left.ts'
import { numberOf, openRegistry, type Registry } from './registry-world.ts'
import type { AskedOf, Login, World } from './world.ts'

let r: Registry
let world: World
before(async () => {
  r = await openRegistry()
  world = r.world
})
after(() => world.close())

const today = () => dayOf(world.clock.now())
const home = (personId: string, more: object = {}) => ({
  id: freshId(),
  personId,
  houseId: r.house,
  role: 'tenant' as const,
  fromOn: '2026-03-01',
  basis: '自述',
  ...more,
})

test('nobody lives somewhere from 2099 on, nor leaves on a day that has not come', async () => {
  const personId = await r.person({ name: '冯未来' })
  const later = await world.refusal(c.linkPerson, 'worker', home(personId, { fromOn: '2099-01-01' }))
  assert.deepEqual([later.status, later.problem], [422, 'link.dates'])
  const link = home(personId)
  await world.ask(c.linkPerson, 'worker', link)
  const end = (toOn: string) => ({ id: link.id, toOn, reason: '搬离' })
  for (const toOn of ['2099-01-01', '2026-02-01'])
    assert.equal((await world.refusal(c.endLink, 'worker', end(toOn))).problem, 'link.dates')
  await world.ask(c.endLink, 'worker', end('2026-03-02'))
})

test('nobody moves away before he came, and nobody dies before he was born or a hundred years ago', async () => {
  const personId = await r.person({ name: '褚先走', born: '1950-06-01' })
  await world.ask(c.linkPerson, 'worker', home(personId, { fromOn: '2026-02-20' }))
  const leaving = (kind: 'moved' | 'died', onDay: string) =>
    ({ id: freshId(), personId, kind, onDay, seenBy: 'family' }) as const
  const early = await world.refusal(l.leavePerson, 'worker', leaving('moved', '2025-06-01'))
  assert.deepEqual(
    [early.status, early.problem, early['details']],
    [422, 'leaving.before-came', { cameOn: '2026-02-20' }],
  )
  for (const onDay of ['1950-05-31', '1900-05-01'])
    assert.equal(
      (await world.refusal(l.leavePerson, 'worker', leaving('died', onDay))).problem,
      'leaving.death-day',
      onDay,
    )
  await world.ask(l.leavePerson, 'worker', leaving('died', '2026-01-02'))
})

test('as of a day before he was registered the register says so, and shows no homes of later', async () => {
  const id = await r.person({ name: '陈后来' })
  await world.ask(c.linkPerson, 'worker', home(id))
  const early = await world.refusal(c.getRecord, 'worker', { id, on: '2026-02-20' })
  assert.deepEqual([early.status, early.problem], [404, 'record.not-yet'])
  assert.equal((await world.ask(c.getRecord, 'worker', { id, on: '2026-03-02' })).homes.length, 1)
})

test('one phone under two names is a hint at the door, counted, and no double', async () => {
  const phone = '13812349911'
  const id = await r.person({ name: '卫阿大', phone })
  const { likely } = await world.ask(c.findLikely, 'worker', { values: { name: '卫阿小', phone } })
  assert.deepEqual(
    likely.map((l) => [l.id, l.reasons]),
    [[id, ['shared-phone']]],
  )
  const numbered = await world.ask(c.findLikely, 'worker', {
    values: { name: '卫阿大', phone: '13812349912', idNo: numberOf(801) },
  })
  assert.deepEqual(numbered.likely, [])
})

const leave = (personId: string, more: Partial<AskedOf<typeof l.leavePerson>> = {}) => ({
  id: freshId(),
  personId,
  kind: 'moved' as const,
  onDay: '2026-03-01',
  seenBy: 'neighbour' as const,
  ...more,
})
const livingIn = async (houseId: string) =>
  (await world.ask(c.getHousehold, 'worker', { houseId })).living
    .map((p) => [p.record.name, p.role, p.isLead])
    .toSorted((a, b) => (String(a) < String(b) ? -1 : 1))
const people = async () => (await world.ask(c.getComposition, 'village', {})).persons
const listed = async (id: string) => {
  const [gaps, due, found] = [
    await world.ask(listGaps, 'village', {}),
    await world.ask(c.listDue, 'village', { kind: 'person', size: 100 }),
    await world.ask(c.searchRegistry, 'village', { text: '尤' }),
  ]
  return [...gaps.nowhere, ...gaps.noLead, ...gaps.several, ...due.records, ...found.records].some((x) => x.id === id)
}
const openTasks = async () => (await world.ask(listTasks, 'village', { state: 'open' })).total

/** A house of its own with its head, his wife and their grown son. */
async function family(): Promise<{ houseId: string; head: string; wife: string; son: string }> {
  const saved = await r.save(
    'worker',
    'house',
    { roomNo: String(700 + ++rooms), use: 'self' },
    { parentId: r.building },
  )
  const houseId = saved.body.id as string
  const [head, wife, son] = [
    await r.person({ name: '尤家主', born: '1950-05-05', kind: 'left-behind' }),
    await r.person({ name: '尤家妻', born: '1952-06-06' }),
    await r.person({ name: '尤家子', born: '1980-07-07' }),
  ]
  await world.ask(c.linkPerson, 'worker', home(head, { houseId, role: 'head' }))
  for (const personId of [wife, son])
    await world.ask(c.linkPerson, 'worker', home(personId, { houseId, role: 'member' }))
  return { houseId, head, wife, son }
}
let rooms = 0

test('who died is counted, listed and visited no more from that day; his wife heads the house; a slip gives all back', async () => {
  const { houseId, head } = await family()
  const before_ = { people: await people(), living: await livingIn(houseId), tasks: await openTasks() }
  const { matters } = await world.ask(listMatters, 'rules', { setCode: '000', onlyInForce: 'yes' })
  const matter = matters.find((m) => m.code === '000-D03')
  await world.ask(saveCampaign, 'village', {
    id: freshId(),
    matterId: matter!.id,
    name: '留守走访',
    placeId: world.at['village']!,
    selector: 'left-behind',
    formCode: 'left-behind',
    fromOn: '2026-03-02',
    toOn: '2026-03-20',
    minutes: 20,
  })
  assert.equal(await openTasks(), before_.tasks + 1)
  const gone = leave(head, { kind: 'died', seenBy: 'family' })
  assert.equal((await world.ask(l.leavePerson, 'worker', gone)).newHead, '尤家妻')
  assert.deepEqual(
    [await people(), await livingIn(houseId), await openTasks(), await listed(head)],
    [
      before_.people - 1,
      [
        ['尤家妻', 'head', true],
        ['尤家子', 'member', true],
      ],
      before_.tasks,
      false,
    ],
  )
  assert.equal((await world.refusal(l.leavePerson, 'worker', leave(head))).problem, 'person.left')
  const [told] = (await world.ask(l.listLeavings, 'worker', { personId: head })).leavings
  assert.deepEqual([told!.kind, told!.onDay, told!.seenBy, told!.can], ['died', '2026-03-01', 'family', ['undo']])
  const undo = { id: gone.id, personId: head, reason: '认错人' }
  await world.ask(l.undoLeaving, 'worker', undo)
  assert.deepEqual(
    [await people(), await livingIn(houseId), await openTasks()],
    [before_.people, before_.living, before_.tasks + 1],
  )
  assert.equal((await world.refusal(l.undoLeaving, 'worker', undo)).problem, 'leaving.closed')
})

test('a slip is a worker’s to take back while the county’s days run, then the desk’s', async () => {
  const { head } = await family()
  const gone = leave(head, { kind: 'died' })
  await world.ask(l.leavePerson, 'worker', gone)
  world.clock.pass(16 * 86_400_000)
  await world.wake()
  const undo = { id: gone.id, personId: head, reason: '本人健在' }
  assert.equal((await world.refusal(l.undoLeaving, 'worker', undo)).problem, 'leaving.term')
  await world.ask(l.undoLeaving, 'village', undo)
  assert.equal((await world.ask(c.getRecord, 'worker', { id: head })).record.state, 'live')
})

test('who moved away stays the owner of his house, and is here again when he comes back', async () => {
  const { houseId, son } = await family()
  await world.ask(c.linkPerson, 'worker', home(son, { houseId: r.other, role: 'owner' }))
  const gone = leave(son, { toWhere: '苏州市吴中区', onDay: '2026-03-05' })
  await world.ask(l.leavePerson, 'worker', gone)
  const owners = async () =>
    (await world.ask(c.getHousehold, 'worker', { houseId: r.other })).owners.map((p) => p.record.name)
  assert.deepEqual(await owners(), ['尤家子'])
  assert.ok(!(await livingIn(houseId)).some(([name]) => name === '尤家子'))
  assert.equal((await world.ask(l.listLeavings, 'worker', { personId: son })).leavings[0]!.toWhere, '***')
  assert.equal((await world.ask(l.listLeavings, 'liaison', { personId: son })).leavings[0]!.toWhere, '')
  const back = { id: gone.id, personId: son, onDay: '2026-03-10' }
  for (const onDay of ['2026-03-04', '2026-12-01'])
    assert.equal((await world.refusal(l.returnPerson, 'worker', { ...back, onDay })).problem, 'leaving.day')
  await world.ask(l.returnPerson, 'worker', back)
  await world.ask(c.linkPerson, 'worker', home(son, { houseId, role: 'member', fromOn: '2026-03-10' }))
  assert.ok((await livingIn(houseId)).some(([name]) => name === '尤家子'))
  const states = (await world.ask(l.listLeavings, 'worker', { personId: son })).leavings.map((x) => x.state)
  assert.deepEqual(states, ['returned'])
})

test('nobody of another place lets anybody go, and nobody leaves on a day that has not come', async () => {
  const { head } = await family()
  assert.equal((await world.refusal(l.leavePerson, 'worker2', leave(head))).problem, 'record.unknown')
  assert.equal((await world.refusal(l.listLeavings, 'worker2', { personId: head })).problem, 'record.unknown')
  assert.equal(
    (await world.refusal(l.leavePerson, 'worker', leave(head, { onDay: '2099-01-01' }))).problem,
    'leaving.day',
  )
})

test('who lives nowhere after his last home ended is looked for within the county’s own days', async () => {
  const { wife } = await family()
  const { homes } = await world.ask(c.getRecord, 'worker', { id: wife })
  await world.ask(saveDays, 'rules', { code: 'nowhere', days: 10, fromOn: today(), basis: '县综治委会议纪要' })
  const ended = await world.ask(c.endLink, 'worker', { id: homes[0]!.linkId, toOn: today(), reason: '不知去向' })
  assert.equal(ended.isLast, true)
  const { record } = await world.ask(c.getRecord, 'worker', { id: wife })
  assert.equal(record.dueAt!.slice(0, 10), addDays(today(), 9), 'the tenth day begins at midnight in China')
  assert.ok((await world.ask(listGaps, 'village', {})).nowhere.some((x) => x.id === wife))
})

test('days are a county’s own, from a day on, within bounds, by who keeps its rules', async () => {
  const set = { code: 'fresh/house/rental', days: 45, fromOn: addDays(today(), 1), basis: '县实施细则' }
  assert.equal((await world.refusal(saveDays, 'village', set)).status, 403)
  assert.equal((await world.refusal(saveDays, 'rules', { ...set, days: 3 })).problem, 'days.bounds')
  assert.equal((await world.refusal(saveDays, 'rules', { ...set, fromOn: '2026-01-01' })).problem, 'days.past')
  assert.equal((await world.refusal(saveDays, 'rules', { ...set, code: 'fresh/moon' })).problem, 'days.unknown')
  await world.ask(saveDays, 'rules', set)
  const dueAfter = async () => {
    await world.ask(c.confirmRecords, 'worker', { ids: [r.house] })
    const { record } = await world.ask(c.getRecord, 'worker', { id: r.house })
    return (Date.parse(record.dueAt!) - world.clock.now()) / 86_400_000
  }
  assert.equal(await dueAfter(), 90)
  const term = (await world.ask(listDays, 'village', {})).terms.find((x) => x.code === set.code)!
  assert.deepEqual([term.days, term.readyDays, term.next], [90, 90, { fromOn: set.fromOn, days: 45 }])
  world.clock.pass(86_400_000)
  await world.wake()
  assert.equal(await dueAfter(), 45)
})

test('deleted by right: taken by one, agreed to by another, undone by no one alone, and gone when the days are over', async () => {
  const { head, wife } = await family()
  const ask = { id: freshId(), personId: head, basis: 'purpose-over' as const, shownBy: '本人持证到场' }
  const own = { ...ask, id: freshId(), personId: wife }
  await world.ask(l.askErasure, 'village', own)
  await world.ask(l.askErasure, 'worker', ask)
  assert.equal((await world.refusal(l.askErasure, 'village', { ...ask, id: freshId() })).problem, 'erasure.there')
  assert.equal((await world.refusal(l.decideErasure, 'village', { id: own.id, isAgreed: true })).problem, 'erasure.own')
  const second = { id: ask.id, isAgreed: true }
  assert.equal((await world.refusal(l.decideErasure, 'worker', second)).status, 403)
  await world.ask(l.decideErasure, 'village', second)
  const [gone] = (await world.ask(l.listLeavings, 'village', { personId: head })).leavings
  assert.deepEqual([gone!.kind, gone!.state], ['erased', 'open'])
  const undo = { id: gone!.id, personId: head, reason: '误会' }
  assert.equal((await world.refusal(l.undoLeaving, 'worker', undo)).problem, 'leaving.two')
  await deleteLeft(world.engine)
  assert.equal((await world.ask(c.getRecord, 'village', { id: head })).record.name, '尤家主', 'not before its day')
  world.clock.pass(16 * 86_400_000)
  await world.wake()
  await deleteLeft(world.engine)
  const { record, homes } = await world.ask(c.getRecord, 'village', { id: head })
  assert.deepEqual([record.name, record.values, record.origin, homes], ['', {}, {}, []])
  const { changes } = await world.ask(c.getHistory, 'village', { id: head })
  assert.ok(changes.every((x) => x.fields.length === 0 && x.reason === '' && !x.canUndo))
  assert.equal((await world.refusal(l.undoLeaving, 'village', undo)).problem, 'leaving.closed')
  assert.equal((await world.ask(c.getRecord, 'village', { id: wife })).record.name, '尤家妻')
  const again = await world.refusal(c.saveRecord, 'worker', {
    id: head,
    kind: 'person',
    version: 0,
    values: { name: '尤家主', kind: 'resident' },
  })
  assert.equal(again.problem, 'record.stale', 'an act that lay on a phone makes nobody anew')
})

test('a request to be deleted is about the person: moving away neither blocks it nor ends the right to it', async () => {
  const { head, wife } = await family()
  const request = (personId: string) => ({
    id: freshId(),
    personId,
    basis: 'purpose-over' as const,
    shownBy: '本人持证到场',
  })
  const waiting = request(head)
  await world.ask(l.askErasure, 'worker', waiting)
  for (const personId of [head, wife]) await world.ask(l.leavePerson, 'worker', leave(personId, { toWhere: '外省' }))
  const later = request(wife)
  await world.ask(l.askErasure, 'worker', later)
  for (const { id } of [waiting, later]) await world.ask(l.decideErasure, 'village', { id, isAgreed: true })
  for (const personId of [head, wife]) {
    const [gone] = (await world.ask(l.listLeavings, 'village', { personId })).leavings
    assert.deepEqual([gone!.kind, gone!.state], ['erased', 'open'])
    const look = { id: personId, field: 'phone', purpose: 'contact', note: '联系本人' } as const
    assert.equal((await world.refusal(c.revealField, 'village', look)).problem, 'person.left', 'and is shown no more')
    assert.equal((await world.refusal(l.askErasure, 'worker', request(personId))).problem, 'person.left')
    assert.equal((await world.ask(c.confirmRecords, 'worker', { ids: [personId] })).confirmed, 0)
  }
})

test('the same number twice is stopped with the way out, tells no more than a question, and counts as one', async () => {
  world.clock.pass(86_400_000)
  await world.wake()
  const idNo = numberOf(811)
  const first = await r.person({ name: '施同号', idNo })
  const another = (more: object = {}) => ({
    id: freshId(),
    kind: 'person' as const,
    version: 0,
    values: { name: '施同浩', kind: 'floating', idNo },
    ...more,
  })
  type Stop = { readonly likely: readonly { id: string; reasons: string[] }[]; readonly isElsewhere: boolean }
  const stopped = async (login: Login, ask = another()) => {
    const { problem, details } = await world.refusal(c.saveRecord, login, ask)
    const { likely, isElsewhere } = details as Stop
    return [problem, likely.map((x) => [x.id, x.reasons]), isElsewhere]
  }
  assert.deepEqual(await stopped('worker'), ['record.same-number', [[first, ['same-id']]], false])
  assert.deepEqual(await stopped('worker2'), ['record.same-number', [], true], 'of others only that somebody has it')
  const other = await r.person({ name: '施异号', idNo: numberOf(812, '19910304') })
  const edit = { id: other, kind: 'person' as const, version: 1, values: { idNo } }
  assert.equal((await stopped('worker', edit as ReturnType<typeof another>))[0], 'record.same-number')
  const kept = await world.ask(c.saveRecord, 'worker', another({ isOther: true }))
  const { pairs } = await world.ask(listDoubles, 'village', {})
  const pair = pairs.find((p) => [p.a.id, p.b.id].includes(kept.id))!
  assert.deepEqual([pair.reasons.includes('same-id'), pair.a.canReveal.includes('idNo')], [true, true])
  for (let i = 0; i < searchQuota - 1; i++)
    await world.ask(c.searchRegistry, 'worker', { text: `1390000${String(1000 + i)}` })
  assert.equal((await world.refusal(c.searchRegistry, 'worker', { text: '13900009999' })).problem, 'search.quota')
  const unknown = another({ values: { name: '施无问', kind: 'floating', idNo: numberOf(812, '19910304') } })
  await world.ask(c.saveRecord, 'worker', unknown)
})

test('who had moved away is known at the door again, as the one who left', async () => {
  const idNo = numberOf(821, '19870101')
  const id = await r.person({ name: '孔归来', idNo })
  const gone = leave(id)
  await world.ask(l.leavePerson, 'worker', gone)
  world.clock.pass(86_400_000)
  await world.wake()
  const [found] = (await world.ask(c.findLikely, 'worker', { values: { name: '孔归来', idNo } })).likely
  assert.deepEqual([found!.id, found!.left?.leavingId], [id, gone.id])
})

test('somebody from overseas is registered by his passport, sealed as any number, found by it, and stopped twice', async () => {
  world.clock.pass(86_400_000)
  await world.wake()
  const values = { name: '安娜测试', kind: 'overseas', idKind: 'passport', idNo: 'e 8812345', country: '法国' }
  const guest = { id: freshId(), kind: 'person' as const, version: 0, values }
  await world.ask(c.saveRecord, 'worker', guest)
  const { record } = await world.ask(c.getRecord, 'worker', { id: guest.id })
  assert.deepEqual([record.values['idNo'], record.values['idKind']], ['••••', 'passport'])
  const look = { id: guest.id, field: 'idNo', purpose: 'verify' as const, note: '核对护照' }
  assert.equal((await world.ask(c.revealField, 'village', look)).value, 'E8812345')
  const again = { ...guest, id: freshId() }
  assert.equal((await world.refusal(c.saveRecord, 'worker', again)).problem, 'record.same-number')
  const wrong = { ...again, values: { ...values, idKind: 'hm-permit' } }
  assert.equal((await world.refusal(c.saveRecord, 'worker', wrong)).problem, 'record.fields')
  const none = { ...again, values: { name: '无证测试', kind: 'floating', idNo: '无' } }
  await world.ask(c.saveRecord, 'worker', none)
  assert.ok(!(await world.ask(c.getRecord, 'worker', { id: none.id })).record.gaps.includes('idNo'))
})
