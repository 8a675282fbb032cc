/** Somebody who serves is kept from one person: to him she is nobody, by whatever call; and he is not told. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { read } from '@e965/xlsx'
import { contract } from '@fengge/domain/contract'
import { listJournal } from '@fengge/domain/audit/contract'
import { roles } from '@fengge/domain/identity/roles'
import type { Endpoint } from '@fengge/domain/kernel/endpoint'
import { getRecord, searchRegistry } from '@fengge/domain/registry/contract'
import { askExport, readExport } from '@fengge/domain/registry/bulk-contract'
import { askRecusal, decideRecusal, listRecusals } from '@fengge/domain/registry/recusal/contract'
import { pull } from '@fengge/domain/sync/contract'
import { submitTicket } from '@fengge/domain/events/contract/rules'
import { recordVisit, takeService } from '@fengge/domain/visits/contract/worker'
import { freshId } from '../../src/kernel/fresh-id.ts'
import type { Login } from '../world.ts'
import { asksFor } from './told/asks.ts'
import { admits, as, hire, matterOf, openFar, plant, type Far, type Planted, type Someone } from './told/people.ts'
import { factsIn } from './told/what-shows.ts'

let far: Far
let she: Planted
before(async () => {
  far = await openFar()
  she = await plant(far, 'stranger')
  const { at } = far.world
  for (const [login, code, place] of [
    ['registrar', 'registrar', at['village']!],
    ['county-chief', 'duty-chief', at['county']!],
  ] as const)
    await hire(
      far,
      login,
      roles.find((r) => r.code === code)!,
      place,
    )
})
after(() => far.world.close())

const draft = (login: string) => ({
  id: freshId(),
  personId: she.id,
  login,
  untilOn: '2026-03-05',
  reason: '系其前夫，本人申请保护',
})
const asked = async (login: string, by: Login = 'village') => {
  const ask = draft(login)
  await far.world.ask(askRecusal, by, ask)
  return ask.id
}

const agree = async (login: string) => {
  const id = await asked(login, login === 'village' ? as('registrar') : 'village')
  await far.world.ask(decideRecusal, 'townchief', { id, isAgreed: true })
}

/** Those of her place, with the duties of their roles. */
const kept: readonly Someone[] = (
  [
    ['worker', 'grid-worker'],
    ['liaison', 'liaison'],
    ['leader1', 'grid-leader'],
    ['keeper', 'overlay-keeper'],
    ['village', 'village-officer'],
  ] as const
).map(([login, role]) => ({ login, role, duties: new Set(roles.find((r) => r.code === role)!.duties) }))

const onlyTells = ({ method, name }: Endpoint): boolean =>
  method === 'GET' || ['searchRegistry', 'findLikely', 'revealField', 'revealReporter'].includes(name)

/** What each of them is shown of her, by every call that tells anything. */
async function shownOf(someone: readonly Someone[]): Promise<string[]> {
  const found: string[] = []
  for (const who of someone)
    for (const promise of contract.filter((one) => onlyTells(one) && admits(one, who)))
      for (const ask of asksFor(promise, she, far)) {
        const { get, post } = far.world
        const call = promise.method === 'GET' ? get : post
        const answer = await call(who.login as Login, promise.path, { ...ask })
        const isOwn = { grids: [far.world.at['grid1']!, '第1网格'], isOwn: true }
        const facts = [...factsIn(answer.body, she, isOwn, JSON.stringify(ask))]
        if (facts.length > 0) found.push(`${who.role} ${promise.name} shows ${facts.join(', ')}`)
      }
  return [...new Set(found)]
}

test('it is asked by one and agreed to by another who stands above, for a reason, until a day; never by who is kept away', async () => {
  const { world } = far
  assert.equal((await world.refusal(askRecusal, 'worker', draft('worker2'))).status, 403)
  assert.equal((await world.refusal(askRecusal, 'village', draft('village'))).problem, 'recusal.own')
  assert.equal(
    (await world.refusal(askRecusal, 'village', { ...draft('worker'), untilOn: '2031-01-01' })).problem,
    'recusal.day',
  )
  assert.equal((await world.refusal(askRecusal, 'othervillage', draft('worker'))).problem, 'record.unknown')
  const id = await asked('worker')
  assert.equal((await world.refusal(decideRecusal, 'village', { id, isAgreed: true })).status, 403)
  assert.ok((await shownOf(kept.slice(0, 1))).length > 0, 'until it is agreed to, he sees her')
  const row = (await world.ask(listRecusals, 'townchief', {})).recusals.find((one) => one.id === id)!
  assert.deepEqual([row.personName, row.accountName, row.state, row.canDecide], [she.name, '演员worker', 'asked', true])
  await world.ask(decideRecusal, 'townchief', { id, isAgreed: true })
  assert.equal((await world.refusal(decideRecusal, 'townchief', { id, isAgreed: true })).problem, 'recusal.decided')
})

test('whoever is kept from somebody is shown nothing of her by any call, her home and her household neither', async () => {
  for (const { login } of kept.slice(1)) await agree(login)
  assert.deepEqual(await shownOf(kept), [])
})

