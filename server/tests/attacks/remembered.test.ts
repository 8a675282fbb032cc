/** What the table of repeats holds. Source: the security review of 2026-11-21, finding 5. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { reportEvent, revealReporter } from '@fengge/domain/events/contract/desk'
import { submitTicket } from '@fengge/domain/events/contract/rules'
import { openAccount, resetPassword } from '@fengge/domain/identity/contract/accounts'
import { prepareSecondFactor } from '@fengge/domain/identity/contract'
import { forgetRequestsJob } from '../../src/kernel/forget-requests.ts'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { rowsOf, sql } from '../../src/kernel/db/sql.ts'
import { openWorld, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const readTable = async () =>
  rowsOf<{ request_id: string; ask_hash: string; reply: unknown }>(
    world.engine.database.read,
    sql`select request_id, ask_hash, reply from kernel.request`,
  )

test('no half of a code, seed, follow code or phone lies in clear in the table of repeats', async () => {
  const opened = await world.ask(openAccount, 'sysadmin', { id: freshId(), login: 'planted.one', name: '甲' })
  const reset = await world.ask(resetPassword, 'sysadmin', { id: opened.id })
  const factor = await world.ask(prepareSecondFactor, 'auditor', {})
  const ticket = await world.post('hotline', submitTicket.path, {
    ticketNo: 'T-2026-1',
    title: '路灯不亮',
    content: '路灯不亮',
    callerName: '李保密',
    callerPhone: '13900000001',
    areaCode: '320206001000',
  })
  await world.ask(revealReporter, 'town', { eventId: ticket.body.id, purpose: '回访核实' })
  const report = await world.ask(reportEvent, 'worker', {
    id: freshId(),
    title: '楼道堆放',
    content: '楼道堆放',
    categoryCode: '5001',
    gridId: world.at['grid1']!,
  })
  const text = JSON.stringify(await readTable())
  for (const planted of [opened.half, reset.half, factor.secret, report.followCode])
    assert.ok(!text.includes(planted), planted)
  for (const planted of ['otpauth', '李保密', '13900000001']) assert.ok(!text.includes(planted), planted)
})

test('whoever holds a dump cannot try asks against their digests', async () => {
  const ask = { requestId: freshId(), id: freshId(), login: 'guess.me', name: '猜', kind: 'person' }
  assert.equal((await world.post('sysadmin', openAccount.path, ask)).status, 200)
  const row = (await readTable()).find((r) => r.request_id === ask.requestId)!
  assert.notEqual(row.ask_hash, createHash('sha256').update(JSON.stringify(ask)).digest('base64url'))
  assert.ok(row.ask_hash.length >= 43)
})

test('a repeat gets its first answer for seven days, sealed ones too; after that it is told that it was done', async () => {
  const ask = { requestId: freshId(), id: freshId(), login: 'repeat.me', name: '重发', kind: 'person' }
  const send = () => world.post('sysadmin', openAccount.path, ask)
  const first = await send()
  assert.equal(first.status, 200)
  world.clock.pass(6 * 86_400_000)
  await world.wake()
  await forgetRequestsJob.run(world.engine)
  assert.deepEqual((await send()).body, first.body)
  world.clock.pass(2 * 86_400_000)
  await world.wake()
  await forgetRequestsJob.run(world.engine)
  assert.equal((await send()).body.problem, 'request.answered')
  assert.deepEqual(
    (await readTable()).filter((r) => r.reply !== null),
    [],
  )
  world.clock.pass(33 * 86_400_000)
  await forgetRequestsJob.run(world.engine)
  assert.deepEqual(await readTable(), [])
})
