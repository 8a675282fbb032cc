/** Who is kept from somebody finds her by none of her family, wherever they go, nor by a record that was hers; who ends it stands no lower. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { whoAmI } from '@fengge/domain/identity/contract'
import { roles } from '@fengge/domain/identity/roles'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { rowOf, run, sql } from '../../src/kernel/db/sql.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { leaveAsPlannedJob } from '../../src/registry/leaving/plan-leaving.ts'
import { csv, importFile } from '../import-files.ts'
import { body, numberOf, openRegistry, type Registry } from '../registry-world.ts'
import type { Login, World } from '../world.ts'
import { hire } from './told/people.ts'

let r: Registry
let world: World
before(async () => {
  r = await openRegistry()
  world = r.world
  for (const [login, code, place] of [
    ['second', 'grid-worker', 'grid2'],
    ['registrar', 'registrar', 'village'],
    ['village2', 'village-officer', 'village'],
    ['county-chief', 'duty-chief', 'county'],
  ] as const)
    await hire(
      r,
      login,
      roles.find((x) => x.code === code)!,
      world.at[place]!,
    )
  world.engine.sessions.forget()
})
after(() => world.close())

const post = (login: string, path: string, ask: Record<string, unknown>) =>
  world.post(login as Login, `/api/registry/${path}`, body(ask))
const get = (login: string, path: string, ask: Record<string, unknown>) =>
  world.get(login as Login, `/api/registry/${path}`, ask)
const today = () => dayOf(world.clock.now())

const asked = async (personId: string, login: string, by = 'village') => {
  const id = freshId()
  const untilOn = addDays(today(), 300)
  const { status } = await post(by, 'ask-recusal', { id, personId, login, untilOn, reason: '系其前夫，本人申请保护' })
  assert.equal(status, 200)
  return id
}
const decided = (by: string, id: string, isAgreed = true) => post(by, 'decide-recusal', { id, isAgreed })
async function mark(personId: string, login: string): Promise<string> {
  const id = await asked(personId, login)
  assert.equal((await decided('townchief', id)).status, 200)
  return id
}
/** The desk writes down who lives where. */
async function live(personId: string, houseId: string, more: object = {}): Promise<void> {
  const { status, body: said } = await r.link(personId, houseId, more, 'village')
  assert.equal(status, 200, JSON.stringify(said))
}
const sees = async (login: string, id: string) => (await get(login, 'record', { id })).status === 200

async function houseIn(room: string): Promise<string> {
  const save = async (login: string, ask: Record<string, unknown>) =>
    (await post(login, 'save', { id: freshId(), version: 0, ...ask })).body.id as string
  const values = { name: `梧桐苑${room}`, kind: 'estate' }
  const estate = await save('village', { kind: 'estate', values, placeId: world.at['grid2'] })
  const building = await save('worker2', { kind: 'building', values: { no: '9', floors: 6 }, parentId: estate })
  return save('worker2', { kind: 'house', values: { roomNo: room, use: 'self' }, parentId: building })
}

test('where she went is told by none who lived with her', async () => {
  const [she, child] = [await r.person({ name: '避让人' }), await r.person({ name: '避让小' })]
  await live(she, r.other, { role: 'head' })
  await live(child, r.other, { role: 'member' })
  await mark(she, 'worker')
  const leaves = { kind: 'moved', onDay: today(), seenBy: 'self', toWhere: '外省某市云岭路3幢502' }
  for (const personId of [she, child])
    assert.equal((await post('village', 'leave', { id: freshId(), personId, ...leaves })).status, 200)
  world.clock.pass(60_000)
  await world.wake()
  for (const id of [she, child]) {
    assert.equal(await sees('worker', id), false)
    const reveal = { id, field: 'toWhere', purpose: 'contact', note: '联系核实' }
    assert.equal((await post('worker', 'reveal', reveal)).status, 404)
  }
  assert.ok(!JSON.stringify((await get('worker', 'leavings', {})).body).includes('避让'))
})

