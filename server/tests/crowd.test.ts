/** More writers at once than the server has sessions: all are answered, and nobody waits for somebody who waits for him. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { submitTicket } from '@fengge/domain/events/contract/rules'
import { getRecord, saveRecord } from '@fengge/domain/registry/contract'
import { decideInbox, push } from '@fengge/domain/sync/contract'
import { freshId } from '../src/kernel/fresh-id.ts'
import { openWorld, type World } from './world.ts'

const crowd = 24
const many = <T>(make: (i: number) => T): T[] => Array.from({ length: crowd }, (_, i) => make(i))

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

test('a crowd of tickets is taken in though each area needs a block of numbers first', async () => {
  const done = await Promise.all(
    many((i) =>
      world.ask(submitTicket, 'hotline', {
        ticketNo: `T-${String(i).padStart(4, '0')}`,
        title: '路灯不亮',
        content: '三幢楼下路灯不亮',
        categoryCode: '5001',
        areaCode: i % 2 === 0 ? '320206001000' : '320206002000',
        callerName: '王小芳',
        callerPhone: '13800001234',
        isSecret: false,
      }),
    ),
  )
  assert.equal(new Set(done.map((t) => t.no)).size, crowd)
})

test('a crowd of strays is applied at once, each with its decision', async () => {
  const at = new Date(world.clock.now()).toISOString()
  const fresh = { version: 0, reason: '' }
  const record = async (kind: 'estate' | 'building' | 'house', values: object, more: object) => {
    const id = freshId(world.clock.now())
    await world.ask(saveRecord, 'village', { ...fresh, id, kind, values, ...more } as never)
    return id
  }
  const estate = await record('estate', { name: '阳光花园', kind: 'estate' }, { placeId: world.at['grid1'] })
  const building = await record('building', { no: '3', floors: 6 }, { parentId: estate })
  const houses = await Promise.all(
    many((i) => record('house', { roomNo: `${101 + i}`, use: 'self' }, { parentId: building })),
  )
  const acts = houses.map((house, seq) => ({
    requestId: freshId(world.clock.now()),
    seq,
    name: 'saveRecord' as const,
    ask: { id: house, kind: 'house', version: 1, values: { remark: '门锁已换' } },
    madeAt: at,
    needs: [],
    subject: house,
  }))
  const { fates } = await world.ask(push, 'worker2', { device: '', acts })
  assert.deepEqual([...new Set(fates.map((f) => f.fate))], ['kept'])
  const decided = await Promise.all(
    acts.map((a) => world.ask(decideInbox, 'village', { id: a.requestId, choice: 'apply', reason: '' })),
  )
  assert.deepEqual([...new Set(decided.map((d) => d.state))], ['applied'])
  for (const id of houses) {
    const { record: house } = await world.ask(getRecord, 'worker', { id })
    assert.equal(house.version, 2)
  }
})
