/** Attacks on people of another place: finding who they are, taking them over, reading and changing them by a detour. */
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import * as c from '@fengge/domain/registry/contract'
import { askLink, decideLink, linkQuota, listLinkRequests } from '@fengge/domain/registry/link-contract'
import { listMatters } from '@fengge/domain/matters/contract'
import { push } from '@fengge/domain/sync/contract'
import { orderTask } from '@fengge/domain/visits/contract/desk'
import { recordVisit } from '@fengge/domain/visits/contract/worker'
import { rowOf, rowsOf, run, sql } from '../../src/kernel/db/sql.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { csv, header, importFile } from '../import-files.ts'
import { numberOf, openRegistry, type Registry } from '../registry-world.ts'
import { idOf, type Login, type World } from '../world.ts'

let r: Registry
let world: World
/** A house of the second grid, and one of the village beside. */
let second: string
let far: string
before(async () => {
  r = await openRegistry()
  world = r.world
  second = await houseIn('village', 'worker2', 'grid2')
  far = await houseIn('othervillage', 'othervillage', 'otherVillage')
})
after(() => world.close())
beforeEach(async () => {
  world.clock.pass(86_400_000)
  await world.wake()
})

async function houseIn(desk: Login, login: Login, place: string): Promise<string> {
  const made = async (who: Login, kind: string, values: object, more: object) => {
    const { status, body } = await r.save(who, kind, values, more)
    assert.equal(status, 200, JSON.stringify(body))
    return body.id as string
  }
  const estate = await made(desk, 'estate', { name: `${place}小区`, kind: 'estate' }, { placeId: world.at[place] })
  const building = await made(login, 'building', { no: '9' }, { parentId: estate })
  return made(login, 'house', { roomNo: '901', use: 'rental' }, { parentId: building })
}

const rowOfPerson = (id: string) =>
  rowOf<{ grid_id: string | null; version: number; sealed: object }>(
    world.engine.database.read,
    sql`select grid_id, version, sealed from registry.person where id = ${id}`,
  )
const linksOf = async (id: string): Promise<string[]> => {
  const rows = await rowsOf<{ house_id: string }>(
    world.engine.database.read,
    sql`select house_id from registry.link where person_id = ${id} and to_on is null order by from_on, id`,
  )
  return rows.map((l) => l.house_id)
}
const buildingOf = async (houseId: string): Promise<string> => {
  const row = await rowOf<{ parent_id: string }>(
    world.engine.database.read,
    sql`select parent_id from registry.house where id = ${houseId}`,
  )
  return row!.parent_id
}
const requestsOf = async (login: Login) => (await world.ask(listLinkRequests, login, {})).requests
const dwellers = async (login: Login, houseId: string) => {
  const { living, owners } = await world.ask(c.getHousehold, login, { houseId })
  return [...living, ...owners].map((p) => p.record)
}
const wish = { role: 'tenant', fromOn: '2026-03-01', basis: '本人告知' } as const

test('of people elsewhere a question tells that somebody is known, and neither who, nor where, nor how many', async () => {
  const id = await r.person({ name: '冯在别处', idNo: numberOf(201), phone: '13812340201' })
  const ask = (values: object) => world.ask(c.findLikely, 'othervillage', { values: { ...values } })
  const somebody = { likely: [], isElsewhere: true }
  const nobody = { likely: [], isElsewhere: false }
  assert.deepEqual(await ask({ name: '冯在别处', idNo: numberOf(201) }), somebody)
  assert.deepEqual(await ask({ name: '冯在别处', phone: '13812340201' }), somebody)
  await r.person({ name: '冯在别处', phone: '13812340201' })
  assert.deepEqual(await ask({ name: '冯在别处', phone: '13812340201' }), somebody, 'two are told as one')
  assert.deepEqual(await ask({ name: '冯在别处', idNo: numberOf(202) }), nobody)
  assert.deepEqual(await ask({ name: '冯在别处', born: '1990-03-04' }), nobody, 'a birth day is nothing to try by')
  const [mine] = (await world.ask(c.findLikely, 'worker', { values: { idNo: numberOf(201) } })).likely
  assert.equal(mine?.id, id)
})

