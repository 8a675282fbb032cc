/** The first page of each post: what waits, what presses, and the two weeks; every number leads to the list behind it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { actEndpoints } from '@fengge/domain/events/contract/desk'
import { office } from '../server/tests/world.ts'
import { findFaults, openStage, why, type Stage } from './stage.ts'

let stage: Stage
before(async () => {
  if (why) return
  stage = await openStage()
  await stage.world.report('worker', { title: '老槐树下井盖松动' })
  const eventId = await stage.world.report('worker', { categoryCode: '5002', title: '桥头路面塌陷' })
  const departmentId = office('town-works')
  await stage.world.ask(actEndpoints.dispatch, 'town', { eventId, version: 1, departmentId })
})
after(() => stage?.close())

test(
  'a community begins with what waits for it: doors, what to do first, and two weeks as a chart or a table',
  { skip: why },
  async () => {
    for (const language of ['zh', 'en'] as const) {
      const page = await stage.page('village', '/console/', 'desk', language)
      const [doors, name] = language === 'zh' ? ['等着您的', '等您核实'] : ['What waits for you', 'To verify']
      const door = page.getByRole('list', { name: doors }).getByRole('link', { name: new RegExp(name) })
      await door.waitFor()
      await page.getByRole('img', { name: language === 'zh' ? /近两周/ : /last fourteen days/ }).waitFor()
      await page.waitForLoadState('networkidle')
      await stage.shot(page, `home-village-${language}`)
      assert.deepEqual(await findFaults(page), [], language)
      await page.keyboard.press('t')
      const today = page
        .getByRole('table')
        .filter({ hasText: language === 'zh' ? '结案' : 'Ended' })
        .getByRole('row')
        .nth(1)
      await today.getByRole('link', { name: '2', exact: true }).click()
      await page.waitForURL('**/console/events?from=*')
      await page.getByText('老槐树下井盖松动').first().waitFor()
      await page.context().close()
    }
  },
)

test('a department begins with what it has to sign, and one press leads to it', { skip: why }, async () => {
  const page = await stage.page('works', '/console/')
  const sign = page.getByRole('link', { name: '签收：桥头路面塌陷' })
  await sign.waitFor()
  await stage.shot(page, 'home-works')
  assert.deepEqual(await findFaults(page), [])
  await sign.click()
  await page.getByRole('heading', { name: '桥头路面塌陷' }).first().waitFor()
  await page.context().close()
})

test('who dispatches begins at the desk, and who decides with what waits for his decision', { skip: why }, async () => {
  const desk = await stage.page('town', '/console/')
  await desk.waitForURL('**/console/dispatch')
  await desk.context().close()
  const chief = await stage.page('townchief', '/console/')
  await chief
    .getByRole('list', { name: '等着您的' })
    .getByRole('link', { name: /等您审批/ })
    .waitFor()
  await chief.waitForLoadState('networkidle')
  await stage.shot(chief, 'home-chief')
  assert.deepEqual(await findFaults(chief), [])
  await chief.context().close()
})
