/** The number of a hotline call is the hotline's: nobody lets a call fall by reporting something under its number first. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { getEvent, reportEvent } from '@fengge/domain/events/contract/desk'
import { importTickets, submitTicket } from '@fengge/domain/events/contract/rules'
import { freshId } from '../../src/kernel/fresh-id.ts'
import { openWorld, type World } from '../world.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.close())

const reportOf = (ticketNo: string) => ({
  id: freshId(world.clock.now()),
  title: '没有什么事',
  content: '没有什么事，已处理',
  categoryCode: '1002',
  gridId: world.at['grid1']!,
  ticketNo,
})
const call = { title: '物业打人', content: '小区保安打人，请查处', categoryCode: '4012', areaCode: '320206001000' }

test('a report by anybody but the hotline bears no number of a call, and the call comes in whole', async () => {
  for (const [login, source] of [
    ['worker', 'grid-worker'],
    ['liaison', 'liaison'],
    ['works', 'department'],
    ['village', 'window'],
  ] as const) {
    const report = { ...reportOf('GD-2026-0001'), source }
    assert.equal((await world.refusal(reportEvent, login, report)).problem, 'event.source-not-yours', login)
  }
  const taken = await world.ask(submitTicket, 'hotline', { ticketNo: 'GD-2026-0001', ...call })
  assert.equal(taken.isNew, true)
  assert.equal((await world.ask(getEvent, 'hotline', { id: taken.id })).content, call.content)
})

test('the same call again is the same event; another call under a known number is refused, not let fall', async () => {
  const first = await world.ask(submitTicket, 'hotline', { ticketNo: 'GD-2026-0002', ...call })
  const again = await world.ask(submitTicket, 'hotline', { ticketNo: 'GD-2026-0002', ...call })
  assert.deepEqual([again.id, again.isNew], [first.id, false])
  const other = { ticketNo: 'GD-2026-0002', ...call, content: '另一件事' }
  assert.equal((await world.refusal(submitTicket, 'hotline', other)).problem, 'event.ticket-taken')
  await world.ask(reportEvent, 'hotline', { ...reportOf('GD-2026-0003'), source: 'hotline' })
  const swallowed = { ticketNo: 'GD-2026-0003', ...call }
  assert.equal((await world.refusal(submitTicket, 'hotline', swallowed)).problem, 'event.ticket-taken')
  const base64 = Buffer.from('工单号,标题,内容\nGD-2026-0003,物业打人,保安打人\n').toString('base64')
  const file = { fileName: 'calls.csv', base64 }
  assert.equal((await world.refusal(importTickets, 'hotline', file)).problem, 'event.ticket-taken')
})
