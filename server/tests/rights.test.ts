import { actions } from '@fengge/domain/events/acts'
import { dutyOf } from '@fengge/domain/events/moves'
import { dutiesOf, duties, type Duty } from '@fengge/domain/kernel/duty'
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { contract } from '@fengge/domain/contract'
import { roles } from '@fengge/domain/identity/roles'
import { commonRefusals, type Endpoint } from '@fengge/domain/kernel/endpoint'
import { hasSentence, sentenceCodes } from '@fengge/web/words/problems.ts'
import { rowsOf, sql } from '../src/kernel/db/sql.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { logins, office, openWorld, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

/** The routes of a promise. An upload is gone on with at an address of its own (tus). */
const routesOf = (p: Endpoint) => [
  `${p.method} ${p.path}`,
  ...(p.isUpload ? [`PATCH ${p.path}/:id`, `DELETE ${p.path}/:id`] : []),
]

test('every promise is served, and nothing is served under /api that is not promised', () => {
  // The framework answers HEAD wherever it answers GET, and OPTIONS tells an upload's client the protocol.
  const served = [...world.routes].filter((route) => /^(?!HEAD|OPTIONS)\w+ \/api\//.test(route))
  assert.ok(served.length > 100)
  assert.deepEqual(served.toSorted(), contract.flatMap(routesOf).toSorted())
})

test('no two promises share a name or a path', () => {
  assert.equal(new Set(contract.map((p) => p.name)).size, contract.length)
  assert.equal(new Set(contract.map((p) => p.path)).size, contract.length)
})

test('signed out, every endpoint but the public ones answers 401', async () => {
  for (const p of contract) {
    const answer = p.method === 'GET' ? await world.get(null, p.path) : await world.post(null, p.path, {})
    if (p.duty === 'public') assert.notEqual(answer.status, 401, p.name)
    else assert.equal(answer.status, 401, p.name)
  }
})

test('the wrong role is refused by every endpoint that names a duty', async () => {
  const held = new Map<string, Set<string>>()
  for (const row of await rowsOf<{ login: string; duties: string[] }>(
    world.engine.database.read,
    sql`
      select a.login, array_agg(distinct d.duty) as duties
      from identity.posting p
        join identity.account a on a.id = p.account_id
        join identity.role_duty d on d.role_code = p.role_code
      group by 1
    `,
  ))
    held.set(row.login, new Set(row.duties))
  let refused = 0
  for (const p of contract) {
    if (p.duty === 'public' || p.duty === 'signed-in' || p.duty === 'device') continue
    for (const login of logins) {
      if (dutiesOf(p.duty).some((d) => held.get(login)!.has(d))) continue
      const answer = p.method === 'GET' ? await world.get(login, p.path) : await world.post(login, p.path, {})
      assert.equal(answer.status, 403, `${login} ${p.name}`)
      refused++
    }
  }
  assert.ok(refused > 500, `${refused} refusals were tried`)
})

test('the wrong area finds nothing, changes nothing, and is not told that there is something', async () => {
  const id = await world.report('worker', { categoryCode: '5002' })
  for (const login of ['worker2', 'othervillage', 'othertown', 'urban', 'bureau'] as const) {
    assert.equal((await world.get(login, '/api/events/one', { id })).status, 404, login)
    const list = (await world.get(login, '/api/events')).body
    assert.ok(!list.events.some((e: { id: string }) => e.id === id), login)
  }
  for (const [login, action, fields] of [
    ['othertown', 'dispatch', { departmentId: office('town-works') }],
    ['worker2', 'pass', {}],
    ['urban', 'sign', {}],
    ['othervillage', 'report-up', { note: '上报' }],
  ] as const) {
    const answer = await world.post(login, `/api/events/act/${action}`, {
      requestId: freshId(),
      eventId: id,
      version: 1,
      ...fields,
    })
    assert.equal(answer.status, 404, `${login} ${action}`)
  }
  assert.equal((await world.see('town', id)).version, 1)
})

test('a department sees what it has, and no longer what was taken from it', async () => {
  const id = await world.report('worker', { categoryCode: '5002' })
  await world.act('town', id, 'dispatch', { departmentId: office('town-works') })
  assert.equal((await world.get('works', '/api/events/one', { id })).status, 200)
  await world.act('town', id, 'transfer', { departmentId: office('town-urban'), note: '改派' })
  assert.equal((await world.get('works', '/api/events/one', { id })).status, 404)
  assert.equal((await world.get('urban', '/api/events/one', { id })).status, 200)
})

test('sensitive events stay out of search and out of sight of colleagues of the grid', async () => {
  const id = await world.report('worker', { categoryCode: '1001', title: '家庭纠纷测试词', content: '家庭纠纷测试词' })
  assert.equal((await world.get('leader1', '/api/events/one', { id })).status, 404)
  assert.equal((await world.post('village', '/api/events/search', { text: '测试词' })).body.events.length, 0)
  assert.equal((await world.get('village', '/api/events/one', { id })).status, 200)
})

test('the three administrators are apart: nobody holds two kinds, none has a business duty', async () => {
  const kinds = new Map(roles.map((r) => [r.kind, r]))
  for (const kind of ['system', 'security', 'audit'] as const)
    assert.ok(kinds.get(kind)!.duties.every((d) => !d.startsWith('event.') && !d.startsWith('net.')))
  const answer = await world.post('secadmin', '/api/postings/give', {
    requestId: freshId(),
    id: freshId(),
    accountId: (
      await rowsOf<{ id: string }>(
        world.engine.database.read,
        sql`select id from identity.account where login = 'auditor'`,
      )
    )[0]!.id,
    roleCode: 'dispatcher',
    placeId: world.at['town'],
    departmentId: null,
    fromOn: '2026-03-02',
    toOn: null,
  })
  assert.equal(answer.body.problem, 'posting.mixed-kinds')
})

/** Asked for inside a record or an event, by what it holds; and the right to look at jobs, which has no page yet. */
const asksWithin: readonly Duty[] = ['registry.see-masked', 'registry.reveal-core', 'event.read-sensitive', 'job.read']

test('the list of duties holds every duty that an endpoint or an action asks for, and no other', () => {
  const asked = new Set([...contract.flatMap((p) => dutiesOf(p.duty)), ...actions.map(dutyOf)])
  assert.deepEqual([...asked, ...asksWithin].toSorted(), [...duties].toSorted())
})

test('every duty of the contract is granted to some role, every granted duty exists, every refusal has a sentence', () => {
  const named = new Set(contract.flatMap((p) => dutiesOf(p.duty)))
  const granted = new Set(roles.flatMap((r) => r.duties))
  assert.deepEqual(
    [...named].filter((d) => !granted.has(d)),
    [],
  )
  assert.deepEqual(
    [...granted].filter((d) => !named.has(d) && !asksWithin.includes(d)),
    [],
  )
  const codes = new Set([...commonRefusals, ...contract.flatMap((p) => p.refusals)])
  assert.deepEqual(
    [...codes].filter((c) => !hasSentence(c)),
    [],
  )
  assert.ok(sentenceCodes.length >= codes.size)
})
