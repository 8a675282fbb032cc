import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql, rowsOf } from '../src/kernel/db/sql.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { reportEvent } from '@fengge/domain/events/contract/desk'
import { submitTicket } from '@fengge/domain/events/contract/rules'
import { fireAlarms } from '../src/events/jobs.ts'
import { baseOf, photosOf } from './attacks/uploading.ts'
import { office, openWorld, type World, type Loose } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
  await world.app.listen({ port: 0, host: '127.0.0.1' })
})
after(() => world.close())

const ok = async (step: Promise<{ status: number; body: Loose }>, status?: string) => {
  const answer = await step
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  if (status) assert.equal(answer.body.status, status)
  return answer.body
}
const rough = { categoryCode: '5003' }

test('level one goes round: report, dispatch, finish, check, closed', async () => {
  const id = await world.report('worker', { categoryCode: '1002' })
  await ok(world.act('village', id, 'dispatch', { departmentId: office('village-office') }), 'in-progress')
  await ok(world.act('village', id, 'finish', { result: '已调解' }), 'handled')
  const done = await ok(world.act('worker', id, 'pass'), 'closed')
  assert.deepEqual(done.can.includes('pass'), false)
  const view = await world.see('worker', id)
  assert.deepEqual(
    view.flow.map((f: { action: string }) => f.action),
    ['report', 'dispatch', 'finish', 'pass'],
  )
})

test('level two goes to a town department and back to the worker, who sends it back once', async () => {
  const id = await world.report('worker', rough)
  await ok(world.act('village', id, 'report-up', { note: '需镇里处理' }), 'registered')
  await ok(world.act('town', id, 'dispatch', { departmentId: office('town-urban') }), 'dispatched')
  await ok(world.act('urban', id, 'sign'), 'in-progress')
  const missing = await world.act('urban', id, 'finish', { result: '好' })
  assert.equal(missing.body.problem, 'event.evidence-needed', 'photos before and after are asked for this category')
  const evidenceIds = await photosOf(baseOf(world), 'urban', ['before', 'after'])
  await ok(world.act('urban', id, 'finish', { result: '已清走', evidenceIds }), 'handled')
  await ok(world.act('worker', id, 'fail', { reason: 'partly-done', note: '还有两处' }), 'rework')
  await ok(world.act('urban', id, 'finish', { result: '全部清走' }), 'handled')
  await ok(world.act('worker', id, 'pass'), 'closed')
})

test('level three: hotline, county, police, called back, not solved, reopened', async () => {
  const ticket = await ok(
    world.post('hotline', '/api/hotline/tickets', {
      ticketNo: 'T-0001',
      title: '家中被盗',
      content: '昨夜家中被盗，请核实',
      categoryCode: '2001',
      areaCode: '320206001000',
      callerName: '王小芳',
      callerPhone: '13800001234',
    }),
  )
  const id = ticket.id
  await ok(world.act('county', id, 'register'), 'registered')
  await ok(world.act('county', id, 'dispatch', { departmentId: office('county-police') }), 'dispatched')
  await ok(world.act('bureau', id, 'sign'), 'in-progress')
  assert.equal((await world.act('bureau', id, 'finish', { result: '已立案' })).body.problem, 'event.answer-needed')
  await ok(world.act('bureau', id, 'finish', { result: '已立案', answer: '已立案侦查，民警将与您联系。' }), 'handled')
  await ok(world.act('countychief', id, 'pass'), 'verified')
  await ok(
    world.act('county', id, 'call-back', { outcome: 'unsatisfied', score: 2, isSolved: false, note: '未收到联系' }),
    'reopened',
  )
  const view = await world.see('county', id)
  assert.equal(view.reporterName, '王**')
  assert.equal(view.reporterPhone, '••••')
  const revealed = await ok(
    world.post('county', '/api/events/reveal-reporter', { requestId: freshId(), eventId: id, purpose: '回访' }),
  )
  assert.equal(revealed.reporters[0].phone, '13800001234')
})

test('two people act at the same instant: one wins, the other is told', async () => {
  const id = await world.report('worker', { categoryCode: '1002' })
  const { version } = await world.see('village', id)
  const send = (login: 'village' | 'chief') =>
    world.post(login, '/api/events/act/report-up', { requestId: freshId(), eventId: id, version, note: '上报' })
  const answers = await Promise.all([send('village'), send('chief')])
  assert.deepEqual(
    answers.map((a) => a.status).toSorted((a, b) => a - b),
    [200, 409],
  )
  const loser = answers.find((a) => a.status === 409)!
  assert.ok(['event.stale', 'event.out-of-turn'].includes(loser.body.problem))
})

