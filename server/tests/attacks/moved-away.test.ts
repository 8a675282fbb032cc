/** What is asked for about somebody falls on nobody else, and where he went, who looked after him and what for is not told around him. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { saveHelper } from '@fengge/domain/registry/care/contract'
import { listMatters } from '@fengge/domain/matters/contract'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { recordVisit } from '@fengge/domain/visits/contract/worker'
import { rowsOf, sql } from '../../src/kernel/db/sql.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { body, openRegistry, type Registry } from '../registry-world.ts'
import type { Login, World } from '../world.ts'

let r: Registry
let world: World
let farHouse: string
const post = (login: Login, path: string, ask: Record<string, unknown>) => world.post(login, path, body(ask))
const get = async (login: Login, path: string, ask: Record<string, unknown> = {}) => world.get(login, path, ask)
before(async () => {
  r = await openRegistry()
  world = r.world
  const values = { name: '远方苑', kind: 'estate' }
  const placeId = world.at['otherVillage']
  const { body: estate } = await post('othervillage', '/api/registry/save', {
    id: freshId(),
    kind: 'estate',
    version: 0,
    values,
    placeId,
  })
  const home = { id: freshId(), kind: 'house', version: 0, values: { roomNo: '101', use: 'self' }, parentId: estate.id }
  farHouse = (await post('othervillage', '/api/registry/save', home)).body.id
})
after(() => world.close())

/** To a house of another village that lies in no grid, asked there and agreed to here. */
async function moveFar(personId: string): Promise<void> {
  const id = freshId()
  const fromOn = dayOf(world.clock.now())
  const asked = await post('othervillage', '/api/registry/link', {
    id,
    personId,
    houseId: farHouse,
    role: 'tenant',
    fromOn,
    basis: '自述',
  })
  assert.equal(asked.status, 200)
  const decided = await post('village', '/api/registry/decide-link', { id, isAgreed: true, isLead: true })
  assert.deepEqual([decided.status, decided.body.problem], [200, undefined])
}
const askErasure = (personId: string) => {
  const id = freshId()
  return post('worker', '/api/registry/ask-erasure', {
    id,
    personId,
    aim: 'erase',
    basis: 'withdrawn',
    shownBy: '身份证',
  })
}

/** The keeper writes down that somebody is of a key population. @returns the handle of what is sealed */
async function careFor(personId: string, kind: string, values: Record<string, unknown>): Promise<string> {
  const id = freshId()
  const sealed = { facts: '原始', values, visitDays: 30, cautions: [], startedOn: '2026-01-01', endedOn: null }
  assert.equal((await post('keeper', '/api/registry/overlay', { id, personId, kind, ...sealed })).status, 200)
  return id
}

test('who is to be deleted is merged with nobody while his request waits: nobody else is deleted in his place', async () => {
  const [meant, other] = [await r.person({ name: '甲申请', idNo: undefined }), await r.person({ name: '乙无关' })]
  await r.link(other, r.house)
  assert.equal((await askErasure(meant)).status, 200)
  const [keep, drop] = [await r.see('village', other), await r.see('village', meant)]
  const merge = { keepVersion: keep.version, dropVersion: drop.version, take: [], reason: '同一人' }
  for (const [keepId, dropId] of [
    [other, meant],
    [meant, other],
  ] as const) {
    const versions = keepId === other ? merge : { ...merge, keepVersion: drop.version, dropVersion: keep.version }
    const { status, body: refused } = await post('village', '/api/registry/merge', { keepId, dropId, ...versions })
    assert.deepEqual([status, refused.problem], [409, 'erasure.waits'])
  }
})

test('nor are two parted while his request waits: it was agreed of both as one', async () => {
  const [asks, other] = [await r.person({ name: '丙申请', idNo: undefined }), await r.person({ name: '丁无关' })]
  for (const id of [asks, other]) await r.link(id, r.house)
  const [keep, drop] = [await r.see('village', other), await r.see('village', asks)]
  const merge = { keepVersion: keep.version, dropVersion: drop.version, take: [], reason: '同一人' }
  const merged = await post('village', '/api/registry/merge', { keepId: other, dropId: asks, ...merge })
  assert.equal(merged.status, 200)
  assert.equal((await askErasure(other)).status, 200)
  const parted = await post('village', '/api/registry/unmerge', {
    changeId: merged.body.changeId,
    reason: '不是同一人',
  })
  assert.deepEqual([parted.status, parted.body.problem], [409, 'erasure.waits'])
})

