import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Action } from '@fengge/domain/events/acts'
import { dropView, listViews, revealReporter, saveView, suggestForText } from '@fengge/domain/events/contract/desk'
import { listCatalogue, saveCategory } from '@fengge/domain/events/contract/rules'
import { StoredClock } from '@fengge/domain/events/stored'
import { maskStored } from '../src/events/masking/mask-stored.ts'
import { reportAsResident, reportInside, ruleBook } from '../src/events/door.ts'
import { coreOf, rowOfState } from '../src/events/store/event.ts'
import { saveEvidence } from '../src/events/store/evidence.ts'
import { submitTicket } from '../src/events/commands/submit-ticket.ts'
import { actAs } from '../src/kernel/act-as.ts'
import { residentCaller, systemCaller } from '../src/kernel/context.ts'
import { rowOf, rowsOf, run, sql } from '../src/kernel/db/sql.ts'
import type { Row } from '../src/kernel/db/tx.ts'
import { sourceOf } from '../src/kernel/ground.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { county, office, openWorld, type Login, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const photo = {
  kind: 'photo',
  mime: 'image/jpeg',
  size: 1,
  sha256: 'x',
  path: 'files/nowhere',
  thumbnailPath: null,
  thumbnailSha256: null,
} as const
const read = () => world.engine.database.read
const rowOfEvent = async (id: string) =>
  (await rowOf<Row<'events.event'>>(read(), sql`select * from events.event where id = ${id}`))!

test('after every step the columns of an event say what its state says', async () => {
  const id = await world.report('worker', { categoryCode: '5002' })
  const { calendar } = await ruleBook(sourceOf(world.engine), county)
  for (const phase of ['before', 'after'])
    await world.engine.database.write((tx) =>
      saveEvidence(tx, county, { ...photo, id: freshId(), eventId: id, uploadedBy: null, phase, name: 'p', at: 0 }),
    )
  const steps: readonly (readonly [Login, Action, Record<string, unknown>])[] = [
    ['town', 'dispatch', { departmentId: office('town-works'), coDepartmentIds: [office('town-urban')] }],
    ['works', 'sign', {}],
    ['townchief', 'supervise', { grade: 1, note: '限期' }],
    ['urban', 'finish-co-handling', { result: '好' }],
    ['works', 'finish', { result: '好' }],
    ['worker', 'fail', { reason: 'not-done', note: '没有修' }],
    ['works', 'finish', { result: '修好' }],
    ['worker', 'pass', {}],
    ['town', 'reopen', { note: '又坏了' }],
  ]
  for (const [login, action, fields] of [['worker', 'note', {}] as const, ...steps]) {
    if (action !== 'note') assert.equal((await world.act(login, id, action, fields)).status, 200, action)
    const row = await rowOfEvent(id)
    const wanted: Record<string, unknown> = rowOfState(coreOf(row), calendar)
    for (const [column, value] of Object.entries(wanted))
      assert.deepEqual((row as Record<string, unknown>)[column], value, `${action}: ${column}`)
  }
})

test('a row whose columns and state part is refused by the database', async () => {
  const id = await world.report('worker', { categoryCode: '5002' })
  const grid = world.at['grid2']
  for (const change of [
    sql`status = 'closed'`,
    sql`level = 3`,
    sql`department_id = ${office('town-works')}`,
    sql`grid_id = ${grid}`,
    sql`grid_id = null`,
    sql`due_at = due_at + interval '1 hour'`,
    sql`due_at = null`,
    sql`core = core || '{"status": "closed"}'`,
  ])
    await assert.rejects(
      world.engine.database.write((tx) => run(tx, sql`update events.event set ${change} where id = ${id}`)),
      (error: { constraint?: string }) => error.constraint === 'event_core_agrees',
    )
})

test('whoever reports, by whatever way, the same is told of it', async () => {
  const ids: string[] = [await world.report('worker', { categoryCode: '5002' })]
  const resident = {
    id: freshId(),
    title: '路灯',
    content: '路灯不亮',
    placeText: '',
    point: null,
    categoryCode: '5008',
  }
  await actAs(world.engine, residentCaller(county), 'test', (ctx) =>
    reportAsResident(ctx, { ...resident, gridId: null, name: '', phone: '', stopNoticeRead: false }),
  )
  ids.push(resident.id)
  const ticket = { ticketNo: 'T-9001', title: '停水', content: '停水', placeText: '', callerName: '', isSecret: false }
  ids.push((await actAs(world.engine, systemCaller(county), 'test', (ctx) => submitTicket(ctx, ticket))).id)
  const inside = { ...resident, id: freshId(), requestId: freshId(), gridId: world.at['grid1']!, occurredAt: null }
  const more = { source: 'grid-worker', urgency: 0, scale: 'single', people: 0, evidenceIds: [], stopNoticeRead: false }
  const report = { ...inside, ...more } as Parameters<typeof reportInside>[1]
  await actAs(world.engine, systemCaller(county), 'test', (ctx) => reportInside(ctx, report, 'grid-worker'))
  ids.push(report.id)
  const parent = await world.report('worker', { categoryCode: '1002' })
  const children = [1, 2].map((n) => ({ id: freshId(), title: `第${n}`, content: '分办', categoryCode: '1002' }))
  assert.equal((await world.act('village', parent, 'split', { children })).status, 200)
  ids.push(children[0]!.id)
  for (const id of ids) {
    const told = await rowsOf<{ detail: Record<string, unknown> }>(
      read(),
      sql`select detail from audit.journal where fact = 'event.reported' and subject = ${id}`,
    )
    assert.deepEqual(
      told.map((t) => Object.keys(t.detail).toSorted()),
      [['category', 'level', 'no', 'source', 'urgency']],
    )
    const first = await rowsOf<{ detail: object; clock: object }>(
      read(),
      sql`select detail, clock from events.flow where event_id = ${id} and seq = 1`,
    )
    assert.deepEqual(Object.keys(first[0]!.detail).toSorted(), ['reasons', 'source'])
  }
})

