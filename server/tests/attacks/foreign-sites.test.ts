/** What another site makes a browser send is refused. Source: the security review of 2026-11-21, finding 11. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { contract } from '@fengge/domain/contract'
import { signOut, whoAmI } from '@fengge/domain/identity/contract'
import { hasSentence } from '@fengge/web/words/problems.ts'
import { openWorld, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld({ PUBLIC_URL: 'https://grid.example.org' })
})
after(() => world.close())

/** A write of the county leader's browser, which adds its cookie to whatever a page makes it send. */
async function send(url: string, headers: Record<string, string>, payload = '{}') {
  const cookie = '__Host-fengge_session=token-leader; fengge_session=token-leader'
  const response = await world.app.inject({
    method: 'POST',
    url,
    headers: { cookie, 'content-type': 'application/json', host: 'grid.example.org', ...headers },
    payload,
  })
  return { status: response.statusCode, problem: response.json<{ problem?: string }>().problem }
}

test('a write is refused that another site makes the browser send, whichever way the browser says so', async () => {
  for (const headers of [
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site', origin: 'https://shop.example.org' },
    { origin: 'https://evil.example' },
    { origin: 'https://shop.example.org' },
    { origin: 'null' },
  ]) {
    const refused = await send(signOut.path, headers)
    assert.deepEqual([refused.status, refused.problem], [403, 'request.foreign'], JSON.stringify(headers))
  }
  assert.ok(hasSentence('request.foreign'))
  await world.ask(whoAmI, 'leader', {})
})

test('no endpoint takes a form, a text, or nothing said of what it is, in place of JSON', async () => {
  for (const promise of contract) {
    if (promise.method !== 'POST' || promise.isForm || promise.isUpload) continue
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x', '']) {
      const { status } = await send(promise.path, { 'content-type': type }, 'id=1')
      assert.equal(status, 415, `${promise.name} ${type}`)
    }
  }
})

test('a page of one’s own may write, and so may a program that is no browser', async () => {
  for (const headers of [
    { 'sec-fetch-site': 'same-origin', origin: 'https://grid.example.org' },
    { origin: 'https://grid.example.org', host: '127.0.0.1:8080' },
    { origin: 'http://127.0.0.1:8080', host: '127.0.0.1:8080' },
    {},
  ])
    assert.notEqual((await send('/api/views/save', headers)).status, 403, JSON.stringify(headers))
})

test('a resident sends a form of the page, and no other site can make him', async () => {
  const form = (headers: Record<string, string>) =>
    world.app.inject({
      method: 'POST',
      url: '/follow/urge',
      headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'grid.example.org', ...headers },
      payload: 'code=AAAA',
    })
  assert.equal((await form({ 'sec-fetch-site': 'same-origin' })).statusCode, 404, 'no such code')
  assert.equal((await form({ 'sec-fetch-site': 'cross-site' })).statusCode, 403)
})

test('pages of residents take what a form holds: JSON, in which a field may be anything, is refused with a page', async () => {
  for (const url of ['/report', '/follow', '/follow/urge', '/grid/near'])
    for (const type of ['application/json', 'text/plain']) {
      const answer = await world.app.inject({
        method: 'POST',
        url,
        headers: { 'content-type': type, host: 'grid.example.org' },
        payload: '{"title":{"html":"<img src=x onerror=alert(1)>"},"code":"AAAA","note":{"toString":1}}',
      })
      assert.equal(answer.statusCode, 415, `${url} ${type}`)
      assert.ok(!answer.body.includes('onerror'))
      assert.match(answer.body, /<html/)
    }
})
