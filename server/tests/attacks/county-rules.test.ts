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
import { listJournal } from '@fengge/domain/audit/contract'
import { saveArticle, searchLibrary } from '@fengge/domain/library/contract'
import { listMatters, saveMatter, switchMatterSet } from '@fengge/domain/matters/contract'
import { getNorms, importAreas, importLayer, saveLevel, saveNorm, saveWeights } from '@fengge/domain/places/contract'
import { getRecord } from '@fengge/domain/registry/contract'
import { listForms, listRules, saveForm, saveRule } from '@fengge/domain/visits/contract/rules'
import { savePosting } from '../../src/identity/store/postings.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { placeTree } from '../../src/places/door.ts'
import { idOf, openWorld, square, type AskedOf, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
  // The overlay keeper of a village keeps its rules as well, from the same village.
  for (const roleCode of ['rules-editor', 'net-editor'])
    await world.engine.database.write((tx) =>
      savePosting(tx, {
        id: freshId(),
        accountId: idOf('keeper'),
        roleCode,
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

test('who edits the net of a village sets no level for the whole county', async () => {
  const level = { code: 'lane', name: '巷格', nameEn: 'Lane grid', tier: 'grid', ordinal: 66 } as const
  const refused = await world.refusal(saveLevel, 'keeper', level)
  assert.deepEqual([refused.status, refused.problem], [403, 'not-allowed'])
  await world.ask(saveLevel, 'net', level)
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

test('who keeps the rules of a village writes neither visit rules nor forms nor articles of the county', async () => {
  const matterId = (await world.ask(listMatters, 'rules', {})).matters.find((m) => m.validTo === null)!.id
  const rule: AskedOf<typeof saveRule>['rule'] = {
    id: freshId(),
    name: '改规则',
    nameEn: 'Changed',
    matterId,
    selector: 'house-rental',
    formCode: 'rental',
    periodDays: 30,
    minutes: 20,
    priority: 5,
    months: [],
    windowFrom: null,
    windowTo: null,
    placeId: null,
    isOn: false,
    version: 0,
  }
  const form = (await world.ask(listForms, 'rules', {})).forms[0]!
  const article = (await world.ask(searchLibrary, 'rules', {})).articles[0]!
  const refused = [
    await world.refusal(saveRule, 'keeper', { rule }),
    await world.refusal(saveForm, 'keeper', { form }),
    await world.refusal(saveArticle, 'keeper', article),
  ]
  assert.deepEqual(
    refused.map((r) => [r.status, r.problem]),
    refused.map(() => [403, 'not-allowed']),
  )
  for (const [login, mayEdit] of [
    ['keeper', false],
    ['rules', true],
  ] as const) {
    assert.equal((await world.ask(listRules, login, {})).mayEdit, mayEdit)
    assert.equal((await world.ask(listForms, login, {})).mayEdit, mayEdit)
    assert.equal((await world.ask(searchLibrary, login, {})).mayEdit, mayEdit)
  }
  await world.ask(saveForm, 'rules', { form })
  await world.ask(saveArticle, 'rules', article)
})

test('what is refused for want of a right or of a place leaves a row in the journal, the first and every tenth power of a day', async () => {
  const rows = async () =>
    (await world.ask(listJournal, 'auditor', { account: '演员othervillage' })).rows
      .filter((row) => row.kind === 'refused')
      .map((row) => [row.fact, row.detail['problem'], row.detail['times']])
  const record = { id: freshId() }
  for (let i = 0; i < 12; i++) assert.equal((await world.refusal(getRecord, 'othervillage', record)).status, 404)
  for (let i = 0; i < 3; i++) assert.equal((await world.refusal(saveArticle, 'othervillage', saved)).status, 403)
  const found = await rows()
  assert.deepEqual(
    found.filter(([fact]) => fact === 'getRecord').toSorted((a, b) => Number(a[2]) - Number(b[2])),
    [
      ['getRecord', 'record.unknown', 1],
      ['getRecord', 'record.unknown', 10],
    ],
  )
  assert.deepEqual(
    found.filter(([fact]) => fact === 'saveArticle'),
    [['saveArticle', 'not-allowed', 1]],
    'at the door too',
  )
  world.clock.pass(86_400_000)
  await world.wake()
  await world.refusal(getRecord, 'othervillage', record)
  assert.equal((await rows()).length, found.length + 1, 'the next day begins anew')
})

const saved: AskedOf<typeof saveArticle> = {
  id: freshId(),
  version: 0,
  kind: 'how-to',
  title: '条目',
  body: '内容',
  source: '来源',
  sourceUrl: '',
  validFrom: '2026-03-02',
  validTo: null,
}

test('who edits the net of a village sets no norm, weight or layer of the county by naming his village', async () => {
  const countyId = world.at['village']!
  const { norms } = await world.ask(getNorms, 'net', { countyId: world.at['county']! })
  const weights = {
    validFrom: '2026-03-02',
    person: 0,
    rental: 0,
    unit: 0,
    dispute: 0,
    km2: 0,
    hill: 0,
    water: 0,
    source: '村',
  }
  const layer: AskedOf<typeof importLayer> = {
    countyId,
    layer: 'police-beat',
    owner: '公安分局',
    datum: 'wgs84',
    features: [{ id: freshId(), name: '一警区', geometry: square(0, 0, 1, 1) }],
  }
  const refused = [
    await world.refusal(saveNorm, 'keeper', { countyId, norm: norms[0]! }),
    await world.refusal(saveWeights, 'keeper', { countyId, weights }),
    await world.refusal(importLayer, 'keeper', layer),
  ]
  assert.deepEqual(
    refused.map((r) => r.problem),
    Array(3).fill('not-allowed'),
  )
  const ofPolice = { ...layer, countyId: world.at['county']! }
  await world.ask(importLayer, 'net', ofPolice)
  assert.deepEqual(await world.ask(importLayer, 'net', ofPolice), { saved: 1 }, 'its own is drawn anew')
  const foreign = await world.refusal(importLayer, 'net', { ...ofPolice, owner: '消防' })
  assert.equal(foreign.problem, 'request.reused')
})

test('a file of areas names nothing above or beside one’s own place', async () => {
  const tree = placeTree(world.engine)
  const nodes = ['county', 'town', 'otherVillage', 'village'].map((key) => tree.get(world.at[key]!)!)
  const lineOf = (n: (typeof nodes)[number], name: string) =>
    `${n.code},${name},${n.level},${n.level === 'county' ? '320200000000' : tree.get(n.parentId!)!.code}`
  const csv = (rename: (i: number) => boolean) =>
    ['code,name,level,parent_code', ...nodes.map((n, i) => lineOf(n, rename(i) ? `被改${i}` : n.name))].join('\n')
  const all = await world.ask(importAreas, 'keeper', { csv: csv(() => true), isTrial: true })
  assert.deepEqual(
    all.errors.map((e) => [e.row, e.problem]),
    [2, 3, 4].map((row) => [row, 'outside-reach']),
  )
  const rows = csv((i) => i === 3).split('\n')
  const own = await world.ask(importAreas, 'keeper', { csv: rows.filter((_, i) => i !== 3).join('\n'), isTrial: true })
  assert.deepEqual([own.renamed, own.unchanged, own.errors], [1, 2, []])
  const beside = `${nodes[1]!.code.slice(0, 9)}299,新村,village,${nodes[1]!.code}`
  const fresh = await world.ask(importAreas, 'keeper', { csv: `${rows[0]}\n${beside}`, isTrial: true })
  assert.deepEqual(
    fresh.errors.map((e) => e.problem),
    ['outside-reach'],
  )
})

test('the journal keeps what areas and shapes of layers were before they were changed', async () => {
  const tree = placeTree(world.engine)
  const { code, name, parentId } = tree.get(world.at['village']!)!
  const csv = `code,name,level,parent_code\n${code},新名社区,village,${tree.get(parentId!)!.code}`
  await world.ask(importAreas, 'net', { csv, isTrial: false })
  const [imported] = (await world.ask(listJournal, 'auditor', { fact: 'areas.imported' })).rows
  assert.deepEqual(imported!.detail, { added: 0, renamed: [{ code, from: name, to: '新名社区' }] })

  const [beat, post, still] = [freshId(), freshId(), freshId()]
  const point = (lng: number) => ({ type: 'Point' as const, coordinates: [lng, 31.61] as [number, number] })
  const kept = { id: still, name: '不变', geometry: point(120.2) }
  const draw = (features: AskedOf<typeof importLayer>['features']) =>
    world.ask(importLayer, 'net', {
      countyId: world.at['county']!,
      layer: 'department-grid',
      owner: '市监',
      datum: 'wgs84',
      features,
    })
  await draw([
    { id: beat, name: '一片区', geometry: square(0, 0, 1, 1) },
    { id: post, name: '点', geometry: point(120.21) },
    kept,
  ])
  await draw([
    { id: beat, name: '甲片区', geometry: square(0, 0, 1, 2) },
    { id: post, name: '点', geometry: point(120.22) },
    kept,
  ])
  const { rows } = await world.ask(listJournal, 'auditor', { fact: 'layer.imported' })
  const [drawn, ...others] = rows.map((r) => r.detail).filter((d) => (d['changed'] as unknown[]).length > 0)
  assert.deepEqual(others, [])
  assert.deepEqual(drawn, {
    layer: 'department-grid',
    owner: '市监',
    count: 3,
    changed: [
      {
        id: beat,
        name: { from: '一片区', to: '甲片区' },
        shape: { from: { whole: square(0, 0, 1, 1) }, to: { whole: square(0, 0, 1, 2) } },
      },
      {
        id: post,
        name: { from: '点', to: '点' },
        shape: { from: { whole: point(120.21) }, to: { whole: point(120.22) } },
      },
    ],
  })
})
