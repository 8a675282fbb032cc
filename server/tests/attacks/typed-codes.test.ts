/** Who types what a citizen tells is given the code to follow it by, and does not become the citizen. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { actEndpoints, reportEvent } from '@fengge/domain/events/contract/desk'
import { speakFor } from '@fengge/domain/events/contract/spoken'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { openFollowed, sendForm } from '../following.ts'
import { office, openWorld, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const send = (url: string, values: Record<string, string>) => sendForm(world, url, values)
const type = (login: 'village' | 'hotline', source: 'window' | 'hotline') =>
  world.ask(reportEvent, login, {
    id: freshId(world.clock.now()),
    title: '楼上漏水',
    content: '楼上漏水到客厅',
    categoryCode: '4012',
    source,
    gridId: world.at['grid1']!,
    caller: { name: '何大爷', phone: '13800001234' },
  })
const statusOf = async (id: string) => (await world.see('village', id)).status as string
/** Tries all a follower may do. @returns what was answered */
const tryAll = async (code: string) => {
  const answers: number[] = []
  for (const action of ['urge', 'appeal', 'rate', 'cancel'])
    answers.push((await send(`/follow/${action}`, { code, note: '不同意', score: '5', solved: 'yes' })).statusCode)
  return answers
}

test('by the code of what was typed for a citizen nobody withdraws, urges, appeals or rates; it shows how things stand', async () => {
  for (const [login, source] of [
    ['village', 'window'],
    ['hotline', 'hotline'],
  ] as const) {
    const { id, followCode: code } = await type(login, source)
    assert.deepEqual(await tryAll(code), [403, 403, 403, 403], source)
    assert.equal(await statusOf(id), 'reported')
    const page = await openFollowed(world, code)
    assert.ok(page.includes('楼上漏水') && page.includes('只能查看进度') && !page.includes('action="/follow/'), source)
  }
})

test('nor does he who typed it say that the citizen is content once it is handled, or appeal once it is refused', async () => {
  const { id, followCode: code } = await type('village', 'window')
  const act = async (login: 'village' | 'worker', action: 'register' | 'dispatch' | 'finish' | 'pass', more = {}) => {
    const { version } = await world.see('village', id)
    await world.ask(actEndpoints[action], login, { eventId: id, version, ...more } as never)
  }
  await act('village', 'register')
  await act('village', 'dispatch', { departmentId: office('village-office') })
  await act('village', 'finish', { result: '已上门', answer: '已上门处理。' })
  await act('worker', 'pass')
  const before = await statusOf(id)
  assert.deepEqual(await tryAll(code), [403, 403, 403, 403])
  assert.equal(await statusOf(id), before)
  const other = await type('village', 'window')
  assert.equal((await world.act('village', other.id, 'refuse', { reason: 'untrue', note: '现场未见' })).status, 200)
  assert.deepEqual(await tryAll(other.followCode), [403, 403, 403, 403])
  assert.equal(await statusOf(other.id), 'rejected')
})

test('what the citizen says by telephone is written down by somebody who had no part in it, told the code by him', async () => {
  const { id, followCode: code } = await type('village', 'window')
  const other = await type('hotline', 'hotline')
  const say = { code, action: 'urge' as const, way: 'phone' as const, note: '还没有人来' }
  const own = await world.refusal(speakFor, 'village', say)
  assert.deepEqual([own.status, own.problem], [403, 'event.second-person'], 'he who typed it')
  assert.equal((await world.refusal(speakFor, 'hotline', { ...say, code: other.followCode })).status, 403)
  assert.equal((await world.refusal(speakFor, 'worker', say)).status, 403, 'a worker hears no calls')
  assert.equal((await world.refusal(speakFor, 'hotline', { ...say, code: 'AAAAAAAAAA' })).status, 404)
  assert.equal((await world.ask(speakFor, 'hotline', say)).id, id)
  const step = (await world.see('village', id)).flow.at(-1)
  assert.deepEqual([step.action, step.reason, step.actorName], ['urge', '诉求人来电：还没有人来', '演员hotline'])
  // Who refused it does not say that the citizen is content with that, nor takes it back for him.
  assert.equal((await world.act('village', id, 'refuse', { reason: 'untrue', note: '现场未见' })).status, 200)
  const appeal = { ...say, action: 'appeal' as const, note: '请再看一次' }
  assert.equal((await world.refusal(speakFor, 'village', appeal)).problem, 'event.second-person')
  assert.equal((await world.refusal(speakFor, 'town', { ...appeal, note: '' })).problem, 'event.note-needed')
  await world.ask(speakFor, 'town', appeal)
  assert.notEqual(await statusOf(id), 'rejected')
  await world.ask(speakFor, 'town', { ...say, code: other.followCode, action: 'cancel', way: 'window', note: '不用了' })
  assert.equal(await statusOf(other.id), 'cancelled')
})

test('who only wrote down what the citizen said writes down the next thing too', async () => {
  const { id, followCode: code } = await type('village', 'window')
  const say = { code, way: 'phone' as const }
  await world.ask(speakFor, 'town', { ...say, action: 'urge', note: '还没有人来' })
  await world.ask(speakFor, 'town', { ...say, action: 'cancel', note: '不用了' })
  assert.equal(await statusOf(id), 'cancelled')
})
