/** A list of events leaves by a purpose; whoever has nothing to do with events begins elsewhere. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openStage, why, type Stage } from './stage.ts'

let stage: Stage
before(async () => {
  if (!why) stage = await openStage()
})
after(() => stage?.close())

test('a desk asks for its list with a purpose and downloads it', { skip: why }, async () => {
  await stage.world.report('worker')
  const page = await stage.page('town', '/console/events')
  await page.getByRole('button', { name: '导出 Excel' }).click()
  await page.getByLabel('用途').fill('月度研判')
  await page.getByRole('button', { name: '申请导出当前列表' }).click()
  await page.getByText('可下载').waitFor()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载' }).click()])
  assert.match(file.suggestedFilename(), /^事件清单-.*\.xlsx$/)
  await stage.shot(page, 'console-export')
  await page.context().close()
})

test('who draws the net begins with the net and not with events', { skip: why }, async () => {
  const page = await stage.page('net', '/console/')
  await page.waitForURL('**/console/places**')
  assert.equal(await page.getByRole('link', { name: '首页' }).count(), 0)
  await page.context().close()
})
