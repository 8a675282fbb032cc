/** What must not fall silently out of the day: hazards without a re-check, care with an end to come, care that a leaving ended. Requirements E8, R3. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { listMatters } from '@fengge/domain/matters/contract'
import * as care from '@fengge/domain/registry/care/contract'
import { leavePerson, returnPerson, undoLeaving } from '@fengge/domain/registry/leaving/contract'
import * as desk from '@fengge/domain/visits/contract/desk'
import * as worker from '@fengge/domain/visits/contract/worker'
import { freshId } from '../src/kernel/fresh-id.ts'
import { runRules } from '../src/visits/run-rules.ts'
import { openRegistry, type Registry } from './registry-world.ts'
import type { AskedOf, World } from './world.ts'

let r: Registry
let world: World
let matters: readonly { readonly id: string; readonly code: string }[]
const matter = (code: string) => matters.find((m) => m.code === `000-${code}`)!.id

before(async () => {
  r = await openRegistry()
  world = r.world
  matters = (await world.ask(listMatters, 'rules', {})).matters
})
after(() => world.close())

/** A patrol of the worker's own grid that finds something. */
async function findHazard(): Promise<string> {
  const hazard = { id: freshId(), what: '楼道堆放杂物', fixBy: '2026-03-05', recheckDays: 3, eventId: null }
  const patrol: AskedOf<typeof worker.recordVisit> = {
    id: freshId(),
    taskId: null,
    matterId: matter('B01'),
    formCode: 'patrol',
    subjectKind: 'grid',
    subjectId: world.at['grid1']!,
    outcome: 'done',
    answers: { state: 'bad' },
    madeAt: new Date(world.clock.now()).toISOString(),
    hazards: [hazard],
  }
  await world.ask(worker.recordVisit, 'worker', patrol)
  return hazard.id
}
const recheckOf = async (hazardId: string) =>
  (await world.ask(desk.listTasks, 'village', {})).tasks.find((t) => t.originId === hazardId)
const hazardIn = async (state: 'open' | 'ended', id: string) =>
  (await world.ask(desk.listHazards, 'village', { state })).hazards.find((h) => h.id === id)

test('the re-check of a hazard is not dropped: the hazard ends by a re-check, or by a second person with a reason', async () => {
  const hazard = await findHazard()
  const task = await recheckOf(hazard)
  assert.equal(
    (await world.refusal(desk.dropTask, 'village', { id: task!.id, reason: '误派' })).problem,
    'task.recheck',
  )
  assert.ok(await recheckOf(hazard), 'the re-check is still asked')
  const end = { id: hazard, reason: 'not-hazard', word: '已到现场看过，是住户当天搬家' } as const
  assert.equal((await world.refusal(desk.endHazard, 'worker', end)).problem, 'not-allowed')
  assert.equal((await world.refusal(desk.endHazard, 'othervillage', end)).problem, 'hazard.unknown')
  await world.ask(desk.endHazard, 'village', end)
  assert.equal(await hazardIn('open', hazard), undefined)
  const ended = await hazardIn('ended', hazard)
  assert.deepEqual([ended?.state, ended?.endReason, ended?.endWord], ['ended', end.reason, end.word])
  assert.equal(await recheckOf(hazard), undefined, 'nobody is sent to look again')
  assert.equal((await world.refusal(desk.endHazard, 'village', end)).problem, 'hazard.closed')
})

const overlayOf = (personId: string, endedOn: string | null): AskedOf<typeof care.saveOverlay> => ({
  id: freshId(),
  personId,
  kind: 'correction',
  facts: '缓刑',
  visitDays: 30,
  cautions: ['in-pairs'],
  startedOn: '2026-01-10',
  endedOn,
})
const caredFor = async (personId: string) =>
  (await world.ask(care.listCare, 'keeper', {})).people.find((p) => p.personId === personId)
const visitAsked = async (personId: string) => {
  await runRules(world.engine)
  return (await world.ask(desk.listTasks, 'keeper', {})).tasks.some((t) => t.subjectId === personId)
}
const passDays = async (days: number) => {
  world.clock.pass(days * 86_400_000)
  await world.wake()
}

