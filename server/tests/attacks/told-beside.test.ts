/** What was told in confidence, and who is visited for care, stands in no week and no list of visits of those who may not know. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listMatters } from '@fengge/domain/matters/contract'
import { listHazards } from '@fengge/domain/visits/contract/desk'
import { listVisits, recordVisit } from '@fengge/domain/visits/contract/worker'
import { confirmWeek, getWeek, listWeeks } from '@fengge/domain/worklog/contract'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { openRegistry, type Registry } from '../registry-world.ts'
import { logins, type World } from '../world.ts'

let r: Registry
let world: World
let person: string
let secret: string
before(async () => {
  r = await openRegistry()
  world = r.world
  person = await r.person({ name: '夏访人' })
  assert.equal((await r.link(person, r.house)).status, 200)
  secret = await world.report('worker', { categoryCode: '1001', title: '密密家暴' })
  const { matters } = await world.ask(listMatters, 'village', {})
  const hazard = { what: '门锁坏了', fixBy: '2026-03-09', recheckDays: 7, eventId: secret }
  await world.ask(recordVisit, 'worker', {
    id: freshId(),
    taskId: null,
    matterId: matters[0]!.id,
    subjectKind: 'person',
    subjectId: person,
    formCode: 'care',
    outcome: 'met',
    answers: { state: 'calm' },
    note: '老人独居',
    madeAt: '2026-03-02T08:30:00+08:00',
    eventIds: [secret],
    hazards: [{ id: freshId(), ...hazard }],
  })
})
after(() => world.close())

const on = '2026-03-02'
const secretWords = ['婚恋家庭纠纷', 'Marriage and family dispute', '密密']

test('weeks, visits and hazards name a confidential event to nobody who may not see it, before and after a week is confirmed', async () => {
  const look = async () => {
    for (const login of logins) {
      const maySee = (await world.get(login, '/api/events/one', { id: secret })).status === 200
      for (const [path, query] of [
        [listWeeks.path, { on }],
        [listVisits.path, {}],
        [listVisits.path, { eventId: secret }],
        [listHazards.path, {}],
      ] as const) {
        const { status, raw } = await world.get(login, path, query)
        const text = raw.toString('utf8')
        if (status !== 200) continue
        if (!maySee) assert.ok(!text.includes(secret), `${login} ${path} ${JSON.stringify(query)} names it`)
        if (!maySee && 'eventId' in query) assert.ok(!text.includes(person), `${login} is told at whose door`)
        if (path === listWeeks.path)
          for (const word of secretWords) assert.ok(!text.includes(word), `${login} ${path} says ${word}`)
      }
    }
  }
  await look()
  const mine = await world.ask(getWeek, 'worker', { on })
  assert.deepEqual(
    mine.lines.filter((l) => l.key === 'confidential').map((l) => [l.text, l.count, l.ids]),
    [['上报事件 1 件（保密）。', 1, []]],
  )
  const { weeks } = await world.ask(listWeeks, 'village', { on })
  assert.ok(weeks.length > 0 && !JSON.stringify(weeks).includes('保密'), 'the holder alone reads that there was one')
  world.clock.at('2026-03-08T18:00:00+08:00')
  await world.wake()
  await world.ask(confirmWeek, 'worker', { on })
  await look()
  assert.ok((await world.ask(getWeek, 'worker', { on })).lines.some((l) => l.key === 'confidential'))
})

test('who may see the event is told by visits and hazards which it is', async () => {
  const { visits } = await world.ask(listVisits, 'worker', { eventId: secret })
  assert.deepEqual(
    visits.map((v) => v.eventIds),
    [[secret]],
  )
  const { hazards } = await world.ask(listHazards, 'worker', {})
  assert.deepEqual(
    hazards.map((h) => h.eventId),
    [secret],
  )
})

test('whom a visit was made to, what he said, and that it was for care, is read by who keeps his record or serves him', async () => {
  for (const login of ['county', 'leader', 'town', 'townleader', 'leader1', 'village', 'worker'] as const) {
    const { status, body } = await world.get(login, listVisits.path)
    if (status !== 200) continue
    const keeps = (await world.get(login, '/api/registry/record', { id: person })).status === 200
    const serves = ['village', 'worker'].includes(login)
    const [visit] = body.visits
    assert.equal(visit.subjectName, keeps ? '夏访人' : '**', login)
    assert.equal(visit.note, keeps ? '老人独居' : '', login)
    assert.equal(visit.answers.length, keeps ? 1 : 0, login)
    assert.equal(visit.formName, serves ? '关爱走访' : '走访', login)
    assert.equal(JSON.stringify(visit).includes('care'), serves, login)
  }
})
