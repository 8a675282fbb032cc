/** What is the county's is changed from a post at the county, and from no other. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  getCalendar,
  listCatalogue,
  retireCategory,
  saveCalendar,
  saveCategory,
} from '@fengge/domain/events/contract/rules'
import { listMatters, saveMatter, switchMatterSet } from '@fengge/domain/matters/contract'
import { savePosting } from '../../src/identity/store/postings.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { idOf, openWorld, type AskedOf, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
  // The overlay keeper of a village keeps its rules as well, from the same village.
  await world.engine.database.write((tx) =>
    savePosting(tx, {
      id: freshId(),
      accountId: idOf('keeper'),
      roleCode: 'rules-editor',
      roleKind: 'business',
      placeId: world.at['village']!,
      departmentId: null,
      fromOn: '2025-01-01',
      toOn: null,
    }),
  )
  world.engine.sessions.forget()
})
after(() => world.close())

test('who keeps the rules of a village changes neither calendar nor catalogue nor matters of the county', async () => {
  const calendar: AskedOf<typeof saveCalendar> = { year: 2026, days: [], windows: [{ from: '09:00', to: '12:00' }] }
  const { categories } = await world.ask(listCatalogue, 'keeper', {})
  const { validTo: _to, ...known } = categories.find((c) => c.code === '5001')!
  const category = { ...known, name: '改名', validFrom: '2026-03-03' }
  const { matters } = await world.ask(listMatters, 'keeper', {})
  const { setCode: _set, isReconstructed: _made, version, ...matter } = matters[0]!
  const refused = [
    await world.refusal(saveCalendar, 'keeper', calendar),
    await world.refusal(saveCategory, 'keeper', { category }),
    await world.refusal(retireCategory, 'keeper', { code: '5001', on: '2026-04-01' }),
    await world.refusal(switchMatterSet, 'keeper', { setCode: 'jiangsu', on: '2026-03-02', isOn: true }),
    await world.refusal(saveMatter, 'keeper', { ...matter, version }),
  ]
  assert.deepEqual(
    refused.map((r) => [r.status, r.problem]),
    refused.map(() => [403, 'not-allowed']),
  )
  await world.ask(saveCalendar, 'rules', calendar)
  await world.ask(saveCategory, 'rules', { category })
})

test('each is told whether he may change them', async () => {
  for (const [login, mayEdit] of [
    ['keeper', false],
    ['rules', true],
  ] as const) {
    assert.equal((await world.ask(getCalendar, login, { year: 2026 })).mayEdit, mayEdit)
    assert.equal((await world.ask(listCatalogue, login, {})).mayEdit, mayEdit)
    assert.equal((await world.ask(listMatters, login, {})).mayEdit, mayEdit)
  }
})