test('care whose end is known ahead goes on until that day, and then asks for no visit', async () => {
  const personId = await r.person({ name: '缪到期' })
  await r.link(personId, r.house)
  await world.ask(care.saveOverlay, 'keeper', overlayOf(personId, '2026-03-06'))
  assert.equal((await caredFor(personId))?.isDue, true)
  const [overlay] = (await world.ask(care.readOverlays, 'keeper', { personId })).overlays
  assert.deepEqual([overlay!.endedOn, overlay!.dueAt === null], ['2026-03-06', false])
  assert.equal(await visitAsked(personId), true)
  await passDays(4)
  assert.equal(dayOf(world.clock.now()), '2026-03-06')
  assert.equal(await caredFor(personId), undefined)
  assert.equal(await visitAsked(personId), false)
})

test('who was in care and comes back is brought before the keeper, who takes it up again or lets it rest', async () => {
  const personId = await r.person({ name: '缪归来' })
  await r.link(personId, r.house)
  const [ends, goesOn] = [overlayOf(personId, '2026-12-31'), overlayOf(personId, null)]
  for (const overlay of [ends, goesOn]) await world.ask(care.saveOverlay, 'keeper', overlay)
  const today = dayOf(world.clock.now())
  const leaving = { id: freshId(), personId, kind: 'moved', onDay: today, seenBy: 'family' } as const
  await world.ask(leavePerson, 'worker', leaving)
  await world.ask(undoLeaving, 'worker', { id: leaving.id, personId, reason: '误报' })
  const again = { ...leaving, id: freshId() }
  const endOf = async (id: string) =>
    (await world.ask(care.readOverlays, 'keeper', { personId })).overlays.find((o) => o.id === id)!.endedOn
  assert.deepEqual(
    [await endOf(ends.id), await endOf(goesOn.id)],
    ['2026-12-31', null],
    'a slip gives each its end back',
  )
  await world.ask(leavePerson, 'worker', again)
  const back = async () => {
    const list = await world.ask(care.listCare, 'keeper', {})
    assert.equal(list.backTotal, list.back.length)
    return list.back.filter((b) => b.personId === personId)
  }
  assert.deepEqual(await back(), [])
  await world.ask(returnPerson, 'worker', { id: again.id, personId, onDay: today })
  assert.equal(await caredFor(personId), undefined, 'nothing is taken up unasked')
  const waiting = await back()
  assert.deepEqual(new Set(waiting.map((b) => b.id)), new Set([ends.id, goesOn.id]))
  assert.ok(waiting.every((b) => b.name === '缪归来' && b.endedOn === today))
  await world.ask(care.resumeCare, 'keeper', { id: ends.id, isTaken: true })
  assert.equal(await endOf(ends.id), '2026-12-31')
  assert.equal((await caredFor(personId))?.isDue, true)
  assert.equal((await world.refusal(care.resumeCare, 'keeper', { id: ends.id, isTaken: true })).problem, 'care.decided')
  await world.ask(care.resumeCare, 'keeper', { id: goesOn.id, isTaken: false })
  assert.deepEqual([await back(), await endOf(goesOn.id)], [[], today])
})

test('an order keeps to hours and days that can be, and nobody is visited after his death', async () => {
  const order: AskedOf<typeof desk.orderTask> = {
    id: freshId(),
    matterId: matter('B01'),
    gridIds: [world.at['grid1']!],
    title: '夜间巡防',
    dueOn: addDays(dayOf(world.clock.now()), 3),
    minutes: 20,
  }
  const refused = async (more: Partial<typeof order>) =>
    (await world.refusal(desk.orderTask, 'village', { ...order, ...more })).problem
  assert.equal(await refused({ windowFrom: 1200, windowTo: 600 }), 'task.window')
  assert.equal(await refused({ dueOn: '2036-03-05' }), 'task.far')
  assert.equal((await world.ask(desk.orderTask, 'village', { ...order, windowFrom: 1080, windowTo: 1200 })).tasks, 1)
  const personId = await r.person({ name: '缪已故' })
  await r.link(personId, r.house)
  const diedOn = addDays(dayOf(world.clock.now()), -1)
  await world.ask(leavePerson, 'worker', { id: freshId(), personId, kind: 'died', onDay: diedOn, seenBy: 'family' })
  const visit = (day: string): AskedOf<typeof worker.recordVisit> => ({
    id: freshId(),
    taskId: null,
    matterId: matter('B01'),
    formCode: 'care',
    subjectKind: 'person',
    subjectId: personId,
    outcome: 'not-home',
    answers: {},
    madeAt: `${day}T09:00:00+08:00`,
  })
  const today = dayOf(world.clock.now())
  assert.equal((await world.refusal(worker.recordVisit, 'worker', visit(today))).problem, 'visit.after-death')
  await world.ask(worker.recordVisit, 'worker', visit(addDays(diedOn, -1)))
})