test('the people of a house are looked through for whoever has it, and for nobody else', async () => {
  const id = await r.person({ name: '陈同住', phone: '13812340211' })
  assert.equal((await r.link(id, r.house)).status, 200)
  const ask = (login: Login) => world.ask(c.findLikely, login, { values: { name: '陈同住' }, houseId: r.house })
  assert.deepEqual(
    (await ask('worker')).likely.map((l) => l.id),
    [id],
  )
  assert.deepEqual(await ask('worker2'), { likely: [], isElsewhere: false })
})

test('a person of another place is linked by his own desk alone, and stays where he is', async () => {
  const id = await r.person({ name: '褚两处', idNo: numberOf(221), phone: '13812340221', remark: '独居' })
  assert.equal((await r.link(id, r.house)).status, 200)
  const { body } = await r.link(id, second, { isLead: true }, 'worker2')
  assert.deepEqual(body, { done: true, isAsked: true })
  assert.deepEqual(await linksOf(id), [r.house], 'nothing is linked')
  assert.deepEqual(await dwellers('worker2', second), [])
  assert.equal((await world.refusal(c.getRecord, 'worker2', { id })).status, 404)
  const [asked] = await requestsOf('worker2')
  assert.deepEqual([asked!.state, asked!.isMine, asked!.canDecide, asked!.person], ['open', true, false, null])
  const decide = (login: Login, more: object = {}) =>
    world.refusal(decideLink, login, { id: asked!.id, isAgreed: true, ...more })
  assert.equal((await decide('worker2')).status, 403)
  assert.equal((await decide('worker')).status, 403)
  assert.equal((await decide('othervillage')).status, 404)
  assert.ok(!(await requestsOf('othervillage')).some((q) => q.id === asked!.id))
  assert.equal((await decide('village', { isAgreed: false })).problem, 'link.reason')
  const waits = (await requestsOf('village')).find((q) => q.id === asked!.id)
  assert.deepEqual([waits?.canDecide, waits?.person?.name, waits?.person?.hasLead], [true, '褚两处', true])
  await world.ask(decideLink, 'village', { id: asked!.id, isAgreed: true })
  assert.equal((await decide('village')).problem, 'link.decided')
  assert.deepEqual(await linksOf(id), [r.house, second])
  assert.equal((await rowOfPerson(id))!.grid_id, world.at['grid1'], 'his own grid goes on answering')
  assert.equal((await world.refusal(c.getRecord, 'worker2', { id })).status, 404)
  const [guest] = await dwellers('worker2', second)
  const shown = [guest!.name, guest!.canReveal, guest!.values['phone'], guest!.values['idNo'], guest!.values['remark']]
  assert.deepEqual(shown, ['褚两处', [], undefined, undefined, undefined])
  assert.equal(
    (await world.refusal(c.saveRecord, 'worker2', { id, kind: 'person', version: 1, values: {} })).status,
    404,
  )
})

test('nor is he taken over when no home of his leads: his last place decides, and sends him when it agrees', async () => {
  const id = await r.person({ name: '卫无居', idNo: numberOf(231) })
  const linkId = freshId()
  assert.equal((await r.link(id, r.house, { id: linkId })).status, 200)
  await world.ask(c.endLink, 'worker', { id: linkId, toOn: '2026-03-02', reason: '搬离' })
  assert.equal((await r.link(id, second, {}, 'worker2')).body.isAsked, true)
  assert.equal((await rowOfPerson(id))!.grid_id, world.at['grid1'])
  assert.equal((await world.refusal(c.getRecord, 'worker2', { id })).status, 404)
  const q = (await requestsOf('village')).find((x) => x.person?.id === id)
  await world.ask(decideLink, 'village', { id: q!.id, isAgreed: true })
  assert.equal((await rowOfPerson(id))!.grid_id, world.at['grid2'])
  assert.equal((await world.ask(c.getRecord, 'worker2', { id })).record.name, '卫无居')
})

