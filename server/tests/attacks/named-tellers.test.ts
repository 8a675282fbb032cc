/** Two innocent calls name nobody who told of something. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { getEvent, listEvents, revealReporter } from '@fengge/domain/events/contract/desk'
import { searchRegistry } from '@fengge/domain/registry/contract'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { openRegistry, type Registry } from '../registry-world.ts'
import { county, type Login } from '../world.ts'

let r: Registry
before(async () => {
  r = await openRegistry()
})
after(() => r.world.close())

/** What an office reads of who told, everywhere in the event. */
async function readBy(login: Login) {
  const { events } = await r.world.ask(listEvents, login, { queue: 'all', size: 50 })
  const { id } = events.find((e) => e.title === '物业乱收费') ?? assert.fail(`${login} does not see it`)
  const event = await r.world.ask(getEvent, login, { id })
  return { id, event, text: JSON.stringify([event, events]) }
}

test('of who told of something no digit of a phone is read by any office, and a surname by who may ask for the rest', async () => {
  await r.person({ name: '李举报', phone: '13912345678' })
  await r.person({ name: '王邻居', phone: '13912345679' })
  const values = { title: '物业乱收费', content: '乱收费', category: '4008', place: '三栋', grid: r.world.at['grid1']! }
  const sent = await r.world.app.inject({
    method: 'POST',
    url: '/report?lang=zh',
    payload: new URLSearchParams({
      ...values,
      county,
      id: freshId(),
      name: '李举报',
      phone: '13912345678',
      site: '',
      read: 'yes',
    }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  assert.equal(sent.statusCode, 200)
  for (const login of ['leader1', 'townleader', 'village', 'town', 'county', 'worker'] as const) {
    const { id, event, text } = await readBy(login)
    assert.ok(!/5678|139\*|报"/.test(text), `${login} ${event.reporterName} ${event.reporterPhone}`)
    assert.equal(event.reporterPhone, '••••', login)
    const asked = { requestId: freshId(), eventId: id, purpose: '核实情况' }
    const mayAsk = (await r.world.post(login, revealReporter.path, asked)).status === 200
    assert.equal(event.reporterName, mayAsk ? '李**' : '••••', login)
  }
  const { records } = await r.world.ask(searchRegistry, 'leader1', { text: '5678' })
  assert.equal(records.length, 1, 'four signs of a number are enough to find one: so none is shown')
})

test('for whom a worker told of something is shown by no more than a surname', async () => {
  const id = await r.world.report('worker', { onBehalfOf: '李举报' })
  assert.equal((await r.world.ask(getEvent, 'village', { id })).onBehalfOf, '李**')
  assert.equal((await r.world.ask(getEvent, 'leader1', { id })).onBehalfOf, '••••')
})
