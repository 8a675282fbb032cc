/** Who stands at the door: nothing printed vouches for anybody; a code that is good for a minute, on the phone of whoever serves, does. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { issueBadge, myBadge, printBadge, revokeBadge } from '@fengge/domain/identity/contract'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { idOf, openWorld, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const issue = () => world.ask(issueBadge, 'village', { id: freshId(), accountId: idOf('worker') })
const page = async (query: Record<string, string>, lang = 'zh') =>
  String((await world.get(null, '/badge', { ...query, lang })).body)
const yes = /是，这是.*演员worker/s

test('a number printed on a badge vouches for nobody: it tells who serves there, as the board does', async () => {
  const badge = await issue()
  const printed = await page({ code: badge.code })
  assert.doesNotMatch(printed, yes)
  assert.match(printed, /印着的编号和二维码谁都能拍/)
  assert.match(printed, /演员worker/)
  assert.match(await page({ code: badge.code }, 'en'), /printed.*proves nothing/is)
  const board = await page({ grid: world.at['grid1']! })
  assert.match(board, /演员worker/)
  assert.doesNotMatch(board, yes)
  assert.ok(!board.includes(badge.code.slice(-4)), 'what a badge is compared by hangs in no stairwell')
})

test('the code on the phone of who serves is answered by his name, and by the last signs of the badge that he wears', async () => {
  const badge = await issue()
  const { minute } = await world.ask(myBadge, 'worker', {})
  assert.ok(minute)
  const answer = await page({ code: minute.code })
  assert.match(answer, yes)
  assert.ok(answer.includes(badge.code.slice(-4)) && !answer.includes(badge.code))
  assert.match(await page({ code: minute.code }, 'en'), /Yes, this is/)
  // As somebody types it.
  assert.match(await page({ code: minute.code.toLowerCase().replaceAll('-', ' ') }), yes)
})

test('it is good for a minute, and then says that it is old; nobody makes one from another', async () => {
  await issue()
  const { minute } = await world.ask(myBadge, 'worker', {})
  const { code } = minute!
  world.clock.pass(59_000)
  assert.match(await page({ code }), yes)
  world.clock.pass(30_000)
  const late = await page({ code })
  assert.doesNotMatch(late, yes)
  assert.match(late, /过了一分钟/)
  const next = (await world.ask(myBadge, 'worker', {})).minute!.code
  assert.notEqual(next, code)
  // The last sign is another: as far as anybody knows who has seen codes of before.
  const guess = next.slice(0, -1) + (next.endsWith('2') ? '3' : '2')
  assert.match(await page({ code: guess }), /没有这个编号/)
})

test('with the badge its codes end, and so they do with the post', async () => {
  const badge = await issue()
  const { minute } = await world.ask(myBadge, 'worker', {})
  await world.ask(revokeBadge, 'village', { id: badge.id, reason: '遗失' })
  assert.doesNotMatch(await page({ code: minute!.code }), yes)
  assert.match(await page({ code: badge.code }), /已作废或过期/)
  assert.deepEqual(await world.ask(myBadge, 'worker', {}), { badge: null, picture: '', minute: null })
})

test('no board carries a code of anybody: it is the same, sign by sign, when all of them were changed', async () => {
  const board = async (size: string) => {
    await issue()
    const pdf = await world.get('village', printBadge.path, { what: 'board', id: world.at['grid1'], size })
    return pdf.status === 200 ? withoutDates(pdf.raw.toString('latin1')) : undefined
  }
  for (const size of ['A4', 'A3']) assert.equal(await board(size), await board(size), size)
})

/** What a document holds, but for when it was printed and what follows from that. */
const withoutDates = (pdf: string) =>
  createHash('sha256')
    .update(pdf.replaceAll(/\(D:\d+Z\)/g, '').replace(/\/ID \[[^\]]*\]/, ''))
    .digest('hex')