test('who serves where she comes to is shown no arrival of her child either, and houses it nowhere', async () => {
  const [she, child] = [await r.person({ name: '逃离人' }), await r.person({ name: '逃离小' })]
  await live(she, r.house, { role: 'tenant' })
  await live(child, r.house, { role: 'member' })
  await mark(she, 'worker2')
  const [house, other] = [await houseIn('101'), await houseIn('202')]
  const [hers, its] = [freshId(), freshId()]
  for (const [id, personId] of [
    [hers, she],
    [its, child],
  ])
    assert.equal(
      (await post('worker', 'offer-mover', { id, personId, toWhere: '梧桐苑101室', onDay: today() })).status,
      200,
    )
  const home = { linkId: freshId(), houseId: house, role: 'head', fromOn: today() }
  assert.equal((await post('second', 'take-arrival', { id: hers, ...home })).status, 200)
  world.clock.pass(60_000)
  await world.wake()
  assert.equal((await get('worker2', 'arrivals', {})).body.total, 0)
  assert.deepEqual((await world.ask(whoAmI, 'worker2', {})).told, [], 'nor told that somebody is to come')
  assert.equal((await world.ask(whoAmI, 'second', {})).told?.length, 2)
  const taken = { id: its, linkId: freshId(), houseId: other, role: 'head', fromOn: today() }
  assert.equal((await post('worker2', 'take-arrival', taken)).status, 404)
  assert.equal(await sees('worker2', child), false)
  assert.equal((await r.link(she, other, {}, 'worker2')).status, 404, 'nor is he told that she is registered elsewhere')
})

test('a record that was merged into hers is hers, and stays so when the two are parted', async () => {
  const she = await r.person({ name: '避让真', phone: '13899990001', idNo: numberOf(77) })
  const double = await r.person({ name: '避让重' })
  for (const id of [she, double]) await live(id, r.other, { role: 'member' })
  const merge = {
    keepId: double,
    dropId: she,
    keepVersion: 1,
    dropVersion: 1,
    take: ['idNo', 'phone'],
    reason: '同一人',
  }
  const merged = await post('village', 'merge', merge)
  assert.equal(merged.status, 200, JSON.stringify(merged.body))
  await mark(double, 'worker')
  for (const id of [she, double]) assert.equal(await sees('worker', id), false)
  const reveal = { id: she, field: 'phone', purpose: 'contact', note: '联系核实' }
  assert.equal((await post('worker', 'reveal', reveal)).status, 404)
  const parted = await post('village', 'unmerge', { changeId: merged.body.changeId, reason: '不是同一人' })
  assert.equal(parted.status, 200, JSON.stringify(parted.body))
  world.clock.pass(60_000)
  await world.wake()
  for (const id of [she, double]) assert.equal(await sees('worker', id), false)
})

test('a child whose record becomes another stays hers, and so does one who left on a day before it was asked for', async () => {
  const [she, child, double, late] = [
    await r.person({ name: '护住人' }),
    await r.person({ name: '护住小', phone: '13877770001' }),
    await r.person({ name: '护住重' }),
    await r.person({ name: '护住晚' }),
  ]
  for (const id of [she, child, double, late]) await live(id, r.other, { role: 'member', fromOn: '2025-03-01' })
  world.clock.pass(3 * 86_400_000)
  await mark(she, 'worker')
  const merge = { keepId: double, dropId: child, keepVersion: 1, dropVersion: 1, take: [], reason: '同一人' }
  assert.equal((await post('village', 'merge', merge)).status, 200)
  const leaves = { kind: 'moved', onDay: addDays(today(), -2), seenBy: 'self', toWhere: '外省某市云岭路3幢502' }
  for (const personId of [she, late])
    assert.equal((await post('village', 'leave', { id: freshId(), personId, ...leaves })).status, 200)
  world.clock.pass(60_000)
  await world.wake()
  for (const [who, id] of Object.entries({ she, child, double, late })) {
    assert.equal(await sees('worker', id), false, who)
    const reveal = { id, field: 'phone', purpose: 'contact', note: '联系核实' }
    assert.equal((await post('worker', 'reveal', reveal)).status, 404)
  }
})

