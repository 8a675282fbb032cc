/** What was told in confidence, and who is visited for care, stands in no week and no list of visits of those who may not know. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { read } from '@e965/xlsx'
import { listMatters } from '@fengge/domain/matters/contract'
import { saveOverlay } from '@fengge/domain/registry/care/contract'
import { exportTasks, listHazards, listTasks } from '@fengge/domain/visits/contract/desk'
import { listRules } from '@fengge/domain/visits/contract/rules'
import { listVisits, recordVisit } from '@fengge/domain/visits/contract/worker'
import { callMeeting, confirmWeek, getWeek, listMeetings, listWeeks } from '@fengge/domain/worklog/contract'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { runRules } from '../../src/visits/run-rules.ts'
import { openRegistry, type Registry } from '../registry-world.ts'
import { logins, type Login, type World } from '../world.ts'

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

/** Two in care, with a task for each; gives the rule that made them. */
async function callForCare(aged: string): Promise<string> {
  for (const personId of [person, aged])
    await world.ask(saveOverlay, 'keeper', {
      id: freshId(),
      personId,
      kind: 'released',
      facts: '某年释放回乡',
      cautions: ['in-pairs'],
      visitDays: 1,
      startedOn: '2026-01-01',
      endedOn: null,
    })
  await runRules(world.engine)
  const { rules } = await world.ask(listRules, 'worker', {})
  return rules.find((rule) => rule.selector === 'care')!.id
}

async function tasksFor(login: Login, care: string) {
  const states = ['open', 'late', 'done', 'dropped'] as const
  const asks = states.flatMap((state) => [{ state }, { state, originId: care }])
  const lists = await Promise.all(asks.map((ask) => world.ask(listTasks, login, ask)))
  return lists.flatMap(({ tasks }) => tasks).filter((t) => t.subjectKind === 'person')
}

test('that somebody is visited for care is told by no task, visit or hazard to who neither serves him nor keeps his record', async () => {
  const aged = await r.person({ name: '夏高龄', born: '1940-01-01' })
  assert.equal((await r.link(aged, r.other)).status, 200)
  const care = await callForCare(aged)
  const planning: Login[] = []
  for (const login of logins) {
    if ((await world.get(login, listTasks.path)).status !== 200) continue
    const tasks = await tasksFor(login, care)
    const inCare = tasks.filter((t) => t.formCode === 'care' || t.originId === care)
    if (inCare.length === 0) continue
    planning.push(login)
    const named = new Set(inCare.map((t) => t.subjectId))
    if (['village', 'keeper'].includes(login)) assert.deepEqual(named, new Set([person, aged]), login)
    else assert.deepEqual(named, new Set([null]), login)
    if ((await world.get(login, '/api/registry/record', { id: person })).status === 200) continue
    assert.ok(!tasks.some((t) => t.subjectId !== null || t.cautions.length > 0), `${login} is told on whom`)
    const { raw } = await world.post(login, exportTasks.path, { purpose: '年度核对', originId: care })
    const sheet = JSON.stringify(Object.values(read(raw).Sheets))
    assert.ok(sheet.includes('关爱走访') && !sheet.includes('两人同行'), `${login} takes what to mind along`)
    const beside = await Promise.all([world.get(login, listVisits.path), world.get(login, listHazards.path)])
    for (const { body } of beside) assert.ok(!JSON.stringify(body).includes(person), `${login} is told at whose door`)
  }
  for (const login of ['county', 'town', 'leader', 'leader1', 'village', 'keeper'] as const)
    assert.ok(planning.includes(login), `${login} reads that calls are due`)
})

test('visits to people look alike to who serves none of them: for care, or for their age', async () => {
  const { matters } = await world.ask(listMatters, 'village', {})
  const visit = { taskId: null, matterId: matters[0]!.id, subjectKind: 'person', outcome: 'met', note: '' } as const
  const others = { id: freshId(), subjectId: person, formCode: 'left-behind', answers: { guard: 'family' } }
  await world.ask(recordVisit, 'worker', { ...visit, ...others, madeAt: '2026-03-08T09:00:00+08:00' })
  for (const login of ['county', 'leader', 'leader1'] as const) {
    const { visits } = await world.ask(listVisits, login, {})
    const shown = visits.map(({ formCode, formName, matterName }) => ({ formCode, formName, matterName }))
    assert.equal(shown.length, 2)
    assert.deepEqual(shown[0], shown[1], login)
  }
})

test('a meeting names an event to who may see it now, and to nobody else that asks for its minutes', async () => {
  const told = '值班员收钱一事'
  const id = await world.report('worker', { title: told })
  world.clock.pass(6 * 86_400_000)
  await world.wake()
  const at = new Date(world.clock.now() + 3_600_000).toISOString()
  const held = {
    id: freshId(),
    placeId: world.at['village']!,
    kind: 'regular',
    title: '例会',
    at,
    where: '居委会',
  } as const
  await world.ask(callMeeting, 'village', { ...held, more: [] })
  const names = async (login: Login) => {
    const { meetings } = await world.ask(listMeetings, login, {})
    const agenda = meetings.find((m) => m.id === held.id)!.agenda
    return [agenda.some((a) => a.text.includes(told) || a.eventId === id), agenda.some((a) => a.text === '事件一件')]
  }
  assert.deepEqual(
    [await names('worker'), await names('village')],
    [
      [true, false],
      [true, false],
    ],
  )
  assert.deepEqual(await names('worker2'), [false, true], 'of another grid')
  assert.equal((await world.act('chief', id, 'recode', { categoryCode: '8001', note: '反映值班员' })).status, 200)
  for (const login of ['worker2', 'liaison', 'village', 'leader1'] as const)
    assert.deepEqual(await names(login), [false, true], login)
})
