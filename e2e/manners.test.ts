/** How the console behaves when something is missing: a line, a session, a word in a form; and what its pickers mean. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { actEndpoints, getEvent } from '@fengge/domain/events/contract/desk'
import { addDays, dayOf, momentOf } from '@fengge/domain/kernel/time'
import { listMeetings } from '@fengge/domain/worklog/contract'
import { office } from '../server/tests/world.ts'
import { beginAct, becomes, hasBrowser, openStage, why, type Stage } from './stage.ts'

let stage: Stage
before(async () => {
  if (hasBrowser) stage = await openStage()
})
after(() => stage?.close())

test(
  'without a line the console says so, keeps what is typed and goes on when the line is back',
  { skip: why },
  async () => {
    const desk = await stage.page('village', '/console/report')
    await desk.getByLabel('标题').fill('井盖松动')
    await desk.context().setOffline(true)
    await desk.getByText('网络已断开').waitFor()
    await desk.getByRole('link', { name: '走访与任务' }).click()
    await desk.waitForTimeout(300)
    assert.ok(desk.url().startsWith(stage.url), 'no page of the browser in its place')
    await becomes(() => desk.getByLabel('标题').inputValue(), '井盖松动')
    await stage.shot(desk, 'manners-offline')
    await desk.context().setOffline(false)
    await desk.getByRole('tab', { name: '任务' }).waitFor()
  },
)

test(
  'a session that ends in the middle of a form is begun again over it, and what was typed is sent',
  { skip: why },
  async () => {
    const desk = await stage.page('town', '/console/')
    const id = await stage.world.report('worker', { categoryCode: '5002' })
    await desk.goto(`${stage.url}/console/events/${id}`)
    await desk.getByRole('button', { name: '催办' }).click()
    const dialog = desk.getByRole('dialog')
    await dialog.getByLabel('说明').fill('请今天内派出')
    const kept = await desk.context().cookies()
    await desk.context().clearCookies()
    await dialog.getByRole('button', { name: '催办' }).click()
    await desk.getByLabel('账号').fill('演员town')
    await desk.getByRole('button', { name: '登录', exact: true }).waitFor()
    await stage.shot(desk, 'manners-signed-out')
    await becomes(() => dialog.getByLabel('说明').inputValue(), '请今天内派出')
    await desk.context().addCookies(kept)
  },
)

test(
  'a meeting is called for a moment that is picked, and recorded with several resolutions',
  { skip: why },
  async () => {
    const desk = await stage.page('village', '/console/work?tab=meetings')
    await desk.getByRole('button', { name: '召集例会' }).click()
    const call = desk.getByRole('dialog')
    await call.getByRole('button', { name: '确定' }).click()
    await call.getByText('请填写').first().waitFor()
    await call.getByLabel('名称').fill('七月例会')
    await call.getByLabel('地点').fill('社区会议室')
    const on = addDays(dayOf(stage.world.clock.now()), 3)
    await call.getByLabel('时间').fill(`${on} 14:30`)
    await call.getByLabel('时间').press('Enter')
    await call.getByRole('button', { name: '确定' }).click()
    await desk.getByText(`${on} 14:30`).waitFor()
    const { meetings } = await stage.world.ask(listMeetings, 'village', {})
    assert.equal(Date.parse(meetings[0]!.at), momentOf(on, '14:30'))
    await desk.getByRole('button', { name: '记录会议' }).click()
    const record = desk.getByRole('dialog')
    await record.getByText('全部到会').click()
    await record.getByLabel('纪要').fill('两件事')
    for (const _ of [1, 2]) await record.getByRole('button', { name: '添加决议' }).click()
    await becomes(() => record.getByLabel('决议').count(), 2)
    await stage.shot(desk, 'manners-meeting')
    await record.getByRole('button', { name: '确定' }).click()
    await record.getByText('请填写').first().waitFor()
    assert.doesNotMatch(await record.innerText(), /resolutions|,text|\^\[/, 'no machine words')
    for (const _ of [1, 2]) await record.getByRole('button', { name: '去掉这条' }).first().click()
    await record.getByRole('button', { name: '确定' }).click()
    await desk.getByText('已召开').waitFor()
  },
)

test('a day that is picked for an extension ends at its end, in the time of the county', { skip: why }, async () => {
  const { world } = stage
  const eventId = await world.report('worker', { categoryCode: '5002' })
  const sent = { eventId, version: 1, departmentId: office('town-works') }
  const { version } = await world.ask(actEndpoints.dispatch, 'town', sent)
  await world.ask(actEndpoints.sign, 'works', { eventId, version })
  const { handleDueAt } = await world.ask(getEvent, 'works', { id: eventId })
  const until = addDays(dayOf(Date.parse(handleDueAt!)), 1)
  const desk = await stage.page('works', `/console/events/${eventId}`)
  const dialog = await beginAct(desk, '申请延期')
  await dialog.getByLabel('延至').fill(`${until} 23:59`)
  await dialog.getByLabel('说明').fill('材料未到')
  await dialog.getByLabel('办理计划').fill('到货即修')
  await dialog.getByRole('button', { name: '申请延期' }).click()
  await desk.getByText(`申请延期至 ${until} 23:59`).waitFor()
  const { pendingExtension } = await world.ask(getEvent, 'works', { id: eventId })
  assert.equal(Date.parse(pendingExtension!.until), momentOf(until, '23:59'))
  assert.equal(dayOf(Date.parse(pendingExtension!.until) + 1), addDays(until, 1))
})

test('nobody is refused anything by opening the program: each begins with what is his', { skip: why }, async () => {
  const logins = ['rules', 'net', 'sysadmin', 'secadmin', 'auditor', 'keeper', 'hotline', 'works'] as const
  const refused = logins.map(async (login) => {
    const desk = await stage.page(login, '/nosuch')
    const seen: string[] = []
    desk.on('response', (r) => {
      if (r.status() === 403) seen.push(`${login} ${new URL(r.url()).pathname}`)
    })
    await desk.goto(`${stage.url}/console/`)
    await desk.getByRole('button', { name: '我的账号' }).waitFor()
    await desk.waitForLoadState('networkidle')
    await desk.close()
    return seen
  })
  assert.deepEqual((await Promise.all(refused)).flat(), [])
})
