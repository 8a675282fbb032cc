/** What keeps a matter or a form close is not taken off it by one who edits rules. Source: the security review of 2026-11-28. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listJournal } from '@fengge/domain/audit/contract'
import { decideCategory, listCatalogue, listCategoryAsks, saveCategory } from '@fengge/domain/events/contract/rules'
import { listMatters } from '@fengge/domain/matters/contract'
import { coreForms } from '@fengge/domain/visits/forms'
import { readyForms } from '@fengge/domain/visits/ready-forms'
import { listForms, saveForm } from '@fengge/domain/visits/contract/rules'
import { listVisits, recordVisit } from '@fengge/domain/visits/contract/worker'
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

test('what keeps the matters of a category close is taken off by two of the county, from the day after: until the second agrees nothing changes', async () => {
  const kept = async (on: string) => {
    const { categories } = await world.ask(listCatalogue, 'rules', { on })
    const { isAboutStaff, isSensitive } = categories.find((c) => c.code === '8001')!
    return [isAboutStaff, isSensitive]
  }
  const { categories } = await world.ask(listCatalogue, 'rules', {})
  const { validTo: _to, ...category } = categories.find((c) => c.code === '8001')!
  const opened = { ...category, isAboutStaff: false, isSensitive: false, level: 1 } as const
  const today = await world.refusal(saveCategory, 'rules', { category: { ...opened, validFrom: '2026-03-02' } })
  assert.deepEqual([today.status, today.problem], [422, 'category.from-tomorrow'])
  const asked = { category: { ...opened, validFrom: '2026-03-03' } }
  assert.deepEqual(await world.ask(saveCategory, 'rules', asked), { done: true, waits: true })
  assert.equal((await world.refusal(saveCategory, 'rules', asked)).problem, 'category.asked-already')
  assert.deepEqual(await kept('2026-03-04'), [true, true])

  const [own] = (await world.ask(listCategoryAsks, 'rules', {})).asks
  assert.deepEqual([own!.canDecide, own!.opens], [false, ['isAboutStaff', 'isSensitive', 'level']])
  const answer = { id: own!.id, isAgreed: true }
  assert.equal((await world.refusal(decideCategory, 'rules', answer)).problem, 'category.own-ask')
  assert.equal((await world.refusal(decideCategory, 'village', answer)).status, 403)
  assert.deepEqual((await world.ask(listCategoryAsks, 'village', {})).asks, [])
  assert.deepEqual(await kept('2026-03-04'), [true, true])
  assert.equal((await world.ask(listCategoryAsks, 'county', {})).asks[0]!.canDecide, true)
  await world.ask(decideCategory, 'county', answer)
  assert.deepEqual(
    [await kept('2026-03-02'), await kept('2026-03-03')],
    [
      [true, true],
      [false, false],
    ],
  )
  assert.equal((await world.refusal(decideCategory, 'countychief', answer)).status, 404, 'it is answered')

  // What is added needs nobody else.
  const closed = { category: { ...category, validFrom: '2026-03-03' } }
  assert.deepEqual(await world.ask(saveCategory, 'rules', closed), { done: true, waits: false })
  const { rows } = await world.ask(listJournal, 'auditor', { fact: 'category.change-asked' })
  assert.ok(JSON.stringify(rows[0]).includes('isAboutStaff'))
})

test('a form of the strictest tier is opened by no editor of rules, and by no field that is left out', async () => {
  assert.deepEqual(readyForms.flatMap((f) => (f.isCore ? [f.code] : [])).toSorted(), [...coreForms].toSorted())
  const { forms } = await world.ask(listForms, 'rules', {})
  const form = forms.find((f) => f.code === 'released')!
  const opened = await world.refusal(saveForm, 'rules', { form: { ...form, isCore: false } })
  assert.deepEqual([opened.status, opened.problem], [422, 'form.core'])
  const { isCore: _left, ...without } = form
  assert.equal((await world.ask(saveForm, 'rules', { form: without })).isCore, true)
  const own = { ...form, code: 'own-core', version: 1 }
  assert.equal((await world.ask(saveForm, 'rules', { form: { ...own, isCore: true } })).isCore, true)
  assert.equal((await world.refusal(saveForm, 'rules', { form: { ...own, isCore: false } })).problem, 'form.core')

  const person = await r.person({ name: '夏访人' })
  await r.link(person, r.house)
  const { matters } = await world.ask(listMatters, 'village', {})
  const answers = Object.fromEntries(form.fields.map((f) => [f.code, f.choices[0]?.[0] ?? '已报到']))
  const visit = { taskId: null, matterId: matters[0]!.id, subjectKind: 'person', subjectId: person } as const
  const said = { formCode: 'released', outcome: 'met', answers, note: '盗窃罪刑满' } as const
  const madeAt = '2026-03-02T08:30:00+08:00'
  await world.ask(recordVisit, 'keeper', { id: freshId(), ...visit, ...said, madeAt, eventIds: [], hazards: [] })
  for (const login of ['worker', 'village', 'leader1'] as const)
    assert.ok(!JSON.stringify(await world.ask(listVisits, login, {})).includes('盗窃罪'), login)
})