test('of a person without any place the desk of the county decides', async () => {
  const id = await r.person({ name: '蒋无处' })
  await world.engine.database.write((tx) =>
    run(tx, sql`update registry.person set grid_id = null, village_id = null, town_id = null where id = ${id}`),
  )
  await world.engine.database.write((tx) =>
    run(
      tx,
      sql`
        insert into identity.posting (id, account_id, role_code, role_kind, place_id, department_id, from_on, to_on)
        values (${freshId()}, ${idOf('supervisor')}, 'registrar', 'business', ${world.at['county']}, null, '2025-01-01', null)
      `,
    ),
  )
  world.engine.sessions.forget()
  assert.equal((await r.link(id, second, {}, 'worker2')).body.isAsked, true)
  assert.ok(!(await requestsOf('village')).some((q) => q.person !== null && q.houseId === second && q.state === 'open'))
  const q = (await requestsOf('supervisor')).find((x) => x.person?.id === id)
  await world.ask(decideLink, 'supervisor', { id: q!.id, isAgreed: true })
  assert.equal((await rowOfPerson(id))!.grid_id, world.at['grid2'])
})

test('whoever is asked for by number is asked for by a question of that day, and learns nothing of him', async () => {
  const values = { name: '沈转来', idNo: numberOf(241) }
  const id = await r.person({ ...values, phone: '13812340241' })
  const ask = () => ({ id: freshId(), houseId: far, values, ...wish })
  assert.equal((await world.refusal(askLink, 'othervillage', ask())).problem, 'record.unknown', 'uncounted, untold')
  await world.ask(c.findLikely, 'othervillage', { values })
  assert.deepEqual(await world.ask(askLink, 'othervillage', ask()), { done: true })
  assert.equal((await world.refusal(askLink, 'othervillage', ask())).problem, 'link.there')
  const [mine] = await requestsOf('othervillage')
  assert.deepEqual([mine!.askedName, mine!.person, JSON.stringify(mine).includes(id)], ['沈转来', null, false])
  assert.equal(
    (await world.refusal(askLink, 'worker2', { ...ask(), id: freshId() })).status,
    404,
    'the house is not his',
  )
  const q = (await requestsOf('village')).find((x) => x.id === mine!.id)
  assert.equal(q?.person?.id, id)
  await world.ask(decideLink, 'village', { id: q!.id, isAgreed: false, reason: '本人未搬离' })
  assert.deepEqual(await linksOf(id), [])
  assert.deepEqual(
    (await requestsOf('othervillage')).map((x) => [x.state, x.reason]),
    [['refused', '本人未搬离']],
  )
})

test('what a phone sends takes the same way: a link is asked for, a change lies with the desk', async () => {
  const id = await r.person({ name: '韩送件', phone: '13812340251' })
  const act = (seq: number, name: 'linkPerson' | 'saveRecord', ask: object) => ({
    requestId: freshId(),
    seq,
    name,
    ask: { ...ask },
    madeAt: new Date(world.clock.now()).toISOString(),
    subject: '',
  })
  const { fates } = await world.ask(push, 'worker2', {
    device: '',
    acts: [
      act(1, 'linkPerson', { id: freshId(), personId: id, houseId: second, isLead: true, ...wish }),
      act(2, 'saveRecord', { id, kind: 'person', version: 1, values: { phone: '13911111111' } }),
    ],
  })
  assert.deepEqual(
    fates.map((f) => [f.fate, f.reply]),
    [
      ['done', { done: true, isAsked: true }],
      ['kept', undefined],
    ],
  )
  const { grid_id, version } = (await rowOfPerson(id))!
  assert.deepEqual([grid_id, version, await linksOf(id)], [world.at['grid1'], 1, []])
})

