/** Arriving and leaving: days that hold, numbers that can be, and whoever has left is counted nowhere. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as c from '@fengge/domain/registry/contract'
import { freshId } from '../src/kernel/fresh-id.ts'
import { numberOf, openRegistry, type Registry } from './registry-world.ts'
import type { World } from './world.ts'

let r: Registry
let world: World
before(async () => {
  r = await openRegistry()
  world = r.world
})
after(() => world.close())

const home = (personId: string, more: object = {}) => ({
  id: freshId(),
  personId,
  houseId: r.house,
  role: 'tenant' as const,
  fromOn: '2026-03-01',
  basis: '自述',
  ...more,
})

test('nobody lives somewhere from 2099 on, nor leaves on a day that has not come', async () => {
  const personId = await r.person({ name: '冯未来' })
  const later = await world.refusal(c.linkPerson, 'worker', home(personId, { fromOn: '2099-01-01' }))
  assert.deepEqual([later.status, later.problem], [422, 'link.dates'])
  const link = home(personId)
  await world.ask(c.linkPerson, 'worker', link)
  const end = (toOn: string) => ({ id: link.id, toOn, reason: '搬离' })
  for (const toOn of ['2099-01-01', '2026-02-01'])
    assert.equal((await world.refusal(c.endLink, 'worker', end(toOn))).problem, 'link.dates')
  await world.ask(c.endLink, 'worker', end('2026-03-02'))
})

test('as of a day before he was registered the register says so, and shows no homes of later', async () => {
  const id = await r.person({ name: '陈后来' })
  await world.ask(c.linkPerson, 'worker', home(id))
  const early = await world.refusal(c.getRecord, 'worker', { id, on: '2026-02-20' })
  assert.deepEqual([early.status, early.problem], [404, 'record.not-yet'])
  assert.equal((await world.ask(c.getRecord, 'worker', { id, on: '2026-03-02' })).homes.length, 1)
})

test('one phone under two names is a hint at the door, counted, and no double', async () => {
  const phone = '13812349911'
  const id = await r.person({ name: '卫阿大', phone })
  const { likely } = await world.ask(c.findLikely, 'worker', { values: { name: '卫阿小', phone } })
  assert.deepEqual(
    likely.map((l) => [l.id, l.reasons]),
    [[id, ['shared-phone']]],
  )
  const numbered = await world.ask(c.findLikely, 'worker', {
    values: { name: '卫阿大', phone: '13812349912', idNo: numberOf(801) },
  })
  assert.deepEqual(numbered.likely, [])
})
