/** Who adds without end, rightly and by name, makes nobody else wait. Source: the security review of 2026-11-28. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { getEvent } from '@fengge/domain/events/contract/desk'
import { listSteps } from '@fengge/domain/events/contract/steps'
import { listMatters } from '@fengge/domain/matters/contract'
import { recordVisit, takeService } from '@fengge/domain/visits/contract/worker'
import { saveArticle, searchLibrary } from '@fengge/domain/library/contract'
import { mostSigns } from '@fengge/domain/library/terms'
import { paceOf } from '@fengge/domain/kernel/endpoint'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { openWorld, type Login, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

test('a library holds so much and no more, is searched at the pace of searches, and shows what ended to who keeps it alone', async () => {
  const body = '字\u0301\u0316'.repeat(1330)
  const article = (n: number) => ({
    ...({ id: freshId(), version: 0, kind: 'how-to', title: `题${n}`, body: `${n}${body}`, keywords: '' } as const),
    ...({ source: '示例', owner: '', sourceUrl: '', validFrom: '2026-01-01', validTo: '2026-02-01' } as const),
  })
  const first = article(0)
  await world.ask(saveArticle, 'rules', first)
  const titles = async (login: Login, all: 'yes' | 'no') =>
    (await world.ask(searchLibrary, login, { text: '题0', all })).articles.map((a) => a.title)
  assert.deepEqual(await titles('rules', 'yes'), ['题0'])
  assert.deepEqual([await titles('rules', 'no'), await titles('worker', 'yes')], [[], []])
  await world.ask(saveArticle, 'rules', { ...first, version: 1, title: '题零' })
  assert.deepEqual(await titles('rules', 'yes'), [], 'what was saved is what is searched')

  let saved = 1
  for (; saved < 200; saved++)
    if ((await world.post('rules', saveArticle.path, { requestId: freshId(), ...article(saved) })).status !== 200) break
  const refused = await world.refusal(saveArticle, 'rules', article(saved))
  assert.deepEqual([refused.status, refused.problem], [409, 'library.full'])
  assert.ok(saved * body.length < mostSigns)
  await world.ask(saveArticle, 'rules', { ...first, version: 2, body: '短了' })
  assert.equal(paceOf(searchLibrary), 'search')
})

test('one account opens a hundred hidden dangers a day, and three hundred requests of a grid, at once or in turn', async () => {
  const { matters } = await world.ask(listMatters, 'village', {})
  const madeAt = '2026-03-02T08:30:00+08:00'
  const visit = (many: number) => {
    const about = {
      taskId: null,
      matterId: matters[0]!.id,
      subjectKind: 'grid',
      subjectId: world.at['grid1']!,
    } as const
    const said = { formCode: 'patrol', outcome: 'not-home', answers: {}, note: '', madeAt, eventIds: [] } as const
    const hazard = () => ({ id: freshId(), what: '线路老化', fixBy: '2026-03-09', recheckDays: 7, eventId: null })
    return world.post('worker', recordVisit.path, {
      requestId: freshId(),
      id: freshId(),
      ...about,
      ...said,
      hazards: Array.from({ length: many }, hazard),
    })
  }
  for (let i = 0; i < 19; i++) assert.equal((await visit(5)).status, 200)
  const atOnce = await Promise.all([visit(5), visit(5), visit(5)])
  assert.deepEqual(
    atOnce.map((a) => a.status).toSorted((a, b) => a - b),
    [200, 429, 429],
  )
  assert.equal(atOnce.find((a) => a.status === 429)!.body.problem, 'visit.day-full')
  assert.equal((await visit(0)).status, 200, 'a visit that found nothing goes on')
  world.clock.pass(86_400_001)
  await world.wake()
  assert.equal((await visit(1)).status, 200)

  const asked = { matterId: matters[0]!.id, personId: null, gridId: world.at['grid1']!, what: '代办社保卡' }
  const by = { askedBy: '李大爷', phone: '', dueOn: '2026-03-12', madeAt }
  const service = () => world.post('worker', takeService.path, { requestId: freshId(), id: freshId(), ...asked, ...by })
  const statuses = new Set<number>()
  for (let i = 0; i < 300; i++) statuses.add((await service()).status)
  assert.deepEqual([[...statuses], (await service()).body.problem], [[200], 'service.too-many'])
})

test('an account says twenty things a day at one event, and whoever opens it gets its first and last steps, the rest in pages', async () => {
  const id = await world.report('worker')
  const note = () => world.act('leader1', id, 'note', { note: '请抓紧办理' })
  for (let day = 0; day < 7; day++) {
    for (let i = 0; i < 20; i++) assert.equal((await note()).status, 200)
    if (day === 0) {
      const refused = await note()
      assert.deepEqual([refused.status, refused.body.problem], [429, 'event.words-full'])
    }
    world.clock.pass(86_400_001)
    await world.wake()
  }
  const { flow, stepsBetween } = await world.ask(getEvent, 'village', { id })
  const last = flow.at(-1)!.seq
  assert.ok(last > 140)
  assert.deepEqual([flow.length, flow[0]!.seq, flow[19]!.seq, stepsBetween], [120, 1, 20, last - 120])
  const { steps } = await world.ask(listSteps, 'village', { id, after: 20 })
  assert.deepEqual(
    [steps.length, steps[0]!.seq, steps.at(-1)!.seq],
    [Math.min(100, last - 20), 21, Math.min(120, last)],
  )
  assert.equal((await world.refusal(listSteps, 'worker2', { id, after: 20 })).status, 404)
})