test('a file of another place changes nothing of a person or a firm, and links nobody', async () => {
  const id = await r.person({ name: '杨被导', idNo: numberOf(261), phone: '13812340261' })
  const unit = await r.save('village', 'unit', { name: '某厂', kind: 'firm', creditCode: '91350100M000100Y43' }, {})
  assert.equal(unit.status, 200, JSON.stringify(unit.body))
  const was = await rowOfPerson(id)
  const rows = [header, ['杨改名', numberOf(261), '13911111111', 'otherVillage小区9幢901室', '承租人', '']]
  const done = await importFile(world, 'othervillage', { name: 'a.csv', bytes: csv(rows) })
  assert.deepEqual([done.created, done.changed, done.same], [1, 0, 0], 'a record of their own')
  assert.deepEqual([await rowOfPerson(id), await linksOf(id)], [was, []])
  const firms = csv([
    ['单位名称', '类别', '统一社会信用代码', '从业人数'],
    ['改名的厂', '企业', '91350100M000100Y43', '999'],
  ])
  await importFile(world, 'othervillage', { name: 'u.csv', bytes: firms }, { kind: 'unit' })
  assert.equal((await world.ask(c.getRecord, 'village', { id: unit.body.id })).record.name, '某厂')
})

test('nobody puts a record into a place above or beside his own', async () => {
  for (const place of ['village', 'grid2', 'otherVillage'] as const) {
    const more = { placeId: world.at[place]! }
    const { status, body } = await r.save('worker', 'person', { name: '尤越界', kind: 'resident' }, more)
    assert.deepEqual([status, body.problem], [422, 'record.out-of-place'], place)
  }
})

test('a guest of a house within reach is found again by a file, and left as he is', async () => {
  const id = await r.person({ name: '朱作客', idNo: numberOf(271), phone: '13812340271' })
  assert.equal((await r.link(id, r.house)).status, 200)
  assert.equal((await r.link(id, far, {}, 'othervillage')).body.isAsked, true)
  const q = (await requestsOf('village')).find((x) => x.person?.id === id)
  await world.ask(decideLink, 'village', { id: q!.id, isAgreed: true })
  const was = await rowOfPerson(id)
  const rows = [header, ['朱作客', numberOf(271), '13911111111', 'otherVillage小区9幢901室', '承租人', '']]
  const done = await importFile(world, 'othervillage', { name: 'a.csv', bytes: csv(rows) })
  assert.deepEqual([done.created, done.changed, done.same], [0, 0, 1])
  assert.deepEqual(await rowOfPerson(id), was)
  // Whether a number, a phone or a birth day is his is told by no count: known and guessed ones come to the same.
  const counted = async (...cells: string[]) => {
    const file = { name: 'a.csv', bytes: csv([header, cells]) }
    const tried = await importFile(world, 'othervillage', file, { mode: 'trial' })
    return [tried.created, tried.changed, tried.same, tried.faults]
  }
  const [room, elsewhere] = ['otherVillage小区9幢901室', 'otherVillage小区9幢902室']
  for (const [name, phone, at] of [
    ['朱作客', '', room],
    ['朱作客', '', ''],
    ['朱作客', '', elsewhere],
    ['朱别名', '', room],
  ] as const)
    assert.deepEqual(
      await counted(name, numberOf(271), phone, at, '承租人', ''),
      await counted(name, numberOf(272), phone, at, '承租人', ''),
      `${name} ${at}`,
    )
  for (const at of [room, '', elsewhere])
    assert.deepEqual(
      await counted('朱作客', '', '13812340271', at, '承租人', ''),
      await counted('朱作客', '', '13812340272', at, '承租人', ''),
      `by phone ${at}`,
    )
})