test('a repeated send is the same act and gets the same answer; the same id for another act is refused', async () => {
  const body = {
    requestId: freshId(),
    id: freshId(),
    title: '路灯不亮',
    content: '路灯不亮',
    categoryCode: '5008',
    gridId: world.at['grid1'],
  }
  const [first, second] = await Promise.all([
    world.post('worker', '/api/events/report', body),
    world.post('worker', '/api/events/report', body),
  ])
  assert.deepEqual(first!.body, second!.body)
  assert.deepEqual((await world.post('worker', '/api/events/report', body)).body, first!.body)
  assert.equal(
    (await world.post('worker', '/api/events/report', { ...body, title: '别的' })).body.problem,
    'request.reused',
  )
  const dispatch = { requestId: freshId(), eventId: body.id, version: 1, departmentId: office('town-works') }
  const once = await world.post('town', '/api/events/act/dispatch', dispatch)
  assert.deepEqual((await world.post('town', '/api/events/act/dispatch', dispatch)).body, once.body)
  const rows = await rowsOf(world.engine.database.read, sql`select 1 from events.flow where event_id = ${body.id}`)
  assert.equal(rows.length, 2)
})

test('alarms fire once, survive being asked twice, and nobody signing counts as signed', async () => {
  const id = await world.report('worker', { categoryCode: '5008' })
  await ok(world.act('town', id, 'dispatch', { departmentId: office('town-works') }), 'dispatched')
  world.clock.pass(36 * 3_600_000)
  const [a, b] = await Promise.all([fireAlarms(world.engine), fireAlarms(world.engine)])
  assert.ok(a + b >= 1)
  for (let i = 0; i < 5; i++) await fireAlarms(world.engine)
  assert.equal(await fireAlarms(world.engine), 0, 'nothing is left to fire')
  const view = await world.see('works', id)
  assert.equal(view.status, 'in-progress')
  assert.equal(view.isUnsignedFlagged, true)
  const kinds = await rowsOf<{ kind: string; n: number }>(
    world.engine.database.read,
    sql`
      select detail ->> 'kind' || '/' || (detail ->> 'due') as kind, count(*)::int as n
      from audit.journal
      where fact = 'event.alarmed' and subject = ${id}
      group by 1
    `,
  )
  assert.ok(kinds.length > 0 && kinds.every((k) => k.n === 1), JSON.stringify(kinds))
  world.clock.at('2026-03-02T09:00:00+08:00')
})

test('linked reports are answered once and every reporter keeps a code', async () => {
  const first = await world.report('worker', {
    categoryCode: '5002',
    title: '道路坑洼积水',
    content: '村口道路坑洼积水严重',
  })
  const other = (
    await world.post('hotline', '/api/hotline/tickets', {
      ticketNo: 'T-0002',
      title: '村口路面坑洼积水',
      content: '村口道路坑洼积水，出行不便',
      categoryCode: '5002',
      areaCode: '320206001000',
    })
  ).body.id
  await ok(world.act('town', other, 'register'), 'registered')
  const seen = await world.see('town', other)
  assert.ok(
    seen.suggestion.duplicates.some((d: { id: string; reasons: string[] }) => d.id === first && d.reasons.length > 0),
    'the earlier report is offered with reasons',
  )
  await ok(world.act('town', other, 'merge', { intoEventId: first }), 'merged')
  assert.equal((await world.see('town', first)).reporters, 2)
  // A change is given out once no older transaction runs on the whole server; other test files have theirs.
  let changes = await ok(world.get('hotline', '/api/hotline/changes'))
  for (let i = 0; i < 500 && changes.changes.at(-1)?.ticketNo !== 'T-0002'; i++)
    changes = await ok(world.get('hotline', '/api/hotline/changes'))
  assert.equal(changes.changes.at(-1).ticketNo, 'T-0002')
  await ok(world.act('town', other, 'unlink', { note: '并错了' }), 'registered')
  assert.equal((await world.see('town', first)).reporters, 1)
})

test('an event split in children closes after them', async () => {
  const id = await world.report('worker', { categoryCode: '1002' })
  const children = [1, 2].map((n) => ({ id: freshId(), title: `第${n}部分`, content: '分办', categoryCode: '1002' }))
  await ok(world.act('village', id, 'split', { children }))
  await ok(world.act('village', id, 'dispatch', { departmentId: office('village-office') }))
  assert.equal((await world.act('village', id, 'finish', { result: '好' })).body.problem, 'event.open-children')
  assert.equal(
    (await world.see('village', id)).related.filter((r: { relation: string }) => r.relation === 'child').length,
    2,
  )
})

