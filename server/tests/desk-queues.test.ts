/** Lists of a desk: counted, the pressing first, to their end. Requirement K2; finding A4 of the console. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { countEvents, countQueues, getEvent, searchEvents } from '@fengge/domain/events/contract/desk'
import { weighDepartments } from '@fengge/domain/events/contract/weighing'
import type { EventRow } from '@fengge/domain/events/contract/views'
import type { ReplyOf } from '@fengge/domain/kernel/endpoint'
import { listMatters } from '@fengge/domain/matters/contract'
import { saveRecord } from '@fengge/domain/registry/contract'
import { listGaps } from '@fengge/domain/registry/link-contract'
import { listTasks, orderTask } from '@fengge/domain/visits/contract/desk'
import { freshId } from '../src/kernel/fresh-id.ts'
import { office, openWorld, type AskedOf, type Login, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

type Asked = AskedOf<typeof searchEvents>

/** A list to its end, page by page. */
async function readAll(login: Login, ask: Asked): Promise<EventRow[]> {
  const rows: EventRow[] = []
  for (let next: string | null | undefined; next !== null;) {
    const page: ReplyOf<typeof searchEvents> = await world.ask(searchEvents, login, {
      ...ask,
      ...(next === undefined ? {} : { after: next }),
    })
    rows.push(...page.events)
    next = page.next
  }
  return rows
}

test('a queue is counted whole, the urgent and the soonest due first, and read to its end; what is sent leaves the count', async () => {
  for (let n = 0; n < 60; n++) await world.report('worker', { categoryCode: '1002', urgency: n % 3 })
  const urgent = await world.report('worker', { categoryCode: '1002', urgency: 2, title: '最后报的特急件' })
  const ask = { queue: 'to-dispatch', order: 'pressing', size: 25 } as const
  const rows = await readAll('village', ask)
  assert.equal(new Set(rows.map((r) => r.id)).size, 61, 'every event once')
  assert.deepEqual(await world.ask(countEvents, 'village', { queue: 'to-dispatch' }), { total: 61, isMore: false })
  assert.equal((await world.ask(countQueues, 'village', {})).counts['to-dispatch'], 61)
  const pressing = (r: EventRow) => `${9 - r.urgency} ${r.dueAt ?? '~'} ${r.id}`
  assert.deepEqual(
    rows.map(pressing),
    rows.map(pressing).toSorted((a, b) => (a < b ? -1 : 1)),
  )
  const firstPage = rows.slice(0, 25).map((r) => r.id)
  assert.ok(firstPage.includes(urgent), 'the last one, most urgent, stands on the first page')
  await world.act('village', urgent, 'dispatch', { departmentId: office('village-office') })
  assert.equal((await world.ask(countEvents, 'village', { queue: 'to-dispatch' })).total, 60)
})

test('a list by what is due first leaves nothing out, also what has no limit any more', async () => {
  const done = await world.report('worker', { categoryCode: '1002' })
  await world.act('village', done, 'cancel', { note: '重复' })
  const rows = await readAll('village', { order: 'due', size: 20 })
  const { total } = await world.ask(countEvents, 'village', {})
  assert.equal(rows.length, total)
  const due = rows.map((r) => r.dueAt ?? '~')
  assert.deepEqual(due, due.toSorted())
})

test('tasks are read to their end, what is due first before the rest, and counted', async () => {
  const { matters } = await world.ask(listMatters, 'village', { onlyInForce: 'yes' })
  for (let day = 10; day < 24; day++)
    await world.ask(orderTask, 'village', {
      id: freshId(),
      matterId: matters[0]!.id,
      gridIds: [world.at['grid1']!, world.at['grid2']!],
      title: `任务 ${day}`,
      dueOn: `2026-03-${day}`,
      minutes: 5,
      windowFrom: null,
      windowTo: null,
    })
  const seen: string[] = []
  let after: string | undefined
  do {
    const page = await world.ask(listTasks, 'village', { size: 5, ...(after === undefined ? {} : { after }) })
    assert.equal(page.total, 28)
    seen.push(...page.tasks.map((t) => `${t.dueOn} ${t.id}`))
    after = page.next ?? undefined
  } while (after !== undefined)
  assert.equal(new Set(seen).size, 28)
  assert.deepEqual(seen, seen.toSorted())
  const made = await world.refusal(listTasks, 'village', { after: 'x~y' })
  assert.equal(made.problem, 'ask.invalid')
})

test('people without a verified home are counted whole and read to the last, past the first fifty', async () => {
  for (let n = 0; n < 53; n++)
    await world.ask(saveRecord, 'worker', {
      id: freshId(),
      kind: 'person',
      version: 0,
      values: { name: `甲${n}`, kind: 'floating' },
      placeId: world.at['grid1']!,
    })
  const first = await world.ask(listGaps, 'village', {})
  assert.equal(first.totals.nowhere, 53)
  assert.equal(first.nowhere.length, 50)
  const rest = await world.ask(listGaps, 'village', { gap: 'nowhere', after: first.next.nowhere! })
  assert.equal(rest.nowhere.length, 3)
  assert.equal(rest.next.nowhere, null)
  assert.equal(new Set([...first.nowhere, ...rest.nowhere].map((r) => r.id)).size, 53)
})

test('a list tells which of its events wait for who reads it', async () => {
  const id = await world.report('worker', { categoryCode: '5002' })
  const mine = async (login: Login) => (await readAll(login, { size: 100 })).find((r) => r.id === id)?.isMine
  assert.deepEqual([await mine('town'), await mine('village')], [true, false])
  await world.act('town', id, 'dispatch', { departmentId: office('town-works') })
  assert.deepEqual([await mine('town'), await mine('works')], [false, true])
})

test('at a dispatch figures say what a department did of this kind and what it has in hand, told in confidence apart', async () => {
  const [works, urban] = [office('town-works'), office('town-urban')]
  const weigh = async (eventId: string) => {
    const { departments } = await world.ask(weighDepartments, 'town', { eventId, departmentIds: [works, urban] })
    return departments.find((d) => d.id === works)!
  }
  const before = await weigh(await world.report('worker', { categoryCode: '5002' }))
  const done = await world.report('worker', { categoryCode: '5002' })
  await world.act('town', done, 'dispatch', { departmentId: works })
  const confided = await world.report('worker', { categoryCode: '5002', isSecret: true })
  assert.ok((await world.ask(getEvent, 'worker', { id: confided })).isSensitive)
  await world.act('town', confided, 'dispatch', { departmentId: works })
  const other = await world.report('worker', { categoryCode: '5002' })
  const after = await weigh(other)
  assert.deepEqual([after.given, after.open], [before.given + 1, before.open + 1])
  const { handleDueAt } = await world.ask(getEvent, 'works', { id: done })
  world.clock.at(Date.parse(handleDueAt!) + 60_000)
  const { open, late } = await weigh(other)
  assert.equal(late, open)
  assert.equal(
    (await world.refusal(weighDepartments, 'othervillage', { eventId: other, departmentIds: [works] })).problem,
    'event.not-found',
  )
})