test('one request of an account waits for a person, whatever houses are named, and those of others beside it', async () => {
  const id = await r.person({ name: '秦一请', idNo: numberOf(281) })
  assert.equal((await r.link(id, second, {}, 'worker2')).body.isAsked, true)
  const building = await r.save(
    'worker2',
    'house',
    { roomNo: '902', use: 'rental' },
    { parentId: await buildingOf(second) },
  )
  const again = await r.link(id, building.body.id, {}, 'worker2')
  assert.deepEqual([again.status, again.body.problem], [409, 'link.there'])
  const values = { name: '秦一请', idNo: numberOf(281) }
  await world.ask(c.findLikely, 'worker2', { values })
  const byNumber = { id: freshId(), houseId: building.body.id, values, ...wish }
  assert.equal((await world.refusal(askLink, 'worker2', byNumber)).problem, 'link.there', 'by whatever door')
  assert.equal((await r.link(id, far, {}, 'othervillage')).body.isAsked, true)
  assert.equal((await requestsOf('village')).filter((q) => q.person?.id === id && q.state === 'open').length, 2)
})

test('an account makes twenty requests a day, at once or in turn; the next day begins anew', async () => {
  const ids = await Promise.all(Array.from({ length: linkQuota + 3 }, (_, i) => r.person({ name: `尤多请${i}` })))
  const answers = await Promise.all(ids.map((id) => r.link(id, second, {}, 'worker2')))
  assert.equal(answers.filter((a) => a.status === 200).length, linkQuota)
  const refused = answers.filter((a) => a.status !== 200)
  assert.deepEqual(
    refused.map((a) => [a.status, a.body.problem]),
    Array.from({ length: 3 }, () => [429, 'link.quota']),
  )
  world.clock.pass(86_400_000)
  await world.wake()
  const left = ids[answers.findIndex((a) => a.status !== 200)]!
  assert.equal((await r.link(left, second, {}, 'worker2')).status, 200)
})

test('of what waits a desk sees the oldest first: nothing new hides it', async () => {
  const waits = (await requestsOf('village')).filter((q) => q.state === 'open').map((q) => q.askedAt)
  assert.ok(waits.length > linkQuota)
  assert.deepEqual(waits, waits.toSorted())
})

test('a visit that does a task of one’s own grid is written onto nobody elsewhere, whatever it names', async () => {
  const id = await r.person({ name: '许被写', idNo: numberOf(291) })
  const matterId = (await world.ask(listMatters, 'rules', {})).matters.find((m) => m.code === '000-B01')!.id
  const grid = world.at['grid2']!
  const day = new Date(world.clock.now()).toISOString().slice(0, 10)
  for (const subjectKind of ['person', 'grid'] as const) {
    const order = { id: freshId(), matterId, gridIds: [grid], title: '巡查', dueOn: day, minutes: 20 }
    await world.ask(orderTask, 'village', { ...order, windowFrom: null, windowTo: null })
    const task = await rowOf<{ id: string; form_code: string }>(
      world.engine.database.read,
      sql`select id, form_code from visits.task where origin_id = ${order.id}`,
    )
    const about = { taskId: task!.id, matterId, formCode: task!.form_code, subjectKind, subjectId: id }
    const visit = { id: freshId(), ...about, madeAt: new Date(world.clock.now()).toISOString(), outcome: 'not-home' }
    const { status } = await world.post('worker2', recordVisit.path, { requestId: freshId(), ...visit })
    const kept = await rowsOf<{ subject_id: string }>(
      world.engine.database.read,
      sql`select subject_id from visits.visit where id = ${visit.id}`,
    )
    assert.deepEqual([status, kept.map((v) => v.subject_id)], [200, [grid]], 'it is about the task')
    const alone = { ...visit, id: freshId(), taskId: null }
    const refused = await world.post('worker2', recordVisit.path, { requestId: freshId(), ...alone })
    assert.equal(refused.status, 404)
  }
})
