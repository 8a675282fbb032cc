/** Key populations: what is sealed is written by one and read with the agreement of another; a team, a rhythm, what to mind. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { careReadableFor } from '@fengge/domain/registry/care/key-populations'
import {
  askCare,
  decideCare,
  listCare,
  listCareRequests,
  readOverlays,
  saveHelper,
  saveOverlay,
} from '@fengge/domain/registry/care/contract'
import { listAlarms, listJournal } from '@fengge/domain/audit/contract'
import { getHousehold, getRecord, linkPerson, listLooks } from '@fengge/domain/registry/contract'
import { listMatters } from '@fengge/domain/matters/contract'
import { listTasks, saveCampaign } from '@fengge/domain/visits/contract/desk'
import { freshId } from '../src/kernel/fresh-id.ts'
import { runRules } from '../src/visits/run-rules.ts'
import { openCare } from './open-care.ts'
import { openRegistry, type Registry } from './registry-world.ts'
import type { AskedOf, Login, World } from './world.ts'

let r: Registry
let world: World
before(async () => {
  r = await openRegistry()
  world = r.world
})
after(() => world.close())

type Overlay = AskedOf<typeof saveOverlay>
const overlayOf = (personId: string, more: Partial<Overlay> = {}): Overlay => ({
  id: freshId(),
  personId,
  kind: 'released',
  facts: '某年释放回乡',
  values: { originalCrime: '盗窃', releaseDate: '2025-12-01', riskKind: 'low', isRecidivist: false },
  visitDays: 30,
  cautions: ['in-pairs'],
  startedOn: '2026-01-01',
  endedOn: null,
  ...more,
})
const readBy = async (login: Login, personId: string) =>
  (await world.ask(readOverlays, login, { personId })).overlays[0]!

test('what is sealed of key populations is read for a purpose, once somebody else agreed, for two hours, and it is in the journal', async () => {
  const personId = await r.person({ name: '阚被护' })
  const overlay = overlayOf(personId)
  await world.ask(saveOverlay, 'keeper', overlay)
  const sealed = await readBy('keeper', personId)
  assert.deepEqual([sealed.state, sealed.facts, sealed.values], ['sealed', '', {}])
  const ask = { id: freshId(), overlayId: overlay.id, purpose: 'visit', note: '走访前了解' } as const
  assert.equal((await world.refusal(askCare, 'village', ask)).status, 403, 'by its keeper alone')
  await world.ask(askCare, 'keeper', ask)
  assert.equal((await world.refusal(askCare, 'keeper', { ...ask, id: freshId() })).problem, 'care.asked')
  assert.equal((await readBy('keeper', personId)).state, 'asked')
  const { requests, waiting } = await world.ask(listCareRequests, 'chief', {})
  assert.deepEqual([waiting, requests[0]!.personName, requests[0]!.canDecide], [1, '阚被护', true])
  assert.ok(!/released|释放|盗窃/.test(JSON.stringify(requests)), 'who decides is not told why he is cared for')
  assert.equal((await world.ask(listCareRequests, 'keeper', {})).requests[0]!.canDecide, false)
  assert.equal((await world.refusal(decideCare, 'keeper', { id: ask.id, isAgreed: true })).status, 403)
  assert.equal((await world.refusal(decideCare, 'chief', { id: ask.id, isAgreed: false })).problem, 'care.reason')
  await world.ask(decideCare, 'chief', { id: ask.id, isAgreed: true })
  assert.equal((await world.refusal(decideCare, 'leader', { id: ask.id, isAgreed: true })).problem, 'care.decided')
  const open = await readBy('keeper', personId)
  assert.deepEqual([open.state, open.facts, open.values], ['open', '某年释放回乡', overlay.values])
  const { rows } = await world.ask(listJournal, 'auditor', { subject: personId })
  assert.deepEqual(
    rows
      .filter((row) => row.fact === 'registry.overlay-looked')
      .map((row) => row.detail['opened'])
      .toSorted((a, b) => Number(a) - Number(b)),
    [0, 0, 1],
  )
  assert.ok(rows.some((row) => row.fact === 'registry.overlay-agreed'))
  world.clock.pass(careReadableFor)
  await world.wake()
  assert.deepEqual([(await readBy('keeper', personId)).state, (await readBy('keeper', personId)).facts], ['sealed', ''])
})

test('a keeper writes without seeing: what he leaves out stays, and a value that its kind does not keep is refused', async () => {
  const personId = await r.person({ name: '简被护' })
  const overlay = overlayOf(personId)
  await world.ask(saveOverlay, 'keeper', overlay)
  const { facts: _facts, ...rest } = overlay
  await world.ask(saveOverlay, 'keeper', {
    ...rest,
    values: { settleStatus: 'work', originalCrime: null },
    visitDays: 60,
  })
  const stray = await world.refusal(saveOverlay, 'keeper', { ...overlay, values: { diagnosis: '…' } })
  assert.deepEqual([stray.problem, stray['details']], ['care.field', { field: 'diagnosis' }])
  assert.equal(
    (await world.refusal(saveOverlay, 'keeper', { ...overlay, endedOn: '2025-12-01' })).problem,
    'care.dates',
  )
  await openCare(world, overlay.id)
  const read = await readBy('keeper', personId)
  assert.deepEqual(
    [read.facts, read.values, read.visitDays],
    ['某年释放回乡', { releaseDate: '2025-12-01', riskKind: 'low', isRecidivist: false, settleStatus: 'work' }, 60],
  )
  assert.equal(read.dueAt, '2026-03-02T00:00:00.000Z', 'sixty days from the day it began')
})

test('what one keeper writes over another’s words loses none of them, and the journal says to which fields', async () => {
  const personId = await r.person({ name: '覆被护' })
  const overlay = overlayOf(personId)
  await world.ask(saveOverlay, 'keeper', overlay)
  await world.ask(saveOverlay, 'keeper', { ...overlay, facts: '。', values: { originalCrime: null }, cautions: [] })
  assert.deepEqual((await readBy('keeper', personId)).former, [], 'sealed like what is there now')
  await openCare(world, overlay.id)
  const { facts, former } = await readBy('keeper', personId)
  assert.equal(facts, '。')
  assert.deepEqual(
    former.map((f) => [f.facts, f.values, f.cautions]),
    [[overlay.facts, overlay.values, ['in-pairs']]],
  )
  const { rows } = await world.ask(listJournal, 'auditor', { subject: personId })
  const written = rows.filter((row) => row.fact === 'registry.overlay-saved').map((row) => row.detail['fields'])
  assert.ok(written.some((fields) => JSON.stringify(fields) === '["facts","originalCrime","cautions"]'))
})

test('no number of saves pushes the first words out: they go on in pages, what says nothing new keeps no row, and a day has so many', async () => {
  const personId = await r.person({ name: '覆多次' })
  const overlay = overlayOf(personId)
  await world.ask(saveOverlay, 'keeper', overlay)
  const write = (n: number) => ({ ...overlay, facts: `改${n}`, values: {} })
  for (let n = 1; n <= 25; n++) {
    await world.ask(saveOverlay, 'keeper', write(n))
    world.clock.pass(3 * 3_600_000)
    await world.wake()
  }
  await world.ask(saveOverlay, 'keeper', write(25))
  await openCare(world, overlay.id)
  const read = await readBy('keeper', personId)
  assert.deepEqual([read.facts, read.formerTotal, read.former.length], ['改25', 25, 21])
  assert.deepEqual([read.former[0]!.facts, read.former.at(-1)!.facts], ['改24', overlay.facts])
  assert.deepEqual(
    read.former.map((f) => f.isFirst),
    [...Array<boolean>(20).fill(false), true],
  )
  const ask = { personId, formerOf: overlay.id, after: read.formerNext! }
  const [next] = (await world.ask(readOverlays, 'keeper', ask)).overlays
  assert.deepEqual(
    next!.former.map((f) => f.facts),
    ['改4', '改3', '改2', '改1', overlay.facts],
  )
  assert.equal(next!.formerNext, null)
  let saved = 0
  const tries = async () => {
    for (; saved < 30; saved++) await world.ask(saveOverlay, 'keeper', write(100 + saved))
  }
  await assert.rejects(tries(), /429.*care\.quota/)
  assert.ok(saved > 0 && saved < 15, String(saved))
  const { alarms } = await world.ask(listAlarms, 'auditor', {})
  assert.ok(
    alarms.some((a) => a.accountName === '演员keeper' && a.refused > 0),
    'who audits is told',
  )
})

test('a team of helpers has several, each from a day to a day', async () => {
  const personId = await r.person({ name: '闻被护' })
  const overlay = overlayOf(personId)
  await world.ask(saveOverlay, 'keeper', overlay)
  const police = { id: freshId(), overlayId: overlay.id, role: 'police', name: '王民警', fromOn: '2026-01-01' } as const
  await world.ask(saveHelper, 'keeper', police)
  await world.ask(saveHelper, 'keeper', {
    ...police,
    id: freshId(),
    role: 'doctor',
    name: '李医生',
    contact: '0510-1234567',
    fromOn: '2026-02-01',
  })
  await world.ask(saveHelper, 'keeper', { ...police, toOn: '2026-02-28' })
  const { team } = await readBy('keeper', personId)
  assert.deepEqual(
    team.map((h) => [h.role, h.name, h.contact, h.fromOn, h.toOn]),
    [
      ['police', '王民警', '', '2026-01-01', '2026-02-28'],
      ['doctor', '李医生', '0510-1234567', '2026-02-01', null],
    ],
  )
  const backwards = { ...police, id: freshId(), toOn: '2025-12-31' }
  assert.equal((await world.refusal(saveHelper, 'keeper', backwards)).problem, 'care.dates')
  const elsewhere = { ...police, overlayId: freshId() }
  assert.equal((await world.refusal(saveHelper, 'keeper', elsewhere)).problem, 'record.unknown')
})

test('what to mind follows every visit to a person, and changes with it; the page of a house that hosts him does not tell', async () => {
  const personId = await r.person({ name: '党被护', kind: 'left-behind' })
  const overlay = overlayOf(personId)
  await world.ask(saveOverlay, 'keeper', overlay)
  const matter = (await world.ask(listMatters, 'rules', {})).matters.find((m) => m.code === '000-D01')!
  const id = freshId()
  await world.ask(saveCampaign, 'village', {
    id,
    matterId: matter.id,
    name: '留守走访',
    placeId: world.at['village']!,
    selector: 'left-behind',
    formCode: 'care',
    fromOn: '2026-03-05',
    toOn: '2026-03-20',
    minutes: 20,
  })
  const cautions = async () => {
    const { tasks } = await world.ask(listTasks, 'village', { originId: id })
    assert.equal(tasks.length, 1)
    return tasks[0]!.cautions.toSorted()
  }
  assert.deepEqual(await cautions(), ['in-pairs'])
  await world.ask(saveOverlay, 'keeper', { ...overlay, cautions: ['in-pairs', 'daytime'] })
  assert.deepEqual(await cautions(), ['daytime', 'in-pairs'])
  await world.ask(saveOverlay, 'keeper', { ...overlay, endedOn: '2026-03-02' })
  assert.deepEqual(await cautions(), [])
  const { living } = await world.ask(getHousehold, 'worker', { houseId: r.house })
  assert.ok(living.every((p) => p.cautions.length === 0))
})

test('that somebody is ill, or was in prison, is told to no liaison and no grid leader: what to do to be safe is', async () => {
  const personId = await r.person({ name: '卜被护' })
  const overlay = overlayOf(personId)
  await world.ask(saveOverlay, 'keeper', { ...overlay, cautions: ['with-doctor', 'daytime'] })
  const home = { role: 'member' as const, fromOn: '2026-03-01', basis: '自述' }
  await world.ask(linkPerson, 'worker', { id: freshId(), personId, houseId: r.house, ...home })
  await runRules(world.engine)
  const safe = ['daytime', 'in-pairs', 'knock-first']
  for (const [login, told] of [
    ['worker', ['daytime', 'with-doctor']],
    ['village', ['daytime', 'with-doctor']],
    ['liaison', safe],
    ['leader1', safe],
  ] as const) {
    const { living } = await world.ask(getHousehold, login, { houseId: r.house })
    assert.deepEqual(living.find((p) => p.record.id === personId)!.cautions.toSorted(), told, login)
    const pulled = JSON.stringify((await world.get(login, '/api/sync/pull')).body)
    if (login !== 'village') assert.ok(pulled.includes(told[0]), `${login}: the task is on the phone`)
    assert.equal(pulled.includes('with-doctor'), login === 'worker', login)
  }
  const tasksOf = async (login: Login) => (await world.ask(listTasks, login, {})).tasks
  assert.deepEqual((await tasksOf('village')).find((t) => t.subjectId === personId)!.cautions.toSorted(), [
    'daytime',
    'with-doctor',
  ])
  // A leader reads that a call for care is due, and on whom he does not; what to mind goes with the name.
  const led = await tasksOf('leader1')
  assert.ok(!led.some((t) => t.subjectId === personId))
  assert.ok(led.some((t) => t.subjectId === null && t.cautions.length === 0))
})

test('who is told who looked at somebody does not learn from it that a keeper looks after him', async () => {
  const personId = await r.person({ name: '瞿被护' })
  await world.ask(saveOverlay, 'keeper', overlayOf(personId))
  await world.ask(getRecord, 'keeper', { id: personId })
  await readBy('keeper', personId)
  await world.ask(getRecord, 'worker', { id: personId })
  const { looks } = await world.ask(listLooks, 'village', { id: personId })
  assert.ok(looks.some((l) => l.office.includes('网格员')))
  assert.ok(!/overlay|特殊/.test(JSON.stringify(looks)), JSON.stringify(looks))
  const others = looks.filter((l) => !l.office.includes('网格员'))
  assert.deepEqual(
    others.map((l) => [l.office.endsWith('社区居委会'), l.what]),
    [[true, 'registry.person-looked']],
  )
})

test('a keeper finds whom he looks after in one list, the longest due first, with the team, and not why', async () => {
  const [late, fresh] = [await r.person({ name: '阚迟访' }), await r.person({ name: '阚新护' })]
  const longAgo = overlayOf(late, { startedOn: '2025-06-01', visitDays: 60 })
  for (const overlay of [longAgo, overlayOf(late), overlayOf(fresh, { visitDays: 180 })])
    await world.ask(saveOverlay, 'keeper', overlay)
  const helper = { id: freshId(), overlayId: longAgo.id, role: 'police', name: '康助', fromOn: '2026-01-01' } as const
  await world.ask(saveHelper, 'keeper', helper)
  const { people, total, due } = await world.ask(listCare, 'keeper', {})
  const of = (id: string) => people.find((p) => p.personId === id)!
  assert.deepEqual(
    [of(late).name, of(late).isDue, of(late).helpers, of(late).dueAt.slice(0, 10)],
    ['阚迟访', true, 1, '2025-07-30'],
  )
  assert.deepEqual([of(fresh).isDue, of(fresh).helpers], [false, 0])
  assert.ok(people.indexOf(of(late)) < people.indexOf(of(fresh)))
  assert.deepEqual([total, due], [people.length, people.filter((p) => p.isDue).length])
  assert.ok(!/released|释放/.test(JSON.stringify(people)))
  assert.equal((await world.refusal(listCare, 'village', {})).status, 403)
})
