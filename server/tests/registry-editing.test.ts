import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { rowOf, sql } from '../src/kernel/db/sql.ts'
import { freshId } from '../src/kernel/fresh-id.ts'
import { fieldAt } from '../src/registry/record-columns.ts'
import { body, numberOf, openRegistry, type Registry } from './registry-world.ts'
import { type Login } from './world.ts'

let world: Registry['world']
let building: Registry['building']
let house: Registry['house']
let save: Registry['save']
let person: Registry['person']
let see: Registry['see']
let figures: Registry['figures']
let recount: Registry['recount']

let link: Registry['link']

before(async () => {
  ;({ world, building, house, save, person, see, figures, recount, link } = await openRegistry())
})
after(() => world.close())

test('a household is collected once: gaps are named, confirming is one tap, and nobody is asked twice in ninety days', async () => {
  const id = await person({ name: '王小芳', idNo: numberOf(12), phone: '13812345678' })
  const linkId = freshId()
  assert.equal(
    (
      await world.post(
        'worker',
        '/api/registry/link',
        body({ id: linkId, personId: id, houseId: house, role: 'tenant', fromOn: '2026-03-01', basis: '租赁合同' }),
      )
    ).status,
    200,
  )
  assert.equal(
    (
      await world.post(
        'worker',
        '/api/registry/link',
        body({ id: freshId(), personId: id, houseId: house, role: 'tenant', fromOn: '2026-03-01', basis: '租赁合同' }),
      )
    ).body.problem,
    'link.there',
  )
  const page = (await world.get('worker', '/api/registry/household', { houseId: house })).body
  assert.equal(page.address, '阳光花园3幢2单元501室')
  assert.equal(page.living[0].record.name, '王小芳')
  assert.equal(page.living[0].isLead, true)
  assert.deepEqual(page.living[0].record.gaps, ['hukouArea'], 'birth day and sex came from the number')
  assert.equal(page.living[0].record.values.idNo, '••••')
  assert.equal(page.living[0].record.values.phone, '138****5678')
  const ask = (more: object = {}) =>
    world.post('worker', '/api/registry/confirm', body({ houseId: house, ids: [house, id], isAsked: true, ...more }))
  assert.equal((await ask()).body.confirmed, 2)
  assert.equal((await ask()).body.problem, 'household.asked-recently')
  assert.equal((await ask({ reason: '消防检查必须核对' })).status, 200)
  const due = (await world.get('worker', '/api/registry/due')).body.records
  assert.ok(!due.some((r: { id: string }) => r.id === house))
  world.clock.pass(91 * 86_400_000)
  await world.wake()
  assert.ok(
    (await world.get('worker', '/api/registry/due')).body.records.some(
      (r: { id: string; name: string }) => r.id === house && r.name === '阳光花园3幢2单元501室',
    ),
    'a rented house is verified again after ninety days',
  )
  assert.equal((await ask()).status, 200, 'the quiet time is over')
})

const good = numberOf(77)
const wrong = good.slice(0, 17) + (good[17] === '1' ? '2' : '1')

test('what is wrong is said for each field, and nothing is written', async () => {
  for (const [values, fault] of [
    [{ idNo: wrong }, 'id.check-digit'],
    [{ idNo: '123' }, 'id.length'],
    [{ idNo: numberOf(1, '20990101') }, 'id.date'],
    [{ phone: '12' }, 'value.phone'],
    [{ born: '1990-02-30' }, 'value.day'],
    [{ kind: 'alien' }, 'value.choice'],
    [{ name: ' ' }, 'value.required'],
  ] as const) {
    const answer = await save('worker', 'person', { name: '错误', kind: 'floating', ...values })
    assert.equal(answer.status, 422, JSON.stringify(values))
    assert.equal(answer.body.details.fields[0].fault, fault)
    assert.ok(!JSON.stringify(answer.body).includes(wrong), 'the value itself is not said back')
  }
})

test('a field is asked only on a basis and for a purpose; what has none does not exist', async () => {
  const somebody = (values: object) => save('worker', 'person', { name: '某人', kind: 'floating', ...values })
  const ask = (values: object) =>
    world.post(
      'rules',
      '/api/registry/field',
      body({ kind: 'person', code: 'ethnicity', isOn: true, isAsked: false, basis: '', purpose: '', ...values }),
    )
  assert.equal((await somebody({ religion: '无' })).body.problem, 'field.off', 'there is none and there cannot be')
  assert.equal((await somebody({ ethnicity: '汉' })).body.problem, 'field.off')
  assert.equal((await ask({})).body.problem, 'field.no-basis')
  const founded = { basis: '某法第一条', purpose: '某项服务' }
  assert.equal((await ask(founded)).body.problem, 'field.no-reason', 'a sensitive one for a stated reason')
  assert.equal((await ask({ ...founded, reason: '某次会议决定' })).status, 200)
  assert.equal((await somebody({ ethnicity: '汉' })).status, 200)
})

test('an old number is completed, a credit code checked, a building of another grid left alone', async () => {
  const idNo = `${good.slice(0, 6)}${good.slice(8, 17)}`
  const old = await save('worker', 'person', { name: '老号码', kind: 'resident', idNo })
  assert.equal(old.status, 200, 'a number of fifteen digits is made one of eighteen')
  const shop = (creditCode: string) => save('worker', 'unit', { name: '某店', kind: 'shop', creditCode, staffCount: 3 })
  assert.equal((await shop('91350100M000100Y44')).body.details.fields[0].fault, 'value.credit-code')
  assert.equal((await shop('91350100M000100Y43')).status, 200)
  const elsewhere = await save('worker2', 'house', { roomNo: '1', use: 'self' }, { parentId: building })
  assert.equal(elsewhere.status, 404, 'a building of another grid')
})

