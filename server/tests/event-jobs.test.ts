/** Jobs of a desk and a department, each done to its end over the contract alone. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  actEndpoints,
  findCalls,
  getEvent,
  listEvents,
  reportEvent,
  revealReporter,
} from '@fengge/domain/events/contract/desk'
import { listCatalogue } from '@fengge/domain/events/contract/rules'
import { neededPhases, slotsOf } from '@fengge/domain/events/forms/evidence'
import { basesAt, returnBasisCodes, returnsIn } from '@fengge/domain/events/forms/return-bases'
import type { Category } from '@fengge/domain/events/terms'
import { freshId } from '../src/kernel/fresh-id.ts'
import { baseOf, photosOf } from './attacks/uploading.ts'
import { office, openWorld, type AskedOf, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
  await world.app.listen({ port: 0, host: '127.0.0.1' })
})
after(() => world.close())

const desks = {
  1: { desk: 'village', department: 'village-office', handler: 'village' },
  2: { desk: 'town', department: 'town-works', handler: 'works' },
  3: { desk: 'county', department: 'county-police', handler: 'bureau' },
} as const

/** Reports a matter of a category, and brings it to a department that has signed. @returns its version */
async function handOver({ code, level }: Pick<Category, 'code' | 'level'>, id: string): Promise<number> {
  const { desk, department, handler } = desks[level]
  await world.ask(reportEvent, 'worker', {
    id,
    title: '一件事',
    content: '网格内发现的一件事',
    categoryCode: code,
    gridId: world.at['grid1']!,
    stopNoticeRead: true,
  })
  const sent = await world.ask(actEndpoints.dispatch, desk, {
    eventId: id,
    version: 1,
    departmentId: office(department),
  })
  if (sent.status === 'in-progress') return sent.version
  return (await world.ask(actEndpoints.sign, handler, { eventId: id, version: sent.version })).version
}

test('a department finishes a matter of each category of the ready catalogue with what its form has slots for', async () => {
  const { categories } = await world.ask(listCatalogue, 'worker', {})
  assert.equal(categories.length, 91)
  const withPhotos: string[] = []
  for (const category of categories) {
    const id = `${freshId(world.clock.now()).slice(0, -4)}0001`
    const version = await handOver(category, id)
    const { handler } = desks[category.level]
    const ask = { eventId: id, version, result: '已处理完毕' }
    const needed = neededPhases(category.evidence)
    assert.ok(needed.every((phase) => slotsOf('finish').includes(phase)))
    if (needed.length > 0) {
      withPhotos.push(category.code)
      const { problem, details } = await world.refusal(actEndpoints.finish, handler, ask)
      assert.deepEqual([problem, details], ['event.evidence-needed', { missing: needed }], category.code)
    }
    const evidenceIds = await photosOf(baseOf(world), handler, needed)
    const { status } = await world.ask(actEndpoints.finish, handler, { ...ask, evidenceIds })
    assert.equal(status, 'handled', category.code)
  }
  assert.equal(withPhotos.length, 42)
})

test('a file goes into the phase it was sent for, and one sent for none into that of its act', async () => {
  const id = `${freshId(world.clock.now()).slice(0, -4)}0001`
  const version = await handOver({ code: '5002', level: 2 }, id)
  const evidenceIds = await photosOf(baseOf(world), 'works', ['before', 'during'])
  await world.ask(actEndpoints.finish, 'works', { eventId: id, version, result: '已填补', evidenceIds })
  const { evidence } = await world.ask(getEvent, 'works', { id })
  assert.deepEqual(evidence.map((e) => e.phase).toSorted(), ['after', 'before'])
})

