/** The pages of residents: one line is enough, letters grow, and all is there without a script. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listEvents } from '@fengge/domain/events/contract/desk'
import { freshId } from '../src/kernel/fresh-id.ts'
import { county, openWorld, type World } from './world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const send = (values: Record<string, string>) => {
  const usual = { county, place: '三栋楼下', grid: world.at['grid1']!, site: '', name: '', phone: '', id: freshId() }
  return world.app.inject({
    method: 'POST',
    url: '/report',
    payload: new URLSearchParams({ ...usual, ...values }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
}
const lately = async () => (await world.ask(listEvents, 'village', { queue: 'all', size: 20 })).events
const look = (url: string, cookie = '') =>
  world.app.inject({ method: 'GET', url, headers: { accept: 'text/html', ...(cookie === '' ? {} : { cookie }) } })

test('one line and a place are enough: its first sentence is the title, its kind is what the words say', async () => {
  const sent = await send({ content: '路面坑洼积水，骑车摔跤。昨天已有人摔倒，请尽快修补。' })
  assert.equal(sent.statusCode, 200, sent.body)
  const pit = (await lately()).find((e) => e.title === '路面坑洼积水，骑车摔跤')
  assert.equal(pit?.categoryCode, '5002', '道路破损积水')
  await send({ content: '想问一下下周的活动还办不办' })
  const vague = (await lately()).find((e) => e.title === '想问一下下周的活动还办不办')
  assert.equal(vague?.categoryCode, '4012', 'what is not likely enough is for the desk to say')
  await send({ content: '路面坑洼积水', category: '5008' })
  const said = (await lately()).find((e) => e.title === '路面坑洼积水')
  assert.equal(said?.categoryCode, '5008', 'what he says himself stands')
})

test('letters grow on every page once somebody has asked for it, and shrink again; it leads nowhere else', async () => {
  const big = await look('/letters?size=big&to=%2Fgrid%3Ftext%3Dx&lang=zh')
  assert.deepEqual([big.statusCode, big.headers.location], [303, '/grid?text=x&lang=zh'])
  const cookie = String(big.headers['set-cookie']).split(';')[0]!
  for (const path of ['/', '/report', '/follow', '/grid', '/badge']) {
    const page = await look(path, cookie)
    assert.match(page.body, /<html class="big"/, path)
    assert.match(page.body, /size=usual&/, path)
    assert.doesNotMatch((await look(path)).body, /<html class="big"/, path)
  }
  for (const to of ['https://example.org/', '//example.org', '/console/', '/\\example.org'])
    assert.equal((await look(`/letters?size=big&to=${encodeURIComponent(to)}`)).headers.location, '/?lang=zh', to)
})

test('each page is whole in one answer of at most sixty kilobytes, and carries no script but the one that offers a place', async () => {
  for (const path of ['/', '/report', '/follow', '/grid', '/badge']) {
    const { body } = await look(path)
    assert.ok(body.length < 60_000, `${path} ${body.length}`)
    const scripts = [...body.matchAll(/<script[^>]*>/g)].map(String)
    assert.deepEqual(scripts, path === '/grid' ? ['<script src="/grid.js" defer>'] : [], path)
  }
})