test('two editors of one record merge by field; the same field is shown side by side', async () => {
  const id = await person({ name: '两人改', phone: '13900000001' })
  const edit = (login: Login, version: number, values: object) =>
    world.post(login, '/api/registry/save', body({ id, kind: 'person', version, values }))
  assert.deepEqual((await edit('worker', 1, { remark: '白天不在家' })).body.changed, ['remark'])
  const merged = (await edit('village', 1, { phone: '13900000002' })).body
  assert.deepEqual([merged.changed, merged.merged, merged.version], [['phone'], true, 3])
  const clash = await edit('worker', 2, { phone: '13900000003' })
  assert.equal(clash.status, 409)
  assert.deepEqual(clash.body.details.clashes, [{ field: 'phone', theirs: '139****0002', yours: '139****0003' }])
  const [a, b] = await Promise.all([edit('worker', 3, { remark: '甲' }), edit('village', 3, { remark: '乙' })])
  assert.deepEqual(
    [a.status, b.status].toSorted((x, y) => x - y),
    [200, 409],
    'one wins, the other is told',
  )
})

const someValues = fc.record(
  {
    name: fc.constantFrom('甲一', '乙二', '丙三'),
    phone: fc.constantFrom('13700000001', '13700000002', ''),
    remark: fc.constantFrom('', '左', '右'),
    hukouArea: fc.constantFrom('', '甲地', '乙地'),
  },
  { requiredKeys: [] },
)

/** All values of a person in the clear, as the database keeps them. */
async function openPerson(id: string): Promise<object> {
  const row = (await rowOf<{ body: object; sealed: Record<string, string> }>(
    world.engine.database.read,
    sql`select body, sealed from registry.person where id = ${id}`,
  ))!
  const opened = Object.entries(row.sealed).map(([k, v]) => [k, world.engine.sealer.open(v, fieldAt(id, k))])
  return { ...row.body, ...Object.fromEntries(opened) }
}
const edit = (id: string, version: number, values: object) =>
  world.post('village', '/api/registry/save', body({ id, kind: 'person', version, values }))
interface Change {
  readonly id: string
  readonly what: string
  readonly canUndo: boolean
}
const historyOf = async (id: string): Promise<Change[]> =>
  (await world.get('village', '/api/registry/history', { id })).body.changes
const undo = (changeId: string) => world.post('village', '/api/registry/undo', body({ changeId, reason: '录错' }))

test('any run of edits, undone from the last to the first, gives back exactly what was', async () => {
  const property = fc.asyncProperty(fc.array(someValues, { minLength: 1, maxLength: 6 }), async (edits) => {
    const id = await person({ name: '初始', phone: '13700000009', remark: '原' })
    const states = [await openPerson(id)]
    for (const [i, values] of edits.entries()) {
      const answer = await edit(id, i + 1, values)
      assert.equal(answer.status, 200, JSON.stringify(answer.body))
      states.push(await openPerson(id))
    }
    const changes = (await historyOf(id)).filter((c) => c.what === 'edit' || c.what === 'confirm')
    for (const [i, change] of changes.entries()) {
      const was = states[states.length - 2 - i]
      if (change.what === 'edit') assert.equal((await undo(change.id)).status, 200)
      assert.deepEqual(await openPerson(id), was)
    }
    assert.deepEqual(await openPerson(id), states[0])
  })
  await fc.assert(property, { numRuns: 12 })
})

test('a change is offered to be taken back if and only if it would be', async () => {
  const property = fc.asyncProperty(
    fc.array(someValues, { minLength: 1, maxLength: 4 }),
    fc.array(fc.nat(5), { maxLength: 3 }),
    fc.boolean(),
    async (edits, undone, isLinked) => {
      const id = await person({ name: '初始', phone: '13700000009' })
      for (const [i, values] of edits.entries()) await edit(id, i + 1, values)
      const changes = await historyOf(id)
      for (const at of undone) await undo(changes[at % changes.length]!.id)
      if (isLinked) await link(id, house)
      // The newest is asked last: each answer must fit the page as it stands before it.
      for (const { id: changeId } of await historyOf(id)) {
        const { canUndo } = (await historyOf(id)).find((c) => c.id === changeId)!
        assert.equal((await undo(changeId)).status === 200, canUndo)
      }
    },
  )
  await fc.assert(property, { numRuns: 12 })
})

test('each day can be shown as it was', async () => {
  const id = await person({ name: '昨天名' })
  const on = new Date(world.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  world.clock.pass(2 * 86_400_000)
  await world.wake()
  await edit(id, 1, { name: '今天名' })
  assert.equal((await world.get('village', '/api/registry/record', { id, on })).body.record.values.name, '昨天名')
  assert.equal((await see('village', id)).values.name, '今天名')
})

test('figures are always what a recount gives', async () => {
  const before_ = await figures()
  assert.deepEqual(before_, await recount())
  const moved = (await world.get('county', '/api/registry/composition')).body
  assert.equal(
    moved.places.reduce((n: number, p: { persons: number }) => n + p.persons, 0),
    moved.persons,
  )
})
