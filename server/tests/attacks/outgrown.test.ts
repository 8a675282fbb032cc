/** Who adds without end, rightly and by name, makes nobody else wait. Source: the security review of 2026-11-28. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { saveArticle, searchLibrary } from '@fengge/domain/library/contract'
import { mostSigns } from '@fengge/domain/library/terms'
import { paceOf } from '@fengge/domain/kernel/endpoint'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { openWorld, type Login, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

test('a library holds so much and no more, is searched at the pace of searches, and shows what ended to who keeps it alone', async () => {
  const body = '字\u0301\u0316'.repeat(1330)
  const article = (n: number) => ({
    ...({ id: freshId(), version: 0, kind: 'how-to', title: `题${n}`, body: `${n}${body}`, keywords: '' } as const),
    ...({ source: '示例', owner: '', sourceUrl: '', validFrom: '2026-01-01', validTo: '2026-02-01' } as const),
  })
  const first = article(0)
  await world.ask(saveArticle, 'rules', first)
  const titles = async (login: Login, all: 'yes' | 'no') =>
    (await world.ask(searchLibrary, login, { text: '题0', all })).articles.map((a) => a.title)
  assert.deepEqual(await titles('rules', 'yes'), ['题0'])
  assert.deepEqual([await titles('rules', 'no'), await titles('worker', 'yes')], [[], []])
  await world.ask(saveArticle, 'rules', { ...first, version: 1, title: '题零' })
  assert.deepEqual(await titles('rules', 'yes'), [], 'what was saved is what is searched')

  let saved = 1
  for (; saved < 200; saved++)
    if ((await world.post('rules', saveArticle.path, { requestId: freshId(), ...article(saved) })).status !== 200) break
  const refused = await world.refusal(saveArticle, 'rules', article(saved))
  assert.deepEqual([refused.status, refused.problem], [409, 'library.full'])
  assert.ok(saved * body.length < mostSigns)
  await world.ask(saveArticle, 'rules', { ...first, version: 2, body: '短了' })
  assert.equal(paceOf(searchLibrary), 'search')
})
