/** Attacks by what is said ahead: a leaving reaches nobody who lives elsewhere by then, and nothing is done for who serves no more. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closeAccount, listAccounts } from '@fengge/domain/identity/contract/accounts'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { offerMover, takeArrival } from '@fengge/domain/registry/arriving/contract'
import { getRecord, linkPerson, listLooks, saveRecord } from '@fengge/domain/registry/contract'
import { leavePerson, listLeavings } from '@fengge/domain/registry/leaving/contract'
import { leavingQuota } from '@fengge/domain/registry/leaving/leaving'
import { decideLink, listLinkRequests } from '@fengge/domain/registry/link-contract'
import { decideInbox, listInbox } from '@fengge/domain/sync/contract'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { leaveAsPlanned } from '../../src/registry/leaving/plan-leaving.ts'
import { openRegistry, type Registry } from '../registry-world.ts'
import type { Login, World } from '../world.ts'

let r: Registry
let world: World
let newHouse: string
before(async () => {
  r = await openRegistry()
  world = r.world
  const made = async (
    login: Login,
    kind: 'estate' | 'building' | 'house',
    values: Record<string, string | number>,
    in_: object,
  ) => (await world.ask(saveRecord, login, { id: freshId(), kind, version: 0, values, ...in_ })).id
  const estate = await made('village', 'estate', { name: '梧桐苑', kind: 'estate' }, { placeId: world.at['grid2'] })
  const building = await made('worker2', 'building', { no: '9', floors: 6 }, { parentId: estate })
  newHouse = await made('worker2', 'house', { roomNo: '101', use: 'self' }, { parentId: building })
})
after(() => world.close())

const today = () => dayOf(world.clock.now())
const ahead = (personId: string, days: number) => ({
  id: freshId(),
  personId,
  kind: 'moved' as const,
  onDay: addDays(today(), days),
  toWhere: '南京市鼓楼区',
  seenBy: 'self' as const,
})
const pass = async (days: number) => {
  world.clock.pass(days * 86_400_000)
  await world.wake()
  await leaveAsPlanned(world.engine)
}
const stateOf = async (id: string, login: Login = 'village') => (await world.ask(getRecord, login, { id })).record.state
const latest = async (personId: string, login: Login = 'village') =>
  (await world.ask(listLeavings, login, { personId })).leavings[0]!

test('a leaving said ahead ends with the move to another grid, which does not hear who said so', async () => {
  const personId = await r.person({ name: '迁甲人', phone: '13812345678' })
  await r.link(personId, r.house, { role: 'head' })
  await world.ask(leavePerson, 'worker', ahead(personId, 60))
  const offer = { id: freshId(), personId, toWhere: '梧桐苑9幢101室', onDay: today() }
  await world.ask(offerMover, 'worker', offer)
  world.clock.pass(60_000)
  const taken = { id: offer.id, linkId: freshId(), houseId: newHouse, role: 'head' as const, fromOn: today() }
  await world.ask(takeArrival, 'worker2', taken)
  const plan = await latest(personId, 'worker2')
  assert.deepEqual([plan.state, plan.by], ['undone', ''])
  const listed = (await world.ask(listLeavings, 'worker2', {})).leavings.find((l) => l.personId === personId)!
  assert.equal(listed.by, '')
  assert.equal((await latest(personId)).by, '演员worker', 'the community serves both grids')
  await pass(60)
  assert.equal(await stateOf(personId), 'live')
})

test('who is sent to another community by the desks is not let go by what his former one said ahead, nor told there who looked at him', async () => {
  const estate = await world.ask(saveRecord, 'othervillage', {
    id: freshId(),
    kind: 'estate',
    version: 0,
    values: { name: '远方苑', kind: 'estate' },
    placeId: world.at['otherVillage']!,
  })
  const house = { id: freshId(), kind: 'house' as const, version: 0, values: { roomNo: '101', use: 'self' } }
  await world.ask(saveRecord, 'othervillage', { ...house, parentId: estate.id })
  const personId = await r.person({ name: '远迁人', phone: '13812345679' })
  await r.link(personId, r.house, { role: 'head' })
  await world.ask(leavePerson, 'liaison', ahead(personId, 30))
  for (const login of ['worker', 'village'] as const) await world.ask(getRecord, login, { id: personId })
  world.clock.pass(60_000)
  const link = { id: freshId(), personId, houseId: house.id, role: 'head' as const, fromOn: today(), basis: '自述' }
  await world.ask(linkPerson, 'othervillage', link)
  const { requests } = await world.ask(listLinkRequests, 'village', {})
  await world.ask(decideLink, 'village', { id: requests[0]!.id, isAgreed: true, isLead: true })
  const plan = await latest(personId, 'othervillage')
  assert.deepEqual([plan.state, plan.by], ['undone', ''])
  const { looks } = await world.ask(listLooks, 'othervillage', { id: personId })
  const before_ = looks.filter((l) => Date.parse(l.at) < world.clock.now())
  assert.ok(before_.length > 0 && before_.every((l) => l.office === ''), JSON.stringify(before_))
  const { record } = await world.ask(getRecord, 'othervillage', { id: personId })
  assert.ok(!JSON.stringify(record.origin).includes('演员'), JSON.stringify(record.origin))
  await pass(31)
  assert.equal(await stateOf(personId, 'othervillage'), 'live')
})

test('what one account said ahead for one day stands within its quota of that day, with what it does on the day itself', async () => {
  const people: string[] = []
  for (let n = 0; n < leavingQuota + 2; n++) people.push(await r.person({ name: `众计划${n}` }))
  const first = ahead(people[0]!, 20)
  for (const personId of people.slice(0, leavingQuota / 2))
    await world.ask(leavePerson, 'liaison', { ...first, id: freshId(), personId })
  await pass(1)
  for (const personId of people.slice(leavingQuota / 2, leavingQuota))
    await world.ask(leavePerson, 'liaison', { ...first, id: freshId(), personId })
  const [late, byHand] = people.slice(leavingQuota) as [string, string]
  const refused = await world.refusal(leavePerson, 'liaison', { ...first, id: freshId(), personId: late })
  assert.equal(refused.problem, 'leaving.quota')
  await world.ask(leavePerson, 'liaison', { ...ahead(late, 21) })
  await pass(19)
  assert.equal(await stateOf(people[0]!), 'gone')
  const now = await world.refusal(leavePerson, 'liaison', ahead(byHand, 0))
  assert.equal(now.problem, 'leaving.quota')
})

test('on the day a leaving whose sayer serves there no more lies with the desk, and nobody goes before it says so', async () => {
  const [personId, other] = [await r.person({ name: '留待办' }), await r.person({ name: '留不办' })]
  await pass(1)
  for (const id of [personId, other]) await world.ask(leavePerson, 'liaison', ahead(id, 30))
  const { accounts } = await world.ask(listAccounts, 'sysadmin', {})
  await world.ask(closeAccount, 'sysadmin', { id: accounts.find((a) => a.login === 'liaison')!.id })
  await pass(30)
  assert.deepEqual([await stateOf(personId), (await latest(personId)).state], ['live', 'undone'])
  const rowOf = async (id: string) =>
    (await world.ask(listInbox, 'village', {})).rows.find((x) => x.about.some((a) => a.id === id))!
  await world.ask(decideInbox, 'village', { id: (await rowOf(personId)).id, choice: 'apply' })
  const left = await latest(personId)
  assert.deepEqual([await stateOf(personId), left.state, left.onDay], ['gone', 'open', today()])
  await world.ask(decideInbox, 'village', { id: (await rowOf(other)).id, choice: 'drop', reason: '本人仍住' })
  assert.equal(await stateOf(other), 'live')
})
