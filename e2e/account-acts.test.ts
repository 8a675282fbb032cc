/** What administrators do to accounts and what its holder does to his own, on screen: posts ended, a second factor. */
import { after, before, test } from 'node:test'
import { hash } from '@node-rs/argon2'
import { generateSync } from 'otplib'
import { run, sql, type RawBuilder } from '../server/src/kernel/db/sql.ts'
import { hasBrowser, openStage, why, type Stage } from './stage.ts'

let stage: Stage
before(async () => {
  if (hasBrowser) stage = await openStage()
})
after(() => stage?.close())

const change = (statement: RawBuilder<unknown>) => stage.world.engine.database.write((tx) => run(tx, statement))

test('who switches his second factor on is told so, and signs in again with it', { skip: why }, async () => {
  const password = 'Quiet-river-27'
  await change(sql`
    update identity.account
    set totp_secret = null, password_hash = ${await hash(password)}
    where login = 'sysadmin'
  `)
  const page = await stage.page('sysadmin', '/console/security')
  await page.getByRole('button', { name: '生成密钥' }).click()
  const secret = ((await page.locator('p[style*=monospace]').textContent()) ?? '').trim()
  const confirm = async (code: string, typed = password) => {
    await page.getByLabel(/6 位口令/).fill(code)
    await page.getByLabel('登录密码').fill(typed)
    await page.getByRole('button', { name: '启用' }).click()
  }
  await confirm('12')
  await page.getByText('请输入 6 位数字').waitFor()
  await confirm('000000')
  const wrong = page.getByText('密码或口令不对')
  await wrong.waitFor()
  const code = () => generateSync({ secret, epoch: Math.floor(stage.world.clock.now() / 1000) })
  await confirm(code(), 'Somebody-else-27')
  await wrong.waitFor()
  await confirm(code())
  await page.getByText('动态口令已启用，请重新登录').waitFor()
  await page.getByLabel('密码', { exact: true }).waitFor()
})

test('a post that has an end is ended sooner, once that is confirmed', { skip: why }, async () => {
  await change(sql`update identity.account set totp_secret = 'enrolled' where login = 'secadmin'`)
  await change(sql`
    update identity.posting
    set to_on = '2099-01-01'
    where account_id = (select id from identity.account where login = 'worker')
  `)
  const page = await stage.page('secadmin', '/console/accounts')
  const row = page.getByRole('row').filter({ has: page.getByRole('cell', { name: 'worker', exact: true }) })
  await page.getByLabel('查找账号').fill('worker')
  await page.getByLabel('查找账号').press('Enter')
  await row.getByText('2099-01-01').waitFor()
  await row.getByRole('button', { name: '免职' }).click()
  await page.getByText('立即免职').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('权限立即失效').waitFor()
  await dialog.getByRole('button', { name: '免职' }).click()
  await page.getByText('已免职').waitFor()
  await row.getByRole('button', { name: '免职' }).waitFor({ state: 'detached' })
  const phone = await stage.page('worker', '/field/', 'phone')
  await phone.getByText('您还没有任职').waitFor()
})
