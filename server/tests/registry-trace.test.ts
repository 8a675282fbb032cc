import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listLooks } from '@fengge/domain/registry/contract'
import { tracePersons } from '@fengge/domain/registry/trace-contract'
import { numberOf, openRegistry, type Registry } from './registry-world.ts'
import type { Login } from './world.ts'

let world: Registry['world']
let person: Registry['person']
let link: Registry['link']
let house: Registry['house']
before(async () => {
  ;({ world, person, link, house } = await openRegistry())
})
after(() => world.close())

const why = { purpose: 'event', note: '核实报事人的住处' } as const
const trace = async (login: Login, text: string, more: { bornYear?: number } = {}) =>
  world.ask(tracePersons, login, { text, ...why, ...more })
const names = async (login: Login, text: string) => (await trace(login, text)).persons.map((p) => p.name)

test('desks of town and county find who is registered in their place, by whole name, number or phone, and no handle', async () => {
  const id = await person({ name: '单寻人', idNo: numberOf(401), phone: '13511114401', sex: 'female' })
  await link(id, house)
  for (const login of ['town', 'county'] as const) {
    for (const text of ['单寻人', numberOf(401), '135 1111 4401'])
      assert.deepEqual(await names(login, text), ['单寻人'], `${login} ${text}`)
  }
  const [found] = (await trace('county', '单寻人')).persons
  assert.deepEqual(Object.keys(found!).toSorted(), ['bornYear', 'name', 'sex', 'trail'])
  assert.ok(found!.trail.length >= 3, 'town, community and grid')
  assert.deepEqual(await names('othertown', '单寻人'), [], 'another town hears what it hears of nobody')
  assert.deepEqual((await trace('county', '单寻人', { bornYear: 1991 })).persons, [])
  assert.equal((await trace('county', '单寻人', { bornYear: 1990 })).persons.length, 1)
})

test('parts find nobody, and who keeps no such duty may not ask', async () => {
  for (const text of ['4401', '13511', '单%'])
    assert.equal((await world.refusal(tracePersons, 'county', { text, ...why })).problem, 'trace.unclear', text)
  for (const text of ['单寻', 'danxunren']) assert.deepEqual(await names('county', text), [], text)
  for (const login of ['worker', 'village'] as const)
    assert.equal((await world.refusal(tracePersons, login, { text: '单寻人', ...why })).status, 403, login)
  assert.equal(
    (await world.refusal(tracePersons, 'county', { text: '单寻人', purpose: 'event', note: '查' })).status,
    400,
  )
})

test('to narrow a name by a year is a question of its own', async () => {
  for (let year = 1950; year < 1980; year++)
    await world.ask(tracePersons, 'townchief', { text: '王伟', bornYear: year, ...why })
  const over = await world.refusal(tracePersons, 'townchief', { text: '王伟', bornYear: 1980, ...why })
  assert.equal(over.problem, 'search.quota')
})

test('whoever was found hears of it with office and purpose; questions count against a quota', async () => {
  const id = await person({ name: '单被查', idNo: numberOf(402), phone: '13511114402' })
  await trace('countychief', '单被查')
  const { looks } = await world.ask(listLooks, 'village', { id })
  assert.deepEqual(
    looks.filter((l) => l.what === 'registry.person-traced').map((l) => l.purpose),
    ['event：核实报事人的住处'],
  )
  for (let i = 1; i < 30; i++) await trace('countychief', `单无${String.fromCodePoint(0x4e00 + i)}`)
  const over = await world.refusal(tracePersons, 'countychief', { text: '单再查', ...why })
  assert.deepEqual([over.status, over.problem], [429, 'search.quota'])
})
