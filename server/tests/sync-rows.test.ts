/** What the statement delivers is what the definitions say: every column of every kind, in the order in which it is read. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pull } from '@fengge/domain/sync/contract'
import { notice } from '@fengge/domain/events/rows'
import { kinds as sent } from '@fengge/domain/sync/rows'
import { service, task } from '@fengge/domain/visits/rows'
import { createCtx } from '../src/kernel/context.ts'
import { run, sql } from '../src/kernel/db/sql.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { findCaller } from '../src/identity/door.ts'
import { fedEvent } from '../src/events/queries/feed.ts'
import { fed } from '../src/registry/queries/feed.ts'
import { listChanges } from '../src/sync/queries/changes.ts'
import { firstCursor, scopeOf } from '../src/sync/scope.ts'
import { county, idOf, openWorld, type Login, type World } from './world.ts'

let world: World
const definitions = { ...fed, task, service, event: fedEvent, notice }
type Kind = keyof typeof definitions
const kinds = Object.keys(definitions) as Kind[]
const rowKinds = Object.keys(sent) as (keyof typeof sent)[]

async function call(login: Login, path: string, ask: object) {
  const answer = await world.post(login, path, { requestId: freshId(), ...ask })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
const save = async (kind: string, values: object, more: object = {}, login: Login = 'worker') =>
  (
    await call(login, '/api/registry/save', {
      id: freshId(),
      kind,
      version: 0,
      values,
      ...('parentId' in more ? {} : { placeId: world.at['grid1'] }),
      ...more,
    })
  ).id as string

/** One of everything that a phone holds. */
before(async () => {
  world = await openWorld()
  const grid = world.at['grid1']!
  const estate = await save('estate', { name: '阳光花园', kind: 'estate', hasProperty: true }, {}, 'village')
  const building = await save('building', { no: '3', floors: 6 }, { parentId: estate })
  const house = await save('house', { roomNo: '501', floor: 5, use: 'rental' }, { parentId: building })
  const person = await save('person', { name: '王小芳', kind: 'floating', phone: '19912345678' })
  await save('unit', { name: '平安超市', kind: 'shop' }, { parentId: house })
  await save('facility', { name: '一号电梯', kind: 'elevator', address: '3 幢', cycleDays: 30 })
  await call('worker', '/api/registry/link', {
    id: freshId(),
    personId: person,
    houseId: house,
    role: 'tenant',
    fromOn: '2026-01-01',
    basis: '租约',
  })
  const report = { id: freshId(), title: '路灯不亮', content: '三幢楼下路灯不亮', categoryCode: '5001', gridId: grid }
  await call('worker', '/api/events/report', report)
  const { matters } = (await world.get('rules', '/api/matters', { onlyInForce: 'yes' })).body as {
    matters: { id: string; code: string }[]
  }
  const matter = (code: string) => matters.find((m) => m.code === code)!.id
  const order = {
    id: freshId(),
    matterId: matter('000-B01'),
    gridIds: [grid],
    title: '巡查',
    dueOn: '2026-03-05',
    minutes: 30,
  }
  await call('village', '/api/visits/order', order)
  await call('worker', '/api/visits/service', {
    id: freshId(),
    matterId: matter('000-G01'),
    what: '代办居住证',
    personId: person,
    askedBy: '王小芳',
    dueOn: '2026-03-09',
    gridId: grid,
    madeAt: new Date(world.clock.now()).toISOString(),
  })
  await world.engine.database.write(async (tx) => {
    await run(
      tx,
      sql`
        insert into events.notice (county_code, id, event_id, kind, account_id, at)
        values (${county}, ${freshId()}, ${report.id}, 'due', ${idOf('worker')}, ${new Date(world.clock.now())})
      `,
    )
    await run(
      tx,
      sql`
        insert into registry.departure (county_code, grid_id, kind, record_id, why, at)
        values (${county}, ${grid}, 'house', ${freshId()}, 'moved', now())
      `,
    )
  })
})
after(() => world.close())

async function changesFor(login: Login, cursor = firstCursor) {
  const { engine, clock } = world
  const now = clock.now()
  const caller = (await findCaller(engine.database.read, idOf(login), now))!
  const ctx = createCtx({
    tx: engine.database.read,
    now,
    caller,
    requestId: freshId(),
    ip: null,
    sealer: engine.sealer,
    chance: engine.chance,
    shelf: engine.shelf,
    apart: (work) => engine.database.write(work),
  })
  return listChanges(ctx, scopeOf(ctx), cursor, false)
}

test('every kind comes with the columns of its definition, whole and as a delta', async () => {
  const whole = await changesFor('worker')
  // As if a cursor had been made before anything was written: the shape of a delta, with rows in it.
  const delta = await changesFor('worker', { x: '3:3:', s: 'any', c: '', e: null })
  const seen = new Set<string>()
  for (const { lists } of [whole, delta])
    for (const kind of kinds)
      for (const raw of lists[kind] ?? []) {
        seen.add(kind)
        const parsed = definitions[kind].wire.safeParse(raw)
        assert.ok(
          parsed.success,
          `${kind}: ${JSON.stringify(parsed.error?.issues.slice(0, 3))} in ${JSON.stringify(raw)}`,
        )
        assert.equal(raw.length, definitions[kind].columns.length)
      }
  assert.deepEqual([...seen].toSorted(), kinds.toSorted())
  assert.deepEqual(
    Object.keys(delta.lists).toSorted(),
    kinds.toSorted(),
    'no part of the statement is without a definition',
  )
})

test('the page of today, a liaison and a desk get the same columns', async () => {
  for (const [login, part] of [
    ['worker', 'day'],
    ['liaison', 'all'],
    ['village', 'all'],
    ['leader', 'all'],
  ] as const) {
    const answer = await world.get(login, '/api/sync/pull', { part })
    assert.equal(answer.status, 200, `${login} ${JSON.stringify(answer.body)}`)
    const reply = pull.reply.parse(answer.body)
    for (const kind of rowKinds)
      for (const wire of reply.rows[kind] ?? []) {
        const parsed = sent[kind].wire.safeParse(wire)
        assert.ok(parsed.success, `${login} ${kind}: ${JSON.stringify(parsed.error?.issues.slice(0, 3))}`)
      }
    assert.equal(reply.me?.accountId, idOf(login))
  }
})
