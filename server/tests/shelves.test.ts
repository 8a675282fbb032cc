/** What a server remembers between requests is its own: of its database, and of the county that was asked for. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listCatalogue, saveCategory } from '@fengge/domain/events/contract/rules'
import { listFields, saveField } from '@fengge/domain/registry/fields-contract'
import { pull } from '@fengge/domain/sync/contract'
import { config } from '@fengge/domain/sync/rows'
import { setUpCounty } from '../src/county.ts'
import { ruleBook } from '../src/events/door.ts'
import { run, sql } from '../src/kernel/db/sql.ts'
import { sourceOf } from '../src/kernel/ground.ts'
import { fieldBook } from '../src/registry/field-book.ts'
import { county, idOf, openWorld, type World } from './world.ts'

/** Two servers in one process, each over a database of its own. */
let here: World, there: World
before(async () => {
  here = await openWorld()
  there = await openWorld()
})
after(async () => {
  await here.close()
  await there.close()
})

const code = '5001'
const nameIn = async (world: World) =>
  (await world.ask(listCatalogue, 'rules', {})).categories.find((c) => c.code === code)?.name

async function rename(world: World, name: string): Promise<void> {
  const { categories } = await world.ask(listCatalogue, 'rules', {})
  const { validTo: _to, ...known } = categories.find((c) => c.code === code)!
  await world.ask(saveCategory, 'rules', { category: { ...known, name, validFrom: '2026-03-02' } })
}

test('a catalogue that one server changes is not what the other reads', async () => {
  const before = await nameIn(there)
  await rename(here, '垃圾外露（本县叫法）')
  assert.equal(await nameIn(here), '垃圾外露（本县叫法）')
  assert.equal(await nameIn(there), before)
})

test('each server numbers its events from the blocks that its own database gave it', async () => {
  const numberOf = async (world: World) => (await world.see('worker', await world.report('worker'))).no as string
  const first = await numberOf(here)
  await numberOf(here)
  assert.equal(await numberOf(there), first, 'the first number of the day in either')
})

test('a field that one server switches off is on for the other', async () => {
  const isOn = async (world: World) =>
    (await world.ask(listFields, 'rules', {})).fields.find((f) => f.kind === 'person' && f.code === 'phone')?.isOn
  assert.deepEqual([await isOn(here), await isOn(there)], [true, true])
  const off = { kind: 'person', code: 'phone', isOn: false, isAsked: false, basis: '', purpose: '' } as const
  await here.ask(saveField, 'rules', off)
  assert.deepEqual([await isOn(here), await isOn(there)], [false, true])
})

test('why a field is asked stands in both languages, at the desk and on the phone, as the county says it', async () => {
  const said = async () => {
    const { fields } = await there.ask(listFields, 'rules', {})
    const { purpose, purposeEn } = fields.find((f) => f.kind === 'person' && f.code === 'phone')!
    return [purpose, purposeEn]
  }
  const { rows } = await there.ask(pull, 'worker2', {})
  const held = config.unpack(rows.config![0]!).body.fields.find((f) => f.kind === 'person' && f.code === 'phone')
  assert.deepEqual([held?.purpose, held?.purposeEn], ['联系与通知', 'Contact and notices'])
  const on = { kind: 'person', code: 'phone', isOn: true, isAsked: true, basis: '社区服务' } as const
  await there.ask(saveField, 'rules', { ...on, purpose: '联系与通知' })
  assert.deepEqual(await said(), ['联系与通知', 'Contact and notices'])
  await there.ask(saveField, 'rules', { ...on, purpose: '防汛联系', purposeEn: 'Calls in floods' })
  assert.deepEqual(await said(), ['防汛联系', 'Calls in floods'])
  await there.ask(saveField, 'rules', { ...on, purpose: '联系到户' })
  assert.deepEqual(await said(), ['联系到户', ''], 'what nobody translated is shown as it is')
})

test('a phone gets catalogue, fields and name of the server that it asks', async () => {
  await there.engine.database.write((tx) =>
    run(tx, sql`update identity.account set name = '另一个' where id = ${idOf('worker')}`),
  )
  const heldBy = async (world: World) => {
    const { me, rows } = await world.ask(pull, 'worker', {})
    const { body } = config.unpack(rows.config![0]!)
    const phone = body.fields.some((f) => f.kind === 'person' && f.code === 'phone')
    return { name: me?.name, category: body.catalogue.find((c) => c[0] === code)?.[1], phone }
  }
  assert.deepEqual(await heldBy(here), { name: '演员worker', category: '垃圾外露（本县叫法）', phone: false })
  const other = { name: '另一个', category: await nameIn(there), phone: true }
  assert.deepEqual(await heldBy(there), other)
})

test('two counties of one server have each their own rules and fields', async () => {
  await setUpCounty(here.engine, '321081')
  const from = sourceOf(here.engine)
  const booksOf = async (of: string) => ({
    category: (await ruleBook(from, of)).category(code, from.now)?.name,
    phone: (await fieldBook(from, of)).field('person', 'phone')?.isOn,
  })
  assert.deepEqual(await booksOf(county), { category: '垃圾外露（本县叫法）', phone: false })
  assert.deepEqual(await booksOf('321081'), { category: await nameIn(there), phone: true })
})
