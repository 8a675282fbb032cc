/** What a phone hands in is opened to whoever could read the thing itself, and decided on by him alone. */
import assert from 'node:assert/strict'
import { createCipheriv, randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { listCatalogue, saveCategory, submitTicket } from '@fengge/domain/events/contract/rules'
import { listMatters } from '@fengge/domain/matters/contract'
import {
  decideInbox,
  enrolDevice,
  handIn,
  listDevices,
  listInbox,
  push,
  readHandedPhoto,
  wipeDevice,
} from '@fengge/domain/sync/contract'
import { askRecusal, decideRecusal } from '@fengge/domain/registry/recusal/contract'
import { roles } from '@fengge/domain/identity/roles'
import { listVisits } from '@fengge/domain/visits/contract/worker'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { openRegistry, type Registry } from '../registry-world.ts'
import type { Login, World } from '../world.ts'
import { as, hire } from './told/people.ts'

let r: Registry
let world: World
before(async () => {
  r = await openRegistry()
  world = r.world
})
after(() => world.close())

interface Held {
  readonly name: string
  readonly ask: object
  readonly photo?: string
}
const nowhere = freshId()
const madeAt = () => new Date(world.clock.now()).toISOString()
let seq = 0
const actOf = ({ name, ask }: Held) => ({
  requestId: freshId(),
  seq: ++seq,
  name,
  ask: ask as never,
  madeAt: madeAt(),
  subject: '',
})

/** The desk has a phone wiped, and the phone hands in what waits on it. @returns the ids of the acts */
async function handedIn(holder: Login, held: readonly Held[]): Promise<string[]> {
  const key = randomBytes(32)
  const seal = (bytes: Buffer) => {
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, iv)
    return Buffer.concat([iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]).toString('base64url')
  }
  const dataKey = key.toString('base64url')
  const { id: device, token } = await world.ask(enrolDevice, holder, { id: freshId(), name: '测试机', dataKey })
  await world.ask(wipeDevice, 'village', { id: device, reason: '手机丢失' })
  await world.signBackIn(holder)
  const acts = held.map((h) => {
    const photos = h.photo === undefined ? [] : [{ id: h.photo, eventId: nowhere, phase: 'before' }]
    return { act: actOf(h), state: 'waiting', photos, label: '', problem: '', tries: 0, sentAt: '' }
  })
  const sealed = acts.map((a) => seal(Buffer.from(JSON.stringify(a))))
  const photos = held.flatMap(({ photo }) =>
    photo === undefined ? [] : [{ id: photo, sealed: seal(Buffer.from('{"type":"image/jpeg"}\nnone')) }],
  )
  await world.ask(handIn, null, { device, token, sealed, photos })
  return acts.map((a) => a.act.requestId)
}
const complaint = (categoryCode: string, more: object = {}) => ({
  name: 'reportEvent',
  ask: {
    id: freshId(),
    title: '反映社区书记',
    content: '书记收取好处费，我亲眼看见',
    categoryCode,
    gridId: world.at['grid1'],
    ...more,
  },
})
const listed = async (login: Login) => world.ask(listInbox, login, { state: 'all' })
const rowFor = async (login: Login, id: string) => (await listed(login)).rows.find((row) => row.id === id)
const drop = (login: Login, id: string) => world.refusal(decideInbox, login, { id, choice: 'drop', reason: '查无此事' })
/** That something in confidence is there, and who decides on it: nothing else. */
async function isSealedFrom(login: Login, id: string, by: string): Promise<void> {
  const row = (await rowFor(login, id)) ?? assert.fail(`${login} is not told that there is one`)
  assert.equal(row.confided?.by, by, login)
  const told = [row.text, row.holder, row.post, row.about, row.told, row.changes, row.photos, row.mayApply]
  assert.deepEqual(told, ['', '', '', [], [], [], [], false], login)
  const refused = await drop(login, id)
  assert.deepEqual([refused.status, refused.problem], [403, 'inbox.confided'], login)
}

