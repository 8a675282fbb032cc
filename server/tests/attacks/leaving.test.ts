/** Attacks by leavings: nobody wipes a register with a phone, and where somebody went is told for a reason alone. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listAlarms } from '@fengge/domain/audit/contract'
import { getRecord } from '@fengge/domain/registry/contract'
import { leavePerson } from '@fengge/domain/registry/leaving/contract'
import { leavingQuota } from '@fengge/domain/registry/leaving/leaving'
import { decideInbox, listInbox, push } from '@fengge/domain/sync/contract'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { openRegistry, type Registry } from '../registry-world.ts'
import type { AskedOf, World } from '../world.ts'

let r: Registry
let world: World
before(async () => {
  r = await openRegistry()
  world = r.world
})
after(() => world.close())

const leave = (personId: string, more: Partial<AskedOf<typeof leavePerson>> = {}) => ({
  id: freshId(),
  personId,
  kind: 'moved' as const,
  onDay: '2026-03-01',
  seenBy: 'neighbour' as const,
  ...more,
})
const stateOf = async (id: string) => (await world.ask(getRecord, 'village', { id })).record.state
let seq = 0
const act = (ask: object) => {
  const madeAt = new Date(world.clock.now()).toISOString()
  return { requestId: freshId(), seq: ++seq, name: 'leavePerson', ask, madeAt } as never
}

test('登记错了 is the desk’s to do: a worker and a liaison are told so, and what a phone kept is a request to the desk', async () => {
  const personId = await r.person({ name: '温留名' })
  const wrong = leave(personId, { kind: 'wrong' })
  for (const login of ['liaison', 'worker'] as const)
    assert.equal((await world.refusal(leavePerson, login, wrong)).problem, 'leaving.desk', login)
  const { fates } = await world.ask(push, 'liaison', { device: '', acts: [act(wrong)] })
  assert.deepEqual(
    fates.map((f) => [f.fate, f.problem]),
    [['kept', 'leaving.desk']],
  )
  assert.equal(await stateOf(personId), 'live')
  const row = (await world.ask(listInbox, 'village', {})).rows.find((x) => x.about.some((a) => a.id === personId))!
  await world.ask(decideInbox, 'village', { id: row.id, choice: 'apply' })
  assert.equal(await stateOf(personId), 'gone')
  await world.ask(leavePerson, 'village', leave(await r.person({ name: '温重名' }), { kind: 'wrong' }))
})

test('one account lets go of so many a day, at once or in turn; the next lies with the desk, and the auditor is told', async () => {
  const people: string[] = []
  for (let n = 0; n < leavingQuota + 5; n++) people.push(await r.person({ name: `连注销${n}` }))
  const answers = await Promise.all(
    people.map((id, n) =>
      world.post('liaison', '/api/registry/leave', {
        requestId: freshId(),
        ...leave(id, n % 2 === 0 ? {} : { kind: 'died' }),
      }),
    ),
  )
  const refused = answers.filter((a) => a.status !== 200).map((a) => a.body.problem)
  assert.deepEqual(
    refused,
    Array.from({ length: 5 }, () => 'leaving.quota'),
  )
  const { alarms } = await world.ask(listAlarms, 'auditor', {})
  assert.deepEqual(
    alarms.filter((a) => a.accountName === '演员liaison').map((a) => [a.kind, a.refused]),
    [['quota', 5]],
  )
  const late = await r.person({ name: '尾注销' })
  const { fates } = await world.ask(push, 'liaison', { device: '', acts: [act(leave(late))] })
  assert.deepEqual(
    fates.map((f) => [f.fate, f.problem]),
    [['kept', 'leaving.quota']],
  )
  // Another has a day of his own, and so has he tomorrow.
  await world.ask(leavePerson, 'worker', leave(late))
  world.clock.pass(86_400_000)
  await world.wake()
  await world.ask(leavePerson, 'liaison', leave(await r.person({ name: '明注销' })))
})
