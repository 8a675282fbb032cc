/** What no command should ever meet: null bytes, halves of signs, days beyond every calendar, parameters given twice, nesting without end. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { contract } from '@fengge/domain/contract'
import { reportEvent } from '@fengge/domain/events/contract/desk'
import { saveForm } from '@fengge/domain/visits/contract/rules'
import { getWeek, listWeeks } from '@fengge/domain/worklog/contract'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { openWorld, type Answer, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const fieldsOf = (body: Answer['body']) => body.details.fields.map((f: { fault: string }) => f.fault)

test('a null byte is refused by the parser of asks, in a value and in a key, however deep', async () => {
  const form = { code: 'null-\0', name: 'x', nameEn: 'x', subjectKind: 'house', questions: [], isOn: true }
  const answer = await world.post('rules', '/api/visits/form', { requestId: freshId(), form })
  assert.deepEqual([answer.status, fieldsOf(answer.body)], [400, ['text.null']], JSON.stringify(answer.body))
  const keyed = await world.post('worker', reportEvent.path, { requestId: freshId(), 'a\0b': 1 })
  assert.deepEqual([keyed.status, fieldsOf(keyed.body)], [400, ['text.null']])
  assert.equal((await world.get('worker', '/api/registry/search', { text: 'a\0' })).status, 400)
})

test('a resident page refuses a null byte in its address and in its form', async () => {
  for (const path of ['/follow?code=%00', '/badge?code=a%00', '/grid?text=%00', '/report?grid=%00'])
    assert.equal((await world.app.inject({ url: path })).statusCode, 400, path)
  const posted = await world.app.inject({
    method: 'POST',
    url: '/follow/urge',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'code=%00abc',
  })
  assert.equal(posted.statusCode, 400)
})

test('a resident page asked for an id that is none, for one of nothing, or with no word at all, answers without a fault', async () => {
  const odd = [
    'x',
    '',
    '%20',
    '0',
    '-1',
    '1e9',
    'null',
    '{}',
    "'",
    '0199c3f0-1111-7abc-8def-0123456789ab',
    'a'.repeat(900),
  ]
  const named = ['grid', 'code', 'text', 'county', 'id', 'category', 'place', 'lang']
  for (const page of ['/', '/report', '/follow', '/badge', '/grid'])
    for (const name of named)
      for (const value of odd) {
        const { statusCode } = await world.app.inject({ url: `${page}?${name}=${value}` })
        assert.ok(statusCode < 500, `${page}?${name}=${value.slice(0, 40)} ${statusCode}`)
      }
  for (const page of [
    '/report',
    '/follow',
    '/follow/rate',
    '/follow/cancel',
    '/follow/urge',
    '/follow/appeal',
    '/grid/near',
  ])
    for (const value of odd.slice(0, 6)) {
      const { statusCode } = await world.app.inject({
        method: 'POST',
        url: page,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: named.map((name) => `${name}=${value}`).join('&'),
      })
      assert.ok(statusCode < 500, `${page} ${value} ${statusCode}`)
    }
})

test('half of a sign, as a field leaves it that counts in halves, is dropped and the rest is kept', async () => {
  const id = await world.report('worker', { title: '楼道堆物\ud83d', content: '三单元\udc00楼道' })
  const seen = await world.see('worker', id)
  assert.deepEqual([seen.title, seen.content], ['楼道堆物', '三单元楼道'])
})

test('one act that cannot be read holds up no other of a push', async () => {
  const act = (ask: object) => ({
    requestId: freshId(),
    seq: 1,
    name: 'reportEvent',
    ask,
    madeAt: '2026-03-02T09:00:00+08:00',
  })
  const good = {
    id: freshId(),
    title: '路灯不亮',
    content: '路灯不亮',
    categoryCode: '5001',
    gridId: world.at['grid1'],
  }
  const acts = [act({ ...good, id: freshId(), title: 'a\0b' }), { ...act(good), seq: 2 }]
  const { status, body } = await world.post('worker', '/api/sync/push', { device: '', acts })
  assert.equal(status, 200)
  assert.deepEqual(
    body.fates.map((f: { fate: string }) => f.fate),
    ['refused', 'done'],
  )
})

test('a day or an instant beyond every calendar is refused wherever one is asked', async () => {
  for (const on of ['9999-12-31', '0001-01-01', '2200-01-01'])
    for (const [promise, login] of [
      [getWeek, 'worker'],
      [listWeeks, 'leader1'],
    ] as const) {
      const refused = await world.refusal(promise, login, { on })
      assert.deepEqual([refused.status, refused.problem], [400, 'ask.invalid'], `${promise.name} ${on}`)
    }
  const late = { id: freshId(), title: '路灯', content: '路灯', categoryCode: '5001', gridId: world.at['grid1']! }
  const refused = await world.refusal(reportEvent, 'worker', { ...late, occurredAt: '9999-12-31T23:59:59Z' })
  assert.equal(refused.status, 400)
})

test('a parameter given twice is refused on every page and every endpoint that is asked by its address', async () => {
  const pages = ['/follow?code=1&code=2', '/badge?code=1&code=2', '/grid?text=1&text=2', '/?lang=zh&lang=en']
  const paths = contract.filter((p) => p.method === 'GET' && p.isStream !== true).map((p) => `${p.path}?q=1&q=2`)
  assert.ok(paths.length > 60)
  for (const url of [...pages, ...paths]) {
    const answer = await world.app.inject({ url, headers: { authorization: 'Bearer token-worker' } })
    assert.equal(answer.statusCode, 400, url)
  }
})

test('an ask that nests without end is refused, and so is a key that would change every object', async () => {
  const deep = (n: number) => `{"requestId":"${freshId()}","form":${'{"a":'.repeat(n)}1${'}'.repeat(n)}}`
  for (const payload of [deep(60), deep(5000), '['.repeat(100_000), '{"__proto__":{"x":1}}', '{"constructor":1}']) {
    const headers = { authorization: 'Bearer token-rules', 'content-type': 'application/json' }
    const answer = await world.app.inject({ method: 'POST', url: saveForm.path, headers, payload })
    assert.equal(answer.statusCode, 400, payload.slice(0, 40))
    assert.ok(answer.body.length < 2000)
  }
})

test('a phone that says its clock stands at the end of numbers is heard all the same', async () => {
  const device = freshId()
  const dataKey = 'A'.repeat(43)
  assert.equal(
    (await world.post('worker', '/api/sync/enrol', { requestId: freshId(), id: device, name: '手机', dataKey })).status,
    200,
  )
  assert.equal((await world.get('worker', '/api/sync/pull', { device, clock: 1e300 })).status, 200)
})