test('a return says its ground and whom it proposes, and goes to the same department again only with a word', async () => {
  const id = `${freshId(world.clock.now()).slice(0, -4)}0001`
  const version = await handOver({ code: '5002', level: 2 }, id)
  const [works, urban] = [office('town-works'), office('town-urban')]
  const asked = await world.ask(actEndpoints.return, 'works', {
    eventId: id,
    version,
    basis: 'other-duty',
    note: '沿街占道由执法队承担',
    suggestedDepartmentId: urban,
  })
  const agreed = await world.ask(actEndpoints['agree-return'], 'townchief', { eventId: id, version: asked.version })
  const seen = await world.ask(getEvent, 'town', { id })
  const step = seen.flow.find((f) => f.action === 'return')!
  assert.deepEqual(step.names, { [works]: '市政管理所', [urban]: '综合行政执法队' })
  assert.deepEqual(
    returnsIn(seen.flow).map((r) => [r.departmentId, r.suggestedId, r.basis, r.note, r.answer]),
    [[works, urban, 'other-duty', '沿街占道由执法队承担', 'agreed']],
  )
  const again = { eventId: id, version: agreed.version, departmentId: works }
  assert.equal((await world.refusal(actEndpoints.dispatch, 'town', again)).problem, 'event.returned-by-it')
  const sent = await world.ask(actEndpoints.dispatch, 'town', { ...again, note: '经核对权责清单，属市政管养范围' })
  assert.equal(sent.status, 'dispatched')
})

test('grounds of a return are dated: what the law did not know yet is not offered', () => {
  const on = (day: string) => basesAt(Date.parse(`${day}T12:00:00+08:00`)).map((b) => b.code)
  assert.deepEqual(on('2021-07-14'), ['other-duty', 'in-court', 'no-power'])
  assert.deepEqual(on('2026-11-27'), returnBasisCodes)
})

const call = (caller: AskedOf<typeof reportEvent>['caller'], more: Partial<AskedOf<typeof reportEvent>> = {}) => ({
  id: freshId(world.clock.now()),
  title: '楼上漏水',
  content: '楼上漏水到客厅，多次沟通没有结果',
  categoryCode: '4012',
  source: 'hotline' as const,
  gridId: world.at['village']!,
  caller,
  ...more,
})

test('a hotline call is the caller’s, never the operator’s: sealed, masked, rung back, and its number found again', async () => {
  const phone = '138 0000 9876'
  const first = call({ name: '林小雨', phone }, { ticketNo: 'HL-2026-0001' })
  const { followCode } = await world.ask(reportEvent, 'hotline', first)
  assert.match(followCode, /^[2-9A-HJ-NP-Z]{10}$/)
  const seen = await world.ask(getEvent, 'village', { id: first.id })
  assert.deepEqual(
    [seen.source, seen.reporterName, seen.reporterPhone, seen.ticketNo, seen.isAnonymous, seen.isAnswerWanted],
    ['hotline', '林**', '••••', 'HL-2026-0001', false, true],
  )
  const { reporters } = await world.ask(revealReporter, 'village', { eventId: first.id, purpose: '回访' })
  assert.deepEqual(
    reporters.map((r) => [r.name, r.phone]),
    [['林小雨', '13800009876']],
  )
  const mine = await world.ask(listEvents, 'hotline', { queue: 'mine' })
  assert.ok(!mine.events.some((e) => e.id === first.id), 'the operator complained of nothing')
  const again = call({ name: '', phone: '+86 13800009876' }, { ticketNo: 'HL-2026-0001' })
  assert.equal((await world.refusal(reportEvent, 'hotline', again)).problem, 'event.ticket-taken')
  const { calls, more } = await world.ask(findCalls, 'hotline', { phone: '13800009876' })
  assert.deepEqual([calls.map((c) => c.id), more], [[first.id], 0])
  assert.deepEqual((await world.ask(findCalls, 'othervillage', { phone })).calls, [], 'not out of one’s place')
  assert.equal((await world.refusal(findCalls, 'worker', { phone })).problem, 'not-allowed')
  const looks = await world.get('auditor', '/api/audit/journal', { fact: 'calls.looked' })
  assert.equal(looks.body.rows.length, 2, 'each question is in the journal')
  assert.ok(!JSON.stringify(looks.body).includes('13800009876'))
})

