/** The catalogue kept by its own people: added, changed, stopped, compared; its keywords speak at once. Finding A5 of the console. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { suggestForReport } from '@fengge/domain/events/contract/desk'
import { listCatalogue, listCategoryVersions, retireCategory, saveCategory } from '@fengge/domain/events/contract/rules'
import { changesBetween } from '@fengge/domain/events/catalogue/category-changes'
import { relearn } from '../src/events/suggest.ts'
import { county, office, openWorld, type AskedOf, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

type Sent = AskedOf<typeof saveCategory>['category']
const own: Sent = {
  code: '5099',
  name: '共享滑板车乱停',
  classCode: '50',
  className: '城市管理',
  level: 1,
  lead: 'urban',
  order: 'owner-first',
  evidence: ['text'],
  isSensitive: false,
  urgency: 0,
  limits: { handle: { value: 2, kind: 'work-day' } },
  stopNotice: null,
  stopNoticeEn: null,
  keywords: ['滑板车', '电动滑板'],
  validFrom: '2026-03-02',
  source: '县治理办通知',
}
const named = async (text: string) => (await world.ask(suggestForReport, 'worker', { text })).categories[0]?.code

test('a category is added with its names, lead, keywords, order and limits, without English, and reported under the same day', async () => {
  assert.notEqual(await named('门口滑板车停了一排'), '5099')
  await world.ask(saveCategory, 'rules', { category: own, isNew: true })
  const { categories } = await world.ask(listCatalogue, 'worker', {})
  const kept = categories.find((c) => c.code === '5099')!
  assert.deepEqual([kept.nameEn, kept.lead, kept.keywords], [own.name, 'urban', own.keywords])
  assert.equal(await named('门口滑板车停了一排'), '5099', 'its keywords feed the suggestion at once')
  assert.equal((await world.refusal(saveCategory, 'rules', { category: own, isNew: true })).problem, 'category.known')
  const id = await world.report('worker', { categoryCode: '5099' })
  await world.act('village', id, 'dispatch', { departmentId: office('village-office') })
})

test('a keyword added after the desk has learnt is heard as well', async () => {
  await relearn(world.engine, county)
  await world.ask(saveCategory, 'rules', {
    category: { ...own, keywords: [...own.keywords, '平衡车'], validFrom: '2026-03-02' },
  })
  assert.equal(await named('楼下平衡车横冲直撞'), '5099')
})

test('versions are compared field by field, dated; a stopped category is offered no more and known still', async () => {
  await world.ask(saveCategory, 'rules', {
    category: { ...own, level: 2, limits: { handle: { value: 3, kind: 'work-day' } }, validFrom: '2026-03-09' },
  })
  const { versions } = await world.ask(listCategoryVersions, 'rules', { code: '5099' })
  assert.deepEqual(
    versions.map((v) => [v.validFrom, v.validTo]),
    [
      ['2026-03-02', '2026-03-09'],
      ['2026-03-09', null],
    ],
  )
  const changes = changesBetween(versions[0]!, versions[1]!)
  assert.deepEqual(
    changes.map((c) => c.field),
    ['keywords', 'level', 'limits.handle'],
  )
  await world.ask(retireCategory, 'rules', { code: '5099', on: '2026-03-10' })
  world.clock.at('2026-03-11T10:00:00+08:00')
  await world.wake()
  assert.ok(!(await world.ask(listCatalogue, 'worker', {})).categories.some((c) => c.code === '5099'))
  assert.notEqual(await named('门口滑板车停了一排'), '5099')
  assert.equal((await world.ask(listCategoryVersions, 'rules', { code: '5099' })).versions.length, 2)
})
