/** Who is kept from somebody is let to her again before the day only as he was kept away: by two, of whom one stands above. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listJournal } from '@fengge/domain/audit/contract'
import { roles } from '@fengge/domain/identity/roles'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { getRecord } from '@fengge/domain/registry/contract'
import {
  askLift,
  askRecusal,
  decideLift,
  decideRecusal,
  listRecusals,
  recusalQuota,
} from '@fengge/domain/registry/recusal/contract'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { openRegistry, type Registry } from '../registry-world.ts'
import type { Login, World } from '../world.ts'
import { as, hire } from './told/people.ts'

let r: Registry
let world: World
let she: string
before(async () => {
  r = await openRegistry()
  world = r.world
  she = await r.person({ name: '避让人' })
  await r.link(she, r.house)
  await hire(
    r,
    'registrar',
    roles.find((role) => role.code === 'registrar')!,
    world.at['village']!,
  )
})
after(() => world.close())

const draft = (login: string) => ({
  id: freshId(),
  personId: she,
  login,
  untilOn: addDays(dayOf(world.clock.now()), 90),
  reason: '系其前夫，本人申请保护',
})
async function keptAway(login: Login): Promise<string> {
  const ask = draft(login)
  await world.ask(askRecusal, as('registrar'), ask)
  await world.ask(decideRecusal, 'townchief', { id: ask.id, isAgreed: true })
  return ask.id
}
const sees = async (login: Login) => (await world.get(login, getRecord.path, { id: she })).status === 200
const rowOf = async (login: Login, id: string) =>
  (await world.ask(listRecusals, login, {})).recusals.find((one) => one.id === id)

test('it ends before its day when one asks for it with a reason and another who stands above agrees', async () => {
  const id = await keptAway('worker')
  assert.equal(await sees('worker'), false)
  const lift = { id, reason: '双方已无往来，本人书面申请解除' }
  assert.equal((await world.refusal(askLift, 'worker', lift)).status, 403)
  assert.equal((await world.refusal(askLift, 'othervillage', lift)).problem, 'record.unknown')
  assert.equal((await world.refusal(decideLift, 'townchief', { id, isAgreed: true })).problem, 'recusal.decided')
  await world.ask(askLift, 'village', lift)
  assert.equal((await world.refusal(askLift, 'village', lift)).problem, 'recusal.lift-waits')
  assert.equal(await sees('worker'), false, 'until a second person agrees it holds')
  const waits = (await rowOf('townchief', id))!
  assert.deepEqual(
    [waits.state, waits.lift?.reason, waits.canDecideLift, waits.canAskLift],
    ['agreed', lift.reason, true, false],
  )
  assert.equal((await rowOf('village', id))!.canDecideLift, false)
  assert.equal((await world.refusal(decideLift, 'village', { id, isAgreed: true })).status, 403)
  await world.ask(decideLift, 'townchief', { id, isAgreed: true })
  assert.equal(await sees('worker'), true)
  const lifted = (await rowOf('village', id))!
  assert.deepEqual([lifted.state, lifted.lift?.decidedBy !== ''], ['lifted', true])
  assert.equal((await world.refusal(decideLift, 'townchief', { id, isAgreed: true })).problem, 'recusal.decided')
  assert.equal((await world.refusal(askLift, 'village', lift)).problem, 'recusal.not-in-force')
})

test('whoever is kept from somebody neither ends it nor hears that it was asked to end', async () => {
  const id = await keptAway('village')
  const lift = { id, reason: '双方已无往来，本人书面申请解除' }
  assert.equal((await world.refusal(askLift, 'village', lift)).problem, 'record.unknown')
  assert.equal(await rowOf('village', id), undefined)
  await world.ask(askLift, as('registrar'), lift)
  assert.equal(await rowOf('village', id), undefined)
  assert.equal((await world.refusal(decideLift, 'chief', { id, isAgreed: true })).problem, 'recusal.above')
  await world.ask(decideLift, 'townchief', { id, isAgreed: false })
  assert.equal(await sees('village'), false, 'who refuses leaves it as it is')
  assert.equal((await rowOf('townchief', id))!.lift, null)
  await world.ask(askLift, as('registrar'), lift)
  await world.ask(decideLift, 'townchief', { id, isAgreed: true })
  assert.equal(await sees('village'), true)
})

test('who asked to set and to lift it, who agreed and why stands in the journal', async () => {
  const { rows } = await world.ask(listJournal, 'auditor', { subject: she })
  const facts = rows.map((row) => row.fact)
  for (const fact of ['asked', 'agreed', 'lift-asked', 'lift-refused', 'lifted'])
    assert.ok(facts.includes(`registry.recusal-${fact}`), fact)
})

test('what waits longest is first, every page is counted, and one account floods nobody', async () => {
  const first = draft('worker2')
  await world.ask(askRecusal, as('registrar'), first)
  let asked = 1
  for (;;) {
    world.clock.pass(1000)
    const { status, body } = await world.post('village', askRecusal.path, { requestId: freshId(), ...draft('worker2') })
    if (status !== 200) {
      assert.equal(body.problem, 'recusal.quota')
      break
    }
    asked++
    assert.ok(asked <= recusalQuota)
  }
  const { recusals, waiting, total } = await world.ask(listRecusals, 'townchief', {})
  assert.equal(recusals[0]!.id, first.id)
  assert.equal(waiting, asked)
  assert.equal(total, asked + 2)
  world.clock.pass(86_400_000)
  await world.ask(askRecusal, 'village', draft('worker2'))
})

test('pages follow one another without a gap', async () => {
  for (let day = 0; day < 2; day++) {
    world.clock.pass(86_400_000)
    for (let n = 0; n < recusalQuota; n++) await world.ask(askRecusal, 'village', draft('worker2'))
  }
  const one = await world.ask(listRecusals, 'townchief', {})
  assert.equal(one.recusals.length, 50)
  const two = await world.ask(listRecusals, 'townchief', { after: one.next! })
  assert.equal(two.next, null)
  const ids = new Set([...one.recusals, ...two.recusals].map((row) => row.id))
  assert.equal(ids.size, one.total)
  assert.deepEqual(
    two.recusals.slice(-2).map((row) => row.state),
    ['lifted', 'lifted'],
  )
})