test('extension, suspension, return and ruling go through their approvals', async () => {
  const id = await world.report('worker', { categoryCode: '5002' })
  await ok(world.act('town', id, 'dispatch', { departmentId: office('town-works') }))
  await ok(
    world.act('works', id, 'return', { note: '按职责应由执法队承办', suggestedDepartmentId: office('town-urban') }),
    'return-requested',
  )
  assert.equal((await world.act('works', id, 'agree-return')).status, 403)
  await ok(world.act('townchief', id, 'refuse-return', { note: '仍由你办' }), 'in-progress')
  const due = Date.parse((await world.see('works', id)).handleDueAt)
  assert.equal(
    (
      await world.act('works', id, 'ask-extension', {
        until: new Date(due + 400 * 86_400_000).toISOString(),
        note: '材料',
        plan: '计划',
      })
    ).body.problem,
    'event.date-too-late',
  )
  await ok(
    world.act('works', id, 'ask-extension', {
      until: new Date(due + 86_400_000).toISOString(),
      note: '材料',
      plan: '计划',
    }),
    'extend-requested',
  )
  await ok(world.act('townchief', id, 'agree-extension'), 'in-progress')
  assert.equal(Date.parse((await world.see('works', id)).handleDueAt), due + 86_400_000)
  const until = new Date(due + 20 * 86_400_000).toISOString()
  await ok(
    world.act('works', id, 'ask-suspension', {
      reason: 'works',
      until,
      note: '排期',
    }),
    'suspend-requested',
  )
  await ok(world.act('townchief', id, 'agree-suspension'), 'suspended')
  assert.equal((await world.see('works', id)).dueAt, until, 'the end of the stop is owed by its day')
  await ok(world.act('works', id, 'resume'), 'in-progress')
  await ok(world.act('leader', id, 'supervise', { grade: 2, note: '限期' }), 'in-progress')
  assert.equal((await world.act('leader', id, 'supervise', { grade: 1, note: '' })).status, 400)
})

test('a sensitive matter of a citizen comes back to the worker of its grid, and to nobody else there', async () => {
  const tell = (ticketNo: string) =>
    ok(
      world.post('hotline', '/api/hotline/tickets', {
        ticketNo,
        title: '老人走失',
        content: '老人走失，请帮忙寻找',
        categoryCode: '2007',
        point: { lng: 120.205, lat: 31.61 },
      }),
    )
  const { id } = await tell('T-0003')
  await ok(world.act('worker', id, 'verify', { finding: 'exists' }), 'registered')
  await ok(world.act('village', id, 'dispatch', { departmentId: office('village-office') }))
  assert.equal(
    (await world.get('leader1', '/api/events/one', { id })).status,
    404,
    'not for a colleague without a part in it',
  )
  await ok(world.act('village', id, 'finish', { result: '已找到', answer: '老人已平安回家。' }), 'handled')
  assert.equal((await world.get('leader1', '/api/events/one', { id })).status, 404)
  await ok(world.act('worker', id, 'pass'), 'verified')
  assert.equal(
    (await world.act('village', id, 'call-back', { outcome: 'satisfied', score: 5, isSolved: true })).status,
    403,
    'the one officer handled it',
  )
  await ok(world.act('town', id, 'call-back', { outcome: 'satisfied', score: 5, isSolved: true }), 'closed')
})

test('whether a self-handling is looked at by somebody else is the server’s chance, whatever the id', async () => {
  const settled = async (draw: number, tail: string) => {
    world.chance.put(draw)
    const id = freshId(world.clock.now()).slice(0, -4) + tail
    await world.report('worker', { categoryCode: '1002', id })
    return (await world.act('worker', id, 'self-close', { result: '已劝导' })).body.status as string
  }
  for (const tail of ['0001', '0014']) {
    assert.equal(await settled(0.049, tail), 'handled')
    assert.equal(await settled(0.05, tail), 'closed')
  }
  world.chance.put(0.99)
})

test('a forced close needs two people', async () => {
  const id = await world.report('worker', { categoryCode: '5002' })
  await ok(world.act('townchief', id, 'force-close', { note: '无法联系' }))
  assert.equal((await world.act('townchief', id, 'confirm-force-close')).status, 403)
  await ok(world.act('townleader', id, 'confirm-force-close'), 'closed')
})

test('a point beyond the county is refused, a call with one goes to the county’s desk, and none to one’s own grid', async () => {
  const far = { lng: 100, lat: 30 }
  const report = { title: '路灯不亮', content: '路灯不亮', categoryCode: '1002', point: far }
  for (const gridId of [null, world.at['grid1']!])
    assert.equal(
      (await world.refusal(reportEvent, 'worker', { ...report, id: freshId(), gridId })).problem,
      'event.outside-county',
    )
  const near = { lng: 120.5, lat: 31.9 }
  const { id } = await world.ask(reportEvent, 'worker', { ...report, id: freshId(), point: near })
  assert.equal((await world.see('worker', id)).gridId, world.at['grid1'], 'within the county, where no grid is drawn')
  const call = {
    ticketNo: 'T-0009',
    title: '路灯不亮',
    content: '路灯不亮',
    categoryCode: '1002',
    callerName: '王小芳',
  }
  const ticket = await world.ask(submitTicket, 'hotline', { ...call, point: far })
  const { gridId, deskPlaceId } = await world.see('county', ticket.id)
  assert.deepEqual([gridId, deskPlaceId], [null, world.at['county']])
})
