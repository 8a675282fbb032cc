/** Who has two posts has what each gives where it is, never the right of one at the place of the other. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { revealReporter } from '@fengge/domain/events/contract/desk'
import { askEventExport, listEventExports } from '@fengge/domain/events/contract/exports'
import { submitTicket } from '@fengge/domain/events/contract/rules'
import { givePosting } from '@fengge/domain/identity/contract'
import { listMatters } from '@fengge/domain/matters/contract'
import { listServices, listVisits, recordVisit, takeService } from '@fengge/domain/visits/contract/worker'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { pull } from '@fengge/domain/sync/contract'
import { openRegistry, type Registry } from '../registry-world.ts'
import { idOf, office, type AskedOf, type Login, type World } from '../world.ts'

let r: Registry
let world: World
let matterId: string
before(async () => {
  r = await openRegistry()
  world = r.world
  matterId = (await world.ask(listMatters, 'rules', {})).matters[0]!.id
  const elsewhere = world.at['otherVillage']!
  await alsoGive('worker', 'overlay-keeper', elsewhere)
  await alsoGive('leader1', 'part-time-worker', elsewhere)
  await alsoGive('county', 'leader', world.at['county']!)
  await alsoGive('village', 'dispatcher', world.at['county']!)
})
after(() => r.world.close())

const alsoGive = (login: Login, roleCode: string, placeId: string) =>
  world.ask(givePosting, 'secadmin', {
    id: freshId(),
    accountId: idOf(login),
    roleCode,
    placeId,
    departmentId: null,
    fromOn: '2026-03-01',
    toOn: null,
  })

const met = (subjectId: string, more: Partial<AskedOf<typeof recordVisit>> = {}): AskedOf<typeof recordVisit> => ({
  id: freshId(),
  taskId: null,
  matterId,
  subjectKind: 'person',
  subjectId,
  outcome: 'met',
  formCode: 'mental-health',
  answers: { stable: 'stable', medicine: 'regular' },
  madeAt: '2026-03-02T08:30:00+08:00',
  ...more,
})

test('what is written down of a key population is read by its keeper, not by who keeps those of another village', async () => {
  const subjectId = await r.person({ name: '阚被护' })
  await world.ask(recordVisit, 'keeper', met(subjectId, { note: '服药中' }))
  const read = async (login: Login, ask: AskedOf<typeof listVisits>) => (await world.ask(listVisits, login, ask)).visits
  assert.equal((await read('keeper', { subjectId })).length, 1)
  assert.deepEqual(await read('worker', { subjectId }), [])
  assert.deepEqual(await read('worker', {}), [])
  assert.equal((await world.refusal(recordVisit, 'worker', met(subjectId))).problem, 'not-allowed')
})

test('who goes from door to door in one village writes no visit where he only looks', async () => {
  const subjectId = await r.person({ name: '阚被访' })
  const seen = met(subjectId, { formCode: 'errand', answers: {} })
  assert.equal((await world.refusal(recordVisit, 'leader1', seen)).status, 404)
})

test('who asked for a service is named to who serves there, not to who serves another village', async () => {
  await world.ask(takeService, 'worker', {
    id: freshId(),
    matterId,
    gridId: world.at['grid1']!,
    personId: null,
    askedBy: '阚代办',
    phone: '',
    what: '代缴水费',
    dueOn: '2026-03-09',
    madeAt: '2026-03-02T08:30:00+08:00',
  })
  const named = async (login: Login) => (await world.ask(listServices, login, {})).services.map((s) => s.askedBy)
  assert.deepEqual(await named('worker'), ['阚代办'])
  assert.deepEqual(await named('leader1'), ['阚**'])
  const words = async (login: Login) =>
    (await world.ask(listServices, login, {})).services.map((s) => [s.what, s.steps.map((x) => x.note).join('')])
  assert.equal((await words('worker'))[0]![0], '代缴水费')
  const pulled = async (login: Login) => JSON.stringify((await world.get(login, pull.path, {})).body)
  assert.match(await pulled('worker'), /阚代办/)
  assert.doesNotMatch(await pulled('leader1'), /阚代办|代缴水费/)
  for (const login of ['leader1', 'county'] as const) assert.deepEqual(await words(login), [['', '']], login)
})

test('who told in confidence is not revealed by the desk of one post to the leader of another', async () => {
  const { id } = await world.ask(submitTicket, 'hotline', {
    ticketNo: 'S-1001',
    title: '邻居打骂孩子',
    content: '请不要说是我反映的。',
    categoryCode: '5001',
    point: { lng: 120.205, lat: 31.61 },
    callerName: '李保密',
    callerPhone: '13900000001',
    isSecret: true,
  })
  for (const [login, action, more] of [
    ['worker', 'verify', { finding: 'exists' }],
    ['village', 'report-up', { note: '请镇里办理' }],
    ['town', 'dispatch', { departmentId: office('town-urban') }],
    ['townchief', 'force-close', { note: '当事人要求' }],
  ] as const)
    assert.equal((await world.act(login, id, action, more)).status, 200, action)
  assert.equal((await world.see('county', id)).id, id, 'as leader he decides over it')
  const asked = { eventId: id, purpose: '核对' }
  assert.equal((await world.refusal(revealReporter, 'county', asked)).status, 404)
})

test('an export from two posts is agreed to by who stands over both', async () => {
  const id = freshId()
  await world.ask(askEventExport, 'village', { id, filter: {}, purpose: '核对' })
  const listed = async (login: Login) => (await world.ask(listEventExports, login, {})).exports.map((e) => e.id)
  assert.deepEqual(await listed('countychief'), [id])
  assert.deepEqual(await listed('chief'), [])
})