test('where somebody of a key population went is not told to whoever asked about her where she left', async () => {
  const personId = await r.person({ name: '逃走人' })
  await r.link(personId, r.house)
  const overlayId = await careFor(personId, 'released', {
    originalCrime: '盗窃',
    releaseDate: '2025-12-01',
    riskKind: 'low',
    isRecidivist: false,
  })
  assert.equal(
    (await post('keeper', '/api/registry/ask-overlay', { id: freshId(), overlayId, purpose: 'visit', note: '走访' }))
      .status,
    200,
  )
  const told = async () => JSON.stringify((await get('keeper', '/api/registry/overlay-requests')).body)
  assert.match(await told(), /逃走人/)
  await moveFar(personId)
  assert.equal((await get('keeper', '/api/registry/record', { id: personId })).status, 404)
  assert.doesNotMatch(await told(), /逃走人|堰桥/)
})

test('who has a service under way may move into a house that lies in no grid, and who took it goes on with it', async () => {
  const personId = await r.person({ name: '代办人' })
  await r.link(personId, r.other)
  const { matters } = await world.ask(listMatters, 'village', {})
  const service = {
    id: freshId(),
    matterId: matters[0]!.id,
    what: '领补贴',
    personId,
    askedBy: '代办人',
    phone: '',
    dueOn: addDays(dayOf(world.clock.now()), 5),
    gridId: world.at['grid1'],
    madeAt: new Date(world.clock.now()).toISOString(),
  }
  assert.equal((await post('worker', '/api/visits/service', service)).status, 200)
  await moveFar(personId)
  const { services } = (await get('worker', '/api/visits/services')).body
  assert.ok(services.some((s: { id: string }) => s.id === service.id))
})

test('who asked that somebody be deleted, and what was shown, is not told where he moved to', async () => {
  const personId = await r.person({ name: '迁删人' })
  await r.link(personId, r.house)
  await askErasure(personId)
  world.clock.pass(60_000)
  await moveFar(personId)
  const mine = ({ erasures }: { erasures: { personId: string; askedBy: string; shownBy: string }[] }) =>
    erasures.filter((e) => e.personId === personId).map((e) => [e.askedBy, e.shownBy])
  assert.deepEqual(mine((await get('othervillage', '/api/registry/erasures')).body), [['', '']])
})

test('the house that somebody left remembers her as she was then: not how she is called since, nor that she died', async () => {
  const personId = await r.person({ name: '旧名人' })
  const { status, body: link } = await r.link(personId, r.house)
  assert.equal(status, 200, JSON.stringify(link))
  await moveFar(personId)
  const [past] = [await get('worker', '/api/registry/household', { houseId: r.house })]
  const linkId = [...past.body.living, ...past.body.past].find(
    (p: { record: { id: string } }) => p.record.id === personId,
  ).linkId
  const ended = { id: linkId, houseId: r.house, toOn: dayOf(world.clock.now()), reason: '已搬走' }
  assert.equal((await post('worker', '/api/registry/unlink', ended)).status, 200)
  const saved = await post('othervillage', '/api/registry/save', {
    id: personId,
    kind: 'person',
    version: (await r.see('othervillage', personId)).version,
    values: { name: '化名人' },
  })
  assert.equal(saved.status, 200, JSON.stringify(saved.body))
  const left = {
    id: freshId(),
    personId,
    kind: 'died',
    onDay: dayOf(world.clock.now()),
    toWhere: '',
    seenBy: 'family',
    reason: '病故',
  }
  const died = await post('othervillage', '/api/registry/leave', left)
  assert.equal(died.status, 200, JSON.stringify(died.body))
  const { body: house } = await get('worker', '/api/registry/household', { houseId: r.house })
  const seen = house.past.find((p: { record: { id: string } }) => p.record.id === personId).record
  assert.deepEqual([seen.name, seen.values, seen.state], ['旧名人', { name: '旧名人' }, 'live'])
})

test('calls on residents are one line of a week, whatever each was for', async () => {
  const personId = await r.person({ name: '夏访人' })
  await r.link(personId, r.house)
  const { matters } = await world.ask(listMatters, 'village', {})
  const visit = {
    taskId: null,
    matterId: matters[0]!.id,
    subjectKind: 'person' as const,
    subjectId: personId,
    outcome: 'met' as const,
    note: '',
    eventIds: [],
    hazards: [],
  }
  const madeAt = new Date(world.clock.now() - 60_000).toISOString()
  await world.ask(recordVisit, 'worker', {
    ...visit,
    id: freshId(),
    madeAt,
    formCode: 'care',
    answers: { state: 'calm' },
  })
  for (const login of ['leader1', 'county', 'leader', 'town', 'village', 'worker'] as const) {
    const { weeks = [] } = (await get(login, '/api/worklog/weeks', { on: dayOf(world.clock.now()) })).body
    assert.doesNotMatch(JSON.stringify(weeks), /关爱/, login)
  }
})

