/** An id in capitals is the same id: nobody makes two things of one by how he writes it, nor something that does not open. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mergePersons } from '@fengge/domain/registry/doubles-contract'
import { getHousehold, getRecord, linkPerson, saveRecord, searchRegistry } from '@fengge/domain/registry/contract'
import { decideInbox, listInbox, pull, push } from '@fengge/domain/sync/contract'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { openRegistry, type Registry } from '../registry-world.ts'
import type { World } from '../world.ts'

let r: Registry
let world: World
before(async () => {
  r = await openRegistry()
  world = r.world
})
after(() => world.close())

test('nobody is merged into himself by writing his id in capitals', async () => {
  const id = await r.person({ name: '自并人' })
  const { version } = (await world.ask(getRecord, 'village', { id })).record
  const both = {
    keepId: id,
    keepVersion: version,
    dropId: id.toUpperCase(),
    dropVersion: version,
    take: [],
    reason: '同一人',
  }
  const refused = await world.refusal(mergePersons, 'village', both)
  assert.deepEqual([refused.status, refused.problem], [404, 'record.unknown'])
  const found = await world.ask(searchRegistry, 'village', { text: '自并人' })
  assert.deepEqual(
    found.records.map((x) => x.id),
    [id],
  )
})

test('what a liaison writes under capitals opens for whoever may read it: household, phones, lists', async () => {
  const id = freshId()
  const values = { name: '大写人', kind: 'floating', phone: '13822223333' }
  const saved = { id: id.toUpperCase(), kind: 'person', version: 0, values, isOther: true } as const
  assert.equal((await world.ask(saveRecord, 'liaison', saved)).id, id)
  const home = { id: freshId().toUpperCase(), personId: id.toUpperCase(), houseId: r.house, role: 'tenant' } as const
  await world.ask(linkPerson, 'liaison', { ...home, fromOn: '2026-03-01', basis: '自述' })
  const { living } = await world.ask(getHousehold, 'village', { houseId: r.house.toUpperCase() })
  assert.deepEqual(
    living.map((p) => [p.record.id, p.linkId]),
    [[id, home.id.toLowerCase()]],
  )
  for (const login of ['worker', 'liaison'] as const) await world.ask(pull, login, {})
})

test('an act pushed under capitals shuts no inbox, and is the same act when it comes again', async () => {
  const requestId = freshId()
  const madeAt = new Date(world.clock.now()).toISOString()
  const values = { name: '别处店', kind: 'shop' }
  const ask = { requestId, id: freshId(), kind: 'unit', version: 0, values, placeId: world.at['grid2']! }
  const sent = (id: string) => ({
    device: '',
    acts: [{ requestId: id, seq: 1, name: 'saveRecord' as const, ask, madeAt }],
  })
  const first = await world.ask(push, 'liaison', sent(requestId.toUpperCase()))
  assert.deepEqual(
    first.fates.map((f) => [f.requestId, f.fate]),
    [[requestId, 'kept']],
  )
  assert.deepEqual((await world.ask(push, 'liaison', sent(requestId))).fates, first.fates)
  const { rows } = await world.ask(listInbox, 'village', {})
  assert.equal(rows.length, 1)
  const drop = { id: rows[0]!.id.toUpperCase(), choice: 'drop', reason: '不归我管' } as const
  assert.equal((await world.ask(decideInbox, 'village', drop)).state, 'dropped')
})
