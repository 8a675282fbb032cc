/** A code, a phone and a joined report tell nobody of a matter that is not told to him: neither accused, nor kept away. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { getEvent, listEvents, reportEvent } from '@fengge/domain/events/contract/desk'
import { findMergeTargets } from '@fengge/domain/events/contract/merging'
import { submitTicket } from '@fengge/domain/events/contract/rules'
import { speakFor } from '@fengge/domain/events/contract/spoken'
import { addDays, dayOf } from '@fengge/domain/kernel/time'
import { askRecusal, decideRecusal } from '@fengge/domain/registry/recusal/contract'
import { roles } from '@fengge/domain/identity/roles'
import { pull } from '@fengge/domain/sync/contract'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { openRegistry, type Registry } from '../registry-world.ts'
import { county, office, type AskedOf, type Login, type World } from '../world.ts'
import { as, hire } from './told/people.ts'

let r: Registry
let world: World
before(async () => {
  r = await openRegistry()
  world = r.world
  await hire(
    r,
    'registrar',
    roles.find((x) => x.code === 'registrar')!,
    world.at['village']!,
  )
})
after(() => world.close())

const send = (url: string, payload: Record<string, string>) =>
  world.app.inject({
    method: 'POST',
    url,
    payload: new URLSearchParams(payload).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
/** What the page of a code says, acted on or looked at. */
async function follow(code: string, act: 'urge' | 'rate' | 'cancel' = 'urge') {
  const { statusCode, body } = await send(`/follow/${act}`, { code, score: '5', solved: 'yes', note: '满意' })
  return { status: statusCode, text: body.replaceAll(/<style>[\s\S]*?<\/style>|<[^>]+>/g, ' ') }
}
/** As residents send it, without a name. @param phone may be anybody's */
async function plant(title: string, phone = ''): Promise<{ id: string; code: string }> {
  const site = { place: '三栋', grid: world.at['grid1']!, site: '', name: '', phone, read: 'yes' }
  const { body } = await send('/report', { county, title, content: title, category: '5001', id: freshId(), ...site })
  const { events } = await world.ask(listEvents, 'village', { queue: 'all', size: 50 })
  return { id: events.find((e) => e.title === title)!.id, code: /id="code">(\w{10})</.exec(body)![1]! }
}
let tickets = 1000
const call = async (title: string, more: Partial<AskedOf<typeof submitTicket>> = {}) => {
  const said = { title, content: '收了我五百', placeText: '三栋', categoryCode: '5001' }
  const caller = { callerName: '李某某', callerPhone: '13912345678', point: { lng: 120.205, lat: 31.61 } }
  return (await world.ask(submitTicket, 'hotline', { ticketNo: `F-${++tickets}`, ...said, ...caller, ...more })).id
}
const own = (login: Login, title: string, more: Partial<AskedOf<typeof reportEvent>> = {}) => {
  const said = { title, content: title, categoryCode: '5001', gridId: world.at['grid1']! }
  return world.ask(reportEvent, login, { id: freshId(world.clock.now()), source: 'grid-worker', ...said, ...more })
}
const act = async (login: Login, id: string, action: Parameters<World['act']>[2], fields = {}) =>
  assert.equal((await world.act(login, id, action, fields)).status, 200, `${login} ${action}`)
/** The police look into it and answer whoever called. */
async function handle(id: string): Promise<void> {
  if ((await world.see('county', id)).status === 'reported') await act('county', id, 'register')
  await act('county', id, 'dispatch', { departmentId: office('county-police'), note: '请核查' })
  await act('bureau', id, 'sign')
  await act('bureau', id, 'finish', { result: '已约谈', answer: '经查属实，已责令退还，感谢李先生反映。' })
  await act('countychief', id, 'pass', { note: '核实' })
}
const telling = /公安|签收|办结|核查通过|属实|李先生|派遣|催办/
const says = ({ text }: { text: string }) => assert.doesNotMatch(text, telling)
const gone = async (login: Login, id: string) =>
  assert.equal((await world.refusal(getEvent, login, { id })).status, 404, `${login} sees it`)

test('who is accused follows nothing by a report that he planted beside the complaint while it lay at his own desk', async () => {
  const complaint = await call('小区值班员收钱')
  const planted = await plant('小区物业收钱')
  await act('village', planted.id, 'merge', { intoEventId: complaint, note: '同一事项' })
  await act('chief', complaint, 'recode', { categoryCode: '8001', note: '反映本社区值班员' })
  for (const id of [complaint, planted.id]) await gone('village', id)
  await handle(complaint)
  for (const what of ['urge', 'rate', 'cancel'] as const) {
    const page = await follow(planted.code, what)
    assert.equal(page.status, 403, what)
    says(page)
  }
  const spoken = { code: planted.code, action: 'urge', way: 'phone', note: '' } as const
  assert.equal((await world.refusal(speakFor, 'hotline', spoken)).status, 404)
  const { flow } = await world.see('county', complaint)
  assert.ok(
    !flow.some((s: { action: string }) => s.action === 'urge' || s.action === 'rate'),
    'nothing was done in the name of a resident',
  )
})