test('each step of an event says where its clocks stood, in the shape of today', async () => {
  const id = await world.report('worker', { categoryCode: '5002' })
  await world.act('town', id, 'dispatch', { departmentId: office('town-works') })
  const steps = await rowsOf<Pick<Row<'events.flow'>, 'action' | 'clock'>>(
    read(),
    sql`select action, clock from events.flow where event_id = ${id} order by seq`,
  )
  const clocks = steps.map((s) => StoredClock.read(s.clock))
  assert.ok(steps.every((s) => (s.clock as { shape: number }).shape === StoredClock.now))
  assert.deepEqual([clocks[0]?.stage, clocks.at(-1)?.stage], ['dispatch', 'handle'])
  assert.equal(clocks.at(-1)?.due, coreOf(await rowOfEvent(id)).dueAt)
})

test('a saved view is found again by its owner, and by nobody else', async () => {
  const id = freshId()
  const filter = { queue: 'late', level: '2' }
  await world.ask(saveView, 'town', { id, name: '超期二级', filter })
  assert.deepEqual((await world.ask(listViews, 'town', {})).views, [{ id, name: '超期二级', filter }])
  assert.deepEqual((await world.ask(listViews, 'townchief', {})).views, [])
  await world.ask(dropView, 'townchief', { id })
  assert.equal((await world.ask(listViews, 'town', {})).views.length, 1)
  await world.ask(dropView, 'town', { id })
  assert.deepEqual((await world.ask(listViews, 'town', {})).views, [])
})

test('a category that begins in summer is not suggested in spring', async (t) => {
  // A server of its own: what it knows of categories is learnt once a minute.
  const spring = await openWorld()
  t.after(() => spring.close())
  const { categories } = await spring.ask(listCatalogue, 'rules', {})
  const { validTo: _to, ...known } = categories.find((c) => c.code === '5001')!
  const summer = { ...known, code: '5098', name: '柳絮飞花', keywords: ['柳絮'], validFrom: '2026-06-01' }
  await spring.ask(saveCategory, 'rules', { category: summer })
  const suggested = await spring.ask(suggestForText, 'town', { text: '满街柳絮飞花' })
  assert.deepEqual(
    suggested.categories.filter((c) => c.code === summer.code),
    [],
  )
})

test('what events of before hold of for whom they were made is brought to what is shown; the name itself lies sealed', async () => {
  const [whole, half, now] = [
    await world.report('worker', { onBehalfOf: '王小芳' }),
    await world.report('worker', { onBehalfOf: '欧阳小芳' }),
    await world.report('worker', { onBehalfOf: '李奶奶' }),
  ]
  // As they were written before names were sealed, and before they were masked to their first sign.
  const asBefore = (id: string, name: string) =>
    sql`update events.event set core = jsonb_set(core, '{onBehalfOf}', to_jsonb(${name}::text)) where id = ${id}`
  await world.engine.database.write(async (tx) => {
    await run(tx, asBefore(whole, '王小芳'))
    await run(tx, asBefore(half, '欧**芳'))
    await run(tx, sql`update events.reporter set name_sealed = null where event_id = ${whole}`)
  })
  const before_ = await rowOfEvent(now)
  await maskStored(world.engine)
  const held = await Promise.all([whole, half, now].map(async (id) => coreOf(await rowOfEvent(id)).onBehalfOf))
  assert.deepEqual(held, ['王**', '欧**', '李**'])
  assert.deepEqual(await rowOfEvent(now), before_, 'what is masked already is left alone')
  for (const [id, name] of [
    [whole, '王小芳'],
    [half, '欧阳小芳'],
  ] as const) {
    const asked = { eventId: id, purpose: '回访核实' }
    const { reporters } = await world.ask(revealReporter, 'village', asked)
    assert.deepEqual(
      reporters.map((r) => r.name),
      [name],
    )
  }
})