test('his phone is told anew, without her; a word of hers finds him what a word of nobody does', async () => {
  const { world } = far
  const held = await world.ask(pull, 'worker', { cursor: '', part: 'all' })
  assert.ok(!JSON.stringify(held).includes(she.id) && !JSON.stringify(held).includes(she.name))
  for (const text of [she.name, she.phone, she.idNo])
    assert.deepEqual((await world.ask(searchRegistry, 'worker', { text })).records, [], text)
  assert.equal((await world.refusal(getRecord, 'worker', { id: she.id })).problem, 'record.unknown')
})

test('no file that he takes along holds her, her home or her household', async () => {
  const { world } = far
  const placeId = world.at['village']!
  for (const kind of ['person', 'house'] as const) {
    const id = freshId()
    await world.ask(askExport, 'village', { id, kind, placeId, purpose: '年度核对台账' })
    const { raw, status } = await world.get('village', readExport.path, { id })
    assert.equal(status, 200)
    const sheets = JSON.stringify(read(raw).Sheets)
    assert.ok(sheets.length > 200 && !sheets.includes(she.name) && !sheets.includes(she.room), kind)
  }
})

test('what he tries by her handle, name or number is in the journal, and in no list of his', async () => {
  const { world } = far
  const { rows } = await world.ask(listJournal, 'auditor', { subject: she.id })
  assert.ok(rows.some((row) => row.kind === 'refused' && row.fact === 'getRecord' && row.accountName === '演员worker'))
  const searched = await world.ask(listJournal, 'auditor', { subject: she.id, fact: 'searchRegistry' })
  const seekers = new Set(searched.rows.map((row) => row.accountName))
  assert.ok(seekers.has('演员worker') && searched.rows.every((row) => row.kind === 'refused'), 'by name or number too')
  assert.equal((await world.refusal(listRecusals, 'worker', {})).status, 403)
})

test('a mark hides nothing from who reads the journal for the county', async () => {
  const { world } = far
  const id = await asked('auditor', as('registrar'))
  assert.equal((await world.refusal(decideRecusal, 'townchief', { id, isAgreed: true })).problem, 'recusal.above')
  await world.ask(decideRecusal, as('county-chief'), { id, isAgreed: true })
  await world.wake()
  const { rows } = await world.ask(listJournal, 'auditor', { subject: she.id })
  assert.ok(rows.some((row) => row.kind === 'refused'))
})

test('two of one community keep nobody who stands above them from anybody', async () => {
  const { world } = far
  const id = await asked('townchief', as('registrar'))
  const { problem } = await world.refusal(decideRecusal, 'townchief', { id, isAgreed: true })
  assert.equal(problem, 'record.unknown', 'who it is about hears nothing of it')
  assert.equal((await world.refusal(decideRecusal, 'chief', { id, isAgreed: true })).problem, 'recusal.above')
  await world.ask(decideRecusal, 'chief', { id, isAgreed: false })
})

/** Moments, and what is of a call. */
const still = (text: string) =>
  text
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+\d\d:00)/g, 'T')
    .replaceAll(/"(now|cursor|seq|next|trace)":("[^"]*"|\d+|null)/g, '')

/** Figures of a place, which whoever serves it is told as everybody there is: how many visits of a kind are due in it. */
const ofThePlace = new Set(['getRota'])

/** What is asked for without a word of anybody. */
async function figures(): Promise<Map<string, string>> {
  const lists = contract.filter((p) => p.method === 'GET' && p.ask.safeParse({}).success && !ofThePlace.has(p.name))
  const told = new Map<string, string>()
  for (const who of kept)
    for (const promise of lists.filter((one) => admits(one, who))) {
      const { status, body } = await far.world.get(who.login as Login, promise.path, {})
      told.set(`${who.login} ${promise.name}`, `${status} ${still(JSON.stringify(body))}`)
    }
  return told
}

test('no list, count or figure of his changes when more is done about her', async () => {
  const { world } = far
  await hire(
    far,
    'fresh-worker',
    roles.find((r) => r.code === 'grid-worker')!,
    world.at['grid1']!,
  )
  const fresh = as('fresh-worker')
  const before = await figures()
  const madeAt = new Date(world.clock.now()).toISOString()
  const matterId = await matterOf(far)
  const hazards = [{ id: freshId(), what: '堆物', fixBy: '2026-03-20', recheckDays: 7, eventId: null }]
  const about = { id: freshId(), taskId: null, matterId, formCode: 'care', subjectKind: 'person', note: '' } as const
  await world.ask(recordVisit, fresh, { ...about, subjectId: she.id, outcome: 'not-home', madeAt, hazards })
  const service = { id: freshId(), matterId, what: '代领', personId: she.id, askedBy: she.name, phone: she.phone }
  await world.ask(takeService, fresh, { ...service, dueOn: '2026-03-25', gridId: world.at['grid1']!, madeAt })
  const ticket = { ticketNo: 'P-9977', title: '再次反映', content: '再次反映，请处理', categoryCode: '5001' }
  const from = { point: { lng: 120.205, lat: 31.61 }, callerName: she.name, callerPhone: she.phone }
  await world.ask(submitTicket, 'hotline', { ...ticket, ...from })
  const after = await figures()
  assert.deepEqual(
    [...before].filter(([key, text]) => after.get(key) !== text).map(([key]) => key),
    [],
  )
})

test('it ends with its day', async () => {
  const { world } = far
  world.clock.pass(4 * 86_400_000)
  await world.wake()
  assert.equal((await world.ask(getRecord, 'worker', { id: she.id })).record.name, she.name)
})