test('nor is a worker told by his own joined report, by its code, by his list or by his phone', async () => {
  const mine = await own('worker', '垃圾清运不及时')
  const complaint = await call('网格员收钱不办事', { content: '清运收了我两百' })
  await act('village', mine.id, 'merge', { intoEventId: complaint, note: '同一事项' })
  await act('chief', complaint, 'recode', { categoryCode: '8001', note: '反映网格员' })
  await handle(complaint)
  for (const id of [complaint, mine.id]) await gone('worker', id)
  const { rows } = await world.ask(pull, 'worker', {})
  const { events } = await world.ask(listEvents, 'worker', { queue: 'mine', size: 50 })
  const listed = JSON.stringify([events, rows.event, rows.notice])
  for (const word of ['收钱不办事', '8001', complaint]) assert.ok(!listed.includes(word), word)
  const page = await follow(mine.followCode)
  assert.equal(page.status, 403)
  says(page)
})

test('a window of the accused place holds a slip that says it was taken, whatever becomes of it', async () => {
  const typed = await own('village', '反映值班员', {
    source: 'window',
    caller: { name: '李某某', phone: '13912345670' },
  })
  await act('chief', typed.id, 'recode', { categoryCode: '8001', note: '反映本社区值班员' })
  await handle(typed.id)
  const page = await follow(typed.followCode)
  assert.equal(page.status, 403)
  says(page)
})

test('who is kept from her follows nothing of hers by a report of his that was joined to it', async () => {
  const phone = '13711115501'
  const she = await r.person({ name: '避让人', phone })
  await r.link(she, r.house)
  const his = await own('worker', '单元门锁坏')
  const mark = { id: freshId(), personId: she, login: 'worker', untilOn: addDays(dayOf(world.clock.now()), 90) }
  await world.ask(askRecusal, as('registrar'), { ...mark, reason: '系其前夫，本人申请保护' })
  await world.ask(decideRecusal, 'townchief', { id: mark.id, isAgreed: true })
  const hers = await call('门锁被撬', { content: '有人撬我家门锁', callerName: '避某', callerPhone: phone })
  world.clock.pass(6000)
  await gone('worker', hers)
  await act('village', his.id, 'merge', { intoEventId: hers, note: '同一事项' })
  await act('village', hers, 'register')
  await act('village', hers, 'dispatch', { departmentId: office('village-office') })
  const page = await follow(his.followCode)
  assert.equal(page.status, 403)
  assert.doesNotMatch(page.text, /示例社区|办理中|派遣/)
})

test('staff withdraw and rate nothing as residents by the code of what they reported', async () => {
  const forHer = await own('liaison', '楼道灯不亮', { onBehalfOf: '王大妈' })
  assert.equal((await follow(forHer.followCode, 'cancel')).status, 403)
  assert.notEqual((await world.see('village', forHer.id)).status, 'cancelled')
  const done = await own('worker', '小广告')
  await act('worker', done.id, 'self-close', { result: '已清理' })
  assert.equal((await follow(done.followCode, 'rate')).status, 403)
  assert.equal((await world.see('village', done.id)).satisfaction, null)
})

test('a citizen whose report was joined to an ordinary matter follows the whole of it as before', async () => {
  const first = await call('路灯不亮')
  const second = await plant('路灯又不亮了')
  await act('village', second.id, 'merge', { intoEventId: first, note: '同一事项' })
  await act('village', first, 'register')
  const page = await follow(second.code)
  assert.equal(page.status, 200)
  assert.match(page.text, /合并办理/)
})

test('a report that is made up confirms no number: that the caller is the same is told between calls of the hotline', async () => {
  const told = await plant('棋牌室扰民到半夜', '13912345699')
  await plant('试探一', '13912345699')
  const first = await call('棋牌室吵', { callerPhone: '13912345699' })
  await call('棋牌室又吵', { callerPhone: '13912345699' })
  const reasons = async (eventId: string) =>
    (await world.ask(findMergeTargets, 'village', { eventId })).targets.flatMap((t) =>
      t.reasons.includes('caller') ? [t.title] : [],
    )
  assert.deepEqual(await reasons(told.id), [])
  assert.deepEqual(await reasons(first), ['棋牌室又吵'])
})