test('who helped is not written over by who helps now, and the journal says what changed', async () => {
  const personId = await r.person({ name: '帮教人' })
  await r.link(personId, r.house)
  const overlayId = await careFor(personId, 'mental-health', {})
  const helper = {
    id: freshId(),
    overlayId,
    role: 'volunteer',
    contact: '13812345678',
    fromOn: '2026-01-05',
    toOn: null,
  } as const
  await world.ask(saveHelper, 'keeper', { ...helper, name: '前助人' })
  world.clock.pass(1000)
  await world.ask(saveHelper, 'keeper', { ...helper, name: '后助人' })
  const kept = await rowsOf<{ to_on: string | null }>(
    world.engine.database.read,
    sql`select to_on from registry.overlay_helper where overlay_id = ${overlayId}`,
  )
  assert.equal(kept.length, 2)
  assert.equal(kept.filter((h) => h.to_on === null).length, 1)
  const facts = await rowsOf<{ detail: { changed: string[] } }>(
    world.engine.database.read,
    sql`select detail from audit.journal where fact = 'registry.overlay-helper-saved' order by at desc limit 1`,
  )
  assert.deepEqual(facts[0]?.detail.changed, ['name'])
})

test('a part of a matter that is kept from a desk does not name it', async () => {
  const ticket = {
    ticketNo: 'A-9701',
    title: '反映网格员',
    content: '网格员索要好处',
    placeText: '',
    categoryCode: '8001',
    point: { lng: 120.205, lat: 31.61 },
    isSecret: true,
    callerName: '李某某',
    callerPhone: '13912345678',
  }
  const taken = await world.post('hotline', '/api/hotline/tickets', ticket)
  assert.equal(taken.status, 200, JSON.stringify(taken.body))
  const { id } = taken.body
  const children = [
    { id: freshId(), title: '核查三栋收费', content: '有人反映三栋收费，请核查', categoryCode: '5001' },
    { id: freshId(), title: '另一件', content: '另一件事情核查', categoryCode: '5001' },
  ]
  const split = await world.act('county', id, 'split', { children, note: '' })
  assert.equal(split.status, 200, JSON.stringify(split.body))
  const seen = await get('village', '/api/events/one', { id: children[0]!.id })
  if (seen.status === 200) assert.equal(seen.body.parentId, null)
  assert.equal((await get('county', '/api/events/one', { id: children[0]!.id })).body.parentId, id)
})

test('who is kept from somebody is not told that she moves to where he serves, and cannot house her', async () => {
  const { body: estate } = await post('village', '/api/registry/save', {
    id: freshId(),
    kind: 'estate',
    version: 0,
    values: { name: '梧桐苑', kind: 'estate' },
    placeId: world.at['grid2'],
  })
  const building = { id: freshId(), kind: 'building', version: 0, values: { no: '9', floors: 6 }, parentId: estate.id }
  await post('worker2', '/api/registry/save', building)
  const home = { id: freshId(), kind: 'house', version: 0, values: { roomNo: '101', use: 'self' } }
  const { body: house } = await post('worker2', '/api/registry/save', { ...home, parentId: building.id })
  const personId = await r.person({ name: '避让人' })
  await r.link(personId, r.other)
  const day = dayOf(world.clock.now())
  const recusal = {
    id: freshId(),
    personId,
    login: 'worker2',
    untilOn: addDays(day, 90),
    reason: '系其前夫，本人申请保护',
  }
  assert.equal((await post('village', '/api/registry/ask-recusal', recusal)).status, 200)
  assert.equal(
    (await post('townchief', '/api/registry/decide-recusal', { id: recusal.id, isAgreed: true })).status,
    200,
  )
  const arrival = freshId()
  const offer = { id: arrival, personId, toWhere: '梧桐苑9幢101室', onDay: day }
  assert.equal((await post('worker', '/api/registry/offer-mover', offer)).status, 200)
  const seen = async (login: Login) => (await get(login, '/api/registry/arrivals')).body
  const told = await seen('worker2')
  assert.ok(told.total === 0 && !JSON.stringify(told).includes('避让人'))
  assert.match(JSON.stringify(await seen('village')), /避让人/)
  const take = { id: arrival, linkId: freshId(), houseId: house.id, role: 'head', fromOn: day }
  assert.equal((await post('worker2', '/api/registry/take-arrival', take)).status, 404)
})
