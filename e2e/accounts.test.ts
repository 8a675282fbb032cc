/** Accounts: opened by one administrator, confirmed by another; the holder sets the password and signs in. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { run, sql } from '../server/src/kernel/db/sql.ts'
import { findFaults, hasBrowser, openStage, why, type Stage } from './stage.ts'

let stage: Stage
before(async () => {
  if (hasBrowser) stage = await openStage()
})
after(() => stage?.close())

/** The code of a dialog that is shown once. */
async function readCode(page: Page): Promise<string> {
  const code = (await page.getByRole('dialog').locator('code').textContent()) ?? ''
  assert.match(code, /^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  await page.getByRole('button', { name: /知道了|确\s*定|OK/ }).click()
  return code
}

async function setPassword(page: Page, [first, second]: readonly [string, string], fresh: string): Promise<void> {
  await page.getByRole('button', { name: '凭验证码设密码' }).click()
  await page.getByLabel('账号').fill('new.colleague')
  await page.getByLabel(/第一段/).fill(first)
  await page.getByLabel(/第二段/).fill(second)
  await page.getByLabel(/新密码/).fill(fresh)
}

test('two administrators let somebody in, and neither could have come in himself', { skip: why }, async () => {
  const faults: string[] = []
  // Their sessions were opened with a second factor; the pages ask whether there is one.
  await stage.world.engine.database.write((tx) =>
    run(tx, sql`update identity.account set totp_secret = 'enrolled' where login in ('sysadmin', 'secadmin')`),
  )
  const system = await stage.page('sysadmin', '/console/accounts')
  await system.getByRole('button', { name: '开通账号' }).click()
  await system.getByLabel('账号', { exact: true }).fill('new.colleague')
  await system.getByLabel('姓名').fill('新同事')
  await system
    .getByRole('dialog')
    .getByRole('button', { name: /开\s*通/ })
    .click()
  const first = await readCode(system)
  await system.getByText('待另一位管理员').waitFor()
  const security = await stage.page('secadmin', '/console/accounts')
  await security.getByRole('button', { name: /^同\s*意$/ }).waitFor()
  await security.getByRole('cell', { name: 'new.colleague', exact: true }).waitFor()
  await stage.shot(security, 'console-accounts-two-steps')
  faults.push(...(await findFaults(security)))
  await security
    .getByRole('button', { name: /同\s*意/ })
    .first()
    .click()
  const second = await readCode(security)
  const own = await stage.page(null, '/console/')
  await setPassword(own, [first, second], 'Quiet-river-27')
  await stage.shot(own, 'console-redeem')
  faults.push(...(await findFaults(own)))
  await own.getByRole('button', { name: '设密码' }).click()
  await own.getByText('密码已设好').waitFor()
  await own.getByLabel('账号').fill('new.colleague')
  await own.getByLabel('密码', { exact: true }).fill('Quiet-river-27')
  await own.getByRole('button', { name: /登\s*录/ }).click()
  await own.getByRole('button', { name: /我的账号/ }).waitFor()
  const phone = await stage.page(null, '/field/', 'phone')
  await setPassword(phone, [first, second], 'Still-water-88')
  await stage.shot(phone, 'field-redeem')
  faults.push(...(await findFaults(phone)))
  await phone.getByRole('button', { name: '设密码' }).click()
  await phone.getByRole('alert').filter({ hasText: '验证码不正确' }).waitFor()
  // The password holds on the phone too; what is missing is said.
  await phone.getByRole('button', { name: '返回' }).click()
  await phone.getByLabel('账号').fill('new.colleague')
  await phone.getByLabel('密码', { exact: true }).fill('Quiet-river-27')
  await phone.getByRole('button', { name: '登录' }).click()
  await phone.getByText('您还没有任职，请联系安全管理员').waitFor()
  assert.deepEqual(faults, [])
})