test('what he said ahead of her falls to the desk, and a file of his changes nothing of her home', async () => {
  const she = await r.person({ name: '随后人' })
  const house = await houseIn('303')
  await live(she, house, { role: 'head' })
  const ahead = { kind: 'moved', onDay: addDays(today(), 3), seenBy: 'self', toWhere: '外省' }
  const planned = await post('worker2', 'leave', { id: freshId(), personId: she, ...ahead })
  assert.equal(planned.status, 200, JSON.stringify(planned.body))
  await mark(she, 'worker2')
  await mark(she, 'village2')
  const before_ = await rowOf(
    world.engine.database.read,
    sql`select body, version from registry.house where id = ${house}`,
  )
  const file = {
    name: 'h.csv',
    bytes: csv([
      ['地址', '用途'],
      ['梧桐苑3039幢303室', '出租'],
    ]),
  }
  const done = await importFile(world, 'village2' as Login, file, { kind: 'house' })
  assert.deepEqual([done.state, done.faults], ['done', 0], JSON.stringify(done))
  assert.deepEqual(
    await rowOf(world.engine.database.read, sql`select body, version from registry.house where id = ${house}`),
    before_,
  )
  world.clock.pass(4 * 86_400_000)
  await leaveAsPlannedJob.run(world.engine)
  const { record } = (await get('village', 'record', { id: she })).body
  assert.equal(record.state, 'live', 'the desk says whether she went')
})

test('it may be asked for before she goes where he serves; whether there is such a login is for the county to say', async () => {
  const she = await r.person({ name: '将去人' })
  await live(she, r.other, { role: 'head' })
  const [known, unknown] = [await asked(she, 'othervillage'), await asked(she, 'nobody-at-all', 'registrar')]
  const { recusals } = (await get('village', 'recusals', {})).body
  const names = recusals.flatMap((k: { id: string; accountName: string }) =>
    [known, unknown].includes(k.id) ? [k.accountName] : [],
  )
  assert.deepEqual(names.toSorted(), ['nobody-at-all', 'othervillage'], 'no name of an account elsewhere')
  for (const id of [known, unknown])
    assert.equal((await decided('chief', id)).body.problem, 'recusal.above', 'below the county both are answered alike')
  assert.equal((await decided('county-chief', unknown)).body.problem, 'recusal.account')
  assert.equal((await decided('county-chief', known)).status, 200)
})

test('what the town agreed to is not ended by two of the community', async () => {
  const she = await r.person({ name: '留下人' })
  await live(she, r.other, { role: 'member' })
  const id = await mark(she, 'worker')
  assert.equal((await post('village', 'ask-lift-recusal', { id, reason: '已和解，无需回避' })).status, 200)
  const lift = { id, isAgreed: true }
  assert.equal((await post('chief', 'decide-lift-recusal', lift)).body.problem, 'recusal.above')
  assert.equal((await post('townchief', 'decide-lift-recusal', lift)).status, 200)
})

test('nor once who agreed to it has another post, or none', async () => {
  const she = await r.person({ name: '守住人' })
  await live(she, r.other, { role: 'member' })
  const id = await asked(she, 'worker')
  assert.equal((await decided('county-chief', id)).status, 200)
  assert.equal((await post('village', 'ask-lift-recusal', { id, reason: '已和解，无需回避' })).status, 200)
  await world.engine.database.write((tx) =>
    run(
      tx,
      sql`
        update identity.posting p
        set to_on = from_on
        from identity.account a
        where a.id = p.account_id and a.login = 'county-chief'
      `,
    ),
  )
  world.engine.sessions.forget()
  for (const below of ['chief', 'townchief'])
    assert.equal((await post(below, 'decide-lift-recusal', { id, isAgreed: true })).body.problem, 'recusal.above')
})
