/** Registers that are kept for themselves: shops along the streets, estates that nobody manages. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { confirmRecords, getComposition, listDue, saveRecord } from '@fengge/domain/registry/contract'
import { listRegister } from '@fengge/domain/registry/registers/contract'
import { freshId } from '../src/kernel/fresh-id.ts'
import { openRegistry } from './registry-world.ts'
import type { AskedOf, World } from './world.ts'

let world: World
before(async () => {
  world = (await openRegistry()).world
})
after(() => world.close())

type Saved = AskedOf<typeof saveRecord>
async function save(kind: Saved['kind'], values: Saved['values'], grid = 'grid1'): Promise<string> {
  const id = freshId()
  await world.ask(saveRecord, 'village', { id, kind, version: 0, placeId: world.at[grid]!, values })
  return id
}

test('street shops stand in a list of their own, the longest due first, paged and counted, and are verified from it', async () => {
  const ids: string[] = []
  for (let i = 0; i < 52; i++)
    ids.push(await save('unit', { name: `临街店${i}`, kind: 'shop' }, i % 2 === 0 ? 'grid1' : 'grid2'))
  await save('unit', { name: '不是商铺', kind: 'firm' })
  const first = await world.ask(listRegister, 'village', { register: 'shops' })
  assert.deepEqual([first.rows.length, first.total, first.due], [50, 52, 0])
  const rest = await world.ask(listRegister, 'village', { register: 'shops', after: first.next! })
  assert.equal(rest.next, null)
  assert.deepEqual(new Set([...first.rows, ...rest.rows].map((r) => r.id)), new Set(ids))
  assert.ok(first.rows[0]!.missing.length > 0, 'what is asked for and empty is named')
  assert.equal((await world.ask(listRegister, 'worker', { register: 'shops' })).total, 26, 'each sees his own')
  assert.equal((await world.ask(listRegister, 'othervillage', { register: 'shops' })).total, 0)
  world.clock.pass(91 * 86_400_000)
  await world.wake()
  await world.ask(confirmRecords, 'village', { ids: [ids[0]!] })
  const due = await world.ask(listRegister, 'village', { register: 'shops', isDue: 'yes' })
  assert.deepEqual([due.due, due.rows.some((r) => r.id === ids[0])], [51, false])
  assert.ok(due.rows.every((r) => r.isDue))
})

test('estates without property management stand in a list of their own, with what they lack', async () => {
  const kept = await save('estate', { name: '自管里', kind: 'estate', hasProperty: false, selfRule: '居民轮值' })
  const bare = await save('estate', { name: '无人管里', kind: 'estate', hasProperty: false })
  const managed = await save('estate', { name: '有物业苑', kind: 'estate', hasProperty: true })
  const { rows } = await world.ask(listRegister, 'village', { register: 'unmanaged-estates' })
  const of = (id: string) => rows.find((r) => r.id === id)
  assert.equal(of(managed), undefined)
  assert.ok(!of(kept)!.missing.includes('selfRule') && of(bare)!.missing.includes('selfRule'))
})

test('what is due is counted and paged, the longest due first; a shop that moved away is neither counted nor due', async () => {
  const units = async () => (await world.ask(getComposition, 'village', {})).units
  const before = await units()
  const shop = await save('unit', { name: '老张面馆', kind: 'shop', status: 'open' })
  assert.equal(await units(), before + 1)
  const inShops = async () => (await world.ask(listRegister, 'village', { register: 'shops' })).total
  const shops = await inShops()
  world.clock.pass(400 * 86_400_000)
  await world.wake()
  const all: string[] = []
  let total = 0
  for (let after: string | null | undefined = undefined; after !== null;) {
    const page: Awaited<ReturnType<typeof dueAfter>> = await dueAfter(after)
    assert.ok(page.records.length <= 20)
    all.push(...page.records.map((r) => r.id))
    ;({ total, next: after } = page)
  }
  assert.ok(total > 50 && all.includes(shop))
  assert.deepEqual([all.length, new Set(all).size], [total, total])
  await world.ask(saveRecord, 'village', { id: shop, kind: 'unit', version: 1, values: { status: 'moved' } })
  assert.equal(await units(), before)
  assert.equal(await inShops(), shops - 1)
  assert.equal((await dueAfter(undefined)).total, total - 1)
  await world.ask(saveRecord, 'village', { id: shop, kind: 'unit', version: 2, values: { status: 'open' } })
  assert.equal(await units(), before + 1, 'and is again where that was a slip')
})
const dueAfter = (after: string | undefined) =>
  world.ask(listDue, 'village', { size: 20, ...(after === undefined ? {} : { after }) })
