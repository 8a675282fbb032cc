/** Who is deleted by right is read of nowhere: neither in what was asked for in his name, nor in what lay with a desk. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listMatters } from '@fengge/domain/matters/contract'
import { askErasure, decideErasure } from '@fengge/domain/registry/leaving/contract'
import { decideInbox, listInbox, push } from '@fengge/domain/sync/contract'
import { listServices, moveService, takeService } from '@fengge/domain/visits/contract/worker'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { deleteLeft } from '../../src/registry/leaving/delete-left.ts'
import { forgetDecided } from '../../src/sync/forget-decided.ts'
import { openRegistry, type Registry } from '../registry-world.ts'
import type { World } from '../world.ts'

let r: Registry
let world: World
before(async () => {
  r = await openRegistry()
  world = r.world
})
after(() => world.close())

/** Deleted by right: asked for at his door, agreed to by the desk, and his term is over. */
async function deleted(personId: string): Promise<void> {
  const id = freshId()
  await world.ask(askErasure, 'worker', { id, personId, aim: 'erase', basis: 'withdrawn', shownBy: '身份证' })
  await world.ask(decideErasure, 'village', { id, isAgreed: true, reason: '' })
  world.clock.pass(1500 * 86_400_000)
  await world.wake()
  await deleteLeft(world.engine)
}
let seq = 0
/** Somebody of another grid sends what is not his to do: it lies with the desk of the place. */
async function stray(personId: string, reason: string): Promise<string> {
  const requestId = freshId()
  const ask = { id: personId, kind: 'person', version: 1, values: { remark: '租客' }, reason }
  const act = { requestId, seq: ++seq, name: 'saveRecord', ask, madeAt: new Date(world.clock.now()).toISOString() }
  const { fates } = await world.ask(push, 'worker2', { device: '', acts: [act as never] })
  assert.deepEqual(fates[0]?.fate, 'kept')
  return requestId
}
const inbox = async () => JSON.stringify(await world.ask(listInbox, 'village', { state: 'all' }))

test('the words of what was asked for in his name go with him, and what lay with a desk about him', async () => {
  const personId = await r.person({ name: '代办人' })
  await r.link(personId, r.other)
  const { matters } = await world.ask(listMatters, 'village', {})
  const id = freshId()
  const madeAt = new Date(world.clock.now()).toISOString()
  await world.ask(takeService, 'worker', {
    id,
    matterId: matters[0]!.id,
    what: '替代办人（精神二级）领残疾补贴，卡号6222',
    personId,
    askedBy: '代办人之女赵某',
    phone: '13912345678',
    dueOn: '2026-03-09',
    gridId: world.at['grid1']!,
    madeAt,
  })
  await world.ask(moveService, 'worker', { id, to: 'handed-in', note: '精神二级证明已交' })
  const open = await stray(personId, '此人精神二级，住五零二')
  const noted = await stray(personId, '此人有精神病史')
  await world.ask(decideInbox, 'village', { id: noted, choice: 'note', reason: '留，精神病史' })
  assert.match(await inbox(), /精神二级/)
  await deleted(personId)
  const { services } = await world.ask(listServices, 'village', { state: 'all' })
  assert.equal(services.length, 1, 'that it was done stays')
  assert.doesNotMatch(JSON.stringify(services), /精神|6222|赵/)
  const left = await inbox()
  assert.ok(![open, noted].some((one) => left.includes(one)), left)
  assert.doesNotMatch(left, /精神/)
})

test('what a desk has decided on is read for its term and no longer, and comes to it no second time', async () => {
  const personId = await r.person({ name: '留下人' })
  await r.link(personId, r.house)
  const id = await stray(personId, '租期到六月')
  await world.ask(decideInbox, 'village', { id, choice: 'drop', reason: '已登记' })
  world.clock.pass(100 * 86_400_000)
  await world.wake()
  await forgetDecided(world.engine)
  assert.match(await inbox(), /租期到六月/)
  world.clock.pass(100 * 86_400_000)
  await world.wake()
  await forgetDecided(world.engine)
  assert.doesNotMatch(await inbox(), /租期到六月|已登记/)
  assert.equal((await world.refusal(decideInbox, 'village', { id, choice: 'apply' })).problem, 'inbox.decided')
})