test('a complaint about staff that a phone hands in goes past the community, which hears of it in no list and no count', async () => {
  const photo = freshId()
  const [id] = await handedIn('liaison', [{ ...complaint('8001'), photo }])
  for (const login of ['village', 'chief', 'townchief'] as const) {
    const { rows, total } = await listed(login)
    assert.deepEqual([rows, total], [[], 0], login)
    assert.equal((await drop(login, id!)).status, 404, login)
    assert.equal((await world.get(login, readHandedPhoto.path, { id: photo })).status, 404, login)
  }
  const phone = { id: freshId(), name: '新机', dataKey: randomBytes(32).toString('base64url') }
  await world.ask(enrolDevice, 'liaison', phone)
  const counted = async (login: Login) =>
    (await world.ask(listDevices, login, { only: 'all' })).devices.find((d) => d.id === phone.id)?.inbox
  assert.deepEqual([await counted('village'), await counted('countychief')], [0, 1])
  const row = (await rowFor('countychief', id!))!
  assert.match(row.text, /书记收取好处费/)
  assert.equal(row.holder, '演员liaison')
  await world.ask(decideInbox, 'countychief', { id: id!, choice: 'note', reason: '已转纪检' })
})

test('one that the town judges is told to the county as one in confidence; what follows it lies with it', async () => {
  const { categories } = await world.ask(listCatalogue, 'rules', {})
  const { validTo: _, ...category } = categories.find((c) => c.code === '4010')!
  await world.ask(saveCategory, 'rules', { category: { ...category, isAboutStaff: true, validFrom: '2026-03-02' } })
  const report = complaint('4010')
  const [id] = await handedIn('liaison', [report])
  assert.match((await rowFor('townchief', id!))!.text, /书记收取好处费/)
  await isSealedFrom('countychief', id!, 'desk')
  assert.equal((await rowFor('village', id!)) ?? null, null)
  const attach = { eventId: report.ask.id, evidenceIds: [freshId()], phase: 'before' }
  const act = actOf({ name: 'attachEvidence', ask: attach })
  const { fates } = await world.ask(push, 'liaison', { device: '', acts: [act as never] })
  assert.equal(fates[0]?.fate, 'kept')
  assert.equal((await rowFor('village', act.requestId)) ?? null, null)
  assert.equal((await rowFor('townchief', act.requestId))?.confided, null)
})

test('what is told in confidence is read at the desk that would have had it', async () => {
  const report = complaint('1001', { title: '家暴', content: '隔壁家暴', onBehalfOf: '李奶奶' })
  const [id] = await handedIn('liaison', [report])
  assert.match((await rowFor('village', id!))!.text, /隔壁家暴/)
  for (const login of ['townchief', 'countychief'] as const) await isSealedFrom(login, id!, 'desk')
})

test('what somebody did to a matter that has become one about staff lies with who has it now', async () => {
  const { id: eventId } = await world.ask(submitTicket, 'hotline', {
    ticketNo: 'A-9601',
    title: '反映网格员',
    content: '网格员索要好处',
    placeText: '三栋',
    categoryCode: '5001',
    point: { lng: 120.205, lat: 31.61 },
    isSecret: false,
    callerName: '李某某',
    callerPhone: '13912345678',
  })
  await world.act('worker', eventId, 'verify', { finding: 'exists' })
  await world.act('village', eventId, 'recode', { categoryCode: '8001', note: '反映的是网格员' })
  const act = actOf({ name: 'act.verify', ask: { eventId, version: 1, finding: 'absent', note: '查无此事，系诬告' } })
  const { fates } = await world.ask(push, 'worker', { device: '', acts: [act as never] })
  assert.equal(fates[0]?.fate, 'kept')
  assert.equal((await rowFor('chief', act.requestId)) ?? null, null)
  assert.match((await rowFor('countychief', act.requestId))!.text, /系诬告/)
})

