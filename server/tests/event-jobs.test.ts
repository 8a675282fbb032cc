/** Jobs of a desk and a department, each done to its end over the contract alone. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { actEndpoints, getEvent, reportEvent } from '@fengge/domain/events/contract/desk'
import { listCatalogue } from '@fengge/domain/events/contract/rules'
import { neededPhases, slotsOf } from '@fengge/domain/events/forms/evidence'
import { basesAt, returnBasisCodes, returnsIn } from '@fengge/domain/events/forms/return-bases'
import type { Category } from '@fengge/domain/events/terms'
import { freshId } from '../src/kernel/fresh-id.ts'
import { baseOf, photosOf } from './attacks/uploading.ts'
import { office, openWorld, type World } from './world.ts'

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

test('a department finishes a matter of each of the 90 categories with what its form has slots for', async () => {
  const { categories } = await world.ask(listCatalogue, 'worker', {})
  assert.equal(categories.length, 90)
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