test('of an anonymous caller nothing is kept, and one who wants no answer is known as such', async () => {
  const secret = call({ name: '不该留下', phone: '13800005555', isAnonymous: true, isAnswerWanted: false })
  await world.ask(reportEvent, 'hotline', secret)
  const seen = await world.ask(getEvent, 'village', { id: secret.id })
  assert.deepEqual(
    [seen.reporterName, seen.reporterPhone, seen.isAnonymous, seen.isAnswerWanted],
    [null, null, true, false],
  )
  const { reporters } = await world.ask(revealReporter, 'village', { eventId: secret.id, purpose: '回访' })
  assert.deepEqual(
    reporters.map((r) => [r.name, r.phone]),
    [['', '']],
  )
  assert.equal(seen.isAwaited, false)
  assert.deepEqual((await world.ask(findCalls, 'hotline', { phone: '13800005555' })).calls, [])
  const untold = call(undefined)
  await world.ask(reportEvent, 'hotline', untold)
  assert.equal((await world.ask(getEvent, 'village', { id: untold.id })).isAnonymous, true)
})

test('whoever wants no answer is not rung: the check closes it; who was joined to it and wants one is', async () => {
  const finished = async (isAnswerWanted: boolean, answer?: string) => {
    const told = call({ name: '林小雨', phone: '13800009876', isAnswerWanted })
    await world.ask(reportEvent, 'hotline', told)
    const eventId = told.id
    const first = await world.ask(actEndpoints.register, 'village', { eventId, version: 1 })
    const sent = { eventId, version: first.version, departmentId: office('village-office') }
    const { version } = await world.ask(actEndpoints.dispatch, 'village', sent)
    return { eventId, version, result: '已上门', ...(answer === undefined ? {} : { answer }) }
  }
  const quiet = await world.ask(actEndpoints.finish, 'village', await finished(false))
  const passed = await world.ask(actEndpoints.pass, 'town', { eventId: quiet.id, version: quiet.version })
  assert.equal(passed.status, 'closed')
  const waiting = await world.ask(actEndpoints.finish, 'village', await finished(true, '已修好'))
  const { status } = await world.ask(actEndpoints.pass, 'town', { eventId: waiting.id, version: waiting.version })
  assert.equal(status, 'verified')
  const toCall = await world.ask(listEvents, 'town', { queue: 'to-call' })
  assert.deepEqual(
    [quiet.id, waiting.id].map((id) => toCall.events.some((e) => e.id === id)),
    [false, true],
  )
})

test('a call told in confidence is seen by who takes it and who handles it', async () => {
  const secret = call({ name: '沈一', phone: '13800007777' }, { isSecret: true })
  await world.ask(reportEvent, 'hotline', secret)
  assert.equal((await world.ask(getEvent, 'hotline', { id: secret.id })).isSensitive, true)
  assert.equal((await world.refusal(getEvent, 'townleader', { id: secret.id })).problem, 'event.not-found')
})

test('a walk-in that a community officer types is the citizen’s, by desk, and waits for an answer', async () => {
  const walkIn = call({ name: '何大爷', phone: '0510-82345678' }, { source: 'window' })
  await world.ask(reportEvent, 'village', walkIn)
  const seen = await world.ask(getEvent, 'village', { id: walkIn.id })
  assert.deepEqual([seen.source, seen.status, seen.reporterName], ['window', 'reported', '何**'])
  assert.equal(seen.flow[0]!.actorName, '演员village', 'who typed it stands in the flow')
  const taken = await world.ask(actEndpoints.register, 'village', { eventId: walkIn.id, version: seen.version })
  const sent = await world.ask(actEndpoints.dispatch, 'village', {
    eventId: walkIn.id,
    version: taken.version,
    departmentId: office('village-office'),
  })
  const ask = { eventId: walkIn.id, version: sent.version, result: '已上门' }
  assert.equal((await world.refusal(actEndpoints.finish, 'village', ask)).problem, 'event.answer-needed')
  assert.equal(
    (await world.refusal(reportEvent, 'worker', call({ phone: '13800001111' }, { source: 'window' }))).problem,
    'event.source-not-yours',
  )
  assert.equal((await world.refusal(reportEvent, 'village', call({ phone: '12345' }))).problem, 'ask.invalid')
})
