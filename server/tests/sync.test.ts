/** Phones: the feed that skips nothing, acts and their fates, the inbox, devices. Requirement U2. */
import assert from 'node:assert/strict'
import { createCipheriv, randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { event } from '@fengge/domain/events/rows'
import { saveGridCard } from '@fengge/domain/identity/contract/cards'
import { identityCheck } from '@fengge/domain/kernel/checksum'
import { rowsOf, run, sql } from '../src/kernel/db/sql.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { county, idOf, openWorld, type Login, type World } from './world.ts'

let world: World
let building: string, house: string, person: string
const save = async (login: Login, kind: string, values: object, more: object = {}) => {
  const answer = await world.post(login, '/api/registry/save', {
    requestId: freshId(),
    id: freshId(),
    kind,
    version: 0,
    values,
    ...more,
  })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body.id as string
}
const pull = async (login: Login, cursor = '', more: object = {}) => {
  const answer = await world.get(login, '/api/sync/pull', { cursor, ...more })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
const at = () => new Date(world.clock.now()).toISOString()
let seq = 0
const act = (name: string, ask: object, more: object = {}) => ({
  requestId: freshId(world.clock.now()),
  seq: ++seq,
  name,
  ask,
  madeAt: at(),
  ...more,
})
const push = async (login: Login, acts: object[], device = '') => {
  const answer = await world.post(login, '/api/sync/push', { device, acts })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body.fates as { requestId: string; fate: string; problem?: string; reply?: { note?: string } }[]
}
const reportAsk = (id = freshId(world.clock.now())) => ({
  id,
  title: '路灯不亮',
  content: '三幢楼下路灯不亮',
  categoryCode: '5001',
  gridId: world.at['grid1'],
})
const numberOf = (n: number) => {
  const b = `99000119900304${String(n).padStart(3, '0')}`
  return b + identityCheck(b)
}

before(async () => {
  world = await openWorld()
  const estate = await save('village', 'estate', { name: '阳光花园', kind: 'estate' }, { placeId: world.at['grid1'] })
  building = await save('worker', 'building', { no: '3', floors: 6 }, { parentId: estate })
  house = await save(
    'worker',
    'house',
    { roomNo: '501', floor: 5, use: 'rental', contractUntil: '2027-01-01' },
    { parentId: building },
  )
  person = await save(
    'worker',
    'person',
    { name: '王小芳', kind: 'floating', idNo: numberOf(7), phone: '19912345678' },
    { placeId: world.at['grid1'] },
  )
  assert.equal(
    (
      await world.post('worker', '/api/registry/link', {
        requestId: freshId(),
        id: freshId(),
        personId: person,
        houseId: house,
        role: 'tenant',
        fromOn: '2026-01-01',
        basis: '租约',
      })
    ).status,
    200,
  )
})
after(() => world.close())

test('a liaison’s phone knows whom to ring: the worker of her grid, and the telephone of its office, with or without signal', async () => {
  const card = { placeId: world.at['grid1']!, groupName: '', groupCode: '', groupUntil: null }
  await world.ask(saveGridCard, 'village', { ...card, officePhone: '0510-83590001' })
  const [[{ offices }]] = (await pull('liaison')).rows.config
  assert.deepEqual(
    offices.map((o: { phone: string }) => o.phone),
    ['0510-83590001'],
  )
  assert.equal(offices[0].people.length, 1)
  assert.doesNotMatch(JSON.stringify(offices), /1[3-9]\d{9}/, 'no phone of her own is told')
})

test('a first pull holds the own grid, masked, without anything of the strictest tier; another grid sees nothing of it', async () => {
  const all = await pull('worker')
  assert.equal(all.isWhole, true)
  assert.deepEqual(
    all.rows.house.map((r: unknown[]) => r[0]),
    [house],
  )
  const [row] = all.rows.person
  assert.equal(row[2], '王小芳')
  assert.equal(row[4].phone, '199****5678')
  assert.equal(JSON.stringify(all).includes(numberOf(7)), false)
  assert.equal('idNo' in row[4], false)
  assert.equal(row[7].includes('idNo'), false, 'a number that is there is not asked again')
  assert.equal(all.rows.link.length, 1)
  assert.ok(all.rows.config[0][0].catalogue.length > 50 && all.rows.config[0][0].articles.length > 10)
  const other = await pull('worker2')
  for (const kind of ['house', 'person', 'link', 'building', 'unit']) assert.equal(other.rows[kind].length, 0, kind)
  assert.equal(
    (await world.get('leader', '/api/sync/pull')).body.rows.person.length,
    0,
    'whoever serves a county holds no registry on the phone',
  )
})

test('a delta holds what changed and nothing else; what left comes as gone', async () => {
  const { cursor } = await pull('worker')
  const quiet = await pull('worker', cursor)
  assert.equal(quiet.isWhole, false)
  assert.deepEqual(
    Object.entries(quiet.rows)
      .filter(([, rows]) => (rows as unknown[]).length > 0)
      .map(([k]) => k),
    [],
  )
  const second = await save('worker', 'house', { roomNo: '502', floor: 5, use: 'self' }, { parentId: building })
  const delta = await pull('worker', quiet.cursor)
  assert.deepEqual(
    delta.rows.house.map((r: unknown[]) => r[0]),
    [second],
  )
  await world.engine.database.write((tx) =>
    run(tx, sql`update registry.house set grid_id = ${world.at['grid2']} where id = ${second}`),
  )
  const moved = await pull('worker', delta.cursor)
  assert.deepEqual(moved.gone, [['house', second, 'moved']])
  assert.deepEqual((await pull('worker2', (await pull('worker2')).cursor)).rows.house, [])
})

test('a slow transaction that commits after later ones is never skipped, and nobody waits for it', async () => {
  const names = Array.from({ length: 16 }, () => freshId())
  for (const id of names)
    await world.engine.database.write((tx) =>
      run(
        tx,
        sql`
          insert into registry.house (county_code, id, name, sort, grid_id, body, origin, created_at, changed_at)
          values (${county}, ${id}, '9', 'self', ${world.at['grid1']}, '{}', '{}', now(), now())
        `,
      ),
    )
  let { cursor } = await pull('worker')
  const seen = new Set<string>()
  const slow = await world.engine.database.writePool.connect()
  for (let round = 0; round < 8; round++) {
    await slow.query('begin')
    const [late, early] = [names[round * 2]!, names[round * 2 + 1]!]
    const change = `update registry.house set version = version + 1 where county_code = $1 and id = $2`
    await slow.query(change, [county, late])
    await world.engine.database.writePool.query(change, [county, early])
    const during = await pull('worker', cursor)
    assert.ok(
      during.rows.house.some((r: unknown[]) => r[0] === early),
      'what is committed comes at once',
    )
    assert.ok(!during.rows.house.some((r: unknown[]) => r[0] === late))
    for (const r of during.rows.house) {
      assert.ok(!seen.has(r[0]))
      seen.add(r[0])
    }
    await slow.query('commit')
    const after_ = await pull('worker', during.cursor)
    for (const r of after_.rows.house) {
      assert.ok(!seen.has(r[0]), 'nothing comes twice')
      seen.add(r[0])
    }
    cursor = after_.cursor
  }
  slow.release()
  assert.deepEqual([...seen].toSorted(), names.toSorted())
  await world.engine.database.write((tx) => run(tx, sql`delete from registry.house where name = '9'`))
})

test('a cursor that is no cursor, of another person or of another database begins anew', async () => {
  const mine = (await pull('worker')).cursor
  assert.equal((await pull('worker2', mine)).isWhole, true)
  assert.equal((await pull('worker', 'nonsense')).isWhole, true)
  const future = Buffer.from(
    JSON.stringify({ ...JSON.parse(Buffer.from(mine, 'base64url').toString()), x: '999999999:999999999:' }),
  ).toString('base64url')
  assert.equal((await pull('worker', future)).isWhole, true)
  const evil = Buffer.from(
    JSON.stringify({ ...JSON.parse(Buffer.from(mine, 'base64url').toString()), x: "1:1:');drop" }),
  ).toString('base64url')
  assert.equal((await pull('worker', evil)).isWhole, true)
})

test('acts are applied once however often they are sent, in order, each with its fate', async () => {
  const id = freshId(world.clock.now())
  const acts = [act('reportEvent', reportAsk(id)), act('reportEvent', { ...reportAsk(), categoryCode: '9999' })]
  const needs = act(
    'saveRecord',
    {
      id: freshId(),
      kind: 'person',
      version: 0,
      values: { name: '赵一', kind: 'floating' },
      placeId: world.at['grid1'],
    },
    { needs: [acts[1]!.requestId] },
  )
  const first = await push('worker', [...acts, needs])
  assert.deepEqual(
    first.map((f) => f.fate),
    ['done', 'refused', 'held'],
  )
  assert.equal(first[1]!.problem, 'category.unknown')
  const again = await push('worker', [...acts, needs])
  assert.deepEqual(again[0]!.reply, first[0]!.reply)
  const n = await rowsOf(
    world.engine.database.read,
    sql<{ n: number }>`select count(*) as n from events.event where id = ${id}`,
  )
  assert.equal(n[0]!.n, 1)
  const held = (await pull('worker')).rows.event.find((r: unknown[]) => r[0] === id)
  assert.ok(held[18].includes('self-close'), JSON.stringify(held[18]))
})

test('for whom a report was made travels as a field, to the desk and back to the phone, and stands in no text', async () => {
  const id = freshId(world.clock.now())
  const [fate] = await push('worker', [act('reportEvent', { ...reportAsk(id), onBehalfOf: '王大爷' })])
  assert.equal(fate!.fate, 'done')
  const seen = await world.get('village', '/api/events/one', { id })
  assert.deepEqual([seen.body.onBehalfOf, seen.body.content], ['王**', '三幢楼下路灯不亮'])
  const rows = (await pull('worker')).rows.event as unknown[][]
  const held = rows.map((wire) => event.unpack(wire)).find((e) => e.id === id)
  assert.equal(held?.onBehalfOf, '王**')
})

test('a visit made with a wrong clock is kept with a day that can be true; a task done twice is done once', async () => {
  const matter = (await world.get('rules', '/api/matters', { onlyInForce: 'yes' })).body.matters.find(
    (m: { code: string }) => m.code === '000-B01',
  )
  const ordered = await world.post('village', '/api/visits/order', {
    requestId: freshId(),
    id: freshId(),
    matterId: matter.id,
    gridIds: [world.at['grid1']],
    title: '校园周边巡查',
    dueOn: '2026-03-05',
    minutes: 30,
  })
  assert.equal(ordered.body.tasks, 1, JSON.stringify(ordered.body))
  const { rows } = await pull('worker')
  const task = rows.task.find((r: unknown[]) => r[10] === '校园周边巡查')
  const visit = (id: string) => ({
    id,
    taskId: task[0],
    matterId: matter.id,
    formCode: 'patrol',
    subjectKind: 'grid',
    subjectId: task[7],
    outcome: 'done',
    answers: { state: 'good' },
    madeAt: new Date(world.clock.now() + 86_400_000).toISOString(),
  })
  const one = freshId(),
    two = freshId()
  const fates = await push('worker', [act('recordVisit', visit(one)), act('recordVisit', visit(two))])
  assert.deepEqual(
    fates.map((f) => [f.fate, f.reply?.note]),
    [
      ['done', ''],
      ['done', 'task.already-done'],
    ],
  )
  const kept = await rowsOf(
    world.engine.database.read,
    sql<{ made_at: Date }>`select made_at from visits.visit where id = ${one}`,
  )
  assert.equal(kept[0]!.made_at.getTime(), world.clock.now())
  assert.equal(
    (await pull('worker')).rows.task.some((r: unknown[]) => r[0] === task[0]),
    false,
  )
})

test('work that belongs to others meanwhile lies in the inbox of the desk: applied, noted or dropped with a reason', async () => {
  const stray = (roomNo: string) =>
    act('saveRecord', { id: house, kind: 'house', version: 1, values: { remark: roomNo } }, { subject: house })
  const [a, b, c] = [stray('阳台有隔断'), stray('门锁已换'), stray('写错了')]
  for (const x of [a, b, c])
    assert.deepEqual(
      (await push('worker2', [x!])).map((f) => f.fate),
      ['kept'],
    )
  assert.deepEqual(
    (await push('worker2', [a!])).map((f) => f.fate),
    ['kept'],
    'a repeat is the same act',
  )
  const { rows } = (await world.get('village', '/api/sync/inbox')).body
  assert.equal(rows.length, 3)
  assert.ok(
    (rows as { changes: { field: string }[]; holder: string }[]).some(
      (r) => r.changes.map((c) => c.field).join() === 'remark' && r.holder === '演员worker2',
    ),
  )
  assert.equal((await world.get('othervillage', '/api/sync/inbox')).body.rows.length, 0)
  const decide = (id: string, choice: string, reason = '') =>
    world.post('village', '/api/sync/inbox/decide', { requestId: freshId(), id, choice, reason })
  assert.equal((await decide(c!.requestId, 'drop')).body.problem, 'inbox.reason')
  assert.equal((await decide(c!.requestId, 'drop', '与实际不符')).body.state, 'dropped')
  assert.equal((await decide(b!.requestId, 'note', '留作说明')).body.state, 'noted')
  assert.equal((await decide(a!.requestId, 'apply')).body.state, 'applied')
  assert.equal((await decide(a!.requestId, 'apply')).body.problem, 'inbox.decided')
  const stored = await rowsOf(
    world.engine.database.read,
    sql<{
      remark: string
    }>`select body ->> 'remark' as remark from registry.house where id = ${house}`,
  )
  assert.equal(stored[0]!.remark, '阳台有隔断')
})

/** A phone of the worker under a key of our own. */
async function enrolPhone(): Promise<{ readonly device: string; readonly token: string; readonly key: Buffer }> {
  const key = randomBytes(32),
    device = freshId()
  const ask = { requestId: freshId(), id: device, name: '测试机', dataKey: key.toString('base64url') }
  const enrolled = await world.post('worker', '/api/sync/enrol', ask)
  assert.equal(enrolled.status, 200)
  return { device, token: enrolled.body.token as string, key }
}
/** An act as it lies sealed on a phone. */
function seal(key: Buffer, waiting: object): string {
  const iv = randomBytes(12),
    cipher = createCipheriv('aes-256-gcm', key, iv)
  const text = JSON.stringify({ act: waiting })
  return Buffer.concat([iv, cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString('base64url')
}
const wipe = async (id: string) => {
  const asked = await world.post('village', '/api/sync/wipe', { requestId: freshId(), id, reason: '手机丢失' })
  assert.equal(asked.status, 200)
  await world.signBackIn('worker')
}

test('the key of a phone lies sealed, and only its holder gets it back', async () => {
  const { device, key } = await enrolPhone()
  const kept = await rowsOf(
    world.engine.database.read,
    sql<{ key_sealed: string }>`select key_sealed from sync.device where id = ${device}`,
  )
  assert.ok(!kept[0]!.key_sealed.includes(key.toString('base64url')))
  const recover = (login: Login) => world.post(login, '/api/sync/recover', { requestId: freshId(), id: device })
  assert.equal((await recover('worker')).body.dataKey, key.toString('base64url'))
  assert.equal((await recover('worker2')).status, 404)
  await wipe(device)
  assert.equal((await recover('worker')).body.problem, 'device.wiped')
})

test('the desk sees whose phone is behind and why, and who has none', async () => {
  const { device } = await enrolPhone()
  await pull('worker', '', {
    device,
    waiting: 2,
    oldest: new Date(world.clock.now() - 7_200_000).toISOString(),
    clock: world.clock.now() + 86_400_000,
    version: '1',
  })
  const health = (await world.get('village', '/api/sync/devices')).body
  const mine = (health.devices as { id: string; causes: string[]; holder: string }[]).find((d) => d.id === device)
  assert.deepEqual(mine?.causes.toSorted(), ['clock', 'waiting'])
  assert.equal(mine?.holder, '演员worker')
  assert.ok((health.never as { holder: string }[]).some((n) => n.holder === '演员worker2'))
  assert.deepEqual((await world.get('othervillage', '/api/sync/devices')).body.devices, [])
})

test('a phone to be wiped gets nothing more, and hands in what waits, sealed as it lies there', async () => {
  const { device, token, key } = await enrolPhone()
  const handIn = (given: string, sealed: string[]) =>
    world.post(null, '/api/sync/hand-in', { device, token: given, sealed })
  assert.equal((await handIn(token, [])).body.wipe, false)
  await wipe(device)
  const asked = await pull('worker', '', { device, waiting: 1 })
  assert.equal(asked.wipe, true)
  assert.deepEqual(asked.rows, {})
  const waiting = act('reportEvent', reportAsk())
  const sealed = seal(key, waiting)
  assert.equal((await handIn('wrong', [sealed])).status, 404)
  assert.deepEqual((await handIn(token, [sealed, 'rubbish'])).body, { wipe: true, kept: 1, photos: 0 })
  const rows = (await world.get('village', '/api/sync/inbox')).body.rows as { problem: string }[]
  assert.equal(rows.filter((r) => r.problem === 'device.wiped').length, 1)
  const decision = { requestId: freshId(), id: waiting.requestId, choice: 'apply' }
  const applied = await world.post('village', '/api/sync/inbox/decide', decision)
  assert.equal(applied.body.state, 'applied', JSON.stringify(applied.body))
})

test('a change of post voids the cursor: the old grid goes, the new one comes', async () => {
  const { cursor, scope } = await pull('worker2')
  await world.engine.database.write((tx) =>
    run(tx, sql`update identity.posting set place_id = ${world.at['grid1']} where account_id = ${idOf('worker2')}`),
  )
  world.engine.sessions.forget()
  const after_ = await pull('worker2', cursor)
  assert.equal(after_.isWhole, true)
  assert.notEqual(after_.scope, scope)
  assert.ok(after_.rows.person.length > 0)
})
