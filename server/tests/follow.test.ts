/** Who follows his report: the page offers what the rule would accept, and nothing else. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { dayLength, minute, showInstant } from '@fengge/domain/kernel/time'
import { freshId } from '../src/kernel/fresh-id.ts'
import { openFollowed, sendForm } from './following.ts'
import { county, office, openWorld, undeclaredIn, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const send = (url: string, values: Record<string, string>) => sendForm(world, url, values)

const form = { county, title: '井盖丢失', content: '路口井盖丢失', category: '5001', place: '青石巷口' }

/** Reports as a resident of the village. @returns the follow code and the id of the event */
async function report(): Promise<{ code: string; id: string }> {
  const id = freshId()
  const sent = await send('/report', { ...form, grid: world.at['village']!, id })
  return { code: /id="code">(\w{10})</.exec(sent.body)![1]!, id }
}

const page = (code: string) => openFollowed(world, code)
const offered = async (code: string) => {
  const body = await page(code)
  return (['rate', 'cancel', 'urge', 'appeal'] as const).filter((action) => body.includes(`action="/follow/${action}`))
}
test('a resident urges once a day: the button is gone until then, and a repeat is refused with a sentence', async () => {
  const { code } = await report()
  assert.deepEqual(await offered(code), ['cancel', 'urge'])
  assert.equal((await send('/follow/urge', { code })).statusCode, 200)
  assert.deepEqual(await offered(code), ['cancel'])
  const again = await send('/follow/urge', { code })
  assert.equal(again.statusCode, 409)
  assert.ok(again.body.includes('24 小时内已催办过'))
  world.clock.pass(dayLength)
  assert.deepEqual(await offered(code), ['cancel', 'urge'])
  assert.equal((await send('/follow/urge', { code })).statusCode, 200)
})

test('a report is withdrawn after a question, and an address that is none is a page with the way home', async () => {
  const { code } = await report()
  const body = await page(code)
  const [, asked = ''] = /<details>([\s\S]*?)<\/details>/.exec(body) ?? []
  assert.ok(
    asked.includes('确定撤回吗') && asked.includes('action="/follow/cancel'),
    'one opens it, reads it, and says so',
  )
  assert.equal(body.split('action="/follow/cancel').length, 2, 'there is no other way')
  const lost = await world.app.inject({ url: '/nosuch', headers: { accept: 'text/html,*/*' } })
  assert.deepEqual([lost.statusCode, lost.headers['content-type']], [404, 'text/html; charset=utf-8'])
  assert.ok(lost.body.includes('没有这个页面') && lost.body.includes('href="/?lang=zh"'))
  const asked404 = await world.app.inject({ url: '/api/nosuch', headers: { accept: 'application/json' } })
  assert.equal(asked404.json<{ problem: string }>().problem, 'not-found')
})

test('urges in parallel are one', async () => {
  const { code } = await report()
  const answers = await Promise.all(Array.from({ length: 6 }, () => send('/follow/urge', { code })))
  assert.equal(answers.filter((a) => a.statusCode === 200).length, 1)
  assert.equal(answers.filter((a) => a.statusCode === 409).length, 5)
})

test('whose report was joined to another withdraws himself, whichever was first, and the last one the whole', async () => {
  const [first, second, third] = [await report(), await report(), await report()]
  for (const { id } of [second, third])
    assert.equal((await world.act('village', id, 'merge', { intoEventId: first.id })).status, 200)
  const count = async () => (await world.see('village', first.id)).reporters as number
  assert.equal(await count(), 3)
  for (const [left, { code }] of [second, first].entries()) {
    assert.deepEqual(await offered(code), ['cancel', 'urge'])
    const sent = await send('/follow/cancel', { code })
    assert.equal(sent.statusCode, 200)
    assert.ok(sent.body.includes('已撤回'))
    assert.deepEqual(await offered(code), [])
    assert.equal((await send('/follow/cancel', { code })).statusCode, 409)
    assert.equal((await send('/follow/urge', { code })).statusCode, 409)
    assert.equal(await count(), 2 - left)
    assert.equal((await world.see('village', first.id)).status, 'reported')
  }
  assert.equal((await send('/follow/cancel', { code: third.code })).statusCode, 200)
  assert.equal((await world.see('village', first.id)).status, 'cancelled')
  assert.ok((await page(third.code)).includes('已撤回'))
})

