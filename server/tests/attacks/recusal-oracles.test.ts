/** Who is kept from her learns nothing of her by what he sends himself, and what he tries is written down by whatever door. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listJournal } from '@fengge/domain/audit/contract'
import { roles } from '@fengge/domain/identity/roles'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { getHistory } from '@fengge/domain/registry/contract'
import { listLinkRequests } from '@fengge/domain/registry/link-contract'
import { listLedgerRows } from '@fengge/domain/registry/ledger-contract'
import { recordVisit } from '@fengge/domain/visits/contract/worker'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { body, numberOf } from '../registry-world.ts'
import type { Login, World } from '../world.ts'
import { as, hire, matterOf, openFar, plant, type Far } from './told/people.ts'

let far: Far
let world: World
const she = { id: '', name: '避让人', phone: '13812347351', idNo: numberOf(951) }
before(async () => {
  far = await openFar()
  world = far.world
  for (const [login, code, place] of [
    ['registrar', 'registrar', 'village'],
    ['village2', 'village-officer', 'village'],
    ['county-chief', 'duty-chief', 'county'],
  ] as const)
    await hire(
      far,
      login,
      roles.find((r) => r.code === code)!,
      world.at[place]!,
    )
  world.engine.sessions.forget()
  const { name, phone, idNo } = she
  she.id = await far.person({ name, phone, idNo })
  await far.link(she.id, far.other, { role: 'head' })
  await visitHer()
  for (const login of ['village', 'worker', 'town']) await keepAway(login)
  world.clock.pass(60_000)
  await world.wake()
})
after(() => world.close())

const post = (login: string, path: string, ask: Record<string, unknown>) =>
  world.post(login as Login, path.startsWith('/') ? path : `/api/registry/${path}`, body(ask))
const asks = (login: string, path: string, ask: object) =>
  world.post(login as Login, `/api/registry/${path}`, { ...ask })
const today = () => dayOf(world.clock.now())

async function keepAway(login: string): Promise<void> {
  const ask = {
    id: freshId(),
    personId: she.id,
    login,
    untilOn: addDays(today(), 300),
    reason: '系其前夫，本人申请保护',
  }
  assert.equal((await post('registrar', 'ask-recusal', ask)).status, 200)
  assert.equal((await post('county-chief', 'decide-recusal', { id: ask.id, isAgreed: true })).status, 200)
}

const hazard = freshId()
/** A hidden danger was found at her home. */
async function visitHer(): Promise<void> {
  const matterId = await matterOf(far)
  const about = { id: freshId(), taskId: null, matterId, formCode: 'care', subjectKind: 'person', note: '' } as const
  const hazards = [{ id: hazard, what: '堆物', fixBy: addDays(today(), 5), recheckDays: 7, eventId: null }]
  const madeAt = new Date(world.clock.now()).toISOString()
  await world.ask(recordVisit, 'worker', { ...about, subjectId: she.id, outcome: 'not-home', madeAt, hazards })
}

const ledgerOf = (head: string, lines: readonly string[]) => [head, ...lines].join('\n')
function compare(login: string, id: string, employers: string, rentals: string) {
  const line = '----fengge-test'
  const part = (field: string, text: string) =>
    `--${line}\r\ncontent-disposition: form-data; name="${field}"; filename="${field}.csv"\r\ncontent-type: text/csv\r\n\r\n${text}\r\n`
  return world.app.inject({
    method: 'POST',
    url: '/api/registry/ledgers',
    headers: { authorization: `Bearer token-${login}`, 'content-type': `multipart/form-data; boundary=${line}` },
    payload: `--${line}\r\ncontent-disposition: form-data; name="id"\r\n\r\n${id}\r\n${part('employers', employers)}${part('rentals', rentals)}--${line}--\r\n`,
  })
}

test('which of the numbers of his own ledger is hers is told by no row that is missing', async () => {
  const phones = Array.from({ length: 20 }, (_, k) => `138123473${String(k + 40)}`)
  assert.ok(phones.includes(she.phone))
  const employers = ledgerOf(
    '姓名,身份证号,手机,地址',
    phones.map((phone, k) => `甲${String.fromCodePoint(0x4e00 + 7 * k)},,${phone},公司宿舍`),
  )
  const rentals = ledgerOf('承租人,证件号码,联系电话,房屋地址', [`${she.name},${she.idNo},,某处1幢101`])
  const runId = freshId()
  assert.equal((await compare('village', runId, employers, rentals)).statusCode, 200)
  const rows = async (login: Login, state: 'employer-only' | 'rental-only') =>
    (await world.ask(listLedgerRows, login, { runId, state })).rows.length
  assert.deepEqual([await rows('village', 'employer-only'), await rows('village', 'rental-only')], [20, 1])
  const other = freshId()
  assert.equal((await compare('village2', other, employers, rentals)).statusCode, 200)
  const { rows: theirs } = await world.ask(listLedgerRows, 'village', { runId: other, state: 'employer-only' })
  assert.equal(theirs.length, 19, 'what others sent is shown without her')
})