test('what a keeper wrote down of a visit is read and decided on by who keeps the record there, and by no desk', async () => {
  const { matters } = await world.ask(listMatters, 'village', {})
  const subjectId = await r.person({ name: '访视人' })
  await r.link(subjectId, r.house)
  const visit = (formCode: string, more: object) => ({
    name: 'recordVisit',
    ask: {
      id: freshId(),
      taskId: null,
      matterId: matters[0]!.id,
      subjectKind: 'person',
      subjectId,
      formCode,
      outcome: 'met',
      onBehalfOf: '',
      madeAt: madeAt(),
      eventIds: [],
      hazards: [],
      ...more,
    },
  })
  const [core, care] = await handedIn('keeper', [
    visit('mental-health', {
      answers: { stable: 'unstable', medicine: 'irregular' },
      note: '精神分裂，已停药，有伤人史',
    }),
    visit('care', { answers: {}, note: '独居，腿脚不便' }),
  ])
  for (const login of ['village', 'chief', 'countychief'] as const) await isSealedFrom(login, core!, 'keeper')
  await isSealedFrom('chief', care!, 'registry')
  assert.match((await rowFor('village', care!))!.text, /独居/, 'who may read it online reads it here')
  const kept = await listed('keeper')
  assert.deepEqual([kept.rows.map((row) => row.id), kept.total], [[core], 1], 'of the strays of others nothing')
  assert.match(kept.rows[0]!.text, /已停药/)
  await world.ask(decideInbox, 'keeper', { id: core!, choice: 'apply' })
  const { visits } = await world.ask(listVisits, 'keeper', { subjectId })
  assert.equal(visits[0]?.note, '精神分裂，已停药，有伤人史')
})

test('what a phone hands in about somebody is sealed from the desk that is kept from her, and lies with the desk above', async () => {
  const [phone, registrar] = ['13711115577', roles.find((role) => role.code === 'registrar')!]
  const she = await r.person({ name: '避让人', phone })
  await r.link(she, r.house)
  await hire(r, 'registrar', registrar, world.at['village']!)
  const kept = { personId: she, login: 'village', untilOn: '2026-09-01', reason: '系其前夫，本人申请保护' }
  const id = freshId()
  await world.ask(askRecusal, as('registrar'), { id, ...kept })
  await world.ask(decideRecusal, 'townchief', { id, isAgreed: true })
  const { matters } = await world.ask(listMatters, 'rules', {})
  const service = { matterId: matters[0]!.id, what: '代领', askedBy: '某人', dueOn: '2026-03-20' }
  const at = { gridId: world.at['grid1'], madeAt: madeAt() }
  const met = { taskId: null, matterId: matters[0]!.id, formCode: 'care', subjectKind: 'person', subjectId: she }
  const note = '夜里在云岭纺织厂上班'
  const acts = await handedIn('worker', [
    { name: 'recordVisit', ask: { id: freshId(), ...met, outcome: 'met', note, madeAt: madeAt() } },
    { name: 'saveRecord', ask: { id: she, kind: 'person', version: 1, values: { remark: '她已搬到云岭路八号' } } },
    { name: 'takeService', ask: { id: freshId(), ...service, ...at, personId: null, phone } },
    { name: 'takeService', ask: { id: freshId(), ...service, ...at, personId: null, phone: '13711115578' } },
  ])
  for (const act of acts.slice(0, 3)) await isSealedFrom('village', act, 'desk')
  assert.doesNotMatch(JSON.stringify(await listed('village')), /云岭/)
  assert.equal((await rowFor('village', acts[3]!))?.confided, null, 'of others it is told as before')
  const above = (await rowFor('townchief', acts[1]!))!
  assert.deepEqual([above.confided, above.name, above.canApply], [null, 'saveRecord', true])
  await world.ask(decideInbox, 'townchief', { id: acts[1]!, choice: 'drop', reason: '已另行登记' })
})