test('who was refused appeals on his page, with his reasons, and the desk has it again', async () => {
  const { code, id } = await report()
  assert.ok(!(await page(code)).includes('/follow/appeal'))
  assert.equal((await world.act('village', id, 'refuse', { reason: 'untrue', note: '现场未见' })).status, 200)
  assert.ok((await page(code)).includes('action="/follow/appeal'))
  assert.equal((await send('/follow/appeal', { code, note: ' ' })).statusCode, 400)
  const sent = await send('/follow/appeal', { code, note: '井盖在北侧，请再看' })
  assert.equal(sent.statusCode, 200)
  assert.ok(sent.body.includes('已提交申诉'))
  const seen = await world.see('village', id)
  assert.deepEqual([seen.status, seen.flow.at(-1).reason], ['reported', '井盖在北侧，请再看'])
  assert.equal((await send('/follow/appeal', { code, note: '再来' })).statusCode, 409)
  assert.equal(seen.level, 2)
  assert.equal((await world.act('village', id, 'refuse', { reason: 'untrue', note: '现场未见' })).status, 403)
  assert.equal((await world.act('town', id, 'refuse', { reason: 'untrue', note: '现场未见' })).status, 200)
  world.clock.pass(11 * dayLength)
  assert.ok(!(await page(code)).includes('/follow/appeal'))
  assert.equal((await send('/follow/appeal', { code, note: '太晚' })).statusCode, 409)
})

test('who follows reads which office did what, to which it went, until when and how long it took; no name of anybody', async () => {
  const { code, id } = await report()
  world.clock.pass(3 * 60 * minute)
  assert.equal((await world.act('village', id, 'register', {})).status, 200)
  assert.equal((await world.act('village', id, 'report-up', { note: '内部说明' })).status, 200)
  assert.equal((await world.act('town', id, 'dispatch', { departmentId: office('town-works') })).status, 200)
  const { handleDueAt, deskName } = await world.see('town', id)
  const body = await page(code)
  for (const said of [
    '给市政管理所',
    '村（社区） → 镇（街道）',
    '距上一步 3.0 小时',
    deskName,
    showInstant(Date.parse(handleDueAt)),
  ])
    assert.ok(body.includes(said), said)
  assert.ok(!body.includes('演员') && !body.includes('内部说明'))
})

test('a refusal that an endpoint does not declare is found', () => {
  const said = (problem: string) => JSON.stringify({ problem, status: 409, trace: 'x' })
  assert.deepEqual(undeclaredIn('POST /api/matters/set', said('event.stale')), ['POST /api/matters/set: event.stale'])
  assert.deepEqual(undeclaredIn('POST /api/events/act/urge', said('event.urged-lately')), [])
  assert.deepEqual(undeclaredIn('PATCH /api/files/:id', said('event.urged-lately')).length, 1)
})

test('a score is one of five, and anything else is asked for again', async () => {
  const { code } = await report()
  for (const score of ['2.5', '0', '6', 'five', '', '1e0 ']) {
    const sent = await send('/follow/rate', { code, score, solved: 'yes', requestId: freshId() })
    assert.ok(sent.statusCode < 500, `${score}: ${sent.statusCode}`)
    if (score !== '1e0 ') assert.equal(sent.statusCode, 400, score)
  }
})

test('a follow code stands in no address: a link that holds it leads at once to a page without it, for half an hour', async () => {
  const { code } = await report()
  const linked = await world.app.inject({ url: `/follow?code=${code}&lang=zh` })
  assert.equal(linked.statusCode, 303)
  assert.equal(linked.headers['location'], '/follow?lang=zh')
  assert.deepEqual(
    [linked.headers['cache-control'], linked.headers['referrer-policy']],
    ['no-store', 'no-referrer'],
    'kept by nobody, told to nobody',
  )
  const [kept] = linked.cookies
  assert.ok(kept!.httpOnly && kept!.path === '/follow' && kept!.maxAge === undefined && !kept!.value.includes(code))
  const open = (value = kept!.value) => world.app.inject({ url: '/follow', cookies: { [kept!.name]: value } })
  assert.ok((await open()).body.includes('井盖丢失'))
  assert.ok(!(await open(`${kept!.value.slice(0, -4)}AAAA`)).body.includes('井盖丢失'), 'nobody makes one')
  const sent = await send('/report', { ...form, id: freshId() })
  for (const body of [(await open()).body, sent.body, (await send('/follow/urge', { code })).body]) {
    assert.ok(!/(href|action)="[^"]*code=/.test(body), 'no page leads to an address with it')
    assert.ok(!/<form method="get" action="\/follow/.test(body))
  }
  world.clock.pass(31 * minute)
  assert.ok(!(await open()).body.includes('井盖丢失'))
})