test('who has asked enough for a day compares no ledgers either', async () => {
  const [employers, rentals] = [
    ledgerOf('姓名,手机', ['甲某,13900000001']),
    ledgerOf('承租人,联系电话', ['乙某,13900000002']),
  ]
  const by = as('far-village-officer')
  for (let n = 0; n < 30; n++)
    assert.equal((await world.post(by, '/api/registry/search', { text: `1390000${String(1000 + n)}` })).status, 200)
  assert.equal((await compare(by, freshId(), employers, rentals)).statusCode, 429)
})

const tried = async (fact: string, accountName: string) =>
  (await world.ask(listJournal, 'auditor', { subject: she.id, fact })).rows.filter(
    (row) => row.kind === 'refused' && row.accountName === accountName,
  ).length

test('what he tries by her name, number or phone is in the journal, by whatever door he tries it', async () => {
  const { name, idNo, phone } = she
  for (const text of [name, idNo, phone])
    await asks('town', 'trace', { text, purpose: 'event', note: '核实报事人的住处' })
  assert.equal(await tried('tracePersons', '演员town'), 3)
  for (const values of [
    { name: '别人', idNo },
    { name: '别人', phone },
  ])
    assert.equal((await asks('worker', 'likely', { values })).status, 200)
  assert.equal(await tried('findLikely', '演员worker'), 2)
  const saved = await far.save('worker', 'person', { name: '别人', kind: 'floating', idNo })
  assert.equal(saved.body.problem, 'record.same-number')
  assert.equal(await tried('saveRecord', '演员worker'), 1, 'also where the act is refused')
})

test('what he asks about her lies with no desk, and looks to him as what he asks about others', async () => {
  const wish = { houseId: far.house, role: 'tenant', fromOn: today(), basis: '自述' }
  const id = freshId()
  assert.equal((await asks('worker', 'likely', { values: { name: she.name, idNo: she.idNo } })).status, 200)
  const values = { name: she.name, idNo: she.idNo }
  assert.equal((await post('worker', 'ask-link', { ...wish, id, values })).status, 200)
  assert.equal((await post('worker', 'ask-link', { ...wish, id: freshId(), values })).body.problem, 'link.there')
  const own = (await world.ask(listLinkRequests, 'worker', {})).requests.find((q) => q.id === id)
  assert.deepEqual([own?.state, own?.person], ['open', null])
  const { requests, waiting } = await world.ask(listLinkRequests, as('village2'), {})
  assert.ok(!requests.some((q) => q.id === id) && waiting === requests.length)
  assert.equal((await post('village2', 'decide-link', { id, isAgreed: true, isLead: false })).status, 404)
  assert.equal(await tried('askLink', '演员worker'), 2)
})

test('who is kept from her ends no hidden danger at her home', async () => {
  const ending = { id: hazard, reason: 'not-hazard', word: '不是隐患' }
  assert.equal((await post('village', '/api/visits/hazards/end', ending)).status, 404)
  assert.equal((await post('village2', '/api/visits/hazards/end', ending)).status, 200)
})

test('that a guest has a number on file is told to nobody who keeps the house', async () => {
  const guest = await plant(far, 'guest')
  const likely = async (values: object) =>
    (await asks('far-grid-worker', 'likely', { values: { name: guest.name, ...values }, houseId: far.farHouse })).body
  const said = await likely({})
  assert.deepEqual(said.likely[0].reasons, ['same-home'])
  assert.deepEqual(await likely({ idNo: numberOf(555, '19550101') }), said, 'a number that is nobody’s')
})

test('why a home ended is read where that home is, and not where she came to', async () => {
  const [id, linkId] = [await far.person({ name: '搬离人' }), freshId()]
  await far.link(id, far.house, { id: linkId, role: 'member' }, 'village2' as Login)
  const reason = '被丈夫张某家暴后离开'
  assert.equal((await post('village2', 'unlink', { id: linkId, toOn: today(), reason })).status, 200)
  const reasons = async (login: string) =>
    (await world.ask(getHistory, as(login), { id })).changes
      .map((change) => change.reason)
      .filter((text) => text !== '')
  assert.deepEqual(await reasons('liaison'), [reason], 'told where she lived')
  await far.link(id, far.farHouse, {}, as('far-grid-worker'))
  const { requests } = await world.ask(listLinkRequests, as('village2'), {})
  const open = requests.find((q) => q.state === 'open' && q.person?.id === id)!
  assert.equal((await post('village2', 'decide-link', { id: open.id, isAgreed: true, isLead: true })).status, 200)
  for (const login of ['far-liaison', 'far-village-officer']) assert.deepEqual(await reasons(login), [], login)
})
