/** A household has one head at a time: which of two it is, is asked and never decided unseen. Requirement R4. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listBatches } from '@fengge/domain/registry/bulk-contract'
import * as c from '@fengge/domain/registry/contract'
import * as l from '@fengge/domain/registry/leaving/contract'
import { decideLink, listGaps, listLinkRequests } from '@fengge/domain/registry/link-contract'
import type { LinkRole } from '@fengge/domain/registry/terms'
import { run, sql } from '../src/kernel/db/sql.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { csv, sendFile } from './import-files.ts'
import { numberOf, openRegistry, type Registry } from './registry-world.ts'
import type { World } from './world.ts'

let r: Registry
let world: World
before(async () => {
  r = await openRegistry()
  world = r.world
})
after(() => world.close())

let rooms = 0
async function room(): Promise<string> {
  const roomNo = String(810 + ++rooms)
  const saved = await r.save('worker', 'house', { roomNo, use: 'self' }, { parentId: r.building })
  return saved.body.id as string
}
const wish = (personId: string, houseId: string, role: LinkRole) => ({
  id: freshId(),
  personId,
  houseId,
  role,
  fromOn: '2026-02-01',
  basis: '本人告知',
})
async function live(name: string, houseId: string, role: LinkRole): Promise<{ personId: string; linkId: string }> {
  const personId = await r.person({ name, born: '1980-02-02' })
  const link = wish(personId, houseId, role)
  await world.ask(c.linkPerson, 'worker', link)
  return { personId, linkId: link.id }
}
const rolesIn = async (houseId: string) =>
  Object.fromEntries(
    (await world.ask(c.getHousehold, 'worker', { houseId })).living.map((p) => [p.record.name, p.role]),
  )
const leave = (personId: string) => ({
  id: freshId(),
  personId,
  kind: 'moved' as const,
  onDay: '2026-03-02',
  seenBy: 'neighbour' as const,
})

test('whoever moves into a house that has a head is no second one; said of a member, the former is a member', async () => {
  const houseId = await room()
  await live('甲一', houseId, 'head')
  const second = await r.person({ name: '乙二' })
  assert.deepEqual(
    [await world.refusal(c.linkPerson, 'worker', wish(second, houseId, 'head'))].map((x) => [x.status, x.problem]),
    [[409, 'link.headed']],
  )
  const member = wish(second, houseId, 'member')
  await world.ask(c.linkPerson, 'worker', member)
  await world.ask(c.chooseHead, 'worker', { houseId, linkId: member.id })
  assert.deepEqual(await rolesIn(houseId), { 甲一: 'member', 乙二: 'head' })
  const { changes } = await world.ask(c.getHistory, 'worker', { id: second })
  assert.ok(changes.filter((x) => x.what === 'link').length >= 2, 'his history says so')
  const foreign = await world.refusal(c.chooseHead, 'othervillage', { houseId, linkId: member.id })
  assert.equal(foreign.problem, 'record.unknown')
  const elsewhere = { houseId: await room(), linkId: member.id }
  assert.equal((await world.refusal(c.chooseHead, 'worker', elsewhere)).problem, 'record.unknown')
})

for (const [headIs, expected] of [
  ['head', { 户原: 'member', 户新: 'head' }],
  ['member', { 户原: 'head', 户新: 'member' }],
] as const)
  test(`whoever moves in as the head of a house that has one is that, or a member, as it is said (${headIs})`, async () => {
    const houseId = await room()
    const first = await live('户原', houseId, 'head')
    const second = await r.person({ name: '户新' })
    await world.ask(c.linkPerson, 'worker', { ...wish(second, houseId, 'head'), headIs })
    assert.deepEqual(await rolesIn(houseId), expected)
    const { changes } = await world.ask(c.getHistory, 'worker', { id: first.personId })
    assert.equal(changes.filter((x) => x.what === 'link').length, headIs === 'head' ? 2 : 1, 'his history says so too')
  })

test('who lives in another place is asked for as a member; that he heads the house is said when he is there', async () => {
  const houseId = await room()
  await live('户主甲', houseId, 'head')
  const values = { name: '外村乙', kind: 'resident' }
  const elsewhere = await r.save('othervillage', 'person', values, { placeId: world.at['otherVillage'] })
  const ask = { ...wish(elsewhere.body.id as string, houseId, 'head'), headIs: 'head' as const }
  const refused = await world.refusal(c.linkPerson, 'worker', ask)
  assert.deepEqual([refused.problem, refused['details']], ['link.headed', { isAsked: true }])
  assert.deepEqual(await world.ask(c.linkPerson, 'worker', { ...ask, headIs: 'member' }), { done: true, isAsked: true })
})

const elsewhere = async (name: string) => {
  const saved = await r.save(
    'othervillage',
    'person',
    { name, kind: 'resident' },
    { placeId: world.at['otherVillage'] },
  )
  return saved.body.id as string
}
const file = (houseNo: string, name: string) => [
  ['姓名', '证件号码', '地址', '与房屋关系'],
  [name, numberOf(931), `阳光花园3幢2单元${houseNo}室`, '户主'],
]
const gains: readonly (readonly [string, (houseId: string) => Promise<unknown>])[] = [
  ['somebody moves in as it', (houseId) => live('户主丙', houseId, 'head')],
  [
    'one who lives there is chosen',
    async (houseId) => {
      const { linkId } = await live('户员丙', houseId, 'member')
      return world.ask(c.chooseHead, 'worker', { houseId, linkId })
    },
  ],
  [
    'a file names him',
    () =>
      sendFile(
        world,
        'village',
        { name: 'x.csv', bytes: csv(file(String(810 + rooms), '户档丙')) },
        { kind: 'person' },
      ),
  ],
]
for (const [how, gain] of gains)
  test(`a request for a head ends when the house gains one, and whoever asked reads why and may ask anew (${how})`, async () => {
    const houseId = await room()
    const personId = await elsewhere('外村丙')
    const ask = wish(personId, houseId, 'head')
    assert.equal((await world.ask(c.linkPerson, 'worker', ask)).isAsked, true)
    const stands = async (login: 'worker' | 'othervillage') =>
      (await world.ask(listLinkRequests, login, {})).requests.find((q) => q.id === ask.id)?.state
    assert.deepEqual([await stands('worker'), await stands('othervillage')], ['open', 'open'])
    await gain(houseId)
    assert.deepEqual([await stands('worker'), await stands('othervillage')], ['lapsed', undefined])
    const late = await world.refusal(decideLink, 'othervillage', { id: ask.id, isAgreed: true })
    assert.equal(late.problem, 'link.decided')
    const member = wish(personId, houseId, 'member')
    await world.ask(c.linkPerson, 'worker', member)
    await world.ask(decideLink, 'othervillage', { id: member.id, isAgreed: true })
  })

test('a request for a head that is agreed to is agreed to, and ended by nothing', async () => {
  const ask = wish(await elsewhere('外村丁'), await room(), 'head')
  await world.ask(c.linkPerson, 'worker', ask)
  await world.ask(decideLink, 'othervillage', { id: ask.id, isAgreed: true })
  const { requests } = await world.ask(listLinkRequests, 'worker', {})
  assert.equal(requests.find((q) => q.id === ask.id)?.state, 'agreed')
})

test('a head who is back by a slip ends what was asked for meanwhile', async () => {
  const houseId = await room()
  const gone = await live('甲返', houseId, 'head')
  const leaving = leave(gone.personId)
  await world.ask(l.leavePerson, 'worker', leaving)
  const ask = wish(await elsewhere('外村戊'), houseId, 'head')
  await world.ask(c.linkPerson, 'worker', ask)
  await world.ask(l.undoLeaving, 'worker', { id: leaving.id, personId: gone.personId, reason: '认错人' })
  const { requests } = await world.ask(listLinkRequests, 'worker', {})
  assert.equal(requests.find((q) => q.id === ask.id)?.state, 'lapsed')
})

test('of many who become the head at once one does', async () => {
  const houseId = await room()
  const persons = await Promise.all(['丁一', '丁二', '丁三', '丁四'].map((name) => r.person({ name })))
  const answers = await Promise.all(
    persons.map((id) => r.link(id, houseId, { role: 'head', fromOn: '2026-02-01', basis: '自述' })),
  )
  assert.deepEqual(
    answers.map((a) => a.status).toSorted((a, b) => a - b),
    [200, 409, 409, 409],
  )
})

for (const [headIs, expected] of [
  ['again', { 甲回: 'head', 丙新: 'member' }],
  ['member', { 甲回: 'member', 丙新: 'head' }],
] as const)
  test(`a head whose leaving is taken back finds another: the desk says who it is (${headIs})`, async () => {
    const houseId = await room()
    const gone = await live('甲回', houseId, 'head')
    const leaving = leave(gone.personId)
    await world.ask(l.leavePerson, 'worker', leaving)
    await live('丙新', houseId, 'head')
    const undo = { id: leaving.id, personId: gone.personId, reason: '认错人' }
    const refused = await world.refusal(l.undoLeaving, 'worker', undo)
    assert.deepEqual([refused.status, refused.problem], [409, 'leaving.headed'])
    assert.deepEqual(await rolesIn(houseId), { 丙新: 'head' }, 'nothing is changed before it is said')
    await world.ask(l.undoLeaving, 'worker', { ...undo, headIs })
    assert.deepEqual(await rolesIn(houseId), expected)
  })

test('whom his leaving made the head is a member again without being asked about', async () => {
  const houseId = await room()
  const gone = await live('甲三', houseId, 'head')
  await live('乙三', houseId, 'member')
  const leaving = leave(gone.personId)
  await world.ask(l.leavePerson, 'worker', leaving)
  assert.deepEqual(await rolesIn(houseId), { 乙三: 'head' })
  await world.ask(l.undoLeaving, 'worker', { id: leaving.id, personId: gone.personId, reason: '认错人' })
  assert.deepEqual(await rolesIn(houseId), { 甲三: 'head', 乙三: 'member' })
})

test('a file that names a second head of a house gets that row back, whether the first is on file or in the same file', async () => {
  const head = ['姓名', '证件号码', '地址', '与房屋关系']
  const rows = [
    head,
    ['户一', numberOf(911), '阳光花园3幢2单元901室', '户主'],
    ['户二', numberOf(912), '阳光花园3幢2单元901室', '户主'],
    ['户三', numberOf(913), '阳光花园3幢2单元901室', '成员'],
  ]
  const take = async (kind: 'person' | 'link', lines: string[][]) => {
    const { id } = await sendFile(world, 'village', { name: 'x.csv', bytes: csv(lines) }, { kind })
    const { batches } = await world.ask(listBatches, 'village', {})
    const { created, same, faults } = batches.find((b) => b.id === id)!
    return [created, same, faults]
  }
  assert.deepEqual(await take('person', rows), [2, 0, 1])
  assert.deepEqual(await take('person', rows), [0, 2, 1], 'and again')
  await r.person({ name: '户四', idNo: numberOf(914), kind: 'resident' })
  const fourth = [head, ['户四', numberOf(914), '阳光花园3幢2单元901室', '户主']]
  assert.deepEqual(await take('link', fourth), [0, 0, 1])
})

test('houses that had several heads from of old are listed until somebody says who it is', async () => {
  const houseId = await room()
  await live('旧一', houseId, 'head')
  const other = await live('旧二', houseId, 'member')
  const listed = async () => {
    const { heads, totals } = await world.ask(listGaps, 'village', { gap: 'heads' })
    return [heads.map((h) => h.id), totals.heads]
  }
  assert.deepEqual(await listed(), [[], 0])
  // As migration 0077 leaves what was written before it.
  await world.engine.database.write((tx) =>
    run(tx, sql`update registry.link set role = 'head', is_doubled = true where house_id = ${houseId}`),
  )
  assert.deepEqual(await listed(), [[houseId], 1])
  assert.equal(
    (await world.refusal(c.linkPerson, 'worker', wish(await r.person({ name: '旧三' }), houseId, 'head'))).problem,
    'link.headed',
  )
  await world.ask(c.chooseHead, 'worker', { houseId, linkId: other.linkId })
  assert.deepEqual(await rolesIn(houseId), { 旧一: 'member', 旧二: 'head' })
  assert.deepEqual(await listed(), [[], 0])
})

test('a household whose one adult leaves has no head and is listed so, and the child that is alone there in a list of its own', async () => {
  const houseId = await room()
  const adult = await live('独父', houseId, 'head')
  const childId = await r.person({ name: '独子', born: '2018-05-05' })
  await world.ask(c.linkPerson, 'worker', wish(childId, houseId, 'member'))
  const listed = async (login: 'worker' | 'village' | 'othervillage') => {
    const { headless, minors, totals } = await world.ask(listGaps, login, {})
    assert.deepEqual([headless.length, minors.length], [totals.headless, totals.minors])
    return [headless, minors].map((list) => list.some((h) => h.id === houseId))
  }
  assert.deepEqual(await listed('worker'), [false, false])
  await world.ask(l.leavePerson, 'worker', leave(adult.personId))
  assert.deepEqual(await rolesIn(houseId), { 独子: 'member' })
  for (const login of ['worker', 'village'] as const) assert.deepEqual(await listed(login), [true, true])
  assert.deepEqual(await listed('othervillage'), [false, false])
  const aunt = await live('独姑', houseId, 'member')
  assert.deepEqual(await listed('village'), [true, false], 'somebody of age is there; who heads it is asked still')
  await world.ask(c.chooseHead, 'worker', { houseId, linkId: aunt.linkId })
  assert.deepEqual(await listed('village'), [false, false])
})
